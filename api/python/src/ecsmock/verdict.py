from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Verdict:
    """Whether something is so, to be asserted. A failed assertion prints why."""

    def __init__(self, holds: bool, why: str, answer: Mapping[str, Any]) -> None:
        self.why = why  # a sentence
        self.answer = answer  # of the mock, such as the Rules that decide
        self._holds = holds

    def __bool__(self) -> bool:
        return self._holds

    def __repr__(self) -> str:
        return self.why

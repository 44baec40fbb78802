"""Calls as people read them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .types import Call, Difference

_MOST_CALLS = 10
_MOST_SHOWN = 400  # characters of an action and its parameters, about

# Parameters that say nothing of what a call does.
_COMMON = re.compile(r"Action|Version|Format|AccessKeyId|Timestamp|RegionId|SecurityToken|BearerToken|AcceptLanguage|Signature.*")


def last(calls: list[Call]) -> str:
    """Returns the last calls."""
    if not calls:
        return "there were no calls"
    return "\n  ".join(["the last calls:", *map(line, calls[-_MOST_CALLS:])])


def line(call: Call) -> str:
    """Returns a call in one line, its security group first."""
    text = f"call {call['Number']}: {call['Action']}"
    for name in sorted(call["Params"], key=_by_meaning):
        if _COMMON.fullmatch(name):
            continue
        if len(text) > _MOST_SHOWN:
            text += " …"
            break
        text += f" {name}={call['Params'][name]}"
    text += f" by {call['AccountId']} in {call['RegionId'] or 'no region'}: {call['Status']}"
    return text + (f" {call['Code']}" if call["Code"] else "") + (f"; {call['Hint']}" if call["Hint"] else "")


def difference(found: Difference) -> str:
    """Returns a difference in one line."""
    where = " ".join(part for part in (found["Action"], found.get("Path")) if part)
    has = f'the service has "{found.get("Service", "")}", the mock "{found.get("Mock", "")}"'
    return f"{found['Count']} x {where}: {found['Kind']}: {has} (call {found['Call']})"


def _by_meaning(name: str) -> tuple[object, ...]:
    """Orders names: the security group first, Permissions.2 before Permissions.10."""
    parts: list[tuple[int, int, str]] = [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in name.split(".")]
    return name != "SecurityGroupId", *parts


def nearest(calls: list[Call], asked: dict[str, str]) -> str:
    """Returns how the call differs that is nearest to some parameters."""
    if not calls:
        return ""
    best = min(calls, key=lambda call: len(_lacks(call, asked)))
    wanted = ", ".join(f"{name}={value}" for name, value in asked.items())
    return f" with {wanted}; nearest is call {best['Number']}: {', '.join(_lacks(best, asked))}"


def _lacks(call: Call, asked: dict[str, str]) -> list[str]:
    sent = call["Params"]
    return [
        f'{name} was "{sent[name]}", asked "{value}"' if name in sent else f"{name} was not sent"
        for name, value in asked.items() if sent.get(name) != value
    ]

"""Mocks that this process starts."""

from __future__ import annotations

import json
import os
import tempfile
import weakref
from itertools import count
from pathlib import Path
from random import SystemRandom
from typing import TYPE_CHECKING

from .client import Ecsmock
from .program import Process

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typing_extensions import Unpack

    from .types import Settings

_FIRST_ACCOUNT = 2_000_000_000_000_001


def start(**settings: Unpack[Settings]) -> Server:
    """Runs a mock on a free port of 127.0.0.1 until close, the end of the with statement, or the end of Python.

    Settings are the flags of the program, with _ in place of -: start(edition="2025", strict=True). seed is a
    file, "demo", or a state. log is "off" unless it is given. Without settings, the mock that runs at the address
    in the environment variable ECSMOCK_URL is used, if that is set.
    """
    url = os.environ.get("ECSMOCK_URL")
    if url and not settings:
        return connect(url)
    key = _first(settings.get("credentials"))
    settings = {"addr": "127.0.0.1:0", "log": "off", **settings}
    seed = settings.get("seed")
    with tempfile.TemporaryDirectory() as directory:
        if isinstance(seed, dict):
            file = Path(directory, "seed.json")
            file.write_text(json.dumps(seed), encoding="utf-8")
            settings["seed"] = file
        process = Process(list(map(_flag, settings, settings.values())), settings["log"] != "off")
    return Server(process.url, key, _FIRST_ACCOUNT, process)


def connect(url: str) -> Server:
    """Returns the mock that runs at an address, such as that of a container. close leaves it running."""
    # Others may use it, so that accounts must not be counted from one.
    return Server(url.rstrip("/"), _first(None), SystemRandom().randrange(_FIRST_ACCOUNT, 9 * 10**15))


def _first(credentials: str | Sequence[str] | None) -> str:
    """Returns the first access key."""
    keys = credentials or os.environ.get("ECSMOCK_CREDENTIALS") or "testid:testsecret"
    return (keys if isinstance(keys, str) else keys[0]).split(",")[0]


def _flag(name: str, value: object) -> str:
    if isinstance(value, bool):
        value = str(value).lower()
    elif isinstance(value, (list, tuple)):
        value = ",".join(map(str, value))
    return f"-{name.replace('_', '-')}={value}"


class Server(Ecsmock):
    """A mock with all its accounts."""

    def __init__(self, url: str, key: str, first_account: int, process: Process | None = None) -> None:
        key_id, secret, account, *_ = [*key.split(":"), "", ""]
        super().__init__(url, key_id, secret, account or "1234567890123456")
        self._accounts = count(first_account)
        self._stop = weakref.finalize(self, process.stop) if process else lambda: None

    def new_account(self) -> Ecsmock:
        """Returns the mock as a new account sees it.

        Its access key is that of the account, and state, load, add, reset, calls, faults and assertions are about
        that account alone. Accounts never see each other's groups, so that parallel tests can share a mock. The
        clock is that of all. close removes what the account has.
        """
        account = str(next(self._accounts))
        return Ecsmock(self.url, account, self.access_key_secret, account, self)

    def close(self) -> None:
        """Warns of faults that never acted, and stops the mock, unless it was running before."""
        if getattr(self._stop, "alive", True):
            self._warn_of_faults()
        self._stop()

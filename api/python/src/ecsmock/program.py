"""Where the program is, and how it is started."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

from .errors import EcsmockError

_NAME = "ecsmock.exe" if sys.platform == "win32" else "ecsmock"
_LISTENING = "listening on "


def find() -> str:
    """Returns the program: that of ECSMOCK_PROGRAM, else that of this package, else that of PATH."""
    named = os.environ.get("ECSMOCK_PROGRAM")
    if named:
        return named
    held = Path(__file__).with_name("bin") / _NAME
    if held.exists():
        return str(held)
    for directory in os.get_exec_path():
        found = shutil.which(_NAME, path=directory)
        if found and not _is_script(found):
            return found
    raise EcsmockError("this package holds no program for this platform; put ecsmock on the PATH, or name it in ECSMOCK_PROGRAM")


def _is_script(path: str) -> bool:
    """Whether a file is this package's own command, which would find itself."""
    if sys.platform == "win32":
        return Path(path).parent == Path(sysconfig.get_path("scripts"))
    with open(path, "rb") as file:
        first = file.readline(200)
    return first.startswith(b"#!") and b"python" in first


class Process:
    """A running program. It ends with stop, and with this process, which holds its standard input."""

    def __init__(self, flags: list[str], shows_log: bool) -> None:
        program = find()
        self._owner = os.getpid()
        with tempfile.TemporaryFile() as log:
            try:
                self._process = subprocess.Popen(
                    [program, *flags, "-until-eof"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=None if shows_log else log,
                )
            except OSError as err:
                raise EcsmockError(f"{program} cannot be run: {err.strerror}") from err
            assert self._process.stdin and self._process.stdout
            self._in, self._out = self._process.stdin, self._process.stdout
            line = self._out.readline().decode().rstrip()
            if not line.startswith(_LISTENING):
                self._in.close()
                self._out.close()
                code = self._process.wait()
                log.seek(0)
                why = log.read().decode(errors="replace").strip().removeprefix("ecsmock: ")
                raise EcsmockError(why or f"{program} ended with {code} before it listened")
        self.url = line[len(_LISTENING):]

    def stop(self) -> None:
        if self._owner != os.getpid():
            return  # a fork of the process that started it
        self._in.close()
        self._process.terminate()
        self._process.wait()
        self._out.close()

import json
import os
import subprocess
from contextlib import contextmanager
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import pytest


class Ecsmock:
    """A running mock."""

    def __init__(self, url):
        self.url = url  # http://127.0.0.1:54321
        self.endpoint = url.removeprefix("http://")  # for SDKs

    def state(self):
        return self._ask("GET", "state")

    def load(self, state):
        self._ask("PUT", "state", state)

    def add(self, state):
        self._ask("POST", "seed", state)

    def reset(self):
        self._ask("POST", "reset")

    def fail(self, action, code, times=1):
        self._ask("POST", "faults", {"Action": action, "Code": code, "Times": times})

    def answer(self, action, fields, times=1):
        """Lays fields over the next answers of an action."""
        self._ask("POST", "faults", {"Action": action, "Answer": fields, "Times": times})

    def calls(self, action):
        return self._ask("GET", f"journal?action={action}")["Calls"]

    def advance(self, duration):
        self._ask("PUT", "clock", {"Advance": duration})

    def _ask(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = Request(f"{self.url}/_mock/{path}", data, method=method)
        try:
            with build_opener(ProxyHandler({})).open(request, timeout=10) as answer:
                return json.load(answer)
        except HTTPError as err:
            raise ValueError(json.load(err)["error"]) from None


@contextmanager
def running(*flags):
    """Runs a mock, or uses the one at ECSMOCK_URL. pytest shows its log if the test fails."""
    if url := os.environ.get("ECSMOCK_URL"):
        yield Ecsmock(url)
        return
    program = os.environ.get("ECSMOCK_PROGRAM", "ecsmock")
    env = {**os.environ, "ECSMOCK_ADDR": "127.0.0.1:0"}
    with subprocess.Popen([program, *flags], env=env, stdout=subprocess.PIPE, text=True) as mock:
        try:
            line = mock.stdout.readline()
            assert line.startswith("listening on "), f"{program} does not start"
            yield Ecsmock(line.removeprefix("listening on ").strip())
        finally:
            mock.terminate()


@pytest.fixture
def no_proxy(monkeypatch):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def ecsmock(no_proxy):
    with running() as mock:
        yield mock

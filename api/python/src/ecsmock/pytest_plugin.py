"""The fixtures. pytest finds them by itself where the package is installed."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from .server import start

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from .client import Ecsmock
    from .server import Server

_MOCKS = pytest.StashKey["list[Ecsmock]"]()  # of a test, which prints their calls if it fails


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", 'ecsmock(**settings): settings of the mock, such as edition="2025" or seed="testdata/web.json"',
    )


@pytest.fixture(scope="session")
def ecsmock_settings() -> dict[str, Any]:
    """Settings of every mock. Redefine it in conftest.py; a marker of a test is laid over it."""
    return {}


@pytest.fixture(scope="session")
def _ecsmock_servers() -> Iterator[Callable[[dict[str, Any]], Server]]:
    """A mock for each combination of settings that tests of the session have."""
    running: dict[str, Server] = {}
    with ExitStack() as stack:

        def server(settings: dict[str, Any]) -> Server:
            key = json.dumps(settings, sort_keys=True, default=str)
            if key not in running:
                running[key] = stack.enter_context(start(**settings))
            return running[key]

        yield server


@pytest.fixture
def _ecsmock_marked(request: pytest.FixtureRequest, ecsmock_settings: dict[str, Any]) -> dict[str, Any]:
    """The settings of a test. The marker that is nearest to the test wins."""
    settings = dict(ecsmock_settings)
    for marker in reversed(list(request.node.iter_markers("ecsmock"))):
        settings.update(marker.kwargs)
    seed = settings.get("seed")
    if isinstance(seed, (str, Path)) and seed != "demo":
        settings["seed"] = request.path.parent / seed
    return settings


@pytest.fixture
def ecsmock_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """SDKs would ask a proxy even for 127.0.0.1."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def ecsmock(
    request: pytest.FixtureRequest, _ecsmock_servers: Callable[[dict[str, Any]], Server], _ecsmock_marked: dict[str, Any], ecsmock_no_proxy: None,
) -> Iterator[Ecsmock]:
    """A mock with an account of the test's own. Tests with the same settings share a mock, and see nothing of each other.

    The marker ecsmock gives settings. seed is what the account has when the test begins.
    """
    settings = dict(_ecsmock_marked)
    seed = settings.pop("seed", None)
    with _ecsmock_servers(settings).new_account() as mock:
        if seed is not None:
            mock.seed(seed)
        request.node.stash.setdefault(_MOCKS, []).append(mock)
        yield mock


@pytest.fixture
def ecsmock_server(request: pytest.FixtureRequest, _ecsmock_marked: dict[str, Any], ecsmock_no_proxy: None) -> Iterator[Server]:
    """A mock of the test's own, with all its accounts. The marker ecsmock gives settings."""
    with start(**_ecsmock_marked) as mock:
        request.node.stash.setdefault(_MOCKS, []).append(mock)
        yield mock


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, None]:
    report = (yield).get_result()
    if report.failed:
        for mock in item.stash.get(_MOCKS, []):
            report.sections.append((f"ecsmock {mock.endpoint}", mock.last_calls()))

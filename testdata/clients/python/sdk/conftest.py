import os
from urllib.request import ProxyHandler, build_opener

import pytest

from conftest import running

from . import proven
from .account import Account


@pytest.fixture(scope="session")
def server():
    """It verifies every signature, so whatever succeeds was signed rightly."""
    with running("-signatures", "require") as mock:
        yield mock


@pytest.fixture
def account(server, no_proxy, request):
    """Of the test's own, so that tests do not see each other's groups, faults and calls."""
    own = Account(server.url)
    yield own
    proven.record(request.module.CLIENT, "Tests", own.calls())


@pytest.fixture(scope="session")
def ca_pem(server, tmp_path_factory):
    """The certificate that a client of the server trusts over HTTPS."""
    file = tmp_path_factory.mktemp("tls") / "ca.pem"
    with build_opener(ProxyHandler({})).open(f"{server.url}/_mock/ca.pem", timeout=10) as answer:
        file.write_bytes(answer.read())
    return str(file)


def pytest_sessionfinish(exitstatus):
    directory = os.environ.get("CLIENTS_PROVEN")
    if directory and exitstatus == pytest.ExitCode.OK:
        proven.write(directory)

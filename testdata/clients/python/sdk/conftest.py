import os

import pytest

from . import proven

if os.environ.get("CLIENTS_SHADOW"):
    from .shadow import ecsmock, ecsmock_server, pytest_collection_modifyitems, shadow  # noqa: F401


@pytest.fixture(scope="session")
def ecsmock_settings():
    """Every signature is verified, so whatever succeeds was signed rightly."""
    return {"signatures": "require"}


@pytest.fixture
def account(ecsmock, request):
    """The account of a test, whose calls prove what its client can."""
    yield ecsmock
    proven.record(request.module.CLIENT, "Tests", ecsmock.calls())


@pytest.fixture
def ca_pem(ecsmock, tmp_path):
    """The certificate that a client of the mock trusts over HTTPS."""
    file = tmp_path / "ca.pem"
    file.write_text(ecsmock.ca_pem())
    return str(file)


def pytest_sessionfinish(exitstatus):
    directory = os.environ.get("CLIENTS_PROVEN")
    if directory and exitstatus == pytest.ExitCode.OK:
        proven.write(directory)

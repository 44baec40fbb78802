"""A mock for each test, and what points a tool at it."""

import os
import shlex
import socket
import subprocess

import pytest
from ecsmock import program, start


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    """No proxy and no key of the user's, and no way to another host."""
    for name in list(os.environ):
        if is_proxy(name) or name.startswith(("ALIBABA", "ALICLOUD_", "ALIYUN_")):
            monkeypatch.delenv(name)
    with pytest.raises(ConnectionRefusedError, match="no host is reached but the mock"):
        socket.create_connection(("ecs.aliyuncs.com", 443))


@pytest.fixture
def mock():
    """It verifies every signature, so whatever succeeds was signed rightly."""
    with start(signatures="require") as one:
        yield one


@pytest.fixture
def proxy(mock, monkeypatch, tmp_path):
    """The variables of `ecsmock env -proxy`, and the certificate that they name."""
    monkeypatch.chdir(tmp_path)
    certificate = tmp_path / "ecsmock-ca.pem"
    certificate.write_text(mock.ca_pem())
    printed = subprocess.check_output([program.find(), "env", "-proxy", "-addr", mock.endpoint, "-shell", "bash"], text=True)
    for line in printed.splitlines():
        if line.startswith("export "):
            name, _, value = shlex.split(line, comments=True)[1].partition("=")
            monkeypatch.setenv(name, value)
    assert os.environ["HTTP_PROXY"] == os.environ["HTTPS_PROXY"] == mock.url
    return certificate


@pytest.fixture
def no_proxy(proxy, monkeypatch):
    """All of `ecsmock env -proxy` but the proxy."""
    for name in list(os.environ):
        if is_proxy(name):
            monkeypatch.delenv(name)


def is_proxy(name):
    return name.upper() in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")

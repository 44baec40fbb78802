"""The fixtures of the suite in the shadow of a mock, which answers each call and verifies each signature."""

from contextlib import ExitStack

import ecsmock as package
import pytest

KEY = "3000000000000000"  # of all calls: what is signed with ACS3 is signed anew, with one key

# Tests that cannot run in a shadow, or whole files, and why.
SKIPPED = {
    "test_alibabacloud_ecs20140526.py::test_wrong_secret": "the shadow signs ACS3 anew, with a key of its own",
    "test_libcloud.py::test_broken_connection_is_retried": "the second try is signed as the first one, which the service refuses",
    "test_samples.py": "samples are run against a mock of their own",
}


def pytest_collection_modifyitems(items):
    for item in items:
        reason = SKIPPED.get(item.path.name) or SKIPPED.get(f"{item.path.name}::{item.originalname}")
        if reason:
            item.add_marker(pytest.mark.skip(reason=reason))


class Shadowed(package.Ecsmock):
    """An account of a mock and of its service. Their worlds are equal, and the service alone has faults."""

    def __init__(self, mock, service):
        super().__init__(mock.url, KEY, "testsecret", KEY, mock)
        self.service = package.Ecsmock(service.url, KEY, "testsecret", KEY, service)

    def add(self, state):
        self.service.add(state)
        super().add(state)

    def fault(self, fault):
        return self.service.fault(fault)

    def faults(self):
        return self.service.faults()

    def reset(self):
        self.service.reset()
        super().reset()


@pytest.fixture(scope="session")
def shadow(ecsmock_settings):
    """A mock in the shadow of a service of the same edition. In the end nothing differed."""
    with ExitStack() as stack, pytest.MonkeyPatch.context() as environment:
        service = stack.enter_context(package.start(**ecsmock_settings))
        environment.setenv("ALIBABA_CLOUD_ACCESS_KEY_ID", KEY)
        environment.setenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "testsecret")
        mock = stack.enter_context(package.start(**ecsmock_settings, shadow=service.url))
        yield Shadowed(mock, service)
        found = mock.differences()
        assert mock.agrees_with_service()
        assert found["Equal"] > 100, found
        assert not found.get("Diverged"), found


@pytest.fixture
def ecsmock(shadow, ecsmock_no_proxy):
    """The account, empty when a test begins."""
    shadow.reset()
    yield shadow
    shadow.reset()


@pytest.fixture
def ecsmock_server():
    """A mock with several accounts, or whose clock is moved."""
    pytest.skip("what is signed with ACS3 has one key in a shadow, and its service has a clock of its own")

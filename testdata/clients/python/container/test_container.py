import ecsmock
import pytest
from testcontainers.core.container import DockerContainer
from testcontainers.core.wait_strategies import HttpWaitStrategy


@pytest.fixture(scope="session")
def mock():
    container = DockerContainer("ecsmock").with_exposed_ports(2014).with_env("ECSMOCK_EDITION", "2025").with_env("ECSMOCK_SEED", "demo")
    with container.waiting_for(HttpWaitStrategy(2014, "/_mock/health")) as running:
        yield ecsmock.connect(f"http://{running.get_container_host_ip()}:{running.get_exposed_port(2014)}")
        print(*running.get_logs())  # a line for each call


def test_container(mock):
    assert mock.health()["Edition"] == 2025
    assert mock.new_account().state()["SecurityGroups"] == []

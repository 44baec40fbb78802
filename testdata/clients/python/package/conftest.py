"""What the package ecsmock does by itself, whatever the client. Tests of its fixtures are run by a pytest of their own."""

import pytest

pytest_plugins = ["pytester"]

SSH = {"IpProtocol": "tcp", "PortRange": "22/22", "SourceCidrIp": "10.0.0.0/8"}


@pytest.fixture
def ssh():
    return dict(SSH)


@pytest.fixture
def web():
    """A state."""
    return {"SecurityGroups": [{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-web", "VpcId": "vpc-1", "Permissions": [dict(SSH)]}]}

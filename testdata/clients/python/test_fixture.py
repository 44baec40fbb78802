"""What the fixture does by itself, whatever the client."""

from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

WEB = {
    "Version": 1,
    "SecurityGroups": [{
        "RegionId": "cn-hangzhou", "SecurityGroupId": "sg-web", "VpcId": "vpc-1",
        "Permissions": [{"IpProtocol": "tcp", "PortRange": "22/22", "SourceCidrIp": "10.0.0.0/8"}],
    }],
}


def close_ssh(url):
    """The program under test: it asks for a priority that the rule has not."""
    query = "RegionId=cn-hangzhou&SecurityGroupId=sg-web&IpProtocol=tcp&PortRange=22/22&SourceCidrIp=10.0.0.0/8&Priority=3"
    try:
        urlopen(f"{url}/?Action=RevokeSecurityGroup&{query}").close()
    except HTTPError as err:
        err.close()


def test_wrong_priority_is_explained(ecsmock):
    ecsmock.load(WEB)
    ecsmock.fail("RevokeSecurityGroup", "Throttling.User", times=1)

    close_ssh(ecsmock.url)  # throttled
    close_ssh(ecsmock.url)

    throttled, missed = ecsmock.calls("RevokeSecurityGroup")
    assert throttled["Code"] == "Throttling.User"
    assert missed["Hint"].endswith(": Priority is 1, asked 3")


def test_world_is_read_and_replaced(ecsmock):
    assert ecsmock.state().get("SecurityGroups", []) == []
    ecsmock.load(WEB)
    [group] = ecsmock.state()["SecurityGroups"]
    assert group["SecurityGroupId"] == "sg-web"
    ecsmock.reset()
    assert ecsmock.state().get("SecurityGroups", []) == []


def test_what_is_wrong_is_said(ecsmock):
    with pytest.raises(ValueError, match=r"^SecurityGroups\[0\]"):
        ecsmock.load({"Version": 1, "SecurityGroups": [{"SecurityGroupID": "sg-web"}]})
    with pytest.raises(ValueError, match="RevokeSecurityGroop"):
        ecsmock.fail("RevokeSecurityGroop", "Throttling.User")
    with pytest.raises(ValueError, match="an hour"):
        ecsmock.advance("an hour")


def test_reset_forgets_calls_and_faults(ecsmock):
    ecsmock.fail("DescribeRegions", "Throttling.User")
    ecsmock.reset()
    with urlopen(f"{ecsmock.url}/?Action=DescribeRegions") as answer:
        assert answer.status == 200
    assert len(ecsmock.calls("DescribeRegions")) == 1
    ecsmock.reset()
    assert ecsmock.calls("DescribeRegions") == []

"""The fixtures, as tests of a user have them."""

import pytest

HEAD = """
import pytest
from urllib.request import urlopen
SSH = {"IpProtocol": "tcp", "PortRange": "22/22", "SourceCidrIp": "10.0.0.0/8"}
WEB = {"SecurityGroups": [{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-web", "VpcId": "vpc-1", "Permissions": [SSH]}]}
def revoke(mock, **params):
    query = {"Action": "RevokeSecurityGroup", "RegionId": "cn-hangzhou", "SecurityGroupId": "sg-web", **SSH, "AccessKeyId": mock.access_key_id, **params}
    urlopen(mock.url + "/?" + "&".join(name + "=" + value for name, value in query.items())).close()
"""


def test_four_workers_share_nothing(pytester):
    pytester.makepyfile(HEAD + """
import os
@pytest.mark.parametrize("n", range(40))
def test_one(ecsmock, n):
    assert ecsmock.state()["SecurityGroups"] == [] and ecsmock.calls() == []
    ecsmock.load(WEB)
    ecsmock.fail("DescribeRegions", "Throttling.User")
    revoke(ecsmock)
    assert not ecsmock.has_rule("sg-web", SSH)
    assert len(ecsmock.calls()) == 1
    ecsmock.clear_faults()
    print("worker", os.environ["PYTEST_XDIST_WORKER"])
""")
    result = pytester.runpytest_subprocess("-n", "4", "-rP")
    result.assert_outcomes(passed=40)
    assert len({line for line in result.outlines if line.startswith("worker ")}) == 4


@pytest.mark.parametrize("workers", ["0", "2"])
def test_failure_prints_the_calls(pytester, workers):
    pytester.makepyfile(HEAD + """
def test_rule(ecsmock):
    ecsmock.load(WEB)
    assert ecsmock.has_rule("sg-web", {**SSH, "Priority": 3})
def test_hint(ecsmock_server):
    ecsmock_server.load(WEB)
    revoke(ecsmock_server, Priority="3")
def test_called(ecsmock):
    ecsmock.load(WEB)
    revoke(ecsmock)
    assert ecsmock.was_called("RevokeSecurityGroup", {"Priority": 3})
def test_passes(ecsmock):
    ecsmock.load(WEB)
    revoke(ecsmock)
""")
    result = pytester.runpytest_subprocess("-n", workers)
    result.assert_outcomes(failed=3, passed=1)
    printed = result.stdout.str()
    assert "assert sg-web lacks the rule; nearest is sgr-" in printed
    assert "RevokeSecurityGroup was not called with Priority=3; nearest is call 1: Priority was not sent" in printed
    assert "call 1: RevokeSecurityGroup SecurityGroupId=sg-web IpProtocol=tcp PortRange=22/22 Priority=3" in printed
    assert "403 InvalidGroupAuthItem.NotFound; nearest is" in printed
    assert printed.count("- ecsmock 127.0.0.1:") == 3


def test_settings_are_laid_over_each_other(pytester):
    pytester.makeconftest("""
import pytest
@pytest.fixture(scope="session")
def ecsmock_settings(): return {"edition": 2020, "vpcs": "known"}
""")
    pytester.path.joinpath("web.json").write_text('{"SecurityGroups": [{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-1"}]}')
    pytester.makepyfile("""
import pytest
pytestmark = pytest.mark.ecsmock(strict=True)
def test_module(ecsmock):
    assert (ecsmock.health()["Edition"], ecsmock.health()["Strict"]) == (2020, True)
@pytest.mark.ecsmock(edition="2025", seed="web.json", random_seed=1, regions=["xx-moon-1"])
class TestClass:
    def test_class(self, ecsmock):
        [group] = ecsmock.state()["SecurityGroups"]
        assert (ecsmock.health()["Edition"], group["AccountId"]) == (2025, ecsmock.account_id)
        ecsmock.load({})
        ecsmock.reset()
        assert ecsmock.state()["SecurityGroups"] == [group]
    @pytest.mark.ecsmock(edition="2019")
    def test_nearest(self, ecsmock_server):
        assert (ecsmock_server.health()["Edition"], ecsmock_server.health()["Strict"]) == (2019, True)
        assert ecsmock_server.state()["SecurityGroups"]
""")
    pytester.runpytest_subprocess().assert_outcomes(passed=3)


def test_mistakes_in_settings_say_what_to_do(pytester):
    pytester.makepyfile("""
import pytest
@pytest.mark.ecsmock(editon="2025")
def test_name(ecsmock): pass
@pytest.mark.ecsmock(edition="2024")
def test_value(ecsmock_server): pass
""")
    result = pytester.runpytest_subprocess("--strict-markers")
    result.assert_outcomes(errors=2)
    printed = result.stdout.str()
    assert "serve has no flag -editon; did you mean -edition?" in printed
    assert "-edition is 2019, 2020, 2025 (which replaced 2024) or latest, got" in printed


def test_what_a_test_leaves_is_gone(pytester):
    pytester.makepyfile("""
from datetime import datetime, timedelta, timezone
def test_leaves(ecsmock):
    ecsmock.advance(timedelta(days=400))
    ecsmock.freeze()
    ecsmock.fail("RevokeSecurityGroup", "Throttling.User")
def test_finds_nothing(ecsmock):
    assert abs(ecsmock.now() - datetime.now(timezone.utc)) < timedelta(days=1)
    assert ecsmock.faults() == []
""")
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(passed=2, warnings=1)
    assert '"Code": "Throttling.User"} never acted; it matched 0 calls' in result.stdout.str()

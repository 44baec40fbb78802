"""The client, and how a mock is started."""

import os
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import ecsmock
import pytest
from ecsmock import EcsmockError, program


def call(mock, action, **params):
    query = {"Action": action, "RegionId": "cn-hangzhou", "AccessKeyId": mock.access_key_id, **params}
    try:
        with urlopen(mock.url + "/?" + "&".join(f"{name}={value}" for name, value in query.items())) as answer:
            return answer.status
    except HTTPError as err:
        err.close()
        return err.code


@pytest.fixture
def mock(ecsmock_server):
    return ecsmock_server


def test_world_is_read_and_replaced(mock, web):
    assert mock.state()["SecurityGroups"] == []
    mock.load(web)
    [group] = mock.state()["SecurityGroups"]
    assert group["SecurityGroupId"] == "sg-web"
    mock.add({"SecurityGroups": [{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-db"}]})
    assert len(mock.state()["SecurityGroups"]) == 2
    mock.reset()
    assert mock.state()["SecurityGroups"] == []


def test_what_is_wrong_is_said(mock):
    with pytest.raises(EcsmockError, match=r"^SecurityGroups\[0\]\.Vpc: there is no such field"):
        mock.load({"SecurityGroups": [{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-web", "Vpc": "vpc-1"}]})
    with pytest.raises(EcsmockError, match="RevokeSecurityGroop"):
        mock.fail("RevokeSecurityGroop", "Throttling.User")
    with pytest.raises(EcsmockError, match="has no zone"):
        mock.set_time(datetime(2030, 1, 2))  # noqa: DTZ001
    with pytest.raises(EcsmockError, match="there is no group sg-web; there are none at all"):
        mock.has_rule("sg-web", {})


def test_rules_are_compared_as_a_revoke_compares_them(mock, web, ssh):
    mock.load(web)
    assert mock.has_rule("sg-web", {**ssh, "IpProtocol": "TCP", "Policy": "accept"})
    assert mock.has_rule("1234567890123456/cn-hangzhou/sg-web", ssh).answer["Rule"]["PortRange"] == "22/22"
    missed = mock.has_rule("sg-web", {**ssh, "Priority": 3})
    assert not missed
    assert "Priority is 1, asked 3" in repr(missed)
    call(mock, "RevokeSecurityGroup", SecurityGroupId="sg-web", **ssh)
    assert "until call 1 revoked it" in mock.has_rule("sg-web", ssh).why


def test_who_reaches_whom(mock, web):
    mine = mock.new_account()
    mine.load(web)
    assert mine.reaches("10.1.2.3", "sg-web", "tcp/22")
    assert mine.cannot_reach("192.0.2.1", "sg-web", "tcp/22")
    partly = mine.reaches("anyone", "sg-web", "tcp/22")
    assert not partly and not mine.cannot_reach("anyone", "sg-web", "tcp/22")
    assert partly.answer["Partly"] and partly.answer["Rules"][0]["SecurityGroupId"] == "sg-web"
    assert repr(partly).startswith("tcp/22 from anyone to sg-web: ") and "sgr-" in repr(partly)
    assert mine.reach("sg-web", "192.0.2.1", "icmp", direction="egress")["Reaches"]
    with pytest.raises(EcsmockError, match="from or to must be a group or a member"):
        mock.reaches("anyone", "10.0.0.1", "tcp/22")


def test_a_mock_is_compared_with_its_service(web, ssh):
    with ecsmock.start(edition="2020", seed=web) as service, ecsmock.start(edition="2019", seed=web, shadow=service.url) as mock:
        assert mock.health()["Shadow"] == service.endpoint
        assert call(mock, "RevokeSecurityGroup", SecurityGroupId="sg-web", **ssh) == 200
        assert mock.agrees_with_service()
        assert call(mock, "RevokeSecurityGroup", SecurityGroupId="sg-web", **ssh) == 200, "the service answers"
        agrees = mock.agrees_with_service()
        assert not agrees
        assert f"differs from {service.endpoint}" in repr(agrees)
        assert 'status: the service has "200", the mock "403 InvalidGroupAuthItem.NotFound" (call 2)' in repr(agrees)
        [found] = mock.differences()["Differences"]
        assert (found["Action"], found["Kind"]) == ("RevokeSecurityGroup", "status")
        mock.clear_differences()
        assert mock.agrees_with_service()
        with pytest.raises(EcsmockError, match="start it with -shadow"):
            service.differences()


def test_changes_are_told(mock, web, ssh):
    mock.load(web)
    call(mock, "RevokeSecurityGroup", SecurityGroupId="sg-web", **ssh)
    [change] = mock.calls()[-1]["Changes"]
    assert (change["Kind"], change["Was"]["PortRange"], "Is" in change) == ("rule", "22/22", False)


def test_calls_are_selected(mock, ssh):
    call(mock, "RevokeSecurityGroup", SecurityGroupId="sg-web", **ssh)
    call(mock, "DescribeRegions")
    assert [one["Action"] for one in mock.calls()] == ["RevokeSecurityGroup", "DescribeRegions"]
    assert [one["Number"] for one in mock.calls("DescribeRegions")] == [2]
    assert [one["Number"] for one in mock.calls(code="InvalidSecurityGroupId.NotFound")] == [1]
    assert [one["Number"] for one in mock.calls(since=1)] == [2]
    assert mock.calls(since=mock.now() + timedelta(hours=1)) == []
    assert mock.was_called("RevokeSecurityGroup", {"PortRange": "22/22"})
    assert not mock.was_called("AuthorizeSecurityGroup")
    mock.clear_calls()
    assert mock.last_calls() == "there were no calls"


def test_parameters_are_printed_in_order(mock):
    many = {f"Permissions.{n}.PortRange": f"{n}/{n}" for n in (10, 2)}
    call(mock, "RevokeSecurityGroup", **many, SecurityGroupId="sg-1")
    assert "RevokeSecurityGroup SecurityGroupId=sg-1 Permissions.2.PortRange=2/2 Permissions.10.PortRange=10/10 by" in mock.last_calls()
    call(mock, "DescribeRegions", A="a" * 500, B="b")
    assert "B=b" not in mock.last_calls()


def test_faults(mock):
    mine = mock.new_account()
    number = mine.fail("DescribeRegions", "Throttling.User")
    mine.delay("DescribeZones", timedelta(microseconds=1))
    assert [fault.get("DelayMs") for fault in mine.faults()] == [None, 1]
    assert call(mock, "DescribeRegions") == 200, "another account"
    assert call(mine, "DescribeRegions") == 400
    mine.remove_fault(number)
    mine.clear_faults()
    assert mine.faults() == []
    mine.answer("DescribeRegions", {"Regions": {"Region": []}})
    assert call(mine, "DescribeRegions") == 200


def test_clock(mock):
    noon = datetime(2030, 1, 2, 12, tzinfo=timezone.utc)
    mock.freeze(noon)
    assert mock.now() == noon
    mock.advance(timedelta(milliseconds=1500))
    assert mock.now() == noon + timedelta(milliseconds=1500)
    mock.set_time(noon.astimezone(timezone(timedelta(hours=8))))
    assert noon <= mock.now() < noon + timedelta(hours=1)


def test_accounts_do_not_meet(mock, web, ssh):
    one, other = mock.new_account(), mock.new_account()
    one.load(web)
    assert (len(one.state()["SecurityGroups"]), other.state()["SecurityGroups"]) == (1, [])
    call(one, "RevokeSecurityGroup", SecurityGroupId="sg-web", **ssh)
    assert not one.has_rule("sg-web", ssh)
    assert (len(one.calls()), other.calls(), len(mock.calls())) == (1, [], 1)
    one.close()
    assert mock.state()["SecurityGroups"] == []


def test_start_and_close():
    with ecsmock.start(edition="2025", credentials=["me:mysecret:7", "you:yours"], seed="demo") as mock:
        assert (mock.access_key_id, mock.access_key_secret, mock.account_id) == ("me", "mysecret", "7")
        assert mock.health()["Edition"] == 2025
        assert len(mock.state()["SecurityGroups"]) == len(mock.demo()["SecurityGroups"])
        assert "BEGIN CERTIFICATE" in mock.ca_pem()
    with pytest.raises(EcsmockError, match="does not answer"):
        mock.health()
    mock.close()


def test_running_mock_is_used(mock, monkeypatch):
    monkeypatch.setenv("ECSMOCK_URL", mock.url + "/")
    used = ecsmock.start()
    assert used.url == mock.url
    assert used.new_account().account_id != ecsmock.start().new_account().account_id, "others count, too"
    used.close()
    assert ecsmock.connect(mock.url).url == mock.url
    assert mock.health()["Status"] == "ok"
    with ecsmock.start(edition="2019") as other:
        assert other.url != mock.url


def test_mock_ends_with_python():
    code = "import ecsmock; print(ecsmock.start().url)"
    url = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    with pytest.raises(OSError):
        urlopen(url + "/_mock/health")


def test_mock_ends_with_a_python_that_is_killed():
    code = "import ecsmock, sys; mock = ecsmock.start(); print(mock.url, flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as python:
        url = python.stdout.readline().strip()
        urlopen(url + "/_mock/health").close()
        python.kill()
    with pytest.raises(OSError):
        while True:  # until it has ended
            urlopen(url + "/_mock/health").close()
            time.sleep(0.01)


def test_program_is_found(monkeypatch, tmp_path):
    held = Path(program.__file__).parent / "bin/ecsmock"
    assert program.find() == str(held), "the wheel holds it"
    monkeypatch.setenv("ECSMOCK_PROGRAM", str(tmp_path / "nowhere"))
    with pytest.raises(EcsmockError, match="nowhere cannot be run: No such file"):
        ecsmock.start(edition="2019")
    monkeypatch.delenv("ECSMOCK_PROGRAM")

    # The source distribution holds none.
    monkeypatch.setattr(program, "__file__", str(tmp_path / "program.py"))
    scripts = Path(sys.executable).parent
    monkeypatch.setenv("PATH", str(scripts))
    with pytest.raises(EcsmockError, match="put ecsmock on the PATH, or name it in ECSMOCK_PROGRAM"):
        program.find()
    monkeypatch.setenv("PATH", f"{scripts}{os.pathsep}{held.parent}")
    assert program.find() == str(held)


def test_command_is_the_program():
    printed = subprocess.check_output([Path(sys.executable).with_name("ecsmock"), "version"], text=True)
    from importlib.metadata import version
    assert printed.split()[:2] == ["ecsmock", version("ecsmock")]

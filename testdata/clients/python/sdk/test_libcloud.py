"""Apache Libcloud's ECSDriver: GET, signature version 1.0, and answers in XML.

The driver has no methods for rules. Who needs them sends the request through the
driver's connection, as here.
"""

import ast
import re

import libcloud.security
import pytest
from libcloud.common.exceptions import BaseHTTPError
from libcloud.compute.base import Node
from libcloud.compute.drivers.ecs import ECSDriver
from libcloud.compute.types import NodeState
from requests.exceptions import SSLError

from .account import codes
from .refusals import EDITION, ROWS, WRONG_SIGNATURE

CLIENT = "apache-libcloud"
REGION = "cn-hangzhou"
REQUEST_ID = re.compile(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}")
SSH = {"IpProtocol": "tcp", "PortRange": "22/22", "SourceCidrIp": "10.0.0.0/8"}


def connect(account, secret="testsecret", secure=False):
    """The driver. The address, and that it is plain HTTP, is all that a user changes."""
    host, port = account.endpoint.split(":")
    return ECSDriver(account.access_key_id, secret, region=REGION, secure=secure, host=host, port=int(port))


def send(driver, action, **params):
    """A call that the driver has no method for. Its answer is an XML element."""
    params = {"Action": action, "RegionId": REGION, **params}
    return driver.connection.request("/", params).object


@pytest.fixture
def driver(account):
    return connect(account)


@pytest.fixture
def group(driver):
    return driver.ex_create_security_group(description="web")


def refused(err, status, code, message):
    """Libcloud's own error. Its message is the XML's content, as the text of a dict."""
    assert err.code == status
    content = ast.literal_eval(err.message)
    assert content["code"] == code
    assert content["message"] == message
    assert REQUEST_ID.fullmatch(content["request_id"])
    assert content["host_id"]


def test_regions_and_zones(driver):
    locations = driver.list_locations()
    assert REGION in [location.id for location in locations]
    zones = driver.ex_list_zones()
    assert zones and all(zone.id.startswith(REGION) for zone in zones)


def test_group_comes_and_goes(account, driver, group):
    [found] = driver.ex_list_security_groups()
    assert (found.id, found.description) == (group, "web")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", found.creation_time)

    assert driver.ex_modify_security_group_by_id(group, name="web-1", description="<a b*~é+&'\"> 安全组")
    [found] = driver.ex_list_security_groups({"SecurityGroupId": group})
    assert (found.name, found.description) == ("web-1", "<a b*~é+&'\"> 安全组")

    assert driver.ex_delete_security_group_by_id(group)
    assert driver.ex_list_security_groups() == []
    assert {call["Params"]["Format"] for call in account.calls()} == {"XML"}


def test_groups_are_described_page_by_page(account, driver):
    groups = {driver.ex_create_security_group() for _ in range(5)}
    found = driver.ex_list_security_groups({"PageSize": 2})
    assert len(found) == 5
    assert {group.id for group in found} == groups
    assert [call["Params"].get("PageNumber") for call in account.calls("DescribeSecurityGroups")] == [None, "2", "3"]


def test_rule_comes_and_goes(account, driver, group):
    send(driver, "AuthorizeSecurityGroup", SecurityGroupId=group, **SSH)
    [rule] = driver.ex_list_security_group_attributes(group)
    classic = EDITION < "2025"  # the driver sends no VpcId
    nic_type = "internet" if classic else "intranet"
    assert (rule.ip_protocol, rule.port_range, rule.policy, rule.nic_type) == ("TCP", "22/22", "Accept", nic_type)
    assert not rule.source_group_id
    assert len(driver.ex_list_security_group_attributes(group, nic_type="intranet")) == (0 if classic else 1)

    answer = send(driver, "RevokeSecurityGroup", SecurityGroupId=group, **SSH)
    assert answer.tag == "RevokeSecurityGroupResponse"
    assert [element.tag for element in answer] == ["RequestId"]
    assert account.calls("RevokeSecurityGroup")[-1]["RequestId"] == answer.findtext("RequestId")
    assert driver.ex_list_security_group_attributes(group) == []


def test_rules_go_together_and_by_id(driver, group):
    rules = {f"Permissions.{number}.{name}": value for number, ports in enumerate(("22/22", "80/80"), start=1)
             for name, value in {**SSH, "PortRange": ports}.items()}
    send(driver, "AuthorizeSecurityGroup", SecurityGroupId=group, **rules)
    described = send(driver, "DescribeSecurityGroupAttribute", SecurityGroupId=group).findall("Permissions/Permission")
    ids = {rule.findtext("PortRange"): rule.findtext("SecurityGroupRuleId") for rule in described}
    send(driver, "RevokeSecurityGroup", SecurityGroupId=group, **{"SecurityGroupRuleId.1": ids["80/80"]})
    [rule] = driver.ex_list_security_group_attributes(group)
    assert rule.port_range == "22/22"
    send(driver, "RevokeSecurityGroup", SecurityGroupId=group, **{
        f"Permissions.1.{name}": value for name, value in SSH.items()})
    assert driver.ex_list_security_group_attributes(group) == []


def test_outbound_rule_comes_and_goes(driver, group):
    rule = {"IpProtocol": "all", "PortRange": "-1/-1", "DestCidrIp": "0.0.0.0/0", "Policy": "drop"}
    send(driver, "AuthorizeSecurityGroupEgress", SecurityGroupId=group, **rule)
    [found] = driver.ex_list_security_group_attributes(group)
    assert (found.ip_protocol, found.port_range, found.policy) == ("ALL", "-1/-1", "Drop")
    send(driver, "RevokeSecurityGroupEgress", SecurityGroupId=group, **rule)
    assert driver.ex_list_security_group_attributes(group) == []


def test_instance_joins_and_leaves(account, driver):
    account.add({
        "SecurityGroups": [{"RegionId": REGION, "SecurityGroupId": group} for group in ("sg-a", "sg-b")],
        "Instances": [{"RegionId": REGION, "InstanceId": "i-1", "SecurityGroupIds": ["sg-a"]}],
    })
    node = Node("i-1", "web", NodeState.RUNNING, [], [], driver)
    assert driver.ex_join_security_group(node, "sg-b")
    with pytest.raises(BaseHTTPError, match="DependencyViolation"):
        driver.ex_delete_security_group_by_id("sg-b")
    assert driver.ex_leave_security_group(node, "sg-b")
    assert driver.ex_delete_security_group_by_id("sg-b")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_revoke_is_refused(account, driver, row):
    group = send(driver, "CreateSecurityGroup", VpcId="vpc-1").findtext("SecurityGroupId")
    send(driver, "AuthorizeSecurityGroup", SecurityGroupId=group, **SSH)
    with pytest.raises(BaseHTTPError) as refusal:
        send(driver, "RevokeSecurityGroup", **row.parameters(group))
    refused(refusal.value, row.status, row.code, row.message)
    assert len(driver.ex_list_security_group_attributes(group)) == 1


def test_client_token_is_answered_once(driver):
    group = driver.ex_create_security_group(client_token="create")
    assert driver.ex_create_security_group(client_token="create") == group
    with pytest.raises(BaseHTTPError) as refusal:
        driver.ex_create_security_group(description="another", client_token="create")
    refused(refusal.value, 400, "IdempotentParameterMismatch", "The request is retried with updated parameters.")


def test_throttling_is_left_to_the_caller(account, driver, monkeypatch):
    """Its retry knows status 429 and broken connections, not this API's codes."""
    monkeypatch.setenv("LIBCLOUD_RETRY_FAILED_HTTP_REQUESTS", "1")
    account.fail("DescribeRegions", "Throttling.User", times=2)
    with pytest.raises(BaseHTTPError) as refusal:
        driver.list_locations()
    refused(refusal.value, 400, "Throttling.User", "Request was denied due to user flow control.")
    assert codes(account, "DescribeRegions") == ["Throttling.User"]


@pytest.mark.ecsmock(signatures="off")
def test_broken_connection_is_retried(ecsmock, monkeypatch):
    monkeypatch.setenv("LIBCLOUD_RETRY_FAILED_HTTP_REQUESTS", "1")
    ecsmock.fault({"Action": "DescribeRegions", "Drop": True, "Times": 1})
    assert connect(ecsmock).list_locations()
    assert len(ecsmock.calls("DescribeRegions")) == 2


def test_retry_is_no_use_where_signatures_count(account, driver, monkeypatch):
    """It sends the same request again, nonce and all."""
    monkeypatch.setenv("LIBCLOUD_RETRY_FAILED_HTTP_REQUESTS", "1")
    account.fault({"Action": "DescribeRegions", "Drop": True, "Times": 1})
    with pytest.raises(BaseHTTPError) as refusal:
        driver.list_locations()
    refused(refusal.value, 400, "SignatureNonceUsed", "Specified signature nonce was used already.")


def test_http_and_https(account, ca_pem, monkeypatch):
    key, secret, port = account.access_key_id, account.access_key_secret, account.endpoint.split(":")[1]
    plain = ECSDriver(key, secret, region="cn-hangzhou", secure=False, host="127.0.0.1", port=port)
    plain.list_locations()

    monkeypatch.setattr(libcloud.security, "CA_CERTS_PATH", ca_pem)
    secure = ECSDriver(key, secret, region="cn-hangzhou", secure=True, host="127.0.0.1", port=port)
    secure.list_locations()
    assert codes(account, "DescribeRegions") == ["", ""]


def test_https_of_an_unknown_authority(account):
    with pytest.raises(SSLError, match="CERTIFICATE_VERIFY_FAILED"):
        connect(account, secure=True).list_locations()
    assert account.calls() == []


def test_wrong_secret(account):
    with pytest.raises(BaseHTTPError, match=WRONG_SIGNATURE):
        connect(account, secret="guessed").list_locations()

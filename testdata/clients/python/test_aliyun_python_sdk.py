"""aliyun-python-sdk-core and -ecs: signature version 1.0, parameters in the query."""

import json
import re

import pytest
from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.client import AcsClient
from aliyunsdkecs.request.v20140526.AuthorizeSecurityGroupRequest import AuthorizeSecurityGroupRequest
from aliyunsdkecs.request.v20140526.CreateSecurityGroupRequest import CreateSecurityGroupRequest
from aliyunsdkecs.request.v20140526.DescribeSecurityGroupAttributeRequest import DescribeSecurityGroupAttributeRequest
from aliyunsdkecs.request.v20140526.RevokeSecurityGroupRequest import RevokeSecurityGroupRequest

REQUEST_ID = re.compile(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}")
SSH = {"IpProtocol": "tcp", "PortRange": "22/22", "SourceCidrIp": "10.0.0.0/8"}


class Ecs:
    """The SDK's client. The endpoint is all that a user changes."""

    def __init__(self, endpoint, secret="testsecret", auto_retry=False):
        self.endpoint = endpoint
        self.client = AcsClient("testid", secret, "cn-hangzhou", auto_retry=auto_retry)

    def do(self, request, **params):
        request.set_endpoint(self.endpoint)
        for name, value in params.items():
            getattr(request, f"set_{name}")(value)
        return json.loads(self.client.do_action_with_exception(request))

    def create(self, **params):
        return self.do(CreateSecurityGroupRequest(), VpcId="vpc-1", **params)["SecurityGroupId"]

    def authorize(self, group, **rule):
        return self.do(AuthorizeSecurityGroupRequest(), SecurityGroupId=group, **rule)

    def revoke(self, group, **rule):
        return self.do(RevokeSecurityGroupRequest(), SecurityGroupId=group, **rule)

    def rules(self, group):
        answer = self.do(DescribeSecurityGroupAttributeRequest(), SecurityGroupId=group)
        return answer["Permissions"]["Permission"]


def refused(err, status, code, message):
    """The SDK's own error."""
    assert err.get_error_type() == "Server"
    assert err.get_http_status() == status
    assert err.get_error_code() == code
    assert re.fullmatch(message, err.get_error_msg(), re.DOTALL)
    assert REQUEST_ID.fullmatch(err.get_request_id())


def test_rule_comes_and_goes(ecsmock):
    ecs = Ecs(ecsmock.endpoint)
    group = ecs.create(SecurityGroupName="web")
    ecs.authorize(group, **SSH, Description="a b*~é+/='()!&%25 安全组")
    [rule] = ecs.rules(group)
    assert rule["SecurityGroupRuleId"].startswith("sgr-")
    assert (rule["IpProtocol"], rule["PortRange"], rule["SourceCidrIp"]) == ("TCP", "22/22", "10.0.0.0/8")
    assert (rule["Direction"], rule["Policy"], int(rule["Priority"])) == ("ingress", "Accept", 1)
    assert rule["Description"] == "a b*~é+/='()!&%25 安全组"

    answer = ecs.revoke(group, **SSH)
    assert list(answer) == ["RequestId"]
    assert REQUEST_ID.fullmatch(answer["RequestId"])
    assert ecs.rules(group) == []
    with pytest.raises(ServerException) as refusal:
        ecs.revoke(group, **SSH)
    refused(refusal.value, 403, "InvalidGroupAuthItem.NotFound",
            r"Specified group authorized item does not exist in our records\.")
    assert ecsmock.calls("RevokeSecurityGroup")[-1]["RequestId"] == refusal.value.get_request_id()


def test_rules_go_together_and_by_id(ecsmock):
    ecs = Ecs(ecsmock.endpoint)
    group = ecs.create()
    web = [{**SSH, "PortRange": ports} for ports in ("80/80", "443/443")]
    ecs.authorize(group, Permissions=[SSH, *web])
    ecs.revoke(group, Permissions=web)
    [rule] = ecs.rules(group)
    assert rule["PortRange"] == "22/22"
    ecs.revoke(group, SecurityGroupRuleIds=[rule["SecurityGroupRuleId"]])
    assert ecs.rules(group) == []


def test_wrong_priority_is_explained(ecsmock):
    ecs = Ecs(ecsmock.endpoint)
    group = ecs.create()
    ecs.authorize(group, **SSH, Priority="3")
    with pytest.raises(ServerException):
        ecs.revoke(group, **SSH)
    [call] = ecsmock.calls("RevokeSecurityGroup")
    assert call["Code"] == "InvalidGroupAuthItem.NotFound"
    assert call["Hint"].endswith(": Priority is 3, asked 1")


def test_throttled_once(ecsmock):
    ecs = Ecs(ecsmock.endpoint)
    group = ecs.create()
    ecs.authorize(group, **SSH)
    ecsmock.fail("RevokeSecurityGroup", "Throttling.User", times=1)
    with pytest.raises(ServerException) as refusal:
        ecs.revoke(group, **SSH)
    refused(refusal.value, 400, "Throttling.User", ".+")
    ecs.revoke(group, **SSH)


def test_retries_of_its_own(ecsmock):
    ecs = Ecs(ecsmock.endpoint, auto_retry=True)
    group = ecs.create()
    ecsmock.fail("DescribeSecurityGroupAttribute", "Throttling", times=1)  # a code that this SDK retries
    assert ecs.rules(group) == []
    codes = [call["Code"] for call in ecsmock.calls("DescribeSecurityGroupAttribute")]
    assert codes == ["Throttling", ""]


def test_client_token_is_answered_once(ecsmock):
    ecs = Ecs(ecsmock.endpoint)
    group = ecs.create(ClientToken="create")
    assert ecs.create(ClientToken="create") == group
    ecs.authorize(group, **SSH)
    first = ecs.revoke(group, **SSH, ClientToken="revoke")
    again = ecs.revoke(group, **SSH, ClientToken="revoke")
    assert first["RequestId"] != again["RequestId"]
    with pytest.raises(ServerException) as refusal:
        ecs.revoke(group, **{**SSH, "PortRange": "23/23"}, ClientToken="revoke")
    refused(refusal.value, 400, "IdempotentParameterMismatch", r"The request is retried with updated parameters\.")


def test_client_token_is_forgotten_after_a_day(ecsmock):
    ecs = Ecs(ecsmock.endpoint)
    group = ecs.create(ClientToken="create")
    ecsmock.advance("23h")
    assert ecs.create(ClientToken="create") == group
    ecsmock.advance("2h")
    assert ecs.create(ClientToken="create") != group


@pytest.fixture
def signatures(monkeypatch):
    monkeypatch.setenv("ECSMOCK_SIGNATURES", "require")


def test_signatures_are_required(signatures, ecsmock):
    group = Ecs(ecsmock.endpoint).create()
    assert Ecs(ecsmock.endpoint).rules(group) == []
    with pytest.raises(ServerException) as refusal:
        Ecs(ecsmock.endpoint, secret="guessed").rules(group)
    refused(refusal.value, 400, "IncompleteSignature", ".+")

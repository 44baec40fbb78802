"""alibabacloud_ecs20140526: ACS3-HMAC-SHA256, the action in a header, typed models."""

import re

import pytest
from alibabacloud_ecs20140526 import models
from alibabacloud_ecs20140526.client import Client
from alibabacloud_tea_openapi.exceptions import ClientException, ThrottlingException
from alibabacloud_tea_openapi.models import Config
from darabonba.policy.retry import RetryOptions

REQUEST_ID = re.compile(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}")
REGION = "cn-hangzhou"
SSH = {"ip_protocol": "tcp", "port_range": "22/22", "source_cidr_ip": "10.0.0.0/8"}


class Ecs:
    """The SDK's client. The endpoint, and its protocol, is all that a user changes."""

    def __init__(self, endpoint, secret="testsecret", **config):
        self.client = Client(Config(
            access_key_id="testid", access_key_secret=secret, region_id=REGION,
            endpoint=endpoint, protocol="http", **config,
        ))

    def create(self, **params):
        request = models.CreateSecurityGroupRequest(region_id=REGION, vpc_id="vpc-1", **params)
        return self.client.create_security_group(request).body.security_group_id

    def authorize(self, group, **rule):
        request = models.AuthorizeSecurityGroupRequest(region_id=REGION, security_group_id=group, **rule)
        return self.client.authorize_security_group(request)

    def revoke(self, group, **rule):
        request = models.RevokeSecurityGroupRequest(region_id=REGION, security_group_id=group, **rule)
        return self.client.revoke_security_group(request)

    def rules(self, group):
        request = models.DescribeSecurityGroupAttributeRequest(region_id=REGION, security_group_id=group)
        return self.client.describe_security_group_attribute(request).body.permissions.permission


def refused(err, status, code, message):
    """The SDK's own error."""
    assert err.status_code == status
    assert err.code == code
    assert re.fullmatch(message, err.data["Message"], re.DOTALL)
    assert REQUEST_ID.fullmatch(err.request_id)
    assert err.data["RequestId"] == err.request_id
    assert err.message == f"code: {status}, {err.data['Message']} request id: {err.request_id}"


def test_rule_comes_and_goes(ecsmock):
    ecs = Ecs(ecsmock.endpoint)
    group = ecs.create(security_group_name="web")
    ecs.authorize(group, **SSH, description="a b*~é+/='()!&%25 安全组")
    [rule] = ecs.rules(group)
    assert rule.security_group_rule_id.startswith("sgr-")
    assert (rule.ip_protocol, rule.port_range, rule.source_cidr_ip) == ("TCP", "22/22", "10.0.0.0/8")
    assert (rule.direction, rule.policy, int(rule.priority)) == ("ingress", "Accept", 1)
    assert rule.description == "a b*~é+/='()!&%25 安全组"

    answer = ecs.revoke(group, **SSH)
    assert answer.status_code == 200
    assert REQUEST_ID.fullmatch(answer.body.request_id)
    assert answer.headers["x-acs-request-id"] == answer.body.request_id
    assert not ecs.rules(group)
    with pytest.raises(ClientException) as refusal:
        ecs.revoke(group, **SSH)
    refused(refusal.value, 403, "InvalidGroupAuthItem.NotFound",
            r"Specified group authorized item does not exist in our records\.")
    assert ecsmock.calls("RevokeSecurityGroup")[-1]["RequestId"] == refusal.value.request_id


def test_rules_go_together_and_by_id(ecsmock):
    ecs = Ecs(ecsmock.endpoint)
    group = ecs.create()
    web = [{**SSH, "port_range": ports} for ports in ("80/80", "443/443")]
    ecs.authorize(group, permissions=[models.AuthorizeSecurityGroupRequestPermissions(**rule) for rule in [SSH, *web]])
    ecs.revoke(group, permissions=[models.RevokeSecurityGroupRequestPermissions(**rule) for rule in web])
    [rule] = ecs.rules(group)
    assert rule.port_range == "22/22"
    ecs.revoke(group, security_group_rule_id=[rule.security_group_rule_id])
    assert not ecs.rules(group)


def test_wrong_priority_is_explained(ecsmock):
    ecs = Ecs(ecsmock.endpoint)
    group = ecs.create()
    ecs.authorize(group, **SSH, priority="3")
    with pytest.raises(ClientException):
        ecs.revoke(group, **SSH)
    [call] = ecsmock.calls("RevokeSecurityGroup")
    assert call["Code"] == "InvalidGroupAuthItem.NotFound"
    assert call["Hint"].endswith(": Priority is 3, asked 1")


def test_throttled_once(ecsmock):
    ecs = Ecs(ecsmock.endpoint)
    group = ecs.create()
    ecs.authorize(group, **SSH)
    ecsmock.fail("RevokeSecurityGroup", "Throttling.User", times=1)
    with pytest.raises(ThrottlingException) as refusal:
        ecs.revoke(group, **SSH)
    refused(refusal.value, 400, "Throttling.User", ".+")
    assert refusal.value.retry_after > 0
    ecs.revoke(group, **SSH)


def test_retries_of_its_own(ecsmock):
    throttled = {"exception": ["ThrottlingException"], "maxAttempts": 3, "maxDelay": 100}
    ecs = Ecs(ecsmock.endpoint, retry_options=RetryOptions({"retryCondition": [throttled]}))
    group = ecs.create()
    ecs.authorize(group, **SSH)
    ecsmock.fail("RevokeSecurityGroup", "Throttling.User", times=2)
    ecs.revoke(group, **SSH)
    codes = [call["Code"] for call in ecsmock.calls("RevokeSecurityGroup")]
    assert codes == ["Throttling.User", "Throttling.User", ""]


def test_client_token_is_answered_once(ecsmock):
    ecs = Ecs(ecsmock.endpoint)
    group = ecs.create(client_token="create")
    assert ecs.create(client_token="create") == group
    ecs.authorize(group, **SSH)
    first = ecs.revoke(group, **SSH, client_token="revoke")
    again = ecs.revoke(group, **SSH, client_token="revoke")
    assert first.body.request_id != again.body.request_id
    with pytest.raises(ClientException) as refusal:
        ecs.revoke(group, **{**SSH, "port_range": "23/23"}, client_token="revoke")
    refused(refusal.value, 400, "IdempotentParameterMismatch", r"The request is retried with updated parameters\.")


def test_client_token_is_forgotten_after_a_day(ecsmock):
    ecs = Ecs(ecsmock.endpoint)
    group = ecs.create(client_token="create")
    ecsmock.advance("23h")
    assert ecs.create(client_token="create") == group
    ecsmock.advance("2h")
    assert ecs.create(client_token="create") != group


@pytest.fixture
def signatures(monkeypatch):
    monkeypatch.setenv("ECSMOCK_SIGNATURES", "require")


def test_signatures_are_required(signatures, ecsmock):
    group = Ecs(ecsmock.endpoint).create()
    assert not Ecs(ecsmock.endpoint).rules(group)
    with pytest.raises(ClientException) as refusal:
        Ecs(ecsmock.endpoint, secret="guessed").rules(group)
    refused(refusal.value, 400, "SignatureDoesNotMatch", ".+")

"""alibabacloud_ecs20140526: ACS3-HMAC-SHA256, the action in a header, typed models."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from alibabacloud_ecs20140526 import models
from alibabacloud_ecs20140526.client import Client
from alibabacloud_tea_openapi.exceptions import ClientException, ThrottlingException
from alibabacloud_tea_openapi.models import Config
from darabonba.policy.retry import RetryCondition, RetryOptions

from .account import codes
from .refusals import MISS, ROWS

CLIENT = "alibabacloud_ecs20140526"
REGION = "cn-hangzhou"
REQUEST_ID = re.compile(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}")
SSH = {"ip_protocol": "tcp", "port_range": "22/22", "source_cidr_ip": "10.0.0.0/8"}
HTTPS_OUT = {"ip_protocol": "tcp", "port_range": "443/443", "dest_cidr_ip": "0.0.0.0/0"}


class Ecs:
    """The SDK's client. The endpoint, and its protocol, is all that a user changes."""

    def __init__(self, account, secret="testsecret", protocol="http", ca=None):
        self.config = Config(
            access_key_id=account.access_key_id, access_key_secret=secret, region_id=REGION,
            endpoint=account.endpoint, protocol=protocol, ca=ca,
        )
        self.client = Client(self.config)

    def create(self, **params):
        request = models.CreateSecurityGroupRequest(region_id=REGION, vpc_id="vpc-1", **params)
        return self.client.create_security_group(request).body.security_group_id

    def groups(self, **params):
        request = models.DescribeSecurityGroupsRequest(region_id=REGION, **params)
        return self.client.describe_security_groups(request).body

    def authorize(self, group, **rule):
        request = models.AuthorizeSecurityGroupRequest(region_id=REGION, security_group_id=group, **rule)
        return self.client.authorize_security_group(request)

    def revoke(self, group, **rule):
        request = models.RevokeSecurityGroupRequest(region_id=REGION, security_group_id=group, **rule)
        return self.client.revoke_security_group(request)

    def authorize_egress(self, group, **rule):
        request = models.AuthorizeSecurityGroupEgressRequest(region_id=REGION, security_group_id=group, **rule)
        return self.client.authorize_security_group_egress(request)

    def revoke_egress(self, group, **rule):
        request = models.RevokeSecurityGroupEgressRequest(region_id=REGION, security_group_id=group, **rule)
        return self.client.revoke_security_group_egress(request)

    def rules(self, group, **params):
        request = models.DescribeSecurityGroupAttributeRequest(region_id=REGION, security_group_id=group, **params)
        return self.client.describe_security_group_attribute(request).body.permissions.permission


@pytest.fixture
def ecs(account):
    return Ecs(account)


@pytest.fixture
def group(ecs):
    return ecs.create(security_group_name="web")


def refused(err, status, code, message):
    """The SDK's own error."""
    assert err.status_code == status
    assert err.code == code
    assert err.data["Message"] == message
    assert REQUEST_ID.fullmatch(err.request_id)
    assert err.data["RequestId"] == err.request_id
    assert err.message == f"code: {status}, {message} request id: {err.request_id}"


def test_rule_comes_and_goes(account, ecs, group):
    ecs.authorize(group, **SSH, description="a b*~é+/='()!&%25 安全组")
    [rule] = ecs.rules(group)
    assert rule.security_group_rule_id.startswith("sgr-")
    assert (rule.ip_protocol, rule.port_range, rule.source_cidr_ip) == ("TCP", "22/22", "10.0.0.0/8")
    assert (rule.direction, rule.policy, int(rule.priority)) == ("ingress", "Accept", 1)
    assert rule.description == "a b*~é+/='()!&%25 安全组"

    answer = ecs.revoke(group, **SSH)
    assert answer.status_code == 200
    assert answer.headers["x-acs-request-id"] == answer.body.request_id
    assert account.calls("RevokeSecurityGroup")[-1]["RequestId"] == answer.body.request_id
    assert not ecs.rules(group)


def test_rules_go_together_and_by_id(ecs, group):
    web = [{**SSH, "port_range": ports} for ports in ("80/80", "443/443")]
    ecs.authorize(group, permissions=[models.AuthorizeSecurityGroupRequestPermissions(**rule) for rule in [SSH, *web]])
    ecs.revoke(group, permissions=[models.RevokeSecurityGroupRequestPermissions(**rule) for rule in web])
    [rule] = ecs.rules(group)
    assert rule.port_range == "22/22"
    ecs.revoke(group, security_group_rule_id=[rule.security_group_rule_id])
    assert not ecs.rules(group)


def test_rules_have_sources_of_every_kind(account, ecs, group):
    account.add({"PrefixLists": [{"RegionId": REGION, "PrefixListId": "pl-office", "MaxEntries": 1}]})
    sources = {
        "source_cidr_ip": "10.0.0.0/8", "ipv_6source_cidr_ip": "2001:db8::/32",
        "source_group_id": ecs.create(), "source_prefix_list_id": "pl-office",
    }
    rules = [{"ip_protocol": "tcp", "port_range": "22/22", kind: value} for kind, value in sources.items()]
    ecs.authorize(group, permissions=[models.AuthorizeSecurityGroupRequestPermissions(**rule) for rule in rules])
    described = ecs.rules(group)
    assert len(described) == 4
    for kind, value in sources.items():
        assert [getattr(rule, kind) for rule in described if getattr(rule, kind)] == [value]

    ecs.revoke(group, permissions=[models.RevokeSecurityGroupRequestPermissions(**rule) for rule in rules[1:]])
    assert [rule.source_cidr_ip for rule in ecs.rules(group)] == ["10.0.0.0/8"]


def test_outbound_rules_come_and_go(ecs, group):
    mail_out = {**HTTPS_OUT, "port_range": "25/25", "policy": "drop"}
    more = [mail_out, {**HTTPS_OUT, "port_range": "80/80"}]
    ecs.authorize_egress(group, **HTTPS_OUT)
    ecs.authorize_egress(
        group, permissions=[models.AuthorizeSecurityGroupEgressRequestPermissions(**rule) for rule in more])
    assert not ecs.rules(group, direction="ingress")
    ids = {rule.port_range: rule.security_group_rule_id for rule in ecs.rules(group, direction="egress")}
    assert sorted(ids) == ["25/25", "443/443", "80/80"]

    ecs.revoke_egress(group, **HTTPS_OUT)
    ecs.revoke_egress(group, permissions=[models.RevokeSecurityGroupEgressRequestPermissions(**mail_out)])
    ecs.revoke_egress(group, security_group_rule_id=[ids["80/80"]])
    assert not ecs.rules(group)


def test_groups_are_described_page_by_page(ecs):
    groups = {ecs.create() for _ in range(5)}
    pages = [ecs.groups(page_number=number, page_size=2) for number in (1, 2, 3)]
    assert [page.total_count for page in pages] == [5, 5, 5]
    pages = [page.security_groups.security_group for page in pages]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert {group.security_group_id for page in pages for group in page} == groups


def test_groups_are_described_by_token(ecs):
    groups = {ecs.create() for _ in range(5)}
    answer = ecs.groups(max_results=2)
    pages = [answer.security_groups.security_group]
    while answer.next_token:
        answer = ecs.groups(max_results=2, next_token=answer.next_token)
        pages.append(answer.security_groups.security_group)
    assert [len(page) for page in pages] == [2, 2, 1]
    assert {group.security_group_id for page in pages for group in page} == groups


def test_booleans_are_sent_as_python_writes_them(account, ecs):
    ecs.groups(is_query_ecs_count=True, service_managed=False)
    [call] = account.calls("DescribeSecurityGroups")
    assert (call["Params"]["IsQueryEcsCount"], call["Params"]["ServiceManaged"]) == ("True", "False")


def test_accounts_do_not_meet(ecsmock_server):
    def create_and_list(account):
        ecs = Ecs(account)
        return [ecs.create() for _ in range(3)], ecs.groups().security_groups.security_group

    with ThreadPoolExecutor(max_workers=8) as threads:
        for created, described in threads.map(create_and_list, [ecsmock_server.new_account() for _ in range(8)]):
            assert sorted(created) == sorted(group.security_group_id for group in described)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_revoke_is_refused(account, ecs, group, row):
    ecs.authorize(group, **SSH)
    request = models.RevokeSecurityGroupRequest(region_id=REGION).from_map(row.parameters(group))
    with pytest.raises(ClientException) as refusal:
        ecs.client.revoke_security_group(request)
    refused(refusal.value, row.status, row.code, row.message)
    assert account.calls("RevokeSecurityGroup")[-1]["RequestId"] == refusal.value.request_id
    assert len(ecs.rules(group)) == 1


def test_wrong_priority_is_explained(account, ecs, group):
    ecs.authorize(group, **SSH, priority="3")
    with pytest.raises(ClientException):
        ecs.revoke(group, **SSH)
    [call] = account.calls("RevokeSecurityGroup")
    assert call["Code"] == MISS.code
    assert call["Hint"].endswith(": Priority is 3, asked 1")


def test_client_token_is_answered_once(account, ecs):
    group = ecs.create(client_token="create")
    assert ecs.create(client_token="create") == group
    ecs.authorize(group, **SSH)
    first = ecs.revoke(group, **SSH, client_token="revoke")
    again = ecs.revoke(group, **SSH, client_token="revoke")
    assert first.body.request_id != again.body.request_id
    with pytest.raises(ClientException) as refusal:
        ecs.revoke(group, **{**SSH, "port_range": "23/23"}, client_token="revoke")
    refused(refusal.value, 400, "IdempotentParameterMismatch", "The request is retried with updated parameters.")
    assert codes(account, "RevokeSecurityGroup") == ["", "", "IdempotentParameterMismatch"]


def test_client_token_is_forgotten_after_a_day(ecsmock_server):
    ecs = Ecs(ecsmock_server.new_account())
    group = ecs.create(client_token="create")
    ecsmock_server.advance(timedelta(hours=23))
    assert ecs.create(client_token="create") == group
    ecsmock_server.advance(timedelta(hours=2))
    assert ecs.create(client_token="create") != group


def test_throttling_is_retried_by_the_sdk(account, ecs, group):
    ecs.authorize(group, **SSH)
    account.fail("RevokeSecurityGroup", "Throttling.User", times=2)
    config, request = ecs.config, models.RevokeSecurityGroupRequest(region_id=REGION, security_group_id=group, **SSH)
    throttled = RetryCondition(exception=["ThrottlingException"], max_attempts=3, max_delay=100)  # milliseconds
    config.retry_options = RetryOptions(retry_condition=[throttled])
    Client(config).revoke_security_group(request)
    assert codes(account, "RevokeSecurityGroup") == ["Throttling.User", "Throttling.User", ""]


def test_throttling_without_the_sdks_retry(account, ecs, group):
    account.fail("RevokeSecurityGroup", "Throttling.User", times=2)
    with pytest.raises(ThrottlingException) as refusal:
        ecs.revoke(group, **SSH)
    refused(refusal.value, 400, "Throttling.User", "Request was denied due to user flow control.")
    assert refusal.value.retry_after > 0
    assert codes(account, "RevokeSecurityGroup") == ["Throttling.User"]


def test_http_and_https(account, ca_pem):
    key, secret, endpoint = account.access_key_id, account.access_key_secret, account.endpoint
    config = Config(access_key_id=key, access_key_secret=secret, endpoint=endpoint)  # 127.0.0.1:2014
    config.protocol = "http"
    Client(config).describe_regions(models.DescribeRegionsRequest())

    config.protocol, config.ca = "https", ca_pem
    Client(config).describe_regions(models.DescribeRegionsRequest())
    assert codes(account, "DescribeRegions") == ["", ""]


def test_https_of_an_unknown_authority(ecsmock_server):
    """On a server that no other test has met: the SDK keeps what it trusts for each endpoint."""
    with pytest.raises(Exception, match="CERTIFICATE_VERIFY_FAILED"):
        Ecs(ecsmock_server.new_account(), protocol="https").create()
    assert ecsmock_server.calls("CreateSecurityGroup") == []


def test_asynchronous_calls(account, ecs, group, ca_pem):
    async def open_and_close_ssh(client):
        rule = {"region_id": REGION, "security_group_id": group, **SSH}
        await client.authorize_security_group_async(models.AuthorizeSecurityGroupRequest(**rule))
        await client.revoke_security_group_async(models.RevokeSecurityGroupRequest(**rule))

    asyncio.run(open_and_close_ssh(ecs.client))
    asyncio.run(open_and_close_ssh(Ecs(account, protocol="https", ca=ca_pem).client))
    assert codes(account, "RevokeSecurityGroup") == ["", ""]
    assert not ecs.rules(group)


def test_wrong_secret(account):
    with pytest.raises(ClientException) as refusal:
        Ecs(account, secret="guessed").create()
    assert (refusal.value.status_code, refusal.value.code) == (400, "SignatureDoesNotMatch")

"""aliyun-python-sdk-core and -ecs: signature version 1.0, parameters in the query."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from aliyunsdkcore.acs_exception.exceptions import ClientException, ServerException
from aliyunsdkcore.client import AcsClient
from aliyunsdkcore.request import CommonRequest
from aliyunsdkecs.request.v20140526.AuthorizeSecurityGroupEgressRequest import AuthorizeSecurityGroupEgressRequest
from aliyunsdkecs.request.v20140526.AuthorizeSecurityGroupRequest import AuthorizeSecurityGroupRequest
from aliyunsdkecs.request.v20140526.CreateSecurityGroupRequest import CreateSecurityGroupRequest
from aliyunsdkecs.request.v20140526.DescribeRegionsRequest import DescribeRegionsRequest
from aliyunsdkecs.request.v20140526.DescribeSecurityGroupAttributeRequest import DescribeSecurityGroupAttributeRequest
from aliyunsdkecs.request.v20140526.DescribeSecurityGroupsRequest import DescribeSecurityGroupsRequest
from aliyunsdkecs.request.v20140526.RevokeSecurityGroupEgressRequest import RevokeSecurityGroupEgressRequest
from aliyunsdkecs.request.v20140526.RevokeSecurityGroupRequest import RevokeSecurityGroupRequest

from .account import codes
from .refusals import MISS, ROWS, WRONG_SIGNATURE

CLIENT = "aliyun-python-sdk-ecs"
REQUEST_ID = re.compile(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}")
SSH = {"IpProtocol": "tcp", "PortRange": "22/22", "SourceCidrIp": "10.0.0.0/8"}
HTTPS_OUT = {"IpProtocol": "tcp", "PortRange": "443/443", "DestCidrIp": "0.0.0.0/0"}


class Ecs:
    """The SDK's client. The endpoint is all that a user changes."""

    def __init__(self, account, secret="testsecret", **settings):
        self.client = AcsClient(account.access_key_id, secret, "cn-hangzhou", **settings)
        self.client.add_endpoint("cn-hangzhou", "Ecs", account.endpoint)

    def do(self, request, **params):
        region = params.pop("RegionId", None)
        if region:
            request.add_query_param("RegionId", region)  # it has no setter
        for name, value in params.items():
            getattr(request, f"set_{name}")(value)
        return json.loads(self.client.do_action_with_exception(request))

    def create(self, **params):
        return self.do(CreateSecurityGroupRequest(), VpcId="vpc-1", **params)["SecurityGroupId"]

    def groups(self, **params):
        return self.do(DescribeSecurityGroupsRequest(), **params)

    def authorize(self, group, **rule):
        return self.do(AuthorizeSecurityGroupRequest(), SecurityGroupId=group, **rule)

    def revoke(self, group, **rule):
        return self.do(RevokeSecurityGroupRequest(), SecurityGroupId=group, **rule)

    def authorize_egress(self, group, **rule):
        return self.do(AuthorizeSecurityGroupEgressRequest(), SecurityGroupId=group, **rule)

    def revoke_egress(self, group, **rule):
        return self.do(RevokeSecurityGroupEgressRequest(), SecurityGroupId=group, **rule)

    def rules(self, group, **params):
        answer = self.do(DescribeSecurityGroupAttributeRequest(), SecurityGroupId=group, **params)
        return answer["Permissions"]["Permission"]


@pytest.fixture
def ecs(account):
    return Ecs(account)


@pytest.fixture
def group(ecs):
    return ecs.create(SecurityGroupName="web")


def refused(err, status, code, message):
    """The SDK's own error."""
    assert err.get_error_type() == "Server"
    assert err.get_http_status() == status
    assert err.get_error_code() == code
    assert err.get_error_msg() == message
    assert REQUEST_ID.fullmatch(err.get_request_id())


def test_rule_comes_and_goes(account, ecs, group):
    ecs.authorize(group, **SSH, Description="a b*~é+/='()!&%25 安全组")
    [rule] = ecs.rules(group)
    assert rule["SecurityGroupRuleId"].startswith("sgr-")
    assert (rule["IpProtocol"], rule["PortRange"], rule["SourceCidrIp"]) == ("TCP", "22/22", "10.0.0.0/8")
    assert (rule["Direction"], rule["Policy"], rule["Priority"]) == ("ingress", "Accept", 1)
    assert rule["Description"] == "a b*~é+/='()!&%25 安全组"

    answer = ecs.revoke(group, **SSH)
    assert list(answer) == ["RequestId"]
    assert account.calls("RevokeSecurityGroup")[-1]["RequestId"] == answer["RequestId"]
    assert ecs.rules(group) == []


def test_rules_go_together_and_by_id(ecs, group):
    web = [{**SSH, "PortRange": ports} for ports in ("80/80", "443/443")]
    ecs.authorize(group, Permissions=[SSH, *web])
    ecs.revoke(group, Permissions=web)
    [rule] = ecs.rules(group)
    assert rule["PortRange"] == "22/22"
    ecs.revoke(group, SecurityGroupRuleIds=[rule["SecurityGroupRuleId"]])
    assert ecs.rules(group) == []


def test_rules_have_sources_of_every_kind(account, ecs, group):
    account.add({"PrefixLists": [{"RegionId": "cn-hangzhou", "PrefixListId": "pl-office", "MaxEntries": 1}]})
    sources = {
        "SourceCidrIp": "10.0.0.0/8", "Ipv6SourceCidrIp": "2001:db8::/32",
        "SourceGroupId": ecs.create(), "SourcePrefixListId": "pl-office",
    }
    rules = [{"IpProtocol": "tcp", "PortRange": "22/22", kind: value} for kind, value in sources.items()]
    ecs.authorize(group, Permissions=rules)
    described = ecs.rules(group)
    assert len(described) == 4
    for kind, value in sources.items():
        assert [rule[kind] for rule in described if rule[kind]] == [value]

    ecs.revoke(group, Permissions=rules[1:])
    assert [rule["SourceCidrIp"] for rule in ecs.rules(group)] == ["10.0.0.0/8"]


def test_outbound_rules_come_and_go(ecs, group):
    mail_out = {**HTTPS_OUT, "PortRange": "25/25", "Policy": "drop"}
    ecs.authorize_egress(group, **HTTPS_OUT)
    ecs.authorize_egress(group, Permissions=[mail_out, {**HTTPS_OUT, "PortRange": "80/80"}])
    assert ecs.rules(group, Direction="ingress") == []
    ids = {rule["PortRange"]: rule["SecurityGroupRuleId"] for rule in ecs.rules(group, Direction="egress")}
    assert sorted(ids) == ["25/25", "443/443", "80/80"]

    ecs.revoke_egress(group, **HTTPS_OUT)
    ecs.revoke_egress(group, Permissions=[mail_out])
    ecs.revoke_egress(group, SecurityGroupRuleIds=[ids["80/80"]])
    assert ecs.rules(group) == []


def test_generic_request_is_posted(account, ecs, group):
    ecs.authorize(group, **SSH)
    request = CommonRequest(domain=account.endpoint, version="2014-05-26", action_name="RevokeSecurityGroup")
    request.set_method("POST")
    for name, value in {"RegionId": "cn-hangzhou", "SecurityGroupId": group, **SSH}.items():
        request.add_body_params(name, value)
    ecs.do(request)
    assert ecs.rules(group) == []
    [call] = account.calls("RevokeSecurityGroup")
    assert call["Method"] == "POST"


def test_groups_are_described_page_by_page(ecs):
    groups = {ecs.create() for _ in range(5)}
    pages = [ecs.groups(PageNumber=number, PageSize=2) for number in (1, 2, 3)]
    assert [page["TotalCount"] for page in pages] == [5, 5, 5]
    pages = [page["SecurityGroups"]["SecurityGroup"] for page in pages]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert {group["SecurityGroupId"] for page in pages for group in page} == groups


def test_groups_are_described_by_token(ecs):
    groups = {ecs.create() for _ in range(5)}
    answer = ecs.groups(MaxResults=2)
    pages = [answer["SecurityGroups"]["SecurityGroup"]]
    while answer["NextToken"]:
        answer = ecs.groups(MaxResults=2, NextToken=answer["NextToken"])
        pages.append(answer["SecurityGroups"]["SecurityGroup"])
    assert [len(page) for page in pages] == [2, 2, 1]
    assert {group["SecurityGroupId"] for page in pages for group in page} == groups


def test_booleans_are_sent_as_python_writes_them(account, ecs):
    ecs.groups(IsQueryEcsCount=True, ServiceManaged=False)
    [call] = account.calls("DescribeSecurityGroups")
    assert (call["Params"]["IsQueryEcsCount"], call["Params"]["ServiceManaged"]) == ("True", "False")


def test_accounts_do_not_meet(ecsmock_server):
    def create_and_list(account):
        ecs = Ecs(account)
        return [ecs.create() for _ in range(3)], ecs.groups()["SecurityGroups"]["SecurityGroup"]

    with ThreadPoolExecutor(max_workers=8) as threads:
        for created, described in threads.map(create_and_list, [ecsmock_server.new_account() for _ in range(8)]):
            assert sorted(created) == sorted(group["SecurityGroupId"] for group in described)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_revoke_is_refused(account, ecs, group, row):
    ecs.authorize(group, **SSH)
    with pytest.raises(ServerException) as refusal:
        ecs.do(RevokeSecurityGroupRequest(), **row.parameters(group))
    refused(refusal.value, row.status, row.code, row.message)
    assert account.calls("RevokeSecurityGroup")[-1]["RequestId"] == refusal.value.get_request_id()
    assert len(ecs.rules(group)) == 1


def test_wrong_priority_is_explained(account, ecs, group):
    ecs.authorize(group, **SSH, Priority="3")
    with pytest.raises(ServerException):
        ecs.revoke(group, **SSH)
    [call] = account.calls("RevokeSecurityGroup")
    assert call["Code"] == MISS.code
    assert call["Hint"].endswith(": Priority is 3, asked 1")


def test_client_token_is_answered_once(account, ecs):
    group = ecs.create(ClientToken="create")
    assert ecs.create(ClientToken="create") == group
    ecs.authorize(group, **SSH)
    first = ecs.revoke(group, **SSH, ClientToken="revoke")
    again = ecs.revoke(group, **SSH, ClientToken="revoke")
    assert first["RequestId"] != again["RequestId"]
    with pytest.raises(ServerException) as refusal:
        ecs.revoke(group, **{**SSH, "PortRange": "23/23"}, ClientToken="revoke")
    refused(refusal.value, 400, "IdempotentParameterMismatch", "The request is retried with updated parameters.")
    assert codes(account, "RevokeSecurityGroup") == ["", "", "IdempotentParameterMismatch"]


def test_client_token_is_forgotten_after_a_day(ecsmock_server):
    ecs = Ecs(ecsmock_server.new_account())
    group = ecs.create(ClientToken="create")
    ecsmock_server.advance(timedelta(hours=23))
    assert ecs.create(ClientToken="create") == group
    ecsmock_server.advance(timedelta(hours=2))
    assert ecs.create(ClientToken="create") != group


def test_throttling_is_retried_by_the_sdk(account):
    ecs = Ecs(account, auto_retry=True, max_retry_time=3)
    group = ecs.create()
    account.fail("DescribeSecurityGroupAttribute", "Throttling", times=2)
    assert ecs.rules(group) == []
    assert codes(account, "DescribeSecurityGroupAttribute") == ["Throttling", "Throttling", ""]


@pytest.mark.parametrize("code", ["Throttling", "Throttling.User"])
def test_throttled_revoke_is_left_to_the_caller(account, group, code):
    """The SDK's list of what it retries has actions named Describe… only."""
    account.fail("RevokeSecurityGroup", code, times=2)
    with pytest.raises(ServerException) as refusal:
        Ecs(account, auto_retry=True, max_retry_time=3).revoke(group, **SSH)
    assert (refusal.value.get_http_status(), refusal.value.get_error_code()) == (400, code)
    assert codes(account, "RevokeSecurityGroup") == [code]


def test_throttling_of_a_user_is_left_to_the_caller(account, group):
    """And of the codes of throttling only the oldest."""
    account.fail("DescribeSecurityGroupAttribute", "Throttling.User", times=2)
    with pytest.raises(ServerException):
        Ecs(account, auto_retry=True, max_retry_time=3).rules(group)
    assert codes(account, "DescribeSecurityGroupAttribute") == ["Throttling.User"]


def test_http_and_https(account, ca_pem):
    key, secret, endpoint = account.access_key_id, account.access_key_secret, account.endpoint
    client = AcsClient(key, secret, "cn-hangzhou", verify=ca_pem)
    client.add_endpoint("cn-hangzhou", "Ecs", endpoint)  # 127.0.0.1:2014
    request = DescribeRegionsRequest()
    client.do_action_with_exception(request)  # over plain HTTP, unless it says otherwise

    request.set_protocol_type("https")
    client.do_action_with_exception(request)
    assert codes(account, "DescribeRegions") == ["", ""]


def test_https_by_the_environment(account, ca_pem, monkeypatch):
    monkeypatch.setenv("ALIBABA_CLOUD_CA_BUNDLE", ca_pem)
    request = DescribeRegionsRequest()
    request.set_protocol_type("https")
    assert Ecs(account).do(request)["Regions"]["Region"]


def test_https_of_an_unknown_authority(account):
    request = DescribeRegionsRequest()
    request.set_protocol_type("https")
    with pytest.raises(ClientException, match="CERTIFICATE_VERIFY_FAILED|certificate verify failed"):
        Ecs(account, auto_retry=False).do(request)
    assert account.calls() == []


def test_wrong_secret(account):
    """The SDK compares the server's string to sign with its own; equal ones can differ in the secret only.

    It does so from edition 2025 on, whose code it knows.
    """
    with pytest.raises(ServerException) as refusal:
        Ecs(account, secret="guessed").create()
    code = "InvalidAccessKeySecret" if WRONG_SIGNATURE == "SignatureDoesNotMatch" else WRONG_SIGNATURE
    assert (refusal.value.get_http_status(), refusal.value.get_error_code()) == (400, code)

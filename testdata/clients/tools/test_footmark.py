"""footmark, which Ansible's ali_… modules call. It has the hosts of the service built in, and calls them over plain HTTP."""

import time

import pytest
from aliyunsdkcore.acs_exception.exceptions import ClientException, ServerException
from footmark.ecs import connect_to_region as ecs_of
from footmark.vpc import connect_to_region as vpc_of

REGION = "cn-hangzhou"
KEYS = {"acs_access_key_id": "testid", "acs_secret_access_key": "testsecret"}
SSH = {"ip_protocol": "TCP", "port_range": "22/22", "source_cidr_ip": "10.0.0.0/8", "policy": "Accept", "priority": 1}
WEB = {**SSH, "port_range": "443/443", "source_cidr_ip": "0.0.0.0/0", "description": "web"}
OUT = {"ip_protocol": "ALL", "port_range": "-1/-1", "dest_cidr_ip": "10.1.0.0/16", "policy": "Drop", "priority": 100}


@pytest.fixture
def ecs(proxy, monkeypatch):
    monkeypatch.setattr(time, "sleep", lambda _: None)  # it waits 10 seconds for each instance
    return ecs_of(REGION, **KEYS)


@pytest.fixture
def vswitch(ecs):
    vpc = vpc_of(REGION, **KEYS)
    shop = vpc.create_vpc(vpc_name="shop", cidr_block="172.16.0.0/12")
    return vpc.create_vswitch(vpc_id=shop.vpc_id, zone_id=f"{REGION}-b", cidr_block="172.16.0.0/24", vswitch_name="shop")


@pytest.fixture
def group(ecs, vswitch):
    return ecs.create_security_group(security_group_name="web", description="of the shop", vpc_id=vswitch.vpc_id)


def rules(group, direction):
    return {rule["port_range"] for rule in group.get().permissions if rule["direction"] == direction}


def test_group_comes_and_goes(mock, ecs, group):
    [found] = ecs.describe_security_groups(vpc_id=group.vpc_id)
    assert (found.id, found.name, found.description) == (group.id, "web", "of the shop")
    assert group.modify(name="web-1", description="of the café")
    assert not group.get().modify(name="web-1", description="of the café")
    assert ecs.tag_resources(resource_ids=[group.id], tags={"team": "shop"}, resource_type="securitygroup")
    assert not ecs.tag_resources(resource_ids=[group.id], tags={"team": "shop"}, resource_type="securitygroup")
    assert ecs.list_tag_resources(resource_ids=[group.id], resource_type="securitygroup") == {"team": "shop"}
    assert ecs.untag_resources(resource_ids=[group.id], tags={"team": "shop"}, resource_type="securitygroup")

    mock.fail("DeleteSecurityGroup", "DependencyViolation", times=2)
    assert group.delete()
    assert [call["Code"] for call in mock.calls("DeleteSecurityGroup")] == ["DependencyViolation"] * 2 + [""]
    assert ecs.describe_security_groups(vpc_id=group.vpc_id) == []
    assert ecs.describe_security_group_attribute(security_group_id=group.id) is None
    assert {call["Params"].get("on", "") for call in mock.calls("CreateSecurityGroup")} == {"CreateSecurityGroup"}  # a slip of footmark's


def test_rules_come_and_go(mock, group):
    """The module compares the rules that it was given with those described, and revokes a rule as it was described."""
    assert group.authorize(SSH, "ingress") and group.authorize(WEB, "ingress") and group.authorize(OUT, "egress")
    group = group.get()
    assert not group.authorize(SSH, "ingress"), "the rule is there already"
    assert (rules(group, "ingress"), rules(group, "egress")) == ({"22/22", "443/443"}, {"-1/-1"})

    for rule in group.permissions:
        if rule["port_range"] == "22/22" or rule["direction"] == "egress":
            assert group.revoke(rule, rule["direction"])
    assert (rules(group, "ingress"), rules(group, "egress")) == ({"443/443"}, set())
    assert group.revoke(WEB, "ingress")
    assert rules(group, "ingress") == set()
    revoked = mock.calls("RevokeSecurityGroup") + mock.calls("RevokeSecurityGroupEgress")
    assert [call["Code"] for call in revoked] == ["", "", ""]
    assert revoked[0]["Params"]["Policy"] == "Accept" and revoked[0]["Params"]["Description"] == ""


def test_rule_of_a_group(ecs, group):
    other = ecs.create_security_group(security_group_name="db", vpc_id=group.vpc_id)
    rule = {"ip_protocol": "TCP", "port_range": "3306/3306", "source_group_id": group.id}
    assert other.authorize(rule, "ingress")
    [found] = other.get().permissions
    assert found["source_group_id"] == group.id
    assert other.get().revoke(found, "ingress")
    assert other.get().permissions == []


def test_refusal(ecs):
    with pytest.raises(ServerException) as refusal:
        ecs.revoke_security_group(security_group_id="sg-gone", **SSH)
    assert (refusal.value.http_status, refusal.value.error_code) == (404, "InvalidSecurityGroupId.NotFound")


def test_instance_comes_and_goes(ecs, group, vswitch):
    other = ecs.create_security_group(security_group_name="db", vpc_id=group.vpc_id)
    image = ecs.describe_images(image_owner_alias="system")[0].image_id
    wanted = {"image_id": image, "instance_type": "ecs.g6.large", "vswitch_id": vswitch.id}
    first, second = ecs.run_instances(
        security_group_id=group.id, instance_name="web", amount=2, user_data="#!/bin/sh", tags={"team": "shop"}, **wanted)
    [third] = ecs.create_instances(security_group_id=other.id, instance_name="db", count=1, **wanted)
    assert (first.name, first.status, first.vpc_id, first.tags, third.status) == ("web", "running", group.vpc_id, {"team": "shop"}, "stopped")
    assert first.describe_user_data() == b"#!/bin/sh"
    assert {one.id for one in ecs.describe_instances(security_group_id=group.id)} == {first.id, second.id}

    assert third.start() and third.join_security_group(group.id) and third.leave_security_group(other.id)
    [third] = ecs.describe_instances(instance_ids=[third.id])
    assert (third.status, third.security_group_ids) == ("running", {"security_group_id": [group.id]})
    assert third.reboot() and third.stop() and third.modify(name="idle")
    assert other.delete()

    interface = ecs.create_network_interface(vswitch_id=vswitch.id, security_group_id=group.id, network_interface_name="spare")
    assert interface.security_group_ids == {"security_group_id": [group.id]}
    assert ecs.delete_network_interface(network_interface_id=interface.id)

    for one in (first, second, third):
        assert one.terminate(force=True)
    assert ecs.describe_instances() == []
    assert group.delete()


def test_without_the_proxy_nothing_is_reached(mock, no_proxy):
    with pytest.raises(ClientException, match="no host is reached but the mock"):
        ecs_of(REGION, **KEYS).describe_security_groups()
    assert mock.calls() == []

"""alibabacloud_ecs20140526 and _vpc20160428: a program that makes all that an instance needs, and removes it again."""

import pytest
from alibabacloud_ecs20140526 import models as ecs_models
from alibabacloud_ecs20140526.client import Client as EcsClient
from alibabacloud_tea_openapi.exceptions import ClientException
from alibabacloud_tea_openapi.models import Config
from alibabacloud_vpc20160428 import models as vpc_models
from alibabacloud_vpc20160428.client import Client as VpcClient

from .account import owned

CLIENT = "alibabacloud_ecs20140526"
REGION = "cn-hangzhou"
SSH = {"ip_protocol": "tcp", "port_range": "22/22", "source_cidr_ip": "10.0.0.0/8"}


@pytest.fixture
def config(account):
    """Both clients take it. The endpoint, and its protocol, is all that a user changes."""
    return Config(
        access_key_id=account.access_key_id, access_key_secret=account.access_key_secret,
        endpoint=account.endpoint, protocol="http",
    )


@pytest.fixture
def ecs(config):
    return EcsClient(config)


@pytest.fixture
def vpc(config):
    return VpcClient(config)


def create_network(vpc):
    request = vpc_models.CreateVpcRequest(region_id=REGION, vpc_name="shop", cidr_block="10.1.0.0/16")
    vpc_id = vpc.create_vpc(request).body.vpc_id
    request = vpc_models.CreateVSwitchRequest(region_id=REGION, vpc_id=vpc_id, zone_id="cn-hangzhou-b", cidr_block="10.1.2.0/24")
    return vpc_id, vpc.create_vswitch(request).body.v_switch_id


def create_group(ecs, vpc_id):
    request = ecs_models.CreateSecurityGroupRequest(region_id=REGION, vpc_id=vpc_id, security_group_name="web")
    group = ecs.create_security_group(request).body.security_group_id
    ecs.authorize_security_group(ecs_models.AuthorizeSecurityGroupRequest(region_id=REGION, security_group_id=group, **SSH))
    return group


def run_instance(ecs, vswitch, group):
    request = ecs_models.RunInstancesRequest(
        region_id=REGION, image_id="m-1", instance_type="ecs.g6.large", v_switch_id=vswitch, security_group_id=group,
    )
    [created] = ecs.run_instances(request).body.instance_id_sets.instance_id_set
    return created


def test_whole_program(account, ecs, vpc):
    assert not owned(account)
    vpc_id, vswitch = create_network(vpc)
    group = create_group(ecs, vpc_id)
    created = run_instance(ecs, vswitch, group)
    assert owned(account) == {"Vpcs", "VSwitches", "SecurityGroups", "Instances"}

    request = ecs_models.DescribeInstancesRequest(region_id=REGION, security_group_id=group)
    [instance] = ecs.describe_instances(request).body.instances.instance
    assert (instance.instance_id, instance.status) == (created, "Running")
    assert instance.security_group_ids.security_group_id == [group]
    where = instance.vpc_attributes
    assert (where.vpc_id, where.v_switch_id) == (vpc_id, vswitch)
    [address] = where.private_ip_address.ip_address
    assert address.startswith("10.1.2.")

    delete_group = ecs_models.DeleteSecurityGroupRequest(region_id=REGION, security_group_id=group)
    with pytest.raises(ClientException) as refusal:
        ecs.delete_security_group(delete_group)
    assert (refusal.value.status_code, refusal.value.code) == (403, "DependencyViolation")
    ecs.revoke_security_group(ecs_models.RevokeSecurityGroupRequest(region_id=REGION, security_group_id=group, **SSH))
    ecs.delete_instance(ecs_models.DeleteInstanceRequest(instance_id=created, force=True))
    ecs.delete_security_group(delete_group)
    vpc.delete_vswitch(vpc_models.DeleteVSwitchRequest(region_id=REGION, v_switch_id=vswitch))
    vpc.delete_vpc(vpc_models.DeleteVpcRequest(region_id=REGION, vpc_id=vpc_id))
    assert not owned(account)

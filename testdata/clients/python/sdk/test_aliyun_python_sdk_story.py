"""aliyun-python-sdk: a program that makes all that an instance needs, and removes it again."""

import json

import pytest
from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.client import AcsClient
from aliyunsdkecs.request.v20140526.AuthorizeSecurityGroupRequest import AuthorizeSecurityGroupRequest
from aliyunsdkecs.request.v20140526.CreateSecurityGroupRequest import CreateSecurityGroupRequest
from aliyunsdkecs.request.v20140526.DeleteInstanceRequest import DeleteInstanceRequest
from aliyunsdkecs.request.v20140526.DeleteSecurityGroupRequest import DeleteSecurityGroupRequest
from aliyunsdkecs.request.v20140526.DescribeInstancesRequest import DescribeInstancesRequest
from aliyunsdkecs.request.v20140526.RevokeSecurityGroupRequest import RevokeSecurityGroupRequest
from aliyunsdkecs.request.v20140526.RunInstancesRequest import RunInstancesRequest
from aliyunsdkvpc.request.v20160428.CreateVpcRequest import CreateVpcRequest
from aliyunsdkvpc.request.v20160428.CreateVSwitchRequest import CreateVSwitchRequest
from aliyunsdkvpc.request.v20160428.DeleteVpcRequest import DeleteVpcRequest
from aliyunsdkvpc.request.v20160428.DeleteVSwitchRequest import DeleteVSwitchRequest

from .account import owned

CLIENT = "aliyun-python-sdk-ecs"
SSH = {"IpProtocol": "tcp", "PortRange": "22/22", "SourceCidrIp": "10.0.0.0/8"}


@pytest.fixture
def do(account):
    """Makes calls of both products by one client. The endpoints are all that a user changes."""
    client = AcsClient(account.access_key_id, account.access_key_secret, "cn-hangzhou")
    client.add_endpoint("cn-hangzhou", "Ecs", account.endpoint)
    client.add_endpoint("cn-hangzhou", "Vpc", account.endpoint)

    def do(request, **params):
        for name, value in params.items():
            getattr(request, f"set_{name}")(value)
        return json.loads(client.do_action_with_exception(request))

    return do


def test_whole_program(account, do):
    assert not owned(account)
    vpc = do(CreateVpcRequest(), VpcName="shop", CidrBlock="10.1.0.0/16")["VpcId"]
    vswitch = do(CreateVSwitchRequest(), VpcId=vpc, ZoneId="cn-hangzhou-b", CidrBlock="10.1.2.0/24")["VSwitchId"]
    group = do(CreateSecurityGroupRequest(), VpcId=vpc, SecurityGroupName="web")["SecurityGroupId"]
    do(AuthorizeSecurityGroupRequest(), SecurityGroupId=group, **SSH)
    run = {"ImageId": "m-1", "InstanceType": "ecs.g6.large", "VSwitchId": vswitch, "SecurityGroupId": group}
    [created] = do(RunInstancesRequest(), **run)["InstanceIdSets"]["InstanceIdSet"]
    assert owned(account) == {"Vpcs", "VSwitches", "SecurityGroups", "Instances"}

    [instance] = do(DescribeInstancesRequest(), SecurityGroupId=group)["Instances"]["Instance"]
    assert (instance["InstanceId"], instance["Status"]) == (created, "Running")
    assert instance["SecurityGroupIds"]["SecurityGroupId"] == [group]
    where = instance["VpcAttributes"]
    assert (where["VpcId"], where["VSwitchId"]) == (vpc, vswitch)
    [address] = where["PrivateIpAddress"]["IpAddress"]
    assert address.startswith("10.1.2.")

    with pytest.raises(ServerException) as refusal:
        do(DeleteSecurityGroupRequest(), SecurityGroupId=group)
    assert (refusal.value.get_http_status(), refusal.value.get_error_code()) == (403, "DependencyViolation")
    do(RevokeSecurityGroupRequest(), SecurityGroupId=group, **SSH)
    do(DeleteInstanceRequest(), InstanceId=created, Force=True)
    do(DeleteSecurityGroupRequest(), SecurityGroupId=group)
    do(DeleteVSwitchRequest(), VSwitchId=vswitch)
    do(DeleteVpcRequest(), VpcId=vpc)
    assert not owned(account)

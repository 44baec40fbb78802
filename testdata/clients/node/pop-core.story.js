'use strict';

// A program makes all that an instance needs, and removes it again, by @alicloud/pop-core.

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { newAccount } = require('./mock');
const { RegionId, refusal } = require('./pop-core');

function story(newClient, owned) {
  test('a whole program', async () => {
    const account = newAccount();
    const [ecs, vpc] = [newClient(account), newClient(account, '2016-04-28')];
    assert.deepEqual(await owned(account), []);

    const { VpcId } = await vpc.request('CreateVpc', { RegionId, VpcName: 'shop', CidrBlock: '10.1.0.0/16' });
    const part = { RegionId, VpcId, ZoneId: 'cn-hangzhou-b', CidrBlock: '10.1.2.0/24' };
    const { VSwitchId } = await vpc.request('CreateVSwitch', part);
    const { SecurityGroupId } = await ecs.request('CreateSecurityGroup', { RegionId, VpcId, SecurityGroupName: 'web' });
    const ssh = { RegionId, SecurityGroupId, IpProtocol: 'tcp', PortRange: '22/22', SourceCidrIp: '10.0.0.0/8' };
    await ecs.request('AuthorizeSecurityGroup', ssh);
    const run = { RegionId, ImageId: 'm-1', InstanceType: 'ecs.g6.large', VSwitchId, SecurityGroupId };
    const { InstanceIdSets: { InstanceIdSet: [InstanceId] } } = await ecs.request('RunInstances', run);
    assert.deepEqual(await owned(account), ['Instances', 'SecurityGroups', 'VSwitches', 'Vpcs']);

    const { Instances } = await ecs.request('DescribeInstances', { RegionId, SecurityGroupId });
    const [{ Status, SecurityGroupIds, VpcAttributes, ...instance }, ...others] = Instances.Instance;
    assert.deepEqual([instance.InstanceId, Status, others], [InstanceId, 'Running', []]);
    assert.deepEqual(SecurityGroupIds.SecurityGroupId, [SecurityGroupId]);
    assert.deepEqual([VpcAttributes.VpcId, VpcAttributes.VSwitchId], [VpcId, VSwitchId]);
    assert.match(VpcAttributes.PrivateIpAddress.IpAddress.join(), /^10\.1\.2\.\d+$/);

    await assert.rejects(ecs.request('DeleteSecurityGroup', { RegionId, SecurityGroupId }),
      refusal(403, 'DependencyViolation', 'There is still instance(s) in the specified security group.'));
    await ecs.request('RevokeSecurityGroup', ssh);
    await ecs.request('DeleteInstance', { InstanceId, Force: true });
    await ecs.request('DeleteSecurityGroup', { RegionId, SecurityGroupId });
    await vpc.request('DeleteVSwitch', { RegionId, VSwitchId });
    await vpc.request('DeleteVpc', { RegionId, VpcId });
    assert.deepEqual(await owned(account), []);
  });
}

module.exports = { story };

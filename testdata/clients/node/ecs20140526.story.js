'use strict';

// A program makes all that an instance needs, and removes it again, by @alicloud/ecs20140526
// and @alicloud/vpc20160428.

const assert = require('node:assert/strict');
const { test } = require('node:test');
const $ecs = require('@alicloud/ecs20140526');
const $vpc = require('@alicloud/vpc20160428');
const { authorize, refusal, regionId, revoke } = require('./ecs20140526');
const { newAccount } = require('./mock');

function story(newClient, owned) {
  test('a whole program', async () => {
    const account = newAccount();
    const [ecs, vpc] = [newClient(account), newClient(account, $vpc.default)];
    assert.deepEqual(await owned(account), []);

    const whole = new $vpc.CreateVpcRequest({ regionId, vpcName: 'shop', cidrBlock: '10.1.0.0/16' });
    const { vpcId } = (await vpc.createVpc(whole)).body;
    const part = new $vpc.CreateVSwitchRequest({ regionId, vpcId, zoneId: 'cn-hangzhou-b', cidrBlock: '10.1.2.0/24' });
    const { vSwitchId } = (await vpc.createVSwitch(part)).body;
    const create = new $ecs.CreateSecurityGroupRequest({ regionId, vpcId, securityGroupName: 'web' });
    const { securityGroupId } = (await ecs.createSecurityGroup(create)).body;
    const ssh = { regionId, securityGroupId, ipProtocol: 'tcp', portRange: '22/22', sourceCidrIp: '10.0.0.0/8' };
    await authorize(ecs, ssh);
    const run = { regionId, imageId: 'm-1', instanceType: 'ecs.g6.large', vSwitchId, securityGroupId };
    const [instanceId] = (await ecs.runInstances(new $ecs.RunInstancesRequest(run))).body.instanceIdSets.instanceIdSet;
    assert.deepEqual(await owned(account), ['Instances', 'SecurityGroups', 'VSwitches', 'Vpcs']);

    const describe = new $ecs.DescribeInstancesRequest({ regionId, securityGroupId });
    const [instance, ...others] = (await ecs.describeInstances(describe)).body.instances.instance;
    const { status, securityGroupIds, vpcAttributes } = instance;
    assert.deepEqual([instance.instanceId, status, others], [instanceId, 'Running', []]);
    assert.deepEqual(securityGroupIds.securityGroupId, [securityGroupId]);
    assert.deepEqual([vpcAttributes.vpcId, vpcAttributes.vSwitchId], [vpcId, vSwitchId]);
    assert.match(vpcAttributes.privateIpAddress.ipAddress.join(), /^10\.1\.2\.\d+$/);

    const remove = new $ecs.DeleteSecurityGroupRequest({ regionId, securityGroupId });
    await assert.rejects(ecs.deleteSecurityGroup(remove),
      refusal(403, 'DependencyViolation', 'There is still instance(s) in the specified security group.'));
    await revoke(ecs, ssh);
    await ecs.deleteInstance(new $ecs.DeleteInstanceRequest({ instanceId, force: true }));
    await ecs.deleteSecurityGroup(remove);
    await vpc.deleteVSwitch(new $vpc.DeleteVSwitchRequest({ regionId, vSwitchId }));
    await vpc.deleteVpc(new $vpc.DeleteVpcRequest({ regionId, vpcId }));
    assert.deepEqual(await owned(account), []);
  });
}

module.exports = { story };

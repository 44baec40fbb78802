'use strict';

// What else there is about a group, by @alicloud/ecs20140526.

const assert = require('node:assert/strict');
const { test } = require('node:test');
const $ecs = require('@alicloud/ecs20140526');
const { authorize, newGroup, regionId, revoke, rules } = require('./ecs20140526');
const { newAccount } = require('./mock');

// does calls a method with a model, and answers with the body.
async function does(client, method, request) {
  const Model = $ecs[`${method[0].toUpperCase()}${method.slice(1)}Request`];
  return (await client[method](new Model({ regionId, ...request }))).body;
}

function changes(newClient) {
  test('a group and its rules are changed', async () => {
    const client = newClient();
    const ssh = await newGroup(client);
    const { securityGroupId } = ssh;
    const out = { securityGroupId, ipProtocol: 'all', portRange: '-1/-1', destCidrIp: '0.0.0.0/0' };
    await does(client, 'modifySecurityGroupAttribute', { securityGroupId, securityGroupName: 'front' });
    await does(client, 'modifySecurityGroupPolicy', { securityGroupId, innerAccessPolicy: 'Drop' });
    await does(client, 'modifySecurityGroupRule', { ...ssh, description: 'inside' });
    await does(client, 'authorizeSecurityGroupEgress', out);
    await does(client, 'modifySecurityGroupEgressRule', { ...out, description: 'outside' });
    const { securityGroupName, innerAccessPolicy } = await does(client, 'describeSecurityGroupAttribute', { securityGroupId });
    assert.deepEqual([securityGroupName, innerAccessPolicy], ['front', 'Drop']);
    assert.deepEqual((await rules(client, ssh)).map((rule) => rule.description).sort(), ['inside', 'outside']);
  });
}

function tags(newClient) {
  test('tags and resource groups choose groups', async () => {
    const client = newClient();
    const [{ securityGroupId }] = [await newGroup(client), await newGroup(client)];
    const resource = { resourceType: 'securitygroup', resourceId: [securityGroupId] };
    const tag = [['tier', 'front'], ['owner', 'me']].map(([key, value]) => new $ecs.TagResourcesRequestTag({ key, value }));
    await does(client, 'tagResources', { ...resource, tag });
    await does(client, 'untagResources', { ...resource, tagKey: ['owner'] });
    const { tagResources } = await does(client, 'listTagResources', resource);
    assert.deepEqual(tagResources.tagResource.map(({ tagKey, tagValue }) => `${tagKey}=${tagValue}`), ['tier=front']);
    await does(client, 'joinResourceGroup', { ...resource, resourceId: securityGroupId, resourceGroupId: 'rg-1' });
    const byTag = { tag: [new $ecs.DescribeSecurityGroupsRequestTag({ key: 'tier', value: 'front' })] };
    for (const filter of [{ resourceGroupId: 'rg-1' }, byTag]) {
      const { securityGroups } = await does(client, 'describeSecurityGroups', filter);
      assert.deepEqual(securityGroups.securityGroup.map((group) => group.securityGroupId), [securityGroupId]);
    }
  });
}

function surroundings(newClient, seed) {
  test('members, references, prefix lists and zones', async () => {
    const account = newAccount();
    const client = newClient(account);
    const [web, { securityGroupId }] = [await newGroup(client), await newGroup(client)];
    await seed(account, web.securityGroupId);
    await does(client, 'joinSecurityGroup', { securityGroupId, instanceId: 'i-1' });
    await does(client, 'leaveSecurityGroup', { securityGroupId, instanceId: 'i-1' });

    const reference = { ...web, sourceCidrIp: undefined, sourceGroupId: securityGroupId };
    await authorize(client, reference);
    const { securityGroupReferences } = await does(client, 'describeSecurityGroupReferences', { securityGroupId: [securityGroupId] });
    const [{ referencingSecurityGroups }] = securityGroupReferences.securityGroupReference;
    assert.equal(referencingSecurityGroups.referencingSecurityGroup[0].securityGroupId, web.securityGroupId);
    await revoke(client, reference);
    await does(client, 'deleteSecurityGroup', { securityGroupId });

    const { prefixLists } = await does(client, 'describePrefixLists', {});
    const [{ prefixListId }] = prefixLists.prefixList;
    const { entries } = await does(client, 'describePrefixListAttributes', { prefixListId });
    assert.deepEqual(entries.entry.map((entry) => entry.cidr), ['10.1.0.0/16']);
    assert.ok((await does(client, 'describeZones', {})).zones.zone[0].zoneId.startsWith(regionId));
  });
}

module.exports = { changes, tags, surroundings };

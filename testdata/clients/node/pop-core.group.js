'use strict';

// What else there is about a group, by @alicloud/pop-core.

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { newAccount } = require('./mock');
const { RegionId, newGroup, rules } = require('./pop-core');

function changes(newClient) {
  test('a group and its rules are changed', async () => {
    const client = newClient();
    const ssh = await newGroup(client);
    const group = { RegionId, SecurityGroupId: ssh.SecurityGroupId };
    const out = { ...group, IpProtocol: 'all', PortRange: '-1/-1', DestCidrIp: '0.0.0.0/0' };
    await client.request('ModifySecurityGroupAttribute', { ...group, SecurityGroupName: 'front' });
    await client.request('ModifySecurityGroupPolicy', { ...group, InnerAccessPolicy: 'Drop' });
    await client.request('ModifySecurityGroupRule', { ...ssh, Description: 'inside' });
    await client.request('AuthorizeSecurityGroupEgress', out);
    await client.request('ModifySecurityGroupEgressRule', { ...out, Description: 'outside' });
    const { SecurityGroupName, InnerAccessPolicy } = await client.request('DescribeSecurityGroupAttribute', group);
    assert.deepEqual([SecurityGroupName, InnerAccessPolicy], ['front', 'Drop']);
    assert.deepEqual((await rules(client, group)).map((rule) => rule.Description).sort(), ['inside', 'outside']);
  });
}

function tags(newClient) {
  test('tags and resource groups choose groups', async () => {
    const client = newClient();
    const [{ SecurityGroupId }] = [await newGroup(client), await newGroup(client)];
    const resource = { RegionId, ResourceType: 'securitygroup', ResourceId: [SecurityGroupId] };
    await client.request('TagResources', { ...resource, Tag: [{ Key: 'tier', Value: 'front' }, { Key: 'owner', Value: 'me' }] });
    await client.request('UntagResources', { ...resource, TagKey: ['owner'] });
    const { TagResources } = await client.request('ListTagResources', resource);
    assert.deepEqual(TagResources.TagResource.map((tag) => `${tag.TagKey}=${tag.TagValue}`), ['tier=front']);
    await client.request('JoinResourceGroup', { ...resource, ResourceId: SecurityGroupId, ResourceGroupId: 'rg-1' });
    for (const filter of [{ ResourceGroupId: 'rg-1' }, { Tag: [{ Key: 'tier', Value: 'front' }] }]) {
      const { SecurityGroups } = await client.request('DescribeSecurityGroups', { RegionId, ...filter });
      assert.deepEqual(SecurityGroups.SecurityGroup.map((group) => group.SecurityGroupId), [SecurityGroupId]);
    }
  });
}

function surroundings(newClient, seed) {
  test('members, references, prefix lists and zones', async () => {
    const account = newAccount();
    const client = newClient(account);
    const [web, app] = [await newGroup(client), await newGroup(client)];
    await seed(account, web.SecurityGroupId);
    const member = { RegionId, SecurityGroupId: app.SecurityGroupId, InstanceId: 'i-1' };
    await client.request('JoinSecurityGroup', member);
    await client.request('LeaveSecurityGroup', member);

    const { SourceCidrIp, ...reference } = { ...web, SourceGroupId: app.SecurityGroupId };
    await client.request('AuthorizeSecurityGroup', reference);
    const asked = { RegionId, SecurityGroupId: [app.SecurityGroupId] };
    const { SecurityGroupReferences } = await client.request('DescribeSecurityGroupReferences', asked);
    const [{ ReferencingSecurityGroups }] = SecurityGroupReferences.SecurityGroupReference;
    assert.equal(ReferencingSecurityGroups.ReferencingSecurityGroup[0].SecurityGroupId, web.SecurityGroupId);
    await client.request('RevokeSecurityGroup', reference);
    await client.request('DeleteSecurityGroup', { RegionId, SecurityGroupId: app.SecurityGroupId });

    const { PrefixLists } = await client.request('DescribePrefixLists', { RegionId });
    const [{ PrefixListId }] = PrefixLists.PrefixList;
    const { Entries } = await client.request('DescribePrefixListAttributes', { RegionId, PrefixListId });
    assert.deepEqual(Entries.Entry.map((entry) => entry.Cidr), ['10.1.0.0/16']);
    assert.ok((await client.request('DescribeZones', { RegionId })).Zones.Zone[0].ZoneId.startsWith(RegionId));
  });
}

module.exports = { changes, tags, surroundings };

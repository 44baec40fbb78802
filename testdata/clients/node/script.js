'use strict';

// A user's script that knows nothing of certificates: both SDKs by https. Its arguments
// are where to, and the access key.

const $ecs = require('@alicloud/ecs20140526');
const { $OpenApiUtil } = require('@alicloud/openapi-core');
const RPCClient = require('@alicloud/pop-core');

const [endpoint, accessKeyId, accessKeySecret] = process.argv.slice(2);
const regionId = 'cn-hangzhou';

async function main() {
  const ecs = new $ecs.default(new $OpenApiUtil.Config({ endpoint, accessKeyId, accessKeySecret, regionId }));
  const { body } = await ecs.createSecurityGroup(new $ecs.CreateSecurityGroupRequest({ regionId, vpcId: 'vpc-1' }));
  const pop = new RPCClient({ endpoint: `https://${endpoint}`, apiVersion: '2014-05-26', accessKeyId, accessKeySecret });
  const { SecurityGroups } = await pop.request('DescribeSecurityGroups', { regionId });
  console.log(SecurityGroups.SecurityGroup[0].SecurityGroupId === body.securityGroupId ? 'one world' : 'two worlds');
}

main().catch((err) => {
  console.error(err.code);
  process.exitCode = 1;
});

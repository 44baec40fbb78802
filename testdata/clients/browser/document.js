'use strict';

// The document of RevokeSecurityGroup, as testdata/upstream states it and as its
// sample request reads. Nothing here is asked of the mock.

const fs = require('node:fs');
const path = require('node:path');

const file = path.join(__dirname, '../../upstream/revoke-security-group.txt');

// errors is the document's table of error codes, in its order.
function errors() {
  const [, table] = fs.readFileSync(file, 'utf8').split('\n[errors]\n');
  return table.trim().split('\n').map((line) => {
    const [status, code, message] = line.split(' | ');
    return { status: Number(status), code, message };
  });
}

// sample is the document's request, but for the region, which the host names.
const sample = {
  SecurityGroupId: 'C0003E8B-B930-4F59-ADC0-0E209A9012B0',
  SourceGroupId: 'sg-F876FF7BA',
  SourceGroupOwnerAccount: 'test@aliyun.com',
  IpProtocol: 'tcp',
  PortRange: '1/65535',
  Priority: '1',
};

module.exports = { errors, sample };

'use strict';

// The mock as each test file has it: a server of its own that requires signatures.

const ecsmock = require('ecsmock');

const { edition } = require('./refusals');

// The SDKs would ask a proxy even for 127.0.0.1.
for (const name of ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy']) {
  delete process.env[name];
}

// start runs a mock that requires signatures. Beside what it is asked, it knows the
// certificate of its authority.
async function start(settings = {}) {
  const mock = await ecsmock.start({ edition, signatures: 'require', ...settings });
  mock.authority = await mock.caPem();
  return mock;
}

let accounts = 0;

// newAccount is an account that no other test of a server has: an access key of 16
// digits is an account of its own, with the secret of the first credential.
function newAccount() {
  accounts += 1;
  return { accessKeyId: `2000000000${String(accounts).padStart(6, '0')}`, accessKeySecret: 'testsecret' };
}

// fail makes the next calls of an action fail for one account alone.
function fail(mock, { accessKeyId }, action, code, times) {
  return mock.request('POST', 'faults', { Action: action, AccountId: accessKeyId, Code: code, Times: times });
}

// codes are how an account's calls of an action were answered, '' for a success.
async function codes(mock, { accessKeyId }, action) {
  const { Calls } = await mock.request('GET', `journal?action=${action}&account=${accessKeyId}`);
  return Calls.map((call) => call.Code);
}

// owned is the kinds of things that the state has of an account.
async function owned(mock, { accessKeyId }) {
  const { Version, Accounts, ...state } = await mock.state();
  return Object.keys(state).filter((kind) => state[kind].some((thing) => thing.AccountId === accessKeyId)).sort();
}

// members gives an account what no call can make: an instance in one of its groups,
// and a prefix list.
function members(mock, { accessKeyId: AccountId }, securityGroupId) {
  const where = { AccountId, RegionId: 'cn-hangzhou' };
  return mock.request('POST', 'seed', {
    Version: 1,
    Instances: [{ ...where, InstanceId: 'i-1', VpcId: 'vpc-1', SecurityGroupIds: [securityGroupId] }],
    PrefixLists: [{ ...where, PrefixListId: 'pl-1', PrefixListName: 'office', MaxEntries: 5, Entries: [{ Cidr: '10.1.0.0/16' }] }],
  });
}

const requestId = /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/;

module.exports = { start, newAccount, fail, codes, owned, members, requestId };

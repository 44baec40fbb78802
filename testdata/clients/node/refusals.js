'use strict';

// The rows of ../refusals.json in the edition of the mocks.

const { Revoke, RuleId, Signature } = require('../refusals.json');

const edition = process.env.ECSMOCK_EDITION || '2019';

// mistakes are revokes that would succeed with some changes, and how they are refused.
const mistakes = Revoke.map(({ Name, Change, [edition]: refusal }) => ({ Name, Change, ...refusal }));

// changed is a revoke with the changes of a row: null leaves a parameter out, and {group} is
// the group itself.
function changed(revoke, change) {
  const request = { ...revoke };
  for (const [name, value] of Object.entries(change)) {
    if (value === null) delete request[name];
    else request[name] = value.replace('{group}', revoke.SecurityGroupId);
  }
  return request;
}

module.exports = {
  edition, changed, mistakes,
  miss: mistakes.find(({ Name }) => Name === 'no such rule'),
  unknownRule: RuleId[edition],
  wrongSignature: Signature[edition], // of version 1.0
};

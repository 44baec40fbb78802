'use strict';

// Calls as people read them.

const mostCalls = 10;
const mostShown = 400; // characters of an action and its parameters, about

// Parameters that say nothing of what a call does.
const common = /^(Action|Version|Format|AccessKeyId|Timestamp|RegionId|SecurityToken|BearerToken|AcceptLanguage|Signature.*)$/;

function last(calls) {
  if (calls.length === 0) return 'there were no calls';
  return ['the last calls:', ...calls.slice(-mostCalls).map(line)].join('\n  ');
}

// line returns a call in one line, its security group first.
function line(call) {
  let text = `call ${call.Number}: ${call.Action}`;
  for (const name of Object.keys(call.Params).filter((one) => !common.test(one)).sort(byMeaning)) {
    if (text.length > mostShown) {
      text += ' …';
      break;
    }
    text += ` ${name}=${call.Params[name]}`;
  }
  text += ` by ${call.AccountId} in ${call.RegionId || 'no region'}: ${call.Status}`;
  return text + (call.Code && ` ${call.Code}`) + (call.Hint && `; ${call.Hint}`);
}

// difference returns a difference in one line.
function difference({ Count, Action, Path, Kind, Service = '', Mock = '', Call }) {
  const where = [Action, Path].filter(Boolean).join(' ');
  return `${Count} x ${where}: ${Kind}: the service has "${Service}", the mock "${Mock}" (call ${Call})`;
}

const order = new Intl.Collator('en', { numeric: true }); // Permissions.2 before Permissions.10

function byMeaning(a, b) {
  const [first, second] = [a, b].map((name) => (name === 'SecurityGroupId' ? 0 : 1));
  return first - second || order.compare(a, b);
}

// lacks returns how a call differs from parameters.
function lacks({ Params }, asked) {
  return Object.entries(asked).filter(([name, value]) => Params[name] !== String(value)).map(([name, value]) => (
    name in Params ? `${name} was "${Params[name]}", asked "${value}"` : `${name} was not sent`));
}

// nearest returns how the call differs that is nearest to parameters.
function nearest(calls, asked) {
  if (calls.length === 0) return '';
  const best = calls.reduce((a, b) => (lacks(b, asked).length < lacks(a, asked).length ? b : a));
  const wanted = Object.entries(asked).map(([name, value]) => `${name}=${value}`).join(', ');
  return ` with ${wanted}; nearest is call ${best.Number}: ${lacks(best, asked).join(', ')}`;
}

module.exports = { difference, lacks, last, line, nearest };

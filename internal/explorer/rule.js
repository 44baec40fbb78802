// A rule of the state form, in words.

export const inbound = (rule) => (rule.Direction ?? 'ingress') === 'ingress';

// traffic returns the traffic of a rule: tcp 22, udp 53-60, everything.
export function traffic(rule) {
  const protocol = rule.IpProtocol.toLowerCase();
  if (protocol === 'all') return 'everything';
  const ports = range(rule.PortRange);
  const source = range(rule.SourcePortRange);
  return [protocol, ports, source && `from port ${source}`].filter(Boolean).join(' ');
}

function range(ports = '-1/-1') {
  const [first, last] = ports.split('/');
  if (first === '-1') return '';
  return first === last ? first : `${first}–${last}`;
}

// peer returns the other side of a rule: a group, a prefix list or addresses.
export function peer(rule) {
  const side = inbound(rule) ? 'Source' : 'Dest';
  const group = rule[`${side}GroupId`];
  if (group) return { text: group, group, owner: rule[`${side}GroupOwnerAccount`] ?? rule[`${side}GroupOwnerId`] };
  const list = rule[`${side}PrefixListId`];
  if (list) return { text: list };
  const cidr = rule[`${side}CidrIp`] || rule[`Ipv6${side}CidrIp`] || '';
  return { text: cidr, anyone: cidr === '0.0.0.0/0' || cidr === '::/0' };
}

// localEnd returns the addresses of the group's side of a rule, "" for all.
export function localEnd(rule) {
  const side = inbound(rule) ? 'Dest' : 'Source';
  return rule[`${side}CidrIp`] || rule[`Ipv6${side}CidrIp`] || '';
}

export const policy = (rule) => (rule.Policy ?? 'accept').toLowerCase();

export const priority = (rule) => rule.Priority ?? 1;

// sentence returns a rule in one line.
export function sentence(rule) {
  const [from, to] = inbound(rule) ? ['from', 'to'] : ['to', 'from'];
  const end = localEnd(rule);
  const parts = [
    `${traffic(rule)} ${from} ${peer(rule).text}${end ? ` ${to} ${end}` : ''}`,
    policy(rule), `priority ${priority(rule)}`, rule.NicType,
  ];
  return parts.filter(Boolean).join(' · ');
}

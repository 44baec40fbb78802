package secgroup

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestKeysAreEqualWhereOnlyTheSpellingDiffers(t *testing.T) {
	const block, group = " FarCidrIp=10.0.0.1 ", " FarGroupId=sg-2 FarGroupOwnerAccount=7 "
	bothWays(t, func(t *testing.T, d Direction) {
		for _, row := range []struct{ says, a, b string }{
			{"a bare address is its /32", ssh + "FarCidrIp=10.0.0.1", ssh + "FarCidrIp=10.0.0.1/32"},
			{"a bare IPv6 address is its /128", ssh + "Ipv6FarCidrIp=2001:DB8::1", ssh + "Ipv6FarCidrIp=2001:db8:0::1/128"},
			{"at the near end too", ssh + block + "NearCidrIp=10.0.0.2", ssh + block + "NearCidrIp=10.0.0.2/32"},
			{"no near end is every address", ssh + block, ssh + block + "NearCidrIp=0.0.0.0/0"},
			{"of a group peer too", ssh + group, ssh + group + "NearCidrIp=0.0.0.0/0"},
			{"every IPv6 address where the other end is IPv6", ssh + "Ipv6FarCidrIp=::1", ssh + "Ipv6FarCidrIp=::1 Ipv6NearCidrIp=::/0"},
			{"and where the protocol is icmpv6", ping6 + group, ping6 + group + "Ipv6NearCidrIp=::/0"},
			{"no source ports are -1/-1", ssh + block, ssh + block + "SourcePortRange=-1/-1"},
			{"no policy is accept", ssh + block, ssh + block + "Policy=Accept"},
			{"no priority is 1", ssh + block, ssh + block + "Priority=1"},
			{"the protocol has no case", ssh + block, block + "IpProtocol=TCP PortRange=22/22"},
			{"a VPC group's NIC type is intranet", ssh + block, ssh + block + "NicType=internet"},
			{"a description is a note", ssh + block + "Description=a", ssh + block + "Description=b"},
			{"a group beside a block is ignored", ssh + block, ssh + block + group},
			{"a prefix list beside a block is ignored", ssh + block, ssh + block + "FarPrefixListId=pl-1"},
			{"a prefix list beside a group is ignored", ssh + group, ssh + group + "FarPrefixListId=pl-1"},
			{"an owner beside a block is ignored", ssh + block, ssh + block + "FarGroupOwnerAccount=7"},
			{"an owner beside a prefix list is ignored", ssh + "FarPrefixListId=pl-1", ssh + "FarPrefixListId=pl-1 FarGroupOwnerAccount=7"},
		} {
			t.Run(row.says, func(t *testing.T) {
				assert.Equal(t, settled(t, vpc, d, row.a).Key(), settled(t, vpc, d, row.b).Key())
			})
		}
	})
}

func TestKeysDifferInEachPartOfTheIdentity(t *testing.T) {
	const block, group = " FarCidrIp=10.0.0.0/8 ", " FarGroupId=sg-2 FarGroupOwnerAccount=7 "
	bothWays(t, func(t *testing.T, d Direction) {
		for _, row := range []struct{ says, a, b string }{
			{"protocol", ssh + block, block + "IpProtocol=udp PortRange=22/22"},
			{"first port", ssh + block, block + "IpProtocol=tcp PortRange=21/22"},
			{"last port", ssh + block, block + "IpProtocol=tcp PortRange=22/23"},
			{"source ports", ssh + block, ssh + block + "SourcePortRange=1/65535"},
			{"NIC type of a classic group", ssh + block + "NicType=internet", ssh + block + "NicType=intranet"},
			{"policy", ssh + block, ssh + block + "Policy=drop"},
			{"priority", ssh + block, ssh + block + "Priority=2"},
			{"block", ssh + block, ssh + "FarCidrIp=11.0.0.0/8"},
			{"length", ssh + block, ssh + "FarCidrIp=10.0.0.0/9"},
			{"host bits", ssh + block, ssh + "FarCidrIp=10.0.0.5/8"},
			{"host bits of the near end", ssh + block + "NearCidrIp=10.0.0.0/8", ssh + block + "NearCidrIp=10.0.0.5/8"},
			{"host bits of IPv6", ssh + "Ipv6FarCidrIp=2001:db8::/32", ssh + "Ipv6FarCidrIp=2001:db8::1/32"},
			{"host bits where no bit counts", ssh + "FarCidrIp=0.0.0.0/0", ssh + "FarCidrIp=10.0.0.0/0"},
			{"family", ssh + "FarCidrIp=0.0.0.0/0", ssh + "Ipv6FarCidrIp=::/0"},
			{"family of a mapped address", ssh + "FarCidrIp=10.0.0.1", ssh + "Ipv6FarCidrIp=::ffff:10.0.0.1"},
			{"near end", ssh + block, ssh + block + "NearCidrIp=10.0.0.0/8"},
			{"family of the near end", ssh + group, ssh + group + "Ipv6NearCidrIp=::/0"},
			{"group", ssh + group, ssh + group + "FarGroupId=sg-3"},
			{"group's owner", ssh + group, ssh + group + "FarGroupOwnerAccount=8"},
			{"prefix list", ssh + "FarPrefixListId=pl-1", ssh + "FarPrefixListId=pl-2"},
			{"kind of peer", ssh + block, ssh + group},
			{"kind of peer, though the id is the same", ssh + "FarGroupId=x", ssh + "FarPrefixListId=x"},
		} {
			t.Run(row.says, func(t *testing.T) {
				assert.NotEqual(t, settled(t, classic, d, row.a).Key(), settled(t, classic, d, row.b).Key())
			})
		}
	})
}

func TestDirectionIsPartOfTheKey(t *testing.T) {
	const text = ssh + "SourceCidrIp=10.0.0.1 DestCidrIp=10.0.0.1"
	assert.NotEqual(t, settled(t, vpc, Ingress, text).Key(), settled(t, vpc, Egress, text).Key())
}

func TestIDAndTimeAreNoPartOfTheKey(t *testing.T) {
	bothWays(t, func(t *testing.T, d Direction) {
		a := settled(t, vpc, d, ssh+"FarCidrIp=10.0.0.1")
		b := *a
		b.ID, b.Created = "sgr-1", time.Unix(1, 0)
		assert.Equal(t, a.Key(), b.Key())
	})
}

func TestAKeyOfTheOtherNicTypeIsTheOtherRules(t *testing.T) {
	bothWays(t, func(t *testing.T, d Direction) {
		internet := settled(t, classic, d, ssh+"FarCidrIp=10.0.0.1").Key()
		intranet := settled(t, classic, d, ssh+"FarCidrIp=10.0.0.1 NicType=intranet").Key()
		assert.Equal(t, Internet, internet.Nic())
		assert.Equal(t, intranet, internet.WithNic(internet.Nic().Other()))
		assert.Equal(t, internet, intranet.WithNic(intranet.Nic().Other()))
	})
}

package shadow

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/clock"
	"github.com/ecsmock/ecsmock/internal/store"
)

// loaded returns a state as the mock has it.
func loaded(t *testing.T, text []byte) []byte {
	t.Helper()
	world := store.New(clock.Seeded(1))
	require.NoError(t, world.Seed(text))
	return world.State()
}

// An anonymous state has nothing of the account, loads, and is the same each time.
func TestAnonymous(t *testing.T) {
	text, err := os.ReadFile("testdata/full.json")
	require.NoError(t, err)
	state := loaded(t, text)
	got, err := anonymous(state)
	require.NoError(t, err)
	again, err := anonymous(state)
	require.NoError(t, err)
	assert.Equal(t, string(again), string(got))
	hidden := string(loaded(t, got))
	for _, secret := range []string{"5123456789012345", "6123456789012345", "corp", "acme", "Acme", `"47.`, "2408:", `"mail"`, `"r"`, `"q"`, "192.0.2.9"} {
		assert.Contains(t, string(state), secret)
		assert.NotContains(t, hidden, secret)
	}
	for _, kept := range []string{"172.16.0.9", "100.64.0.0/10", `"10.1.1.1"`, ",10.9.0.0/16", "::/0", "sg-a", "eni-1", "ecs.g9.large"} {
		assert.Contains(t, hidden, kept)
	}
	assert.Equal(t, strings.Count(string(state), `"SourceCidrIp"`), strings.Count(hidden, `"SourceCidrIp"`))
}

// Equal texts have equal stand-ins, and different ones different ones.
func TestStandInsOfTexts(t *testing.T) {
	s := newReplacer()
	assert.Equal(t, "1000000000000001", s.field("AccountId", "5123456789012345"))
	assert.Equal(t, "1000000000000002", s.field("SourceGroupOwnerAccount", "6123456789012345"))
	assert.Equal(t, "1000000000000001", s.field("DestGroupOwnerAccount", "5123456789012345"))
	assert.Equal(t, "1234567890123456", s.field("AccountId", "1234567890123456"), "the default account tells nothing")
	assert.Equal(t, "user1@example.com", s.field("SourceGroupOwnerAccount", "boss@corp.example"))
	assert.Equal(t, "user1@example.com", s.field("Email", "boss@corp.example"))
	assert.Equal(t, "name-1", s.field("VpcName", "acme"))
	assert.Equal(t, "description-1", s.field("Description", "acme"))
	assert.Equal(t, "key-1", s.field("TagKey", "acme"))
	assert.Equal(t, "value-1", s.field("TagValue", "acme"))
	assert.Equal(t, "value-2", s.field("TagValue", "other"))
	assert.Equal(t, "", s.field("Description", ""))
}

// Blocks keep their sizes, and one is in another exactly if it was before.
func TestStandInsOfAddresses(t *testing.T) {
	texts := []string{
		"47.0.0.0/8", "47.96.0.0/16", "47.96.0.0/24", "47.96.12.0/24", "47.96.12.0", "47.96.12.34", "47.96.12.34/16", "47.96.12.35/32", "47.96.12.34/31", "47.97.0.0/31", "47.97.0.0", "47.97.0.1",
		"8.8.8.8", "8.8.4.4/32", "8.8.8.0/24", "9.9.9.0/25", "192.0.2.0/24", "192.0.2.7", "198.51.100.1", "240.0.0.1", "240.0.0.0/8",
		"2400:3200::/32", "2400:3200::1", "2408:4005:3e8:9a00::/56", "2408:4005:3e8:9a01::/64", "2001:db8::/32", "2001:db8::1",
	}
	s := newReplacer()
	var blocks []netip.Prefix
	for _, text := range texts {
		block, ok := blockOf(text)
		require.True(t, ok, text)
		blocks = append(blocks, block.Masked(), netip.PrefixFrom(block.Addr(), block.Addr().BitLen()))
	}
	require.NoError(t, s.learn(blocks))
	seen := map[string]string{}
	for i, text := range texts {
		is := s.address(text)
		assert.NotContains(t, seen, is, "%s and %s", text, seen[is])
		seen[is] = text
		block, ok := blockOf(is)
		require.True(t, ok, is)
		was, _ := blockOf(text)
		assert.Equal(t, was.Bits(), block.Bits(), text)
		assert.Equal(t, strings.Contains(text, "/"), strings.Contains(is, "/"), text)
		for _, other := range texts[:i] {
			otherWas, _ := blockOf(other)
			otherIs, _ := blockOf(s.address(other))
			assert.Equal(t, otherWas.Overlaps(was), otherIs.Overlaps(block), "%s and %s are %s and %s", other, text, otherIs, block)
		}
		in := false
		for _, r := range reserved {
			in = in || netip.MustParsePrefix(r).Contains(block.Addr())
		}
		assert.True(t, in, is)
	}
}

// What is no public address stays, and so does what is not an address.
func TestNoStandIns(t *testing.T) {
	for _, text := range []string{"10.0.0.1", "172.16.0.0/12", "192.168.1.1/32", "0.0.0.0/0", "::/0", "127.0.0.1", "169.254.1.1", "100.100.2.136", "fd00::1", "fe80::1", "128.0.0.0/1", "2000::/3", "80/80", "sg-1", "", "TCP"} {
		assert.Equal(t, text, newReplacer().field("SourceCidrIp", text))
	}
}

// There are 32 reserved blocks of 8 bits, and no more.
func TestStandInsHaveAnEnd(t *testing.T) {
	var list []map[string]any
	for n := range 33 {
		list = append(list, map[string]any{"Cidr": fmt.Sprintf("%d.0.0.0/8", 20+n)})
	}
	text := func(n int) []byte {
		text, err := json.Marshal(map[string]any{"Entries": list[:n]})
		require.NoError(t, err)
		return text
	}
	_, err := anonymous(text(32))
	assert.NoError(t, err)
	_, err = anonymous(text(33))
	assert.ErrorIs(t, err, errReserved)
}

package shadow

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"sort"
	"strings"

	"github.com/ecsmock/ecsmock/internal/account"
)

// A replacer replaces texts by others that tell nothing: equal texts by equal ones, different texts by
// different ones. They are numbered in the order in which they are asked for, since a
// hash of an id with sixteen digits can be found by trying all.
type replacer struct {
	texts  map[string]string // by form and text
	counts map[string]int    // by form
	blocks map[string]*pool  // by the text of a block
}

func newReplacer() *replacer {
	return &replacer{map[string]string{}, map[string]int{}, map[string]*pool{}}
}

// forms are those of the stand-ins, by the end of a field's name.
var forms = [...][2]string{
	{"AccountId", "1000%012d"}, {"OwnerAccount", "1000%012d"}, {"Email", "user%d@example.com"}, {"TagKey", "key-%d"}, {"TagValue", "value-%d"},
	{"Description", "description-%d"}, {"Name", "name-%d"},
}

// field returns the stand-in of the text of a field, by the name of the field.
func (s *replacer) field(name, text string) string {
	if text == "" || text == account.DefaultID || text == account.DefaultEmail {
		return text
	}
	if strings.HasSuffix(name, "OwnerAccount") && strings.Contains(text, "@") {
		name = "Email"
	}
	for _, form := range forms {
		if !strings.HasSuffix(name, form[0]) {
			continue
		}
		key := form[1] + text
		if s.texts[key] == "" {
			s.counts[form[1]]++
			s.texts[key] = fmt.Sprintf(form[1], s.counts[form[1]])
		}
		return s.texts[key]
	}
	list := strings.Split(text, ",") // as in UserCidr
	for i := range list {
		list[i] = s.address(list[i])
	}
	return strings.Join(list, ",")
}

// each calls a function with each text of a document and the name of its field, and puts the result
// in its place.
func each(v any, name string, f func(name, text string) string) any {
	switch v := v.(type) {
	case string:
		return f(name, v)
	case []any:
		for i := range v {
			v[i] = each(v[i], name, f)
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			v[name] = each(v[name], name, f)
		}
	}
	return v
}

// anonymous returns a state with stand-ins for accounts, e-mail addresses, names, descriptions, tags
// and public addresses. Ids of resources stay, for they are made by the service.
func anonymous(state []byte) ([]byte, error) {
	var document any
	json.Unmarshal(state, &document) // which wrote it
	s := newReplacer()
	var blocks []netip.Prefix
	each(document, "", func(_, text string) string {
		for _, part := range strings.Split(text, ",") {
			if block, ok := blockOf(part); ok {
				blocks = append(blocks, block.Masked(), netip.PrefixFrom(block.Addr(), block.Addr().BitLen()))
			}
		}
		return text
	})
	if err := s.learn(blocks); err != nil {
		return nil, err
	}
	return json.Marshal(each(document, "", s.field))
}

// blockOf returns the block that a text is, if it is one of public addresses.
func blockOf(text string) (netip.Prefix, bool) {
	block, err := netip.ParsePrefix(text)
	if err != nil {
		ip, err := netip.ParseAddr(text)
		if err != nil {
			return block, false
		}
		block = netip.PrefixFrom(ip, ip.BitLen())
	}
	ip := block.Addr()
	few := 8 // a block of fewer bits is nobody's
	if ip.Is6() {
		few = 20
	} else if bytes := ip.As4(); bytes[0] == 100 && bytes[1]>>6 == 1 { // 100.64.0.0/10 has the service's own addresses
		return block, false
	}
	return block, ip.Zone() == "" && ip.IsGlobalUnicast() && !ip.IsPrivate() && block.Bits() >= few
}

// address returns the stand-in of an address or block that was learned, and other texts as they are.
func (s *replacer) address(text string) string {
	block, ok := blockOf(text)
	if !ok {
		return text
	}
	ip := s.blocks[netip.PrefixFrom(block.Addr(), block.Addr().BitLen()).String()].block.Addr()
	if !strings.Contains(text, "/") {
		return ip.String()
	}
	if block == block.Masked() {
		ip = s.blocks[block.String()].block.Addr()
	}
	return netip.PrefixFrom(ip, block.Bits()).String()
}

// reserved are the blocks that stand-ins are in, the ones for documentation first. No
// public network has them.
var reserved = [...]string{"192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4", "224.0.0.0/4", "2001:db8::/32", "3fff::/20"}

var errReserved = errors.New("the rules have more public addresses than there are reserved ones to replace them; import without -anonymize")

// learn gives a stand-in of the same size to each block: what is in another block has one
// in the stand-in of that, as long as there is room.
func (s *replacer) learn(blocks []netip.Prefix) error {
	sort.SliceStable(blocks, func(i, j int) bool { return blocks[i].Bits() < blocks[j].Bits() })
	pools := make([]pool, len(reserved))
	for i, text := range reserved {
		block := netip.MustParsePrefix(text)
		pools[i] = pool{block: block, free: block.Addr()}
	}
	for _, block := range blocks {
		if s.blocks[block.String()] != nil {
			continue
		}
		var with netip.Prefix
		for bits := block.Bits() - 1; bits > 0 && !with.IsValid(); bits-- {
			outer, _ := block.Addr().Prefix(bits)
			if p := s.blocks[outer.String()]; p != nil {
				with = p.take(block)
			}
		}
		for i := 0; i < len(pools) && !with.IsValid(); i++ {
			with = pools[i].take(block)
		}
		if !with.IsValid() {
			return errReserved
		}
		s.blocks[block.String()] = &pool{with, block, with.Addr()}
	}
	return nil
}

// A pool is a stand-in that is given away from its beginning on, in ever smaller parts.
type pool struct {
	block netip.Prefix
	of    netip.Prefix // the block that it stands for, the zero value for a reserved one
	free  netip.Addr
}

// take returns a part of the size of a block, the zero value if there is none. The first
// part is for the block that begins where the one of the pool does: an address with host
// bits is not the address of its network.
func (p *pool) take(like netip.Prefix) netip.Prefix {
	if p.block.Addr().Is4() != like.Addr().Is4() || p.block.Bits() > like.Bits() {
		return netip.Prefix{}
	}
	first, _ := p.block.Addr().Prefix(like.Bits())
	if p.free == p.block.Addr() && p.of.IsValid() {
		p.free = after(first)
	}
	if like.Addr() == p.of.Addr() {
		return first
	}
	if !p.block.Contains(p.free) {
		return netip.Prefix{}
	}
	part, _ := p.free.Prefix(like.Bits())
	p.free = after(part)
	return part
}

// after returns the first address after a block, the zero value if there is none.
func after(block netip.Prefix) netip.Addr {
	last := block.Addr().AsSlice()
	for i := range last {
		if host := min(max(8*(i+1)-block.Bits(), 0), 8); host > 0 {
			last[i] |= 1<<host - 1
		}
	}
	end, _ := netip.AddrFromSlice(last)
	return end.Next()
}

package shadow

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/rpc"
)

func TestAddresses(t *testing.T) {
	for address, want := range map[string][2]string{
		"ecs.cn-beijing.aliyuncs.com":         {"ecs.cn-beijing.aliyuncs.com", "ecs.cn-beijing.aliyuncs.com:443"},
		"https://ecs.cn-beijing.aliyuncs.com": {"ecs.cn-beijing.aliyuncs.com", "ecs.cn-beijing.aliyuncs.com:443"},
		"ecs.aliyuncs.com:443/":               {"ecs.aliyuncs.com", "ecs.aliyuncs.com:443"},
		"http://127.0.0.1:2015":               {"127.0.0.1:2015", "127.0.0.1:2015"},
		"http://[::1]":                        {"[::1]", "[::1]:80"},
	} {
		s, err := New(address)
		require.NoError(t, err, address)
		assert.Equal(t, want, [2]string{s.Host, s.addr}, address)
	}
	for _, wrong := range []string{"", "ftp://a", "http://", "https://a/b", "https://id:secret@a", "http://a?b", "http://a:b"} {
		_, err := New(wrong)
		assert.ErrorIs(t, err, ErrAddress, wrong)
	}
}

// The hosts are those of the vendor's endpoint tables.
func TestHostOf(t *testing.T) {
	vpc := &rpc.Product{Name: "Vpc", Hosts: []string{"vpc"}}
	central := &rpc.Product{Name: "Location", Hosts: []string{"location-readonly", "location"}}
	for _, test := range []struct {
		address string
		of      *rpc.Product
		want    string
	}{
		{"ecs.cn-beijing.aliyuncs.com", &rpc.Product{Name: "Ecs", Hosts: []string{"ecs"}}, "ecs.cn-beijing.aliyuncs.com"},
		{"ecs.cn-beijing.aliyuncs.com", vpc, "vpc.cn-beijing.aliyuncs.com"},
		{"ecs.aliyuncs.com", vpc, "vpc.aliyuncs.com"},
		{"ecs.cn-beijing.aliyuncs.com", central, "location-readonly.aliyuncs.com"},
		{"ecs.cn-beijing.aliyuncs.com", nil, "ecs.cn-beijing.aliyuncs.com"},
		{"http://127.0.0.1:2015", vpc, "127.0.0.1:2015"},
	} {
		s, err := New(test.address)
		require.NoError(t, err)
		assert.Equal(t, test.want, s.HostOf(test.of))
	}
}

package server_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/server"
)

// A server that is called and called keeps no more after the last of so many calls
// than after half of them: the journal, client tokens, nonces and revoked rules are
// bounded. SOAK is how many.
func TestSoak(t *testing.T) {
	text := os.Getenv("SOAK")
	if text == "" {
		t.Skip("make soak runs it: before 100,000 calls what is bounded is not full")
	}
	many, err := strconv.Atoi(text)
	require.NoError(t, err, "SOAK is a number")
	k := &soak{s: start(t, server.Options{Signatures: server.SignaturesRequire}), Rand: rand.New(rand.NewPCG(1, 1))}
	begun := inUse()
	k.calls(t, many/2)
	half := inUse()
	k.calls(t, many-many/2)
	end := inUse()
	fmt.Printf("soak: %d signed calls, %d of them refused; in use %.1f MiB at the beginning, %.1f after half of the calls, %.1f at the end\n",
		many, k.refused, mib(begun), mib(half), mib(end))
	assert.Less(t, mib(end), 1.25*mib(half)+1)
	runtime.KeepAlive(k)
}

func mib(bytes int) float64 { return float64(bytes) / (1 << 20) }

// inUse is the size of all that is reachable, in bytes.
func inUse() int {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

// soak makes calls that add, take away, find nothing, are repeated, and are wrong.
type soak struct {
	*rand.Rand
	s       *server.Server
	groups  []string
	made    int // calls
	refused int
}

func (k *soak) calls(t *testing.T, n int) {
	for range n {
		k.made++
		params := k.draw()
		params["SignatureNonce"] = fmt.Sprint("nonce", k.made)
		got := get(k.s, v1{secret: "testsecret", before: params}.query())
		require.Contains(t, []int{2, 4}, got.Status/100, got.Body)
		if got.Status != http.StatusOK {
			k.refused++
			continue
		}
		if params["Action"] == "CreateSecurityGroup" {
			var told struct{ SecurityGroupId string }
			require.NoError(t, json.Unmarshal([]byte(got.Body), &told), got.Body)
			k.groups = append(k.groups, told.SecurityGroupId)
		}
	}
}

// mostSoaked is how many groups there are at once.
const mostSoaked = 20

func (k *soak) draw() map[string]string {
	if len(k.groups) < 2 {
		return map[string]string{"Action": "CreateSecurityGroup", "VpcId": "vpc-1", "ClientToken": k.token()}
	}
	group, port := k.groups[k.IntN(len(k.groups))], strconv.Itoa(1+k.IntN(50))
	rule := map[string]string{
		"SecurityGroupId": group, "IpProtocol": "tcp", "PortRange": port + "/" + port,
		"SourceCidrIp": "10.0.0.0/8", "ClientToken": k.token(),
	}
	switch n := k.IntN(20); {
	case n < 8:
		rule["Action"] = "AuthorizeSecurityGroup"
	case n < 16:
		rule["Action"] = "RevokeSecurityGroup"
	case n == 16:
		return map[string]string{"Action": "DescribeSecurityGroupAttribute", "SecurityGroupId": group}
	case n == 17:
		return map[string]string{"Action": "Unheard" + port}
	case n == 18 && len(k.groups) < mostSoaked:
		return map[string]string{"Action": "CreateSecurityGroup", "VpcId": "vpc-1", "ClientToken": k.token()}
	default:
		oldest := k.groups[0]
		k.groups = k.groups[1:]
		return map[string]string{"Action": "DeleteSecurityGroup", "SecurityGroupId": oldest}
	}
	return rule
}

// token is a new one, an old one, or none.
func (k *soak) token() string {
	switch k.IntN(4) {
	case 0:
		return ""
	case 1:
		return fmt.Sprint("token", k.IntN(k.made+1))
	}
	return fmt.Sprint("token", k.made)
}

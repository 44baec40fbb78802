//go:build !race

package server_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// What a call allocates is what it was found to need, and no more: it is the one cost
// that is the same on every machine. The race detector allocates itself.
func TestAllocations(t *testing.T) {
	for _, c := range []struct {
		name   string
		status int
		most   float64 // of all calls together
		calls  []func() *http.Request
	}{
		{"a rule that comes and goes", http.StatusOK, 15, []func() *http.Request{
			benchQuery("RevokeSecurityGroup", benchHit), benchQuery("AuthorizeSecurityGroup", benchHit)}},
		{"a miss with its hint", http.StatusForbidden, 23, []func() *http.Request{
			benchQuery("RevokeSecurityGroup", strings.Replace(benchHit, "tcp", "udp", 1)+"&Priority=7")}},
		{"a refused PortRange", http.StatusBadRequest, 12, []func() *http.Request{
			benchQuery("RevokeSecurityGroup", strings.Replace(benchHit, "PortRange=1/", "PortRange=9/", 1))}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newBench(t, benchState(10))
			assert.LessOrEqual(t, testing.AllocsPerRun(2000, func() {
				for _, r := range c.calls {
					s.call(t, c.status, r())
				}
			}), c.most)
		})
	}
}

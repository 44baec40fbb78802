//go:build !race

package server_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// The number of allocations is the one cost of a call that is the same on every
// machine. The router makes two of each call, the journal two of one that changes a rule. The race detector allocates itself, so
// this file is not built with it.
func TestAllocations(t *testing.T) {
	if testing.CoverMode() != "" {
		t.Skip("coverage allocates itself")
	}
	for _, c := range []struct {
		name   string
		status int
		most   float64 // of all calls together
		calls  []func() *http.Request
	}{
		{"a revoke and an authorize", http.StatusOK, 27, []func() *http.Request{
			benchQuery("RevokeSecurityGroup", benchHit), benchQuery("AuthorizeSecurityGroup", benchHit)}},
		{"a miss with its hint", http.StatusForbidden, 27, []func() *http.Request{
			benchQuery("RevokeSecurityGroup", strings.Replace(benchHit, "tcp", "udp", 1)+"&Priority=7")}},
		{"a refused PortRange", http.StatusBadRequest, 17, []func() *http.Request{
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

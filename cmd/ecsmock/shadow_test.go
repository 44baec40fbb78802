package main

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// At its end a shadow says what differed, and -shadow-fail makes that the exit code 3.
func TestShadow(t *testing.T) {
	web := []string{"-addr", "127.0.0.1:0", "-seed", "../../testdata/seeds/web.json"}
	service := start(t, noEnv, append(web, "-edition", "2020")...)
	for _, test := range []struct {
		calls, code int
		fail        string
	}{{0, 0, "true"}, {1, 3, "true"}, {2, 0, "false"}} {
		mock := start(t, noEnv, append(web, "-shadow", service.url, "-shadow-fail="+test.fail)...)
		for range test.calls {
			status, body := get(t, mock.url+miss)
			assert.Equal(t, http.StatusOK, status, body)
		}
		assert.Equal(t, test.code, mock.stop())
		log := mock.log.String()
		if test.calls == 0 {
			assert.Contains(t, log, "answered 0 calls, 0 of them as edition 2019 does; it refused 0 for reasons of the account or the service, and did not answer 0; differences: 0")
			continue
		}
		assert.Contains(t, log, "differences: 1")
		assert.Contains(t, log, string(rune('0'+test.calls))+` x RevokeSecurityGroup: the service has the status \"200\", the mock \"403 InvalidGroupAuthItem.NotFound\"`)
		assert.Equal(t, test.code == 3, strings.Contains(log, "in 1 ways"), log)
	}
}

package server_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ecsmock/ecsmock/internal/server"
)

// What carries one call is used for the next, which must find nothing of it there:
// neither parameters nor notes nor faults nor what was wrong. What was answered and
// journalled before stays as it was.
func TestACallLeavesNothingToTheNext(t *testing.T) {
	s := start(t, server.Options{})
	plain := "/?Action=DescribeRegions&Format=JSON"
	want := httptest.NewRecorder()
	s.ServeHTTP(want, httptest.NewRequest(http.MethodGet, plain, nil))
	for range 20 {
		bad := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodPost, "/?Format=XML&Version=1", strings.NewReader("Action=DescribeRegions&AccessKeyId=1111111111111111&RegionId=a&Stray=1"))
		r.Header.Set("X-Acs-Action", "Nonsense")
		s.ServeHTTP(bad, r)
		id := bad.Header().Get("X-Acs-Request-Id")
		got := httptest.NewRecorder()
		s.ServeHTTP(got, httptest.NewRequest(http.MethodGet, plain, nil))

		assert.Equal(t, http.StatusBadRequest, bad.Code)
		assert.Contains(t, bad.Body.String(), "<RequestId>"+id+"<")
		assert.Equal(t, id, bad.Header().Get("X-Acs-Request-Id"))
		assert.Equal(t, http.StatusOK, got.Code, got.Body)
		assert.Empty(t, got.Header().Get("X-Ecsmock-Hint"))
		assert.Equal(t, want.Body.Len(), got.Body.Len())
	}
	for i, c := range calls(t, s, "") {
		told := []string{c.AccountId, c.RegionId, c.Method, c.Code, c.Params["Stray"]}
		if i%2 == 0 {
			assert.Equal(t, []string{"1234567890123456", "", "GET", "", ""}, told)
			continue
		}
		assert.Equal(t, []string{"1111111111111111", "a", "POST", "InvalidVersion", "1"}, told)
	}
}

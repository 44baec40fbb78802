package clients_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"testing"
)

// service is where a mock listens that answers the calls in place of the one of these tests,
// which runs in its shadow; "" for none. The service verifies every signature. The tests run
// one at a time then, for what is signed with ACS3 has one key there.
var service string

// shadowKey is the one key of a shadow.
var shadowKey = key{id: ofBoth + "000000", secret: secret}

// startShadow starts a service, and the mock of these tests in its shadow.
func startShadow(settings ...string) (host string, stop func() error, err error) {
	service, stop, err = start(settings...)
	if err != nil {
		return "", nil, err
	}
	host, stopMock, err := start(append(settings, "ECSMOCK_SHADOW=http://"+service,
		"ALIBABA_CLOUD_ACCESS_KEY_ID="+shadowKey.id, "ALIBABA_CLOUD_ACCESS_KEY_SECRET="+shadowKey.secret)...)
	if err != nil {
		return "", nil, errors.Join(err, stop())
	}
	stopService := stop
	return host, func() error { return errors.Join(agrees(host), stopMock(), stopService()) }, nil
}

// hosts are the mocks that have a world: one, or the service before the one in its shadow.
func hosts() []string {
	if service == "" {
		return []string{endpoint}
	}
	return []string{service, endpoint}
}

// load adds a state.
func load(t *testing.T, state string) {
	t.Helper()
	for _, host := range hosts() {
		post(t, host, "seed", state)
	}
}

// needsOwnKeys skips a test that signs with several keys, or wrongly, if ACS3 is signed anew.
func needsOwnKeys(t *testing.T) {
	t.Helper()
	if service != "" {
		t.Skip("the shadow signs what is signed with ACS3 with a key of its own")
	}
}

// needsOwnAnswers skips a test of what only a mock answers: its own endpoint, and its samples.
func needsOwnAnswers(t *testing.T) {
	t.Helper()
	if service != "" {
		t.Skip("the service answers, with endpoints of its own, and it has no samples")
	}
}

// agrees returns an error unless all calls were compared and none differed.
func agrees(host string) error {
	answer, err := http.Get("http://" + host + "/_mock/differences")
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	var found struct {
		Calls, Equal, Unanswered, Diverged int
		Apart                              []struct {
			Refusal string
			Count   int
		}
		Differences []json.RawMessage
	}
	if err := json.NewDecoder(answer.Body).Decode(&found); err != nil {
		return err
	}
	fmt.Printf("in the shadow: %d calls, %d equal, apart %v\n", found.Calls, found.Equal, found.Apart)
	if cmp.Or(len(found.Differences), found.Unanswered, found.Diverged) > 0 || found.Equal < 100 {
		return fmt.Errorf("the mock and its service differ: %s", found.Differences)
	}
	return nil
}

// beginShadow has both worlds anew, and returns the one key.
func beginShadow(t *testing.T) key {
	t.Helper()
	for _, host := range hosts() {
		post(t, host, "reset", "")
	}
	return shadowKey
}

// isShadowed reports whether the suite is to run in a shadow.
func isShadowed() bool { return os.Getenv("CLIENTS_SHADOW") != "" }

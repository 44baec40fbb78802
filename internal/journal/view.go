package journal

import (
	"bytes"
	"encoding/json"
	"time"

	"github.com/ecsmock/ecsmock/internal/rpc"
)

// hidden is what stands in place of a secret.
const hidden = "***"

// secret tells whether a parameter's value is not for other eyes.
func secret(name string) bool {
	switch name {
	case "Signature", "SecurityToken", "BearerToken", "AccessKeySecret":
		return true
	}
	return false
}

// Params is what was sent, decoded and without secrets. Of two with one name the
// last counts.
func (e *Entry) Params() map[string]string {
	params := map[string]string{}
	for _, text := range []string{e.Query, e.Body} {
		for _, p := range rpc.Pairs(text) {
			if secret(p.Name) {
				p.Value = hidden
			}
			params[p.Name] = p.Value
		}
	}
	return params
}

// MarshalJSON shows an entry to people and tests.
func (e Entry) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	w := json.NewEncoder(&out)
	w.SetEscapeHTML(false) // strings to sign are full of ampersands
	err := w.Encode(struct {
		Number       int64
		Time         string
		AccountId    string
		RegionId     string
		Action       string
		Method       string
		Host         string
		Params       map[string]string
		Status       int
		Code         string
		Message      string
		RequestId    string
		Hint         string
		Detail       string `json:",omitempty"`
		Microseconds int64
	}{e.Number, e.Time.Format(time.RFC3339Nano), e.Account, e.Region, e.Action, e.Method, e.Host, e.Params(),
		e.Status, e.Code, e.Message, e.RequestID, e.Hint, e.Detail, e.Took.Microseconds()})
	return out.Bytes(), err
}

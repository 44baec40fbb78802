package linearizability

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/anishathalye/porcupine"
)

// ask makes a call. Its answer is lost where the connection breaks off, and where the
// error is one that comes after the effect as well as before it.
func (m *mock) ask(c *call) (*answer, error) {
	if c.verb == "Reset" {
		return &answer{}, m.control("POST", "reset?account="+m.account, nil)
	}
	form := c.form()
	form.Set("AccessKeyId", m.account)
	// A POST with a body is not sent twice by the client of its own accord.
	res, err := m.client.Post(m.url+"/", "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
	if err != nil {
		return &answer{lost: true}, nil
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return &answer{lost: true}, nil
	}
	var got struct {
		Code, SecurityGroupId string
		Permissions           struct {
			Permission []struct{ PortRange, SourceCidrIp, SourceGroupId, Description, SecurityGroupRuleId string }
		}
		SecurityGroups struct{ SecurityGroup []struct{ RuleCount int } }
	}
	if err := json.Unmarshal(body, &got); err != nil {
		return nil, fmt.Errorf("%s was answered %s", c, body)
	}
	a := &answer{code: got.Code, group: got.SecurityGroupId, count: -1}
	if a.lost = got.Code == afterwards; a.lost {
		a.code = ""
	}
	for _, g := range got.SecurityGroups.SecurityGroup {
		a.count = g.RuleCount
	}
	for _, p := range got.Permissions.Permission {
		port, _, _ := strings.Cut(p.PortRange, "/")
		a.rules = append(a.rules, rule{port, p.SourceCidrIp + p.SourceGroupId, p.Description, p.SecurityGroupRuleId})
	}
	return a, nil
}

// afterwards is the code of a fault that acts when a call has taken effect.
const afterwards = "ServiceUnavailable"

// control asks for something under /_mock/.
func (m *mock) control(method, path string, body any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	r, err := http.NewRequest(method, m.url+"/_mock/"+path, bytes.NewReader(text))
	if err != nil {
		return err
	}
	res, err := m.client.Do(r)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", path, answer)
	}
	return err
}

// trouble posts faults: calls that are late, refused, lost before their effect or
// after it, so many of each, some calls apart.
func (m *mock) trouble(p plan) error {
	r := rand.New(rand.NewPCG(p.seed, 99))
	var faults []map[string]any
	for _, fault := range []map[string]any{
		{"Code": throttled}, {"Drop": true}, {"Drop": true, "When": "after"}, {"TruncateAt": 20, "When": "after"},
		{"Code": afterwards, "Status": 503, "Message": "Try again.", "When": "after"}, {"DelayMs": 1, "JitterMs": 2}, {"DelayMs": 1, "When": "after"},
	} {
		fault["Action"], fault["AccountId"] = "*", m.account
		fault["After"], fault["Times"] = r.IntN(4), 1+r.IntN(3)
		faults = append(faults, fault)
	}
	r.Shuffle(len(faults), func(i, j int) { faults[i], faults[j] = faults[j], faults[i] })
	return m.control("POST", "faults", faults)
}

// history is what clients asked and were answered, and the groups they began with.
type history struct {
	groups     []string
	operations []porcupine.Operation
}

// drive lets the clients of a plan loose and writes down what they see.
func (m *mock) drive(p plan) (h history, err error) {
	defer func() {
		if done := m.control("POST", "reset?account="+m.account, nil); err == nil {
			err = done
		}
	}()
	for range p.groups {
		a, err := m.ask(&call{verb: "Create"})
		if err != nil || a.group == "" {
			return h, fmt.Errorf("no group was made: %v, %w", a, err)
		}
		h.groups = append(h.groups, a.group)
	}
	if p.faults {
		if err := m.trouble(p); err != nil {
			return h, err
		}
	}
	shared := &known{groups: slices.Clone(h.groups)}
	var clock atomic.Int64
	parts, errs := make([][]porcupine.Operation, p.clients), make([]error, p.clients)
	var all sync.WaitGroup
	begin := make(chan struct{})
	for i := range p.clients {
		all.Go(func() {
			<-begin
			parts[i], errs[i] = m.calls(newDrawer(p, i, shared), i, &clock)
		})
	}
	close(begin)
	all.Wait()
	h.operations = slices.Concat(parts...)
	for _, err := range errs {
		if err != nil {
			return h, err
		}
	}
	return h, nil
}

// calls makes the calls of one client, one after the other. The clock only counts,
// so no two moments are the same.
func (m *mock) calls(d *drawer, id int, clock *atomic.Int64) (list []porcupine.Operation, err error) {
	for range d.calls {
		c := d.next()
		o := porcupine.Operation{ClientId: id, Input: c, Call: clock.Add(1)}
		a, err := m.ask(c)
		if err != nil {
			return list, err
		}
		o.Output, o.Return = a, clock.Add(1)
		list = append(list, o)
		switch {
		case c.token != "" && (a.lost || a.code == throttled):
			d.again = c
		case a.group != "" && c.verb == "Create":
			d.known.add([]string{a.group}, nil)
		}
		d.known.add(nil, a.rules)
	}
	return list, nil
}

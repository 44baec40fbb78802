package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

const (
	pairs     = 15 // of runs, one against the mock and one against the floor
	callsARun = 16_000
)

// rival is a server, and how it fared.
type rival struct {
	*running
	rates []float64
	calls int
	cpu   time.Duration
}

// use is how much of a processor a call takes, in microseconds.
func (r *rival) use() float64 { return float64(r.cpu.Microseconds()) / float64(r.calls) }

// run sends the load to the server and waits for what becomes of it.
func (r *rival) run(w *way) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	before, err := spent(r.Process.Pid)
	if err != nil {
		return err
	}
	l := load{r.address, w.connections, callsARun / w.connections, w.signed}
	cmd := exec.Command(self, l.args()...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return err
	}
	after, err := spent(r.Process.Pid)
	if err != nil {
		return err
	}
	var s spell
	if err := json.Unmarshal(out, &s); err != nil {
		return err
	}
	r.rates, r.calls, r.cpu = append(r.rates, s.rate()), r.calls+s.Calls, r.cpu+after-before
	return nil
}

// match is a mock against the floor.
type match struct{ mock, floor rival }

// play alternates between the two, and who begins alternates too.
func (p *program) play(w *way) (*match, error) {
	seed := filepath.Join(p.dir, "seed.json")
	if err := os.WriteFile(seed, []byte(benchSeed()), 0o600); err != nil {
		return nil, err
	}
	var m match
	var err error
	if m.floor.running, err = p.floor(); err != nil {
		return nil, err
	}
	defer m.floor.stop()
	if m.mock.running, err = p.mock(append(w.settings, "-seed", seed)...); err != nil {
		return nil, err
	}
	defer m.mock.stop()
	return &m, m.alternate(w)
}

func (m *match) alternate(w *way) error {
	order := []*rival{&m.mock, &m.floor}
	for range pairs {
		for _, r := range order {
			if err := r.run(w); err != nil {
				return err
			}
		}
		order[0], order[1] = order[1], order[0]
	}
	return nil
}

// ratios are the mock's calls a second by the floor's, pair by pair.
func (m *match) ratios() []float64 {
	list := make([]float64, len(m.mock.rates))
	for i := range list {
		list[i] = m.mock.rates[i] / m.floor.rates[i]
	}
	return list
}

// benchSeed is the group whose rules come and go, with ten that stay.
func benchSeed() string {
	state := `{"SecurityGroups": [{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-bench", "VpcId": "vpc-1", "Permissions": [`
	for i := range 10 {
		if i > 0 {
			state += ","
		}
		state += fmt.Sprintf(`{"IpProtocol": "tcp", "PortRange": "%d/%d", "SourceCidrIp": "10.0.0.0/8"}`, i+1, i+1)
	}
	return state + "]}]}"
}

package ecsmock

import (
	"cmp"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// A ReachQuery asks whether the rules of security groups let traffic through. From or To
// is a group or a member, whose rules are asked.
type ReachQuery struct {
	// From and To are each anyone, an address, a CIDR block, or the id of a group, a
	// member (an instance or a network interface) or a prefix list, which may have its
	// region, its account or both before it, as in 1234567890123456/cn-hangzhou/sg-web.
	From, To string

	Protocol  string // tcp, udp, icmp, icmpv6, gre or an IANA number
	Port      int    // of the destination; 0 for a protocol without ports
	Direction string // ingress asks the rules of To, egress those of From; blank asks those of each that has rules
	AccountId string // that has From and To; blank is that of the server
	RegionId  string // blank is the one that has From and To
}

// A Reach is the answer to a ReachQuery.
type Reach struct {
	Reaches bool        // whether all of the traffic gets through
	Partly  bool        // whether only a part of it does, such as that from some addresses
	Why     string      // a sentence with what decides
	Rules   []ReachRule // that decide, then that match too, then the nearest
	More    int         // number of rules that Rules leaves out
}

// A ReachRule is a rule and what it has to do with an answer.
type ReachRule struct {
	AccountId       string
	RegionId        string
	SecurityGroupId string
	Rule            Permission
	Decides         bool
	Why             string // a sentence
}

// Reaches asserts that all traffic from one end reaches the other, by the precedence of
// the service: priorities, Drop before Accept, all groups of a member, the access inside a
// group, and what happens without a rule. The ends are those of a ReachQuery; traffic is
// tcp/22, or icmp for a protocol without ports. Between groups and members both the
// inbound and the outbound rules are asked.
//
//	srv.Reaches(t, "anyone", "sg-web", "tcp/443")
//	srv.CannotReach(t, "198.51.100.7", "sg-web", "tcp/22")
//	srv.Reaches(t, "sg-web", "i-database", "tcp/3306")
//
// A failure prints the reason, the rules, and the last calls.
func (s *Server) Reaches(t TB, from, to, traffic string) bool {
	t.Helper()
	r, err := s.reach(s.traffic(from, to, traffic))
	switch {
	case err != nil:
		t.Errorf("Reaches: %v", err)
	case !r.Reaches:
		t.Errorf("%s from %s does not reach %s. %s\n%s", traffic, from, to, r, s.lastCalls())
	}
	return err == nil && r.Reaches
}

// CannotReach asserts that no traffic from one end reaches the other, not even a part of
// it: if the address 198.51.100.7 does, it fails for anyone and for 198.51.100.0/24. Ends
// and traffic are those of Reaches.
func (s *Server) CannotReach(t TB, from, to, traffic string) bool {
	t.Helper()
	r, err := s.reach(s.traffic(from, to, traffic))
	reaches := r.Reaches || r.Partly
	switch {
	case err != nil:
		t.Errorf("CannotReach: %v", err)
	case r.Partly:
		t.Errorf("%s from %s reaches %s in part. %s\n%s", traffic, from, to, r, s.lastCalls())
	case reaches:
		t.Errorf("%s from %s reaches %s. %s\n%s", traffic, from, to, r, s.lastCalls())
	}
	return err == nil && !reaches
}

// Reach answers whether traffic gets through, and why. A mistake in the query ends the
// test.
func (s *Server) Reach(q ReachQuery) Reach {
	values := s.ends(q.From, q.To, q.AccountId)
	values.Set("protocol", q.Protocol)
	values.Set("direction", q.Direction)
	values.Set("region", q.RegionId)
	if q.Port != 0 {
		values.Set("port", strconv.Itoa(q.Port))
	}
	r, err := s.reach(values)
	if err != nil {
		s.tb.Helper()
		s.fatal("Reach", err)
	}
	return r
}

func (s *Server) reach(values url.Values) (r Reach, err error) {
	err = s.ask("GET", "reach?"+values.Encode(), nil, &r)
	return r, err
}

// ends returns the parameters of a question without its traffic.
func (s *Server) ends(from, to, account string) url.Values {
	return url.Values{"from": {from}, "to": {to}, "account": {cmp.Or(account, s.AccountID)}}
}

// traffic returns the parameters of a question about traffic such as tcp/22.
func (s *Server) traffic(from, to, traffic string) url.Values {
	values := s.ends(from, to, "")
	protocol, port, _ := strings.Cut(traffic, "/")
	values.Set("protocol", protocol)
	values.Set("port", port)
	return values
}

// mostRules is the number of rules that are printed.
const mostRules = 5

// String returns the answer as failed assertions print it, with the first rules.
func (r Reach) String() string {
	text := r.Why
	for _, rule := range r.Rules[:min(len(r.Rules), mostRules)] {
		rule.Rule.CreateTime = time.Time{}
		text += "\n  " + rule.SecurityGroupId + " " + compact(rule.Rule) + ": " + rule.Why
	}
	if more := r.More + len(r.Rules) - mostRules; more > 0 {
		text += "\n  and " + strconv.Itoa(more) + " more"
	}
	return text
}

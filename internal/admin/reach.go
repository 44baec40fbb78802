package admin

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/ecsmock/ecsmock/internal/account"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/reach"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

// A reachAnswer is the JSON of an answer.
type reachAnswer struct {
	Reaches bool
	Partly  bool
	Why     string
	Rules   []reachRule
	More    int `json:",omitempty"` // rules that are left out
}

type reachRule struct {
	AccountID string `json:"AccountId"`
	RegionID  string `json:"RegionId"`
	GroupID   string `json:"SecurityGroupId"`
	Rule      json.RawMessage
	Decides   bool
	Why       string
}

// Reach answers whether traffic from ?from= reaches ?to=, by the inbound rules of to with
// ?direction=ingress, and by the outbound rules of from with egress. Without a direction
// it has to pass both, where both are groups or members.
func (a *Admin) Reach(w http.ResponseWriter, r *http.Request) {
	var out reachAnswer
	q, err := a.reachQuestion(r)
	if err == nil {
		err = a.World.ViewAll(func(all []*store.Namespace) (err error) {
			out, err = q.ask(all)
			return err
		})
	}
	if err != nil {
		refuse(w, http.StatusBadRequest, err)
		return
	}
	reply(w, http.StatusOK, out)
}

// A reachQuestion is the question in a query.
type reachQuestion struct {
	from, to  reachEnd
	protocol  secgroup.Protocol
	port      int32
	direction string // "" for whatever there is
}

const protocols = "tcp, udp, icmp, icmpv6, gre or an IANA number"

var reachParams = []string{"from", "to", "protocol", "port", "direction", "account", "region"}

// reachQuestion reads a query.
func (a *Admin) reachQuestion(r *http.Request) (*reachQuestion, error) {
	query := map[string]string{"account": account.DefaultID}
	for name, values := range r.URL.Query() {
		switch {
		case !slices.Contains(reachParams, name):
			return nil, fmt.Errorf("%s has no parameter %q; %s", r.URL.Path, name, param.DidYouMean(name, reachParams, "it takes "+strings.Join(reachParams, ", ")))
		case len(values) > 1:
			return nil, errors.New(name + " is given more than once; give one")
		case values[0] != "":
			query[name] = values[0]
		}
	}
	var id account.ID
	if err := id.Set(query["account"]); err != nil {
		return nil, fmt.Errorf("%w, got %q", err, query["account"])
	}
	q := &reachQuestion{direction: strings.ToLower(query["direction"])}
	if err := q.setTraffic(query["protocol"], query["port"]); err != nil {
		return nil, err
	}
	if d := q.direction; d != "" && !slices.Contains(directions, d) {
		return nil, fmt.Errorf("direction is ingress or egress, got %q; %s", d, param.DidYouMean(d, directions, "leave it out to ask for both"))
	}
	regions := a.regionIDs()
	for name, e := range map[string]*reachEnd{"from": &q.from, "to": &q.to} {
		*e = readEnd(name, query[name], string(id), query["region"], regions)
	}
	return q, q.check(query["region"], regions)
}

var directions = (*secgroup.Direction)(nil).Values()

// setTraffic reads the protocol and the port.
func (q *reachQuestion) setTraffic(protocol, port string) error {
	err := (*secgroup.NumberedProtocol)(&q.protocol).Set(protocol)
	name := strings.ToLower(q.protocol.String())
	n, bad := strconv.ParseInt(port, 10, 32)
	switch hasPorts := q.protocol == secgroup.TCP || q.protocol == secgroup.UDP; {
	case protocol == "":
		return errors.New("protocol is required; give " + protocols)
	case err != nil:
		return fmt.Errorf("there is no protocol %q; %s", protocol, param.DidYouMean(protocol, q.protocol.Values(), "give "+protocols))
	case q.protocol == secgroup.All:
		return errors.New("traffic has one protocol, not all; give " + protocols)
	case !hasPorts && port != "":
		return errors.New(name + " has no ports; leave port out")
	case hasPorts && port == "":
		return errors.New(name + " has ports; give port, such as 22")
	case hasPorts && (bad != nil || n < 1 || n > secgroup.MaxPort):
		return fmt.Errorf("port is one number from 1 to %d, got %q", secgroup.MaxPort, port)
	}
	q.port = int32(n)
	return nil
}

// ask answers the question in a world.
func (q *reachQuestion) ask(all []*store.Namespace) (out reachAnswer, err error) {
	ns, err := q.namespace(all)
	if err != nil {
		return out, err
	}
	asked := &reach.Question{Protocol: q.protocol, Port: q.port}
	if asked.From, err = q.from.end(ns); err == nil {
		asked.To, err = q.to.end(ns)
	}
	if err == nil {
		err = q.setDirection(asked)
	}
	if err != nil {
		return out, err
	}
	a, err := reach.Ask(asked, lookup(ns))
	if err != nil {
		return out, fmt.Errorf("%s cannot go from %s to %s: %w", strings.ToLower(q.protocol.String()), q.from.text, q.to.text, err)
	}
	out = reachAnswer{a.Reaches, a.Partly, a.Why, []reachRule{}, a.More}
	for _, r := range a.Rules {
		out.Rules = append(out.Rules, reachRule{r.Group.Account, r.Group.Region, r.Group.ID, ns.WriteRule(r.Group, r.Rule), r.Decides, r.Why})
	}
	return out, nil
}

// setDirection decides which rules are asked.
func (q *reachQuestion) setDirection(asked *reach.Question) error {
	asked.Ingress = q.direction != "egress" && asked.To.Groups != nil
	asked.Egress = q.direction != "ingress" && asked.From.Groups != nil
	switch {
	case asked.Ingress || asked.Egress:
	case q.direction == "ingress":
		return fmt.Errorf("direction=ingress asks for the inbound rules of to, so to is a group or a member, got %q", q.to.text)
	case q.direction == "egress":
		return fmt.Errorf("direction=egress asks for the outbound rules of from, so from is a group or a member, got %q", q.from.text)
	default:
		return errors.New("from or to must be a group or a member: addresses have no rules")
	}
	if asked.From.Member && asked.To.Member && q.from.account == q.to.account && q.from.id == q.to.id {
		return errors.New("from and to are both " + q.to.id + "; what it sends to itself meets no rule")
	}
	return nil
}

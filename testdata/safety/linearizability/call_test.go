package linearizability

import (
	"fmt"
	"net/url"
	"strconv"
)

// call is what a client asks for. Which of its fields count its verb says.
type call struct {
	verb        string // Authorize, Revoke, RevokeID, Modify, ModifyID, Describe, Count, Create, Delete or Reset
	year        int    // the edition that is asked
	group       string
	rules       []rule // of Authorize and Revoke; of Modify one
	id, port    string // of a rule, and what ModifyID changes its port to
	description string // what Modify sets
	token       string
}

// answer is what came of a call.
type answer struct {
	code  string // "" for a success
	lost  bool   // nobody knows: the connection broke off, or the error says nothing of the effect
	group string // of Create
	rules []rule // of Describe
	count int    // of Count: of rules, -1 where the group is not listed
}

// actions are what the verbs are called in the API.
var actions = map[string]string{
	"Authorize": "AuthorizeSecurityGroup", "Revoke": "RevokeSecurityGroup", "RevokeID": "RevokeSecurityGroup",
	"Modify": "ModifySecurityGroupRule", "ModifyID": "ModifySecurityGroupRule",
	"Describe": "DescribeSecurityGroupAttribute", "Count": "DescribeSecurityGroups",
	"Create": "CreateSecurityGroup", "Delete": "DeleteSecurityGroup",
}

// form is the call as it is sent.
func (c *call) form() url.Values {
	v := url.Values{"Action": {actions[c.verb]}, "Format": {"JSON"}, "RegionId": {"cn-hangzhou"}}
	set := func(name, value string) {
		if value != "" {
			v.Set(name, value)
		}
	}
	set("SecurityGroupId", c.group)
	set("ClientToken", c.token)
	set("Description", c.description)
	switch c.verb {
	case "Create":
		v.Set("VpcId", "vpc-1")
	case "RevokeID":
		v.Set("SecurityGroupRuleId.1", c.id)
	case "ModifyID":
		v.Set("SecurityGroupRuleId", c.id)
		v.Set("PortRange", ports(c.port))
	case "Modify":
		put(v, "", c.rules[0])
	}
	if c.verb == "Authorize" || c.verb == "Revoke" {
		for i, r := range c.rules {
			put(v, "Permissions."+strconv.Itoa(i+1)+".", r)
		}
	}
	return v
}

func put(v url.Values, prefix string, r rule) {
	v.Set(prefix+"IpProtocol", "tcp")
	v.Set(prefix+"PortRange", ports(r.port))
	if block := "10.0.0.0/8"; r.peer == block {
		v.Set(prefix+"SourceCidrIp", block)
		return
	}
	v.Set(prefix+"SourceGroupId", r.peer)
}

func ports(port string) string { return port + "/" + port }

// asked is all that the call asks for, but for its token.
func (c *call) asked() string {
	return fmt.Sprint(c.verb, c.group, c.rules, c.id, c.port, c.description)
}

func (c *call) String() string {
	text := c.verb + " " + c.group
	for _, r := range c.rules {
		text += " " + r.port + "<" + r.peer
	}
	for _, part := range [][2]string{{" id ", c.id}, {" port ", c.port}, {" text ", c.description}, {" token ", c.token}} {
		if part[1] != "" {
			text += part[0] + part[1]
		}
	}
	return text
}

func (a *answer) String() string {
	switch {
	case a.lost:
		return "lost"
	case a.code != "":
		return a.code
	}
	return fmt.Sprint("done ", a.group, a.rules, " ", a.count)
}

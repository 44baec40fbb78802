package shadow

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/account"
)

// secrets are the parameters that say who called, and when. An exchange file has none of
// them.
var secrets = []string{
	"AccessKeyId", "Signature", "SignatureMethod", "SignatureVersion", "SignatureNonce", "SignatureType", "Timestamp", "SecurityToken", "BearerToken", "ClientToken",
}

// largest is the size of the largest exchange file, in bytes.
const largest = 256 << 10

// exchange returns a call as an exchange file, a test of this repository: what the world had
// of the things in it, the request, and the service's answer. Ids, accounts, addresses and
// e-mails have stand-ins. It returns "" for what is too large, or no answer of the API.
func (c *Call) exchange(d *Difference, before func(ids []string) []byte) string {
	if c.outcome.body == nil || len(c.Answer.Body) > largest {
		return ""
	}
	names := standIns{c.Account: account.DefaultID} // of the caller: an exchange file has no access key
	if c.Account == account.DefaultID {
		names[account.DefaultEmail] = account.DefaultEmail
	}
	request := names.replace(c.requestText())
	seed := names.replace(string(before(c.names())))
	answer := c.answerText(names)
	var b strings.Builder
	fmt.Fprintf(&b, "Unlike edition %d, the service: %s.\n", d.Edition, names.replace(d.String()))
	if seed != "" {
		fmt.Fprintf(&b, "seed: %s\n", seed)
	}
	fmt.Fprintf(&b, "flags: edition=%d\n\n%s\n---\n%d\n\n%s\n\n", d.Edition, request, c.outcome.status, answer)
	if b.Len() > largest {
		return ""
	}
	return b.String()
}

// requestText returns the request without what says who called, a parameter a line.
func (c *Call) requestText() string {
	var b strings.Builder
	b.WriteString("GET /?Action=" + c.call.Action)
	param := func(name, value string) {
		value = strings.NewReplacer("%2F", "/", "%3A", ":", "%40", "@").Replace(url.QueryEscape(value))
		b.WriteString("\n&" + url.QueryEscape(name) + "=" + value)
	}
	if c.call.Get("Version") == "" && c.call.Version != "" {
		param("Version", c.call.Version)
	}
	if c.call.Get("Format") == "" {
		param("Format", map[bool]string{true: "JSON", false: "XML"}[bytes.HasPrefix(bytes.TrimSpace(c.Answer.Body), []byte("{"))])
	}
	for i := range c.call.Params {
		if p := &c.call.Params[i]; (!p.Derived || p.Name == "RegionId") && p.Name != "Action" && !slices.Contains(secrets, p.Name) {
			param(p.Name, p.Value)
		}
	}
	return b.String()
}

// names returns the values of the request and of the answer, by the mock's names.
func (c *Call) names() []string {
	all := slices.Clone(c.given)
	c.outcome.body.leaves(func(value string) { all = append(all, c.shadow.twins.inMock(value)) })
	slices.Sort(all)
	return slices.Compact(all)
}

// answerText returns the service's answer. What is in neither the request nor the seed has
// a name in braces, which stands for anything of its kind.
func (c *Call) answerText(names standIns) string {
	requestID, hostID := c.RequestID(), c.outcome.body.field("HostId")
	made := map[string]string{}
	return words(strings.ReplaceAll(string(c.Redacted()), "***", "{...}"), func(word string) string {
		bare := strings.TrimRight(word, ".:")
		rest := word[len(bare):]
		name := c.shadow.twins.inMock(bare)
		kind := classOf(name)
		switch {
		case bare == "":
			return word
		case bare == requestID:
			return "{_}" + rest
		case bare == hostID:
			return "localhost" + rest
		case names[name] != "":
			return names[name] + rest
		case kind == plain || kind == anAddress && !isPublic(name):
			return word
		case kind != anID && kind != aGUID && kind != aHost && kind != anAccount:
			return "{...}" + rest
		case made[name] == "":
			made[name] = fmt.Sprintf("{made%d}", len(made)+1)
		}
		return made[name] + rest
	})
}

// standIns are what stands for ids, accounts, addresses and e-mails, by what it stands for.
type standIns map[string]string

// replace returns a text with stand-ins.
func (n standIns) replace(text string) string {
	return words(text, func(word string) string {
		bare := strings.TrimRight(word, ".:")
		kind := classOf(bare)
		if kind == plain || kind == aTime || kind == anAddress && !isPublic(bare) {
			return word
		}
		if n[bare] == "" {
			n[bare] = n.next(kind, bare)
		}
		return n[bare] + word[len(bare):]
	})
}

// next returns a new stand-in for a value.
func (n standIns) next(kind class, value string) string {
	number := len(n) + 1
	switch kind {
	case anID:
		return fmt.Sprintf("%s-%d", kindOfID(value), number)
	case anAccount:
		return fmt.Sprint(1234567890123456 + len(n))
	case anEmail:
		return fmt.Sprintf("user%d@example.com", number)
	case aMAC:
		return fmt.Sprintf("00:16:3e:00:00:%02x", number%256)
	case aHost:
		return fmt.Sprintf("iZ%dZ", number)
	case anAddress:
		if strings.Contains(value, ":") {
			return fmt.Sprintf("2001:db8::%x", number)
		}
		if number < 256 {
			return fmt.Sprintf("192.0.2.%d", number)
		}
		return fmt.Sprintf("240.0.%d.%d", number/256, number%256)
	}
	return fmt.Sprintf("sg-%d", number) // some old groups have a GUID
}

// isPublic reports whether an address may be that of somebody.
func isPublic(text string) bool {
	_, ok := blockOf(text)
	return ok
}

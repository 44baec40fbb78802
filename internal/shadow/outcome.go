package shadow

import (
	"slices"
	"strconv"
	"strings"
)

// An outcome is what an answer says of the call as a whole.
type outcome struct {
	status        int
	code, message string // "" for a success
	body          *node  // nil for what is no answer of the API
}

// outcomeOf reads an answer.
func outcomeOf(status int, body []byte) *outcome {
	o := &outcome{status: status}
	if n, err := parse(body); err == nil && n.kind == object {
		o.body = n
	}
	if o.body != nil && status >= 400 {
		o.code, o.message = o.body.field("Code"), o.body.field("Message")
	}
	return o
}

// String returns the status and the code.
func (o *outcome) String() string {
	return strings.TrimSpace(strconv.Itoa(o.status) + " " + o.code)
}

// compare adds what differs between two answers. Of what they are as a whole that is the
// first of form, status, code and text. The fields are compared where both are successes or
// have one code.
func (c *comparison) compare(s, m *outcome) {
	switch {
	case c.head && s.status == m.status: // there is no body
	case s.body == nil && !c.head:
		c.add(KindForm, "", "no answer of the API", "")
	case s.status != m.status:
		c.add(KindStatus, "", s.String(), m.String())
	case s.code != m.code:
		c.add(KindCode, "", s.code, m.code)
	default:
		c.texts(s.message, m.message)
		c.values("", s.body, m.body)
	}
}

// texts compares two messages of one error. What is told of them has {} in place of values.
func (c *comparison) texts(s, m string) {
	if c.twins.inMock(s) == m {
		return
	}
	if s, m = c.masked(s), c.masked(m); s != m {
		c.add(KindText, "", s, m)
	}
}

// masked returns a text without the values of the request and what the service made.
func (c *comparison) masked(text string) string {
	return words(text, func(word string) string {
		bare := strings.TrimRight(word, ".:")
		if classOf(bare) != plain || bare != "" && slices.Contains(c.given, bare) {
			return "{}" + word[len(bare):]
		}
		return word
	})
}

// apart are what the codes begin with by which the service refuses calls for reasons that a
// mock cannot know: the account's permissions, its quotas and its money, and the state of the
// service.
var apart = []string{
	"Throttling", "Forbidden", "NoPermission", "NotAuthorized", "QuotaExceed", "Account.", "InvalidAccount", "InvalidStatus.NotNormal",
	"RealNameAuthenticationError", "OperationDenied.NoStock", "InternalError", "ServiceUnavailable", "InvalidAccessKeyId", "SignatureDoesNotMatch",
	"IncompleteSignature", "SignatureNonceUsed", "InvalidTimeStamp", "InvalidSecurityToken", "MissingSecurityToken", "MissingAccessKeyId", "MissingSignature", "MissingTimestamp",
	"InvalidSignature", "UnsupportedSignatureType",
}

// isApart reports whether the service refused a call for a reason that the mock cannot know,
// and that is not the mock's reason, too.
func (o *outcome) isApart(mock *outcome) bool {
	begins := func(prefix string) bool { return strings.HasPrefix(o.code, prefix) }
	return o.status >= 500 || o.code != mock.code && slices.ContainsFunc(apart, begins)
}

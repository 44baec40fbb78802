package admin

import (
	"net/http"
	"strings"
)

// wantsGuide reports whether a program that accepts some types wants Markdown rather than
// the page.
func wantsGuide(accept string) bool {
	before, _, ok := strings.Cut(accept, "text/markdown")
	return ok && !strings.Contains(before, "html")
}

// Guide answers with one page of Markdown about everything below /_mock/, for people and
// for programs that read before they call.
func (a *Admin) Guide(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Type", "text/markdown;charset=utf-8")
	h.Set("Cache-Control", "no-cache") // as the page
	var text strings.Builder
	text.WriteString(guideStart)
	for _, r := range a.Resources {
		text.WriteString("| `" + r.Path + "` | " + strings.Join(r.Methods, ", ") + " | " + r.About + " |\n")
	}
	text.WriteString(guideEnd)
	w.Write([]byte(text.String()))
}

const (
	guideStart = `# ecsmock

This is a mock of Alibaba Cloud's ECS API for security groups. The API is at ` + "`/`" + `: parameters are in the query or
in a form, and the access key of a call selects its account. The header ` + "`X-Ecsmock-Hint`" + ` of an answer says why a
call was refused and what to change.

What is below ` + "`" + Path + "`" + ` is of the mock alone. It takes and returns JSON. An error is a 4xx with
` + "`{\"error\": \"…\"}`" + `, one sentence that says what to do.

| path | methods | what it is |
|---|---|---|
`
	guideEnd = `
A test loads a state, makes its calls, and looks at the state or the journal. These requests work in this order:

` + "```" + `
POST /_mock/seed {"SecurityGroups": [{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-guide", "VpcId": "vpc-1"}]}
GET /?Action=AuthorizeSecurityGroup&RegionId=cn-hangzhou&SecurityGroupId=sg-guide&IpProtocol=tcp&PortRange=22/22&SourceCidrIp=10.0.0.0/8&Format=JSON
POST /_mock/rule?group=sg-guide {"IpProtocol": "tcp", "PortRange": "22/22", "SourceCidrIp": "10.0.0.0/8"}
GET /_mock/reach?from=10.0.0.1&to=sg-guide&protocol=tcp&port=22
GET /_mock/journal?action=AuthorizeSecurityGroup&limit=1
POST /_mock/faults {"Action": "RevokeSecurityGroup", "Code": "Throttling.User", "Times": 2}
PUT /_mock/clock {"Advance": "1h30m"}
GET /_mock/samples/python-v2?Action=DescribeSecurityGroups&RegionId=cn-hangzhou
POST /_mock/reset
` + "```" + `
`
)

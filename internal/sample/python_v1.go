package sample

import "strings"

var pythonV1 = &Client{
	Name: "python-v1", Title: "Python, aliyun-python-sdk-ecs", Language: "Python", File: "<Action>.py",
	Install: "pip install aliyun-python-sdk-ecs==4.24.83",
	Run:     "python <Action>.py",
	comment: "#", trusts: "ALIBABA_CLOUD_CA_BUNDLE=ca.pem",
	write: writePythonV1,
}

const pythonV1Text = `import sys

from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.client import AcsClient
from aliyunsdkecs.request.v20140526.{Action}Request import {Action}Request

client = AcsClient({key}, {secret}, {region})

request = {Action}Request()
request.set_endpoint({host})
request.set_protocol_type({scheme})
{fields}
try:
    print(client.do_action_with_exception(request).decode())
except ServerException as e:
    sys.exit(f"{e.get_error_code()}: {e.get_error_msg()} (RequestId {e.get_request_id()})")
`

func writePythonV1(c *Call) string {
	values, rest := pythonV1Takes.arrange(c.regional())
	b := block{step: "    "}
	for i := range values {
		b.pythonV1Set(&values[i])
	}
	for _, p := range rest {
		b.line("request.add_query_param(", pythonText(p.Name), ", ", pythonText(p.Value), ")")
	}
	return c.fill(pythonV1Text, pythonText, "{fields}", b.String())
}

func (b *block) pythonV1Set(v *value) {
	switch {
	case v.kind != "Array":
		b.line("request.set_", v.name, "(", pythonScalar(v), ")")
	case v.plain():
		b.line("request.set_", plural(v.name), "(", pythonScalar(v), ")")
	default:
		b.begin("request.set_", plural(v.name), "([")
		for i := range v.inside {
			b.line("{", strings.Join(pythonItems(v.inside[i].inside), ", "), "},")
		}
		b.end("])")
	}
}

// pythonItems are the items of a dict.
func pythonItems(fields []value) []string {
	items := make([]string, len(fields))
	for i := range fields {
		items[i] = pythonText(fields[i].name) + ": " + pythonScalar(&fields[i])
	}
	return items
}

// pythonScalar is a value that fits on one line.
func pythonScalar(v *value) string {
	switch v.kind {
	case "Array":
		return "[" + strings.Join(texts(v, pythonText), ", ") + "]"
	case "Integer", "Long":
		return v.text
	case "Boolean":
		return strings.ToUpper(v.text[:1]) + v.text[1:]
	}
	return pythonText(v.text)
}

// plural is what SDKs of the first generation call the setter of a list. The one
// list that has a plural for a name keeps it.
func plural(name string) string {
	if name == "Permissions" {
		return name
	}
	return name + "s"
}

package sample

import (
	"strings"
)

var pythonV1 = &Client{
	Name: "python-v1", Title: "Python, aliyun-python-sdk", Language: "Python", File: "<Action>.py",
	Install: "pip install <package>",
	Run:     "python <Action>.py",
	Packages: []Package{
		{"Ecs", "aliyun-python-sdk-ecs==4.24.83"},
		{"Vpc", "aliyun-python-sdk-vpc==3.0.48"},
		{"Sts", "aliyun-python-sdk-sts==3.1.3"},
		{"ResourceManager", "aliyun-python-sdk-resourcemanager==1.2.7"},
		{"BssOpenApi", "aliyun-python-sdk-bssopenapi==2.0.3"},
	},
	comment: "#", trusts: "ALIBABA_CLOUD_CA_BUNDLE=ca.pem",
	write: writePythonV1,
}

const pythonV1Text = `import sys

from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.client import AcsClient
from aliyunsdk{product}.request.v{date}.{Action}Request import {Action}Request

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

// pythonItems returns the items of a dict.
func pythonItems(fields []value) []string {
	items := make([]string, len(fields))
	for i := range fields {
		items[i] = pythonText(fields[i].name) + ": " + pythonScalar(&fields[i])
	}
	return items
}

// pythonScalar returns a value that fits on one line.
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

// plural returns the name of a list's setter in SDKs of the first generation.
// Permissions already is a plural.
func plural(name string) string {
	if name == "Permissions" {
		return name
	}
	return name + "s"
}

var pythonV2 = &Client{
	Name: "python-v2", Title: "Python, alibabacloud-python-sdk", Language: "Python", File: "<Action>.py",
	Install: "pip install <package>",
	Run:     "python <Action>.py",
	Packages: []Package{
		{"Ecs", "alibabacloud_ecs20140526==7.11.8"},
		{"Vpc", "alibabacloud_vpc20160428==7.2.2"},
		{"Sts", "alibabacloud_sts20150401==1.2.0"},
		{"ResourceManager", "alibabacloud_resourcemanager20200331==2.6.2"},
		{"BssOpenApi", "alibabacloud_bssopenapi20171214==5.1.2"},
	},
	comment: "#", trusts: "SSL_CERT_FILE=ca.pem",
	write: writePythonV2,
}

const pythonV2Text = `import json
import sys

{models}from alibabacloud_{pack}.client import Client
from alibabacloud_tea_openapi.utils_models import Config
from darabonba.exceptions import DaraException
{runtime}
client = Client(Config(
    endpoint={host},
    protocol={scheme},
    access_key_id={key},
    access_key_secret={secret},
))

{request}
try:
    response = client.{call}
except DaraException as e:
    sys.exit(f"{e.code}: {e.message}")
print(json.dumps(response.body.to_map(), indent=2, ensure_ascii=False))
`

func writePythonV2(c *Call) string {
	values, rest := pythonV2Takes.arrange(c)
	b := block{step: "    "}
	models := ""
	if c.requests() {
		models = "from alibabacloud_" + c.pack() + " import models\n"
		b.pythonV2Object("request = ", c.Action.Name+"Request", values, "")
	}
	runtime, call := "", c.call(snake(c.Action.Name), "_with_options", rest)
	if len(rest) > 0 {
		runtime = "from darabonba.runtime import ExtendsParameters, RuntimeOptions\n"
		b.pythonV2Options(rest)
	}
	return c.fill(pythonV2Text, pythonText, "{models}", models, "{runtime}", runtime, "{request}", b.String(), "{call}", call)
}

// pythonV2Options writes options with the parameters that the model does not have.
func (b *block) pythonV2Options(rest []Pair) {
	b.begin("options = RuntimeOptions(extends_parameters=ExtendsParameters(queries={")
	for _, p := range rest {
		b.line(pythonText(p.Name), ": ", pythonText(p.Value), ",")
	}
	b.end("}))")
}

func (b *block) pythonV2Object(to, class string, fields []value, end string) {
	if len(fields) == 0 {
		b.line(to, "models.", class, "()", end)
		return
	}
	b.begin(to, "models.", class, "(")
	for i := range fields {
		b.pythonV2Argument(class, &fields[i])
	}
	b.end(")", end)
}

func (b *block) pythonV2Argument(class string, v *value) {
	if v.kind != "Array" || v.plain() {
		b.line(snake(v.name), "=", pythonScalar(v), ",")
		return
	}
	b.begin(snake(v.name), "=[")
	for i := range v.inside {
		b.pythonV2Object("", class+v.name, v.inside[i].inside, ",")
	}
	b.end("],")
}

// snake returns a name as the vendor's generator writes it in Python: Ipv6DestCidrIp is
// ipv_6dest_cidr_ip, VSwitchId is v_switch_id and CreateVSwitch is create_vswitch.
func snake(name string) string {
	name = lower(name)
	var out strings.Builder
	for i := range len(name) {
		c := name[i]
		if i > 0 && 'a' <= name[i-1] && name[i-1] <= 'z' && (c < 'a' || c > 'z') {
			out.WriteByte('_')
		}
		out.WriteByte(c)
	}
	return strings.ToLower(out.String())
}

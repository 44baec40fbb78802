package sample

import "strings"

var pythonV2 = &Client{
	Name: "python-v2", Title: "Python, alibabacloud_ecs20140526", Language: "Python", File: "<Action>.py",
	Install: "pip install alibabacloud_ecs20140526==7.11.8",
	Run:     "python <Action>.py",
	comment: "#", trusts: "SSL_CERT_FILE=ca.pem",
	write: writePythonV2,
}

const pythonV2Text = `import json
import sys

from alibabacloud_ecs20140526 import models
from alibabacloud_ecs20140526.client import Client
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
	b.pythonV2Object("request = ", c.Action.Name+"Request", values, "")
	runtime, call := "", snake(c.Action.Name)+"(request)"
	if len(rest) > 0 {
		runtime, call = "from darabonba.runtime import ExtendsParameters, RuntimeOptions\n", snake(c.Action.Name)+"_with_options(request, options)"
		b.pythonV2Options(rest)
	}
	return c.fill(pythonV2Text, pythonText, "{runtime}", runtime, "{request}", b.String(), "{call}", call)
}

// pythonV2Options sends what the model has no place for beside it.
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

// snake is a name as the vendor's generator writes it in Python: Ipv6DestCidrIp is
// ipv_6dest_cidr_ip.
func snake(name string) string {
	var out strings.Builder
	for i := range len(name) {
		c := name[i]
		upper, digit := 'A' <= c && c <= 'Z', '0' <= c && c <= '9'
		if i > 0 && (upper || digit) && !digits(name[i-1:i]) {
			out.WriteByte('_')
		}
		if upper {
			c += 'a' - 'A'
		}
		out.WriteByte(c)
	}
	return out.String()
}

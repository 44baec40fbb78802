package sample

import (
	"strings"
)

var nodeV1 = &Client{
	Name: "node-v1", Title: "Node.js, @alicloud/pop-core", Language: "JavaScript", File: "<Action>.js",
	Install: "npm install @alicloud/pop-core@1.8.0",
	Run:     "node <Action>.js",
	comment: "//", trusts: "NODE_EXTRA_CA_CERTS=ca.pem",
	write: writeNodeV1,
}

const nodeV1Text = `const RPCClient = require('@alicloud/pop-core');

const client = new RPCClient({
  endpoint: {endpoint},
  apiVersion: '{version}',
  accessKeyId: {key},
  accessKeySecret: {secret},
});

{params}
client.request('{Action}', params, { method: 'POST' }).then(
  (answer) => console.log(JSON.stringify(answer, null, 2)),
  ({ code, message, data }) => {
    console.error(code, data?.Message ?? message, data?.RequestId ?? '');
    process.exitCode = 1;
  },
);
`

func writeNodeV1(c *Call) string {
	values, rest := untyped.arrange(c)
	b := block{step: "  "}
	if len(c.Params) == 0 {
		b.line("const params = {};")
	} else {
		b.begin("const params = {")
		b.jsFields(values)
		b.jsPairs(rest)
		b.end("};")
	}
	return c.fill(nodeV1Text, jsText, "{params}", b.String())
}

func (b *block) jsFields(fields []value) {
	for i := range fields {
		f := &fields[i]
		if f.kind != "Array" || f.plain() {
			b.line(f.name, ": ", jsScalar(f), ",")
			continue
		}
		b.begin(f.name, ": [")
		for j := range f.inside {
			b.begin("{")
			b.jsFields(f.inside[j].inside)
			b.end("},")
		}
		b.end("],")
	}
}

func (b *block) jsPairs(pairs []Pair) {
	for _, p := range pairs {
		name := p.Name
		if strings.Contains(name, ".") {
			name = jsText(name)
		}
		b.line(name, ": ", jsText(p.Value), ",")
	}
}

// exact is the number of digits that JavaScript never rounds.
const exact = 15

// jsScalar returns a value that fits on one line.
func jsScalar(v *value) string {
	switch {
	case v.kind == "Array":
		return "[" + strings.Join(texts(v, jsText), ", ") + "]"
	case v.kind == "Boolean", v.kind == "Integer", v.kind == "Long" && len(v.text) <= exact:
		return v.text
	}
	return jsText(v.text)
}

var nodeV2 = &Client{
	Name: "node-v2", Title: "Node.js, alibabacloud-typescript-sdk", Language: "JavaScript", File: "<Action>.js",
	Install: "npm install <package> @alicloud/openapi-core@1.0.8",
	Run:     "node <Action>.js",
	Packages: []Package{
		{"Ecs", "@alicloud/ecs20140526@7.11.6"},
		{"Vpc", "@alicloud/vpc20160428@7.3.2"},
		{"Sts", "@alicloud/sts20150401@1.2.0"},
		{"BssOpenApi", "@alicloud/bssopenapi20171214@4.1.1"},
	},
	comment: "//", trusts: "NODE_EXTRA_CA_CERTS=ca.pem",
	write: writeNodeV2,
}

const nodeV2Text = `const ${product} = require('@alicloud/{pack}');
const { $OpenApiUtil } = require('@alicloud/openapi-core');
{dara}
const client = new ${product}.default(new $OpenApiUtil.Config({
  endpoint: {host},
  protocol: {scheme},
  accessKeyId: {key},
  accessKeySecret: {secret},
}));

{request}
client.{call}.then(
  ({ body }) => console.log(JSON.stringify(body.toMap(), null, 2)),
  ({ code, message }) => {
    console.error(code, message);
    process.exitCode = 1;
  },
);
`

func writeNodeV2(c *Call) string {
	values, rest := nodeV2Takes.arrange(c)
	b := block{step: "  "}
	if c.requests() {
		b.nodeV2Object("const request = ", "$"+c.product()+"."+c.Action.Name+"Request", values, ";")
	}
	dara, call := "", c.call(lower(c.Action.Name), "WithOptions", rest)
	if len(rest) > 0 {
		dara = "const { RuntimeOptions, ExtendsParameters } = require('@darabonba/typescript');\n"
		b.begin("const options = new RuntimeOptions({")
		b.begin("extendsParameters: new ExtendsParameters({")
		b.begin("queries: {")
		b.jsPairs(rest)
		b.end("},")
		b.end("}),")
		b.end("});")
	}
	return c.fill(nodeV2Text, jsText, "{dara}", dara, "{request}", b.String(), "{call}", call)
}

func (b *block) nodeV2Object(to, class string, fields []value, end string) {
	if len(fields) == 0 {
		b.line(to, "new ", class, "()", end)
		return
	}
	b.begin(to, "new ", class, "({")
	for i := range fields {
		f := &fields[i]
		if f.kind != "Array" || f.plain() {
			b.line(lower(f.name), ": ", jsScalar(f), ",")
			continue
		}
		b.begin(lower(f.name), ": [")
		for j := range f.inside {
			b.nodeV2Object("", class+f.name, f.inside[j].inside, ",")
		}
		b.end("],")
	}
	b.end("})", end)
}

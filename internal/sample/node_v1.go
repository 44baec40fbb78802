package sample

import "strings"

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
  apiVersion: '2014-05-26',
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

// exact is how many digits a number may have that JavaScript never rounds.
const exact = 15

// jsScalar is a value that fits on one line.
func jsScalar(v *value) string {
	switch {
	case v.kind == "Array":
		return "[" + strings.Join(texts(v, jsText), ", ") + "]"
	case v.kind == "Boolean", v.kind == "Integer", v.kind == "Long" && len(v.text) <= exact:
		return v.text
	}
	return jsText(v.text)
}

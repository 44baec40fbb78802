package sample

var nodeV2 = &Client{
	Name: "node-v2", Title: "Node.js, @alicloud/ecs20140526", Language: "JavaScript", File: "<Action>.js",
	Install: "npm install @alicloud/ecs20140526@7.11.6 @alicloud/openapi-core@1.0.8",
	Run:     "node <Action>.js",
	comment: "//", trusts: "NODE_EXTRA_CA_CERTS=ca.pem",
	write: writeNodeV2,
}

const nodeV2Text = `const $ecs = require('@alicloud/ecs20140526');
const { $OpenApiUtil } = require('@alicloud/openapi-core');
{dara}
const client = new $ecs.default(new $OpenApiUtil.Config({
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
	b.nodeV2Object("const request = ", c.Action.Name+"Request", values, ";")
	dara, call := "", lower(c.Action.Name)+"(request)"
	if len(rest) > 0 {
		dara, call = "const { RuntimeOptions, ExtendsParameters } = require('@darabonba/typescript');\n", lower(c.Action.Name)+"WithOptions(request, options)"
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
		b.line(to, "new $ecs.", class, "()", end)
		return
	}
	b.begin(to, "new $ecs.", class, "({")
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

package sample

import (
	"slices"
	"strings"
)

var javaV2 = &Client{
	Name: "java-v2", Title: "Java, ecs20140526", Language: "Java", File: "<Action>Sample.java",
	Install: "com.aliyun:ecs20140526:5.3.0 from Maven Central, on the class path",
	Run:     "java <Action>Sample.java",
	comment: "//", trusts: javaTrusts,
	write: writeJavaV2,
}

const javaV2Text = `{imports}
public class {Action}Sample {
    public static void main(String[] args) throws Exception {
        Client client = new Client(new Config()
            .setEndpoint({host})
            .setProtocol({scheme})
            .setAccessKeyId({key})
            .setAccessKeySecret({secret}));

{request}
        try {
            System.out.println(new Gson().toJson(client.{call}.getBody().toMap()));
        } catch (TeaException e) {
            System.err.println(e.getCode() + ": " + e.getMessage());
            System.exit(1);
        }
    }
}
`

func writeJavaV2(c *Call) string {
	values, rest := javaV2Takes.arrange(c)
	request := c.Action.Name + "Request"
	b := block{indent: "        ", step: "    "}
	b.javaV2Object(request+" request = new "+request+"()", request, values, ";")
	call := lower(c.Action.Name) + "(request)"
	if len(rest) > 0 {
		b.javaV2Options(rest)
		call = lower(c.Action.Name) + "WithOptions(request, options)"
	}
	return c.fill(javaV2Text, javaText, "{imports}", javaV2Imports(request, values, rest), "{request}", b.String(), "{call}", call)
}

func javaV2Imports(request string, values []value, rest []Pair) string {
	models := "com.aliyun.ecs20140526.models."
	names := []string{
		"com.aliyun.ecs20140526.Client", models + request, "com.aliyun.tea.TeaException",
		"com.aliyun.teaopenapi.models.Config", "com.google.gson.Gson",
	}
	for i := range values {
		if v := &values[i]; v.kind == "Array" && !v.plain() {
			names = append(names, models+request+".*")
		}
	}
	if listed(values) {
		names = append(names, "java.util.List")
	}
	if len(rest) > 0 {
		names = append(names, "com.aliyun.teautil.models.ExtendsParameters", "com.aliyun.teautil.models.RuntimeOptions", "java.util.Map")
	}
	slices.Sort(names)
	var b block
	for _, name := range slices.Compact(names) {
		b.line("import ", name, ";")
	}
	return b.String()
}

// javaV2Options sends what the request has no place for beside it.
func (b *block) javaV2Options(rest []Pair) {
	entries := make([]string, len(rest))
	for i, p := range rest {
		entries[i] = "Map.entry(" + javaText(p.Name) + ", " + javaText(p.Value) + ")"
	}
	b.begin("RuntimeOptions options = new RuntimeOptions().setExtendsParameters(")
	b.line("new ExtendsParameters().setQueries(Map.ofEntries(", strings.Join(entries, ", "), ")));")
	b.indent = b.indent[len(b.step):]
}

// javaV2Object writes a new object, and what its setters are told.
func (b *block) javaV2Object(made, class string, fields []value, end string) {
	if len(fields) == 0 {
		b.line(made, end)
		return
	}
	b.begin(made)
	for i := range fields {
		last := ""
		if i == len(fields)-1 {
			last = end
		}
		b.javaV2Set(class, &fields[i], last)
	}
	b.indent = b.indent[len(b.step):]
}

func (b *block) javaV2Set(class string, v *value, end string) {
	switch {
	case v.kind != "Array":
		b.line(".set", v.name, "(", javaScalar(v), ")", end)
	case v.plain():
		b.line(".set", v.name, "(List.of(", strings.Join(texts(v, javaText), ", "), "))", end)
	default:
		b.begin(".set", v.name, "(List.of(")
		for i := range v.inside {
			last := ","
			if i == len(v.inside)-1 {
				last = "))" + end
			}
			b.javaV2Object("new "+class+v.name+"()", class+v.name, v.inside[i].inside, last)
		}
		b.indent = b.indent[len(b.step):]
	}
}

package sample

import (
	"slices"
	"strings"
)

var javaV1 = &Client{
	Name: "java-v1", Title: "Java, aliyun-java-sdk", Language: "Java", File: "<Action>Sample.java",
	Install: "com.aliyun:aliyun-java-sdk-core:4.7.10 and <package> from Maven Central, on the class path",
	Run:     "java <Action>Sample.java",
	Packages: []Package{
		{"Ecs", "com.aliyun:aliyun-java-sdk-ecs:5.11.7"},
		{"Vpc", "com.aliyun:aliyun-java-sdk-vpc:3.2.4"},
		{"Sts", "com.aliyun:aliyun-java-sdk-sts:3.1.2"},
		{"BssOpenApi", "com.aliyun:aliyun-java-sdk-bssopenapi:1.8.13"},
	},
	comment: "//", trusts: javaTrusts,
	early: true,
	write: writeJavaV1,
}

const javaTrusts = "-Djavax.net.ssl.trustStore=ca.p12 -Djavax.net.ssl.trustStorePassword=changeit" +
	", made by keytool -importcert -noprompt -file ca.pem -keystore ca.p12 -storepass changeit"

const javaV1Text = `import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.{product}.model.v{date}.{Action}Request;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.ProtocolType;
import com.aliyuncs.profile.DefaultProfile;
import com.google.gson.Gson;
{imports}
public class {Action}Sample {
    public static void main(String[] args) {
        DefaultProfile profile = DefaultProfile.getProfile({region}, {key}, {secret});
        DefaultAcsClient client = new DefaultAcsClient(profile);
        client.setEndpointResolver(request -> {host});

        {Action}Request request = new {Action}Request();
        request.setSysProtocol(ProtocolType.{protocol});
{fields}
        try {
            System.out.println(new Gson().toJson(client.getAcsResponse(request)));
        } catch (ClientException e) {
            System.err.printf("%s: %s (RequestId %s)%n", e.getErrCode(), e.getErrMsg(), e.getRequestId());
            System.exit(1);
        }
    }
}
`

func writeJavaV1(c *Call) string {
	values, rest := javaV1Takes.arrange(c.regional())
	b := block{indent: "        "}
	for i := range values {
		b.javaV1Set("request", c.Action.Name+"Request", &values[i])
	}
	for _, p := range rest {
		b.line("request.putQueryParameter(", javaText(p.Name), ", ", javaText(p.Value), ");")
	}
	imports := ""
	if listed(values) {
		imports = "import java.util.List;\n"
	}
	scheme, _, _ := strings.Cut(c.Endpoint, ":")
	return c.fill(javaV1Text, javaText, "{imports}", imports, "{protocol}", strings.ToUpper(scheme), "{fields}", b.String())
}

// javaV1Set sets a value of an object. It creates the elements of a list first.
func (b *block) javaV1Set(object, class string, v *value) {
	if v.kind != "Array" {
		b.line(object, ".set", v.name, "(", javaScalar(v), ");")
		return
	}
	list := texts(v, javaText)
	if !v.plain() {
		list = b.javaV1Elements(class+"."+v.name, v)
	}
	b.line(object, ".set", plural(v.name), "(List.of(", strings.Join(list, ", "), "));")
}

// javaV1Elements creates the elements of a list and returns their names.
func (b *block) javaV1Elements(class string, v *value) []string {
	names := make([]string, len(v.inside))
	for i := range v.inside {
		names[i] = strings.TrimSuffix(lower(v.name), "s") + ordinal(i)
		b.line(class, " ", names[i], " = new ", class, "();")
		for j := range v.inside[i].inside {
			b.javaV1Set(names[i], class, &v.inside[i].inside[j])
		}
	}
	return names
}

func javaScalar(v *value) string {
	switch v.kind {
	case "Long":
		return v.text + "L"
	case "Float":
		return v.text + "F"
	case "Integer", "Boolean":
		return v.text
	}
	return javaText(v.text)
}

// listed reports whether there is a list among the values.
func listed(values []value) bool {
	for i := range values {
		if values[i].kind == "Array" {
			return true
		}
	}
	return false
}

// lower returns a name with its first letter in lower case. One that begins with an
// abbreviation, such as GPUSpec, is left as it is.
func lower(name string) string {
	if start := name[:min(3, len(name))]; start == strings.ToUpper(start) {
		return name
	}
	return strings.ToLower(name[:1]) + name[1:]
}

var javaV2 = &Client{
	Name: "java-v2", Title: "Java, alibabacloud-java-sdk", Language: "Java", File: "<Action>Sample.java",
	Install: "com.aliyun:tea-openapi:0.3.5 and <package> from Maven Central, on the class path",
	Run:     "java <Action>Sample.java",
	Packages: []Package{
		{"Ecs", "com.aliyun:ecs20140526:5.3.0"},
		{"Vpc", "com.aliyun:vpc20160428:3.2.24"},
		{"Sts", "com.aliyun:sts20150401:1.1.4"},
		{"BssOpenApi", "com.aliyun:bssopenapi20171214:3.1.0"},
	},
	comment: "//", trusts: javaTrusts,
	early: true,
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
	if c.requests() {
		b.javaV2Object(request+" request = new "+request+"()", request, values, ";")
	}
	if len(rest) > 0 {
		b.javaV2Options(rest)
	}
	call := c.call(lower(c.Action.Name), "WithOptions", rest)
	return c.fill(javaV2Text, javaText, "{imports}", c.javaV2Imports(request, values, rest), "{request}", b.String(), "{call}", call)
}

func (c *Call) javaV2Imports(request string, values []value, rest []Pair) string {
	sdk := "com.aliyun." + c.pack()
	names := []string{
		sdk + ".Client", "com.aliyun.tea.TeaException", "com.aliyun.teaopenapi.models.Config", "com.google.gson.Gson",
	}
	if c.requests() {
		names = append(names, sdk+".models."+request)
	}
	for i := range values {
		if v := &values[i]; v.kind == "Array" && !v.plain() {
			names = append(names, sdk+".models."+request+".*")
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

// javaV2Options writes options with the parameters that the request does not have.
func (b *block) javaV2Options(rest []Pair) {
	entries := make([]string, len(rest))
	for i, p := range rest {
		entries[i] = "Map.entry(" + javaText(p.Name) + ", " + javaText(p.Value) + ")"
	}
	b.begin("RuntimeOptions options = new RuntimeOptions().setExtendsParameters(")
	b.line("new ExtendsParameters().setQueries(Map.ofEntries(", strings.Join(entries, ", "), ")));")
	b.indent = b.indent[len(b.step):]
}

// javaV2Object writes a new object and the calls of its setters.
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

package sample

import "strings"

var javaV1 = &Client{
	Name: "java-v1", Title: "Java, aliyun-java-sdk-ecs", Language: "Java", File: "<Action>Sample.java",
	Install: "com.aliyun:aliyun-java-sdk-core:4.7.10 and com.aliyun:aliyun-java-sdk-ecs:5.11.7 from Maven Central, on the class path",
	Run:     "java <Action>Sample.java",
	comment: "//", trusts: javaTrusts,
	write: writeJavaV1,
}

const javaTrusts = "-Djavax.net.ssl.trustStore=ca.p12 -Djavax.net.ssl.trustStorePassword=changeit" +
	", made by keytool -importcert -noprompt -file ca.pem -keystore ca.p12 -storepass changeit"

const javaV1Text = `import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.ecs.model.v20140526.{Action}Request;
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

// javaV1Set gives an object a value. The elements of a list are made before.
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

// javaV1Elements makes the elements of a list and tells their names.
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
	case "Integer", "Boolean":
		return v.text
	}
	return javaText(v.text)
}

// listed tells whether there is a list among the values.
func listed(values []value) bool {
	for i := range values {
		if values[i].kind == "Array" {
			return true
		}
	}
	return false
}

// lower is a name that begins with a small letter.
func lower(name string) string { return strings.ToLower(name[:1]) + name[1:] }

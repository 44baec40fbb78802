package sample

import (
	"cmp"
	"strings"
)

var aliyun = &Client{
	Name: "aliyun", Title: "Alibaba Cloud CLI", Language: "Shell", File: "<Action>.sh",
	Install: "aliyun, from https://github.com/aliyun/aliyun-cli",
	Run:     "sh <Action>.sh",
	write:   writeAliyun,
}

func writeAliyun(c *Call) string {
	values, rest := untyped.arrange(c)
	way := "--insecure" // plain HTTP
	if strings.HasPrefix(c.Endpoint, "https:") {
		way = "--skip-secure-verify"
	}
	if forced(rest) {
		way += " --force"
	}
	var flags []string
	for i := range values {
		flags = append(flags, aliyunFlags(&values[i])...)
	}
	for _, p := range rest {
		flags = append(flags, aliyunFlag(p))
	}
	return c.fill(`aliyun {product} {Action} --endpoint {host} {way} \
    --mode AK --access-key-id {key} --access-key-secret {secret} --region {region}`, shellWord, "{way}", way) + shellLines(flags)
}

// forced reports whether the CLI needs --force to send the pairs: its metadata does not
// have names such as Permissions.7.Policy.
func forced(rest []Pair) bool {
	for _, p := range rest {
		if strings.HasPrefix(p.Name, "Permissions.") {
			return true
		}
	}
	return false
}

// aliyunFlags returns the flags of one parameter. Permissions is one JSON text; other
// lists have a flag for each part.
func aliyunFlags(v *value) []string {
	if v.name == "Permissions" {
		return []string{aliyunFlag(Pair{v.name, jsonList(v)})}
	}
	var flags []string
	for _, p := range dotted(v, v.name) {
		flags = append(flags, aliyunFlag(p))
	}
	return flags
}

// aliyunFlag returns a flag. A value that begins with a hyphen is joined by =, or the
// CLI would read it as a flag.
func aliyunFlag(p Pair) string {
	if strings.HasPrefix(p.Value, "-") {
		return "--" + p.Name + "=" + shellWord(p.Value)
	}
	return "--" + p.Name + " " + shellWord(p.Value)
}

func jsonList(v *value) string {
	elements := make([]string, len(v.inside))
	for i := range v.inside {
		var fields []string
		for _, f := range v.inside[i].inside {
			fields = append(fields, jsonText(f.name)+":"+jsonText(f.text))
		}
		elements[i] = "{" + strings.Join(fields, ",") + "}"
	}
	return "[" + strings.Join(elements, ",") + "]"
}

// dotted returns a value as the pairs that are sent.
func dotted(v *value, name string) (pairs []Pair) {
	if len(v.inside) == 0 {
		return []Pair{{name, v.text}}
	}
	for i := range v.inside {
		part := cmp.Or(v.inside[i].name, ordinal(i))
		pairs = append(pairs, dotted(&v.inside[i], name+"."+part)...)
	}
	return pairs
}

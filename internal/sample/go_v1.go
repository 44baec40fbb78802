package sample

import "strings"

var goV1 = &Client{
	Name: "go-v1", Title: "Go, alibaba-cloud-sdk-go", Language: "Go", File: "<Action>.go",
	Install: "go mod init sample && go get github.com/aliyun/alibaba-cloud-sdk-go@v1.63.107",
	Run:     "go run <Action>.go",
	comment: "//", trusts: "SSL_CERT_FILE=ca.pem",
	write: writeGoV1,
}

const goV1Text = `package main

import (
	"fmt"
	"log"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/errors"
{requests}	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
)

func main() {
	client, err := ecs.NewClientWithAccessKey({region}, {key}, {secret})
	if err != nil {
		log.Fatal(err)
	}
	client.Domain = {host}
	client.GetConfig().Scheme = {SCHEME}

	request := ecs.Create{Action}Request()
{fields}
	response, err := client.{Action}(request)
	if refusal, ok := err.(*errors.ServerError); ok {
		log.Fatalf("%s: %s (RequestId %s)", refusal.ErrorCode(), refusal.Message(), refusal.RequestId())
	}
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(response.GetHttpContentString())
}
`

func writeGoV1(c *Call) string {
	values, rest := goV1Takes.arrange(c.regional())
	b := block{indent: "\t", step: "\t"}
	for i := range values {
		v := &values[i]
		b.goV1Value("request."+v.name+" = ", "ecs."+c.Action.Name+v.name, v, "")
	}
	for _, p := range rest {
		b.line("request.QueryParams[", goText(p.Name), "] = ", goText(p.Value))
	}
	requests := ""
	if numeric(values) {
		requests = "\t\"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests\"\n"
	}
	return c.fill(goV1Text, goText, "{requests}", requests, "{fields}", b.String())
}

// goV1Value writes a value after what it is given to.
func (b *block) goV1Value(to, class string, v *value, end string) {
	switch {
	case v.plain():
		b.line(to, "&[]string{", strings.Join(texts(v, goText), ", "), "}", end)
	case v.kind == "Array":
		b.begin(to, "&[]", class, "{")
		for i := range v.inside {
			b.goV1Element(class, v.inside[i].inside)
		}
		b.end("}", end)
	case v.kind == "Integer" || v.kind == "Long":
		b.line(to, "requests.NewInteger64(", v.text, ")", end)
	case v.kind == "Boolean":
		b.line(to, "requests.NewBoolean(", v.text, ")", end)
	default:
		b.line(to, goText(v.text), end)
	}
}

// goV1Element writes the fields of an element, aligned as gofmt does it. Numbers
// are texts there.
func (b *block) goV1Element(class string, fields []value) {
	width := 0
	for i := range fields {
		width = max(width, len(fields[i].name))
	}
	b.begin("{")
	for _, f := range fields {
		if f.kind != "Array" {
			f.kind = "String"
		}
		b.goV1Value(f.name+":"+strings.Repeat(" ", width-len(f.name)+1), class+f.name, &f, ",")
	}
	b.end("},")
}

// numeric tells whether the request has something other than texts and lists.
func numeric(values []value) bool {
	for i := range values {
		if k := values[i].kind; k != "String" && k != "Array" {
			return true
		}
	}
	return false
}

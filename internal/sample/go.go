package sample

import (
	"strings"
)

var goV1 = &Client{
	Name: "go-v1", Title: "Go, alibaba-cloud-sdk-go", Language: "Go", File: "<Action>.go",
	Install: "go mod init sample && go get github.com/aliyun/alibaba-cloud-sdk-go/sdk/...@v1.63.107",
	Run:     "go run <Action>.go",
	comment: "//", trusts: "SSL_CERT_FILE=ca.pem",
	early: true,
	write: writeGoV1,
}

const goV1Text = `package main

import (
	"fmt"
	"log"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/errors"
{requests}	"github.com/aliyun/alibaba-cloud-sdk-go/services/{product}"
)

func main() {
	client, err := {product}.NewClientWithAccessKey({region}, {key}, {secret})
	if err != nil {
		log.Fatal(err)
	}
	client.Domain = {host}
	client.GetConfig().Scheme = {SCHEME}

	request := {product}.Create{Action}Request()
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
		b.goV1Value("request."+v.name+" = ", c.product()+"."+c.Action.Name+v.name, v, "")
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

// goV1Value writes an assignment of a value.
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

// goV1Element writes the fields of an element, aligned as by gofmt. Numbers are texts
// there.
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

// numeric reports whether there is a value other than texts and lists.
func numeric(values []value) bool {
	for i := range values {
		if k := values[i].kind; k != "String" && k != "Array" {
			return true
		}
	}
	return false
}

var goV2 = &Client{
	Name: "go-v2", Title: "Go, darabonba-openapi", Language: "Go", File: "<Action>.go",
	Install: "go mod init sample && go get github.com/alibabacloud-go/darabonba-openapi/v2/client@v2.1.13 github.com/alibabacloud-go/tea/tea@v1.3.13",
	Run:     "go run <Action>.go",
	comment: "//", trusts: "SSL_CERT_FILE=ca.pem",
	write: writeGoV2,
}

const goV2Text = `package main

import (
	"encoding/json"
	"log"
	"os"

	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/client"
	"github.com/alibabacloud-go/tea/dara"
	"github.com/alibabacloud-go/tea/tea"
)

func main() {
	client, err := openapi.NewClient(&openapi.Config{
		Endpoint:        dara.String({host}),
		Protocol:        dara.String({SCHEME}),
		AccessKeyId:     dara.String({key}),
		AccessKeySecret: dara.String({secret}),
	})
	if err != nil {
		log.Fatal(err)
	}

	params := &openapi.Params{
		Action:      dara.String("{Action}"),
		Version:     dara.String("{version}"),
		Protocol:    dara.String({SCHEME}),
		Method:      dara.String("POST"),
		Pathname:    dara.String("/"),
		AuthType:    dara.String("AK"),
		Style:       dara.String("RPC"),
		ReqBodyType: dara.String("formData"),
		BodyType:    dara.String("json"),
	}
	request := &openapi.OpenApiRequest{{query}}

	answer, err := client.CallApi(params, request, &dara.RuntimeOptions{})
	if refusal, ok := err.(*tea.SDKError); ok {
		log.Fatalf("%s: %s", tea.StringValue(refusal.Code), tea.StringValue(refusal.Message))
	}
	if err != nil {
		log.Fatal(err)
	}
	json.NewEncoder(os.Stdout).Encode(answer["body"])
}
`

func writeGoV2(c *Call) string {
	return c.fill(goV2Text, goText, "{query}", goV2Query(c.Params))
}

// goV2Query returns the request's query, aligned as by gofmt.
func goV2Query(pairs []Pair) string {
	if len(pairs) == 0 {
		return ""
	}
	width := 0
	for _, p := range pairs {
		width = max(width, len(goText(p.Name)))
	}
	b := block{indent: "\t\t"}
	for _, p := range pairs {
		name := goText(p.Name)
		b.line(name, ":", strings.Repeat(" ", width-len(name)+1), "dara.String(", goText(p.Value), "),")
	}
	return "Query: map[string]*string{\n" + b.String() + "\t}"
}

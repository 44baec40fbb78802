package sample

import "strings"

var goV2 = &Client{
	Name: "go-v2", Title: "Go, darabonba-openapi", Language: "Go", File: "<Action>.go",
	Install: "go mod init sample && go get github.com/alibabacloud-go/darabonba-openapi/v2@v2.1.13 github.com/alibabacloud-go/tea@v1.3.13",
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
		Version:     dara.String("2014-05-26"),
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

// goV2Query is the request's query, aligned as gofmt does it.
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

package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/ecsmock/ecsmock/internal/server"
)

// shells are the formats in which shells set a variable.
var shells = map[string]string{
	"bash":       "export %s='%s'\n",
	"fish":       "set -gx %s '%s'\n",
	"powershell": "$env:%s = '%s'\n",
}

// exports prints the variables that clients read: the address of the mock and an
// access key.
func exports(_ context.Context, args []string, lookup env, out, _ io.Writer) error {
	var addr, shell string
	var terraform bool
	var keys []server.Credential
	options := []option{
		{"addr", "host:port", defaultAddr, "address of the mock", setAddr(&addr)},
		{"credentials", "keys", server.DefaultCredentials, "the mock's access keys; the first one is printed", setKeys(&keys)},
		{"shell", "name", shellOf(lookup), "syntax of the output: bash, fish or powershell", setShell(&shell)},
		{"terraform", "", "", "print the provider block of Terraform, with the exports that it needs as comments", setSwitch(&terraform)},
	}
	if err := parse("env", options, args, lookup, out); err != nil {
		return err
	}
	host, err := dialable(addr)
	if err != nil {
		return err
	}
	if terraform {
		printProvider(out, shell, host, keys[0])
		return nil
	}
	printExports(out, shell, host, keys[0])
	return nil
}

// endpoints are the products of the mock as the names of variables and the arguments of
// Terraform's provider have them.
var endpoints = []string{"ecs", "vpc", "sts", "location", "resourcemanager", "bssopenapi"}

// hcl escapes what a text in quotation marks would interpolate.
var hcl = strings.NewReplacer("${", "$${", "%{", "%%{")

// printProvider prints a file for Terraform.
func printProvider(out io.Writer, shell, host string, key server.Credential) {
	fmt.Fprintf(out, "# Terraform revokes rules over HTTPS. Get the mock's certificate, which is new in each run,\n# and keep calls of the mock away from a proxy:\n")
	fmt.Fprintf(out, "#   curl -s http://%s/_mock/ca.pem -o ecsmock-ca.pem\n", host)
	for _, v := range [][2]string{{"SSL_CERT_FILE", "ecsmock-ca.pem"}, {"NO_PROXY", host}, {"ALIBABA_CLOUD_ACCOUNT_TYPE", "Domestic"}} {
		fmt.Fprintf(out, "#   "+shells[shell], v[0], v[1])
	}
	fmt.Fprintf(out, "provider \"alicloud\" {\n")
	arguments := [][2]string{{"access_key", key.ID}, {"secret_key", key.Secret}, {"region", "cn-hangzhou"}, {"protocol", "HTTP"}, {"account_type", "Domestic"}}
	if key.Token != "" {
		arguments = append(arguments, [2]string{"security_token", key.Token})
	}
	for _, a := range arguments {
		fmt.Fprintf(out, "  %-22s = %s\n", a[0], hcl.Replace(strconv.Quote(a[1])))
	}
	fmt.Fprintf(out, "  skip_region_validation = true\n  endpoints {\n")
	for _, p := range endpoints {
		fmt.Fprintf(out, "    %-15s = %q\n", p, host)
	}
	fmt.Fprintf(out, "  }\n}\n")
}

func printExports(out io.Writer, shell, host string, key server.Credential) {
	variables := [][2]string{
		{"ALIBABA_CLOUD_ACCESS_KEY_ID", key.ID},
		{"ALIBABA_CLOUD_ACCESS_KEY_SECRET", key.Secret},
		{"ALIBABA_CLOUD_REGION_ID", "cn-hangzhou"},
		{"ALIBABA_CLOUD_REGION", "cn-hangzhou"},
		{"ALICLOUD_ACCESS_KEY", key.ID},
		{"ALICLOUD_SECRET_KEY", key.Secret},
		{"ALICLOUD_REGION", "cn-hangzhou"},
		{"ALIBABA_CLOUD_ACCOUNT_TYPE", "Domestic"},
	}
	for _, p := range endpoints {
		name := strings.ToUpper(p)
		variables = append(variables, [2]string{"ALIBABA_CLOUD_ENDPOINT_" + name, host}, [2]string{name + "_ENDPOINT", host})
	}
	if key.Token != "" {
		variables = append(variables, [2]string{"ALIBABA_CLOUD_SECURITY_TOKEN", key.Token}, [2]string{"ALICLOUD_SECURITY_TOKEN", key.Token})
	}
	for _, v := range variables {
		fmt.Fprintf(out, shells[shell], v[0], quote(shell, v[1]))
	}
	fmt.Fprintf(out, "# For https://%s, get the mock's certificate, which is new in each run:\n", host)
	fmt.Fprintf(out, "#   curl -s http://%s/_mock/ca.pem -o ecsmock-ca.pem\n#   ", host)
	fmt.Fprintf(out, shells[shell], "SSL_CERT_FILE", "ecsmock-ca.pem")
}

// quote returns a text as it is written between single quotes.
func quote(shell, text string) string {
	switch shell {
	case "bash":
		return strings.ReplaceAll(text, "'", `'\''`)
	case "fish":
		return strings.ReplaceAll(strings.ReplaceAll(text, `\`, `\\`), "'", `\'`)
	}
	return strings.ReplaceAll(text, "'", "''")
}

// shellOf returns the user's shell if it is fish, else bash.
func shellOf(lookup env) string {
	shell, _ := lookup("SHELL")
	if filepath.Base(shell) == "fish" {
		return "fish"
	}
	return "bash"
}

func setSwitch(on *bool) func(string) error {
	return func(text string) (err error) {
		if *on, err = strconv.ParseBool(text); err != nil {
			return wants("true or false")
		}
		return nil
	}
}

func setShell(shell *string) func(string) error {
	return func(text string) error {
		if _, ok := shells[text]; !ok {
			return wants("bash, fish or powershell")
		}
		*shell = text
		return nil
	}
}

package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
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
	var keys []server.Credential
	options := []option{
		{"addr", "host:port", defaultAddr, "address of the mock", setAddr(&addr)},
		{"credentials", "keys", server.DefaultCredentials, "the mock's access keys; the first one is printed", setKeys(&keys)},
		{"shell", "name", shellOf(lookup), "syntax of the output: bash, fish or powershell", setShell(&shell)},
	}
	if err := parse("env", options, args, lookup, out); err != nil {
		return err
	}
	host, err := dialable(addr)
	if err != nil {
		return err
	}
	printExports(out, shell, host, keys[0])
	return nil
}

func printExports(out io.Writer, shell, host string, key server.Credential) {
	variables := [][2]string{
		{"ALIBABA_CLOUD_ACCESS_KEY_ID", key.ID},
		{"ALIBABA_CLOUD_ACCESS_KEY_SECRET", key.Secret},
		{"ALIBABA_CLOUD_REGION_ID", "cn-hangzhou"},
		{"ALIBABA_CLOUD_REGION", "cn-hangzhou"},
		{"ALIBABA_CLOUD_ENDPOINT_ECS", host},
		{"ALICLOUD_ACCESS_KEY", key.ID},
		{"ALICLOUD_SECRET_KEY", key.Secret},
		{"ALICLOUD_REGION", "cn-hangzhou"},
		{"ECS_ENDPOINT", host},
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

func setShell(shell *string) func(string) error {
	return func(text string) error {
		if _, ok := shells[text]; !ok {
			return wants("bash, fish or powershell")
		}
		*shell = text
		return nil
	}
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/ecsmock/ecsmock/internal/server"
)

// shells is how each shell sets a variable.
var shells = map[string]string{
	"bash":       "export %s='%s'\n",
	"fish":       "set -gx %s '%s'\n",
	"powershell": "$env:%s = '%s'\n",
}

// exports prints what clients read from the environment: where the mock is, and
// which keys it knows.
func exports(_ context.Context, args []string, lookup env, out, _ io.Writer) error {
	var addr, shell string
	var keys []server.Credential
	options := []option{
		{"addr", "host:port", defaultAddr, "where the mock listens", setAddr(&addr)},
		{"credentials", "keys", server.DefaultCredentials, "the mock's access keys, of which the first is printed", setKeys(&keys)},
		{"shell", "name", shellOf(lookup), "the shell to print for: bash, fish or powershell", setShell(&shell)},
	}
	if err := parse("env", options, args, lookup, out); err != nil {
		return err
	}
	at, err := dialable(addr)
	if err != nil {
		return err
	}
	printExports(out, shell, at, keys[0])
	return nil
}

func printExports(out io.Writer, shell, at string, key server.Credential) {
	host := strings.TrimPrefix(at, "http://")
	for _, v := range [][2]string{
		{"ALIBABA_CLOUD_ACCESS_KEY_ID", key.ID},
		{"ALIBABA_CLOUD_ACCESS_KEY_SECRET", key.Secret},
		{"ALIBABA_CLOUD_REGION_ID", "cn-hangzhou"},
		{"ALIBABA_CLOUD_REGION", "cn-hangzhou"},
		{"ALIBABA_CLOUD_ENDPOINT_ECS", host},
		{"ALICLOUD_ACCESS_KEY", key.ID},
		{"ALICLOUD_SECRET_KEY", key.Secret},
		{"ALICLOUD_REGION", "cn-hangzhou"},
		{"ECS_ENDPOINT", host},
	} {
		fmt.Fprintf(out, shells[shell], v[0], quoted(shell, v[1]))
	}
	fmt.Fprintf(out, "# For https://%s fetch the mock's certificate, which is another in each run:\n", host)
	fmt.Fprintf(out, "#   curl -s %s/_mock/ca.pem -o ecsmock-ca.pem\n", at)
	fmt.Fprint(out, "#   ")
	fmt.Fprintf(out, shells[shell], "SSL_CERT_FILE", "ecsmock-ca.pem")
}

// quoted is a text as it stands between single quotes.
func quoted(shell, text string) string {
	switch shell {
	case "bash":
		return strings.ReplaceAll(text, "'", `'\''`)
	case "fish":
		return strings.ReplaceAll(strings.ReplaceAll(text, `\`, `\\`), "'", `\'`)
	}
	return strings.ReplaceAll(text, "'", "''")
}

// shellOf is the shell of whoever calls, bash where it is another.
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
			return errors.New("is no shell that is known; give bash, fish or powershell")
		}
		*shell = text
		return nil
	}
}

package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/ecsmock/ecsmock/internal/server"
)

// shells are the formats in which shells and files .env set a variable.
var shells = map[string]string{
	"bash":       "export %s='%s'",
	"fish":       "set -gx %s '%s'",
	"powershell": "$env:%s = '%s'",
	"dotenv":     "%s=%s",
}

// exporter prints what points clients at a mock.
type exporter struct {
	out     io.Writer
	shell   string
	host    string // of the mock, with its port
	keys    []server.Credential
	noProxy string // the hosts that are reached without a proxy already
	addrs   []string

	terraform, proxy bool
}

func (e *exporter) options(environ env) []option {
	return []option{
		addrOption(&e.addrs),
		{"credentials", "keys", server.DefaultCredentials, "the mock's access keys; the first one is printed", setKeys(&e.keys)},
		{"shell", "name", shellOf(environ), "syntax of the output: bash, which zsh reads too, fish, powershell, or dotenv for a file .env", e.setShell},
		{"terraform", "", "", "print the provider block of Terraform, with the exports that it needs as comments", setSwitch(&e.terraform)},
		{"proxy", "", "", "print the exports that make the mock the proxy of programs that cannot be told an endpoint", setSwitch(&e.proxy)},
	}
}

// exports prints the variables that clients read: the address of the mock and an
// access key.
func exports(_ context.Context, args []string, environ env, out, _ io.Writer) error {
	e := exporter{out: out, noProxy: cmp.Or(environ["NO_PROXY"], environ["no_proxy"])}
	err := parse("env", e.options(environ), args, environ, out)
	if err != nil {
		return err
	}
	if e.terraform && e.proxy {
		return usageError{errors.New("-terraform and -proxy print different things; give one of them")}
	}
	if e.host, err = dialable(e.addrs[0]); err != nil {
		return err
	}
	switch {
	case e.terraform:
		e.printProvider()
	case e.proxy:
		e.print(keyExports + proxyExports)
	default:
		e.print(keyExports + endpointExports())
	}
	return nil
}

// In the texts below a line =NAME value # readers sets a variable and says who reads it,
// and a line #=NAME value says how to set one. Other lines are comments or HCL.

// keyExports set an access key and a region.
const keyExports = `=ALIBABA_CLOUD_ACCESS_KEY_ID $id # SDKs, aliyun CLI, Terraform
=ALIBABA_CLOUD_ACCESS_KEY_SECRET $secret # SDKs, aliyun CLI, Terraform
=ALIBABA_CLOUD_SECURITY_TOKEN $token # SDKs, aliyun CLI, Terraform
=ALIBABA_CLOUD_REGION_ID cn-hangzhou # aliyun CLI
=ALIBABA_CLOUD_REGION cn-hangzhou # Terraform
=ALICLOUD_ACCESS_KEY $id # Terraform, Packer, Steampipe
=ALICLOUD_SECRET_KEY $secret # Terraform, Packer, Steampipe
=ALICLOUD_SECURITY_TOKEN $token # Terraform
=ALICLOUD_REGION cn-hangzhou # Terraform, Packer, Steampipe
`

// endpoints are the products of the mock as the names of variables and the arguments of
// Terraform's provider have them.
var endpoints = []string{"ecs", "vpc", "sts", "location", "resourcemanager", "bssopenapi"}

// endpointExports returns what sets the variables by which programs take an endpoint.
func endpointExports() string {
	text := "=ALIBABA_CLOUD_ENDPOINT $host # aliyun CLI, with --insecure or SSL_CERT_FILE\n"
	for i, p := range endpoints {
		p = strings.ToUpper(p)
		text += "=ALIBABA_CLOUD_ENDPOINT_" + p + " $host # Terraform\n=" + p + "_ENDPOINT $host # Terraform"
		switch {
		case i < 2:
			text += ", Kubernetes provider"
		case p == "STS":
			text += ", but not for its own account"
		}
		text += "\n"
	}
	return text + `=ALIBABA_CLOUD_ACCOUNT_TYPE Domestic # Terraform, which otherwise waits 30 s at each start
=NO_PROXY $direct # Terraform and other programs in Go, where a proxy is set
# Terraform asks the real STS for its own account, whatever the variables say. A provider block
# with sts among its endpoints, as ecsmock env -terraform prints it, asks the mock.
# SDKs read no endpoint here. They call the real cloud unless the program gives its client
# the endpoint in code, for example from a variable of the program's own:
#=MY_APP_ECS_ENDPOINT $host
# For programs that cannot be told an endpoint, see ecsmock env -proxy.
# For https://$host, get the mock's certificate, which is new in each run:
` + download + "#=SSL_CERT_FILE ecsmock-ca.pem\n"
}

const download = "#   curl -s --noproxy '*' http://$host/_mock/ca.pem -o ecsmock-ca.pem\n"

// proxyExports set the variables by which programs take a proxy and certificates that
// they trust. Names in lower case are there for programs that prefer them: one that is
// set already would lead calls to the real cloud.
const proxyExports = `# With the mock as proxy, every host under aliyuncs.com is the mock, and no other is reached.
# Get its certificate first, which is new in each run:
` + download + `=HTTPS_PROXY http://$host # Go, Python, curl, PHP; SDKs of Node.js read none and need the endpoint in code
=https_proxy http://$host # those that prefer lower case, as curl
=HTTP_PROXY http://$host # Go, Python, Ansible, for calls without TLS
=http_proxy http://$host # those that prefer lower case, as curl
=NO_PROXY $name,$host # all of these: Go compares the port, too
=no_proxy $name,$host # those that prefer lower case, as curl
=SSL_CERT_FILE ecsmock-ca.pem # Go, except on macOS and Windows; Python, Ruby, PHP, curl
=REQUESTS_CA_BUNDLE ecsmock-ca.pem # Python's requests
=NODE_EXTRA_CA_CERTS ecsmock-ca.pem # Node.js
# Newer SDKs of Python, and Prowler with them, trust certifi alone:
#   cat ecsmock-ca.pem >> "$(python -m certifi)"
# Java reads none of these. It needs a keystore, and properties:
#   keytool -importcert -noprompt -alias ecsmock -file ecsmock-ca.pem -keystore ecsmock.p12 -storepass changeit
#=JAVA_TOOL_OPTIONS -Dhttps.proxyHost=$name -Dhttps.proxyPort=$port -Djavax.net.ssl.trustStore=ecsmock.p12 -Djavax.net.ssl.trustStorePassword=changeit
`

// printProvider prints a file for Terraform.
func (e *exporter) printProvider() {
	e.print(`# Terraform revokes rules over HTTPS. Get the mock's certificate, which is new in each run,
# and keep calls of the mock away from a proxy:
` + download + `#=SSL_CERT_FILE ecsmock-ca.pem
#=NO_PROXY $direct
#=ALIBABA_CLOUD_ACCOUNT_TYPE Domestic
`)
	key := e.keys[0]
	text := "provider \"alicloud\" {\n"
	for _, a := range [][2]string{
		{"access_key", key.ID}, {"secret_key", key.Secret}, {"region", "cn-hangzhou"}, {"protocol", "HTTP"}, {"account_type", "Domestic"}, {"security_token", key.Token},
	} {
		if a[1] != "" {
			text += fmt.Sprintf("  %-22s = %s\n", a[0], hcl.Replace(strconv.Quote(a[1])))
		}
	}
	text += "  skip_region_validation = true\n  endpoints {\n"
	for _, p := range endpoints {
		text += fmt.Sprintf("    %-15s = %q\n", p, e.host)
	}
	io.WriteString(e.out, text+"  }\n}\n")
}

// hcl escapes what a text in quotation marks would interpolate.
var hcl = strings.NewReplacer("${", "$${", "%{", "%%{")

// print prints one of the texts above for a shell. It leaves out variables that would be
// blank.
func (e *exporter) print(text string) {
	host, port, _ := net.SplitHostPort(e.host)
	direct := strings.TrimPrefix(e.noProxy+","+e.host, ",")
	key := e.keys[0]
	values := strings.NewReplacer("$id", key.ID, "$secret", key.Secret, "$token", key.Token, "$host", e.host,
		"$name", host, "$port", port, "$direct", direct)
	for _, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		comment, setting, ok := strings.Cut(line, "=")
		if !ok || comment != "" && comment != "#" {
			fmt.Fprintln(e.out, values.Replace(line))
			continue
		}
		setting, readers, _ := strings.Cut(setting, " #")
		name, value, _ := strings.Cut(setting, " ")
		if value = values.Replace(value); value == "" {
			continue
		}
		set := fmt.Sprintf(shells[e.shell], name, quote(e.shell, value))
		switch {
		case comment != "":
			set = "#   " + set
		case e.shell == "dotenv": // docker run --env-file takes what follows a value as part of it
			set = "#" + readers + "\n" + set
		default:
			set += " #" + readers
		}
		fmt.Fprintln(e.out, set)
	}
}

// quote returns a text as it is written between single quotes. In a file .env it stands
// without them where it can: docker run --env-file takes quotes as part of a value.
func quote(shell, text string) string {
	switch shell {
	case "bash":
		return strings.ReplaceAll(text, "'", `'\''`)
	case "fish":
		return strings.ReplaceAll(strings.ReplaceAll(text, `\`, `\\`), "'", `\'`)
	case "dotenv":
		if !strings.ContainsAny(text, " \t'\"`\\$#") {
			return text
		}
		return "'" + strings.ReplaceAll(text, "'", `\'`) + "'"
	}
	return strings.ReplaceAll(text, "'", "''")
}

// shellOf returns the user's shell if it is fish, else bash.
func shellOf(environ env) string {
	if filepath.Base(environ["SHELL"]) == "fish" {
		return "fish"
	}
	return "bash"
}

func (e *exporter) setShell(text string) error {
	e.shell = text
	return oneOf(text, "bash", "fish", "powershell", "dotenv")
}

package sample_test

import (
	"os"
	"path"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/sample"
)

// A sample is for the product of its action: the SDK's package and the version are its.
func TestProductsOfSamples(t *testing.T) {
	for client, lines := range map[string][]string{
		"curl":      {"Version=2016-04-28"},
		"aliyun":    {"aliyun vpc CreateVSwitch "},
		"go-v1":     {`services/vpc"`, "vpc.NewClientWithAccessKey(", "vpc.CreateCreateVSwitchRequest()", "= &[]vpc.CreateVSwitchTag{"},
		"go-v2":     {`Version:     dara.String("2016-04-28")`},
		"python-v1": {"from aliyunsdkvpc.request.v20160428.CreateVSwitchRequest import"},
		"python-v2": {"from alibabacloud_vpc20160428 import models\nfrom alibabacloud_vpc20160428.client import Client\n", "client.create_vswitch(request)", `v_switch_name="shop"`},
		"java-v1":   {"import com.aliyuncs.vpc.model.v20160428.CreateVSwitchRequest;", `request.putQueryParameter("Tag.1.Key", "owner");`},
		"java-v2":   {"import com.aliyun.vpc20160428.Client;\n", "import com.aliyun.vpc20160428.models.CreateVSwitchRequest;\n", `Map.entry("Tag.1.Key", "owner")`},
		"node-v1":   {"apiVersion: '2016-04-28'"},
		"node-v2":   {"const $vpc = require('@alicloud/vpc20160428');\n", "new $vpc.default(", "new $vpc.CreateVSwitchRequestTag({"},
		"terraform": {`resource "alicloud_vswitch" "sample" {`, `  vswitch_name = "shop"`, `    "owner" = ""`},
	} {
		text := write(t, client, "Vpc.CreateVSwitch", sample.Pair{"VSwitchName", "shop"}, sample.Pair{"Tag.1.Key", "owner"})
		for _, line := range lines {
			assert.Contains(t, text, line, client)
		}
	}
}

// Newer SDKs have no class for a request without parameters, but send what is added.
func TestRequestsWithoutParameters(t *testing.T) {
	for client, calls := range map[string][2]string{
		"python-v2": {"client.get_caller_identity()", "client.get_caller_identity_with_options(options)"},
		"java-v2":   {"client.getCallerIdentity()", "client.getCallerIdentityWithOptions(options)"},
		"node-v2":   {"client.getCallerIdentity()", "client.getCallerIdentityWithOptions(options)"},
	} {
		text := write(t, client, "Sts.GetCallerIdentity")
		assert.Contains(t, text, calls[0])
		assert.NotContains(t, text, "Request")
		assert.NotContains(t, text, "models.Get")
		assert.Contains(t, write(t, client, "Sts.GetCallerIdentity", sample.Pair{"RegionId", "cn-beijing"}), calls[1])
	}
}

// Samples are written for the versions that the client suites run.
func TestVersionsOfSamples(t *testing.T) {
	version := regexp.MustCompile(`([\w/.@-]*[\w.-])(?:@v?|==|:)(\d+\.\d+\.\d+)`)
	for client, manifest := range map[string]string{
		"go-v1": "go/go.mod", "go-v2": "go/go.mod", "python-v1": "python/requirements.txt", "python-v2": "python/requirements.txt",
		"java-v1": "java/pom.xml", "java-v2": "java/pom.xml", "node-v1": "node/package.json", "node-v2": "node/package.json",
	} {
		content, err := os.ReadFile("../../testdata/clients/" + manifest)
		require.NoError(t, err)
		install := sample.Find(client).Install
		for _, p := range sample.Find(client).Packages {
			install += " " + p.Package
		}
		named := version.FindAllStringSubmatch(install, -1)
		assert.NotEmpty(t, named, client)
		for _, m := range named {
			pinned := false
			for name := m[1]; name != "."; name = path.Dir(name) { // go get names packages, go.mod has their module
				pin := regexp.MustCompile(regexp.QuoteMeta(name) + `(?:"?: "| v|==|</artifactId>\s*<version>)` + regexp.QuoteMeta(m[2]) + `\b`)
				pinned = pinned || pin.Match(content)
			}
			assert.True(t, pinned, "%s: %s of %s", client, m[0], manifest)
		}
	}
}

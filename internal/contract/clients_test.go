package contract_test

import (
	"encoding/json"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/rpc"
)

const (
	clientsFile = "../../api/CLIENTS.md"
	suites      = "../../testdata/clients/"
)

// proven is set by make clients.
var proven = flag.String("proven", "", "directory with the results of the client suites")

// A proof is the results of a suite for one client.
type proof struct {
	Language, Client, Version string
	Tests                     map[string][]string // by edition, the actions that succeeded
	Samples                   []string            // actions whose samples succeeded
}

// clientEditions are the editions in which each suite runs.
var clientEditions = sync.OnceValue(func() []string {
	text, err := os.ReadFile(suites + "editions")
	if err != nil {
		panic(err) // each suite reads it
	}
	return strings.Fields(string(text))
})

// An sdk is a client that has a suite.
type sdk struct {
	language, name string
	suite          string // directory of suites
	manifest, pin  string // file of the suite, and the expression that finds the version in it
	pointed        string // how to set the endpoint
}

var sdks = []sdk{
	{"Go", "alibaba-cloud-sdk-go", "go", "go.mod", `github\.com/aliyun/alibaba-cloud-sdk-go (v\S+)`,
		"`client.Domain = \"127.0.0.1:2014\"`, and `WithScheme(\"HTTP\")` in its configuration"},
	{"Go", "darabonba-openapi/v2", "go", "go.mod", `github\.com/alibabacloud-go/darabonba-openapi/v2 (v\S+)`,
		"`Endpoint: dara.String(\"127.0.0.1:2014\"), Protocol: dara.String(\"HTTP\")`"},
	{"Python", "aliyun-python-sdk-ecs", "python", "requirements.txt", `aliyun-python-sdk-ecs==(\S+)`,
		"`client.add_endpoint(\"cn-hangzhou\", \"Ecs\", \"127.0.0.1:2014\")`; HTTP is its default"},
	{"Python", "alibabacloud_ecs20140526", "python", "requirements.txt", `alibabacloud_ecs20140526==(\S+)`,
		"`Config(endpoint=\"127.0.0.1:2014\", protocol=\"http\")`"},
	{"Python", "apache-libcloud", "python", "requirements.txt", `apache-libcloud==(\S+)`,
		"`ECSDriver(…, secure=False, host=\"127.0.0.1\", port=2014)`; it reads XML, and no samples are written for it"},
	{"Java", "com.aliyun:aliyun-java-sdk-ecs", "java", "pom.xml", `<artifactId>aliyun-java-sdk-ecs</artifactId>\s*<version>([^<]+)<`,
		"`client.setEndpointResolver(request -> \"127.0.0.1:2014\")`; HTTP is its default"},
	{"Java", "com.aliyun:ecs20140526", "java", "pom.xml", `<artifactId>ecs20140526</artifactId>\s*<version>([^<]+)<`,
		"`new Config().setEndpoint(\"127.0.0.1:2014\").setProtocol(\"http\")`"},
	{"Node.js", "@alicloud/pop-core", "node", "package.json", `"@alicloud/pop-core": "([^"]+)"`,
		"`endpoint: 'http://127.0.0.1:2014'`"},
	{"Node.js", "@alicloud/ecs20140526", "node", "package.json", `"@alicloud/ecs20140526": "([^"]+)"`,
		"`endpoint: '127.0.0.1:2014', protocol: 'http'`"},
}

// actionNames returns the actions of the contract, in its order. Those of a product that
// is not the first begin with its name: Vpc.CreateVpc.
var actionNames = sync.OnceValue(func() []string {
	var names []string
	for i, p := range current().Products {
		for _, a := range p.Actions {
			if i > 0 {
				a.Name = p.Name + "." + a.Name
			}
			names = append(names, a.Name)
		}
	}
	return names
})

// The page has every action, and the clients in the versions that their suites use.
// make docs adds the row of a new action, without results.
func TestClientsPageIsCurrent(t *testing.T) {
	if *proven != "" {
		t.Skip("the page is compared with the results of the suites")
	}
	disk, err := os.ReadFile(clientsFile)
	require.NoError(t, err, "run make clients WRITE=1")
	proofs, actions := readClients(t, string(disk))
	if *write {
		require.NoError(t, os.WriteFile(clientsFile, []byte(clientsPage(proofs)), 0o644))
		return
	}
	assert.Equal(t, actionNames(), actions, "%s does not have the actions of the contract; run make docs", clientsFile)
	require.Len(t, proofs, len(sdks), "%s does not have the clients that have suites; run make clients WRITE=1", clientsFile)
	for i, s := range sdks {
		assert.Equal(t, s.name, proofs[i].Client)
		assert.Equal(t, s.pinned(t), proofs[i].Version, "%s has another version of %s than its suite; run make clients WRITE=1", clientsFile, s.name)
	}
	assert.Equal(t, clientsPage(proofs), string(disk), "run make clients WRITE=1")
}

// pinned returns the version of the client that its suite uses.
func (s sdk) pinned(t *testing.T) string {
	t.Helper()
	manifest, err := os.ReadFile(filepath.Join(suites, s.suite, s.manifest))
	require.NoError(t, err)
	found := regexp.MustCompile(s.pin).FindSubmatch(manifest)
	require.NotNil(t, found, "%s has no version of %s", s.manifest, s.name)
	return string(found[1])
}

// The page has the results of the suites that have just run. A suite that was skipped
// keeps its columns; in CI, none may be skipped.
func TestClientsAreProven(t *testing.T) {
	if *proven == "" {
		t.Skip("make clients runs the client suites")
	}
	onDisk, err := os.ReadFile(clientsFile)
	if !*write || !os.IsNotExist(err) {
		require.NoError(t, err)
	}
	old, _ := readClients(t, string(onDisk))
	seen := readProofs(t)
	var proofs []proof
	for _, s := range sdks {
		p, ok := seen[s.name]
		if !ok {
			if p, ok = named(old, s.name); !ok || os.Getenv("CI") == "true" {
				t.Errorf("no result of the suite of %s", s.name)
				continue
			}
			t.Logf("NOT COMPARED: %s, whose suite did not run here", s.name)
		}
		proofs = append(proofs, p)
	}
	if *write && !t.Failed() {
		require.NoError(t, os.WriteFile(clientsFile, []byte(clientsPage(proofs)), 0o644))
		return
	}
	assert.Equal(t, clientsPage(proofs), string(onDisk), "%s differs from the results of the suites; run make clients WRITE=1", clientsFile)
}

func named(proofs []proof, client string) (proof, bool) {
	for _, p := range proofs {
		if p.Client == client {
			return p, true
		}
	}
	return proof{}, false
}

// readProofs returns the results that the suites have written, by client: a file for each
// client and edition.
func readProofs(t *testing.T) map[string]proof {
	t.Helper()
	files, err := fs.Glob(os.DirFS(*proven), "*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files, "no suite has written a result")
	seen := map[string]proof{}
	for _, file := range files {
		content, err := os.ReadFile(filepath.Join(*proven, file))
		require.NoError(t, err)
		var result struct {
			Language, Client, Version, Edition string
			Tests, Samples                     []string
		}
		require.NoError(t, json.Unmarshal(content, &result), file)
		s := slices.IndexFunc(sdks, func(s sdk) bool { return s.name == result.Client && s.language == result.Language })
		require.GreaterOrEqual(t, s, 0, "%s is of an unknown client: %s, %s", file, result.Language, result.Client)
		assert.Equal(t, sdks[s].pinned(t), result.Version, "the suite of %s has run another version", result.Client)
		assert.Contains(t, clientEditions(), result.Edition, file)
		for _, action := range slices.Concat(result.Tests, result.Samples) {
			assert.Contains(t, actionNames(), action, "%s: the mock has no such action", file)
		}
		p, ok := seen[result.Client]
		if !ok {
			p = proof{Language: result.Language, Client: result.Client, Version: result.Version, Tests: map[string][]string{}}
		}
		p.Tests[result.Edition], p.Samples = result.Tests, append(p.Samples, result.Samples...)
		seen[result.Client] = p
	}
	return seen
}

// Each mistake in testdata/clients/refusals.json is refused by a row of RevokeSecurityGroup in
// each edition of the suites, and each row of its document is among them.
func TestRefusalsOfClientsAreRows(t *testing.T) {
	text, err := os.ReadFile(suites + "refusals.json")
	require.NoError(t, err)
	var file struct{ Revoke []map[string]json.RawMessage }
	require.NoError(t, json.Unmarshal(text, &file))
	met := map[string]bool{}
	for _, year := range clientEditions() {
		edition, err := rpc.ParseEdition(year)
		require.NoError(t, err)
		for _, row := range file.Revoke {
			var refusal rpc.Failure
			require.NoError(t, json.Unmarshal(row[year], &refusal), "%s in %s", row["Name"], year)
			is := func(f *rpc.Failure) bool {
				text := regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(f.Message), "%s", ".+") + "$")
				return f.HoldsIn(edition) && f.Status == refusal.Status && f.Code == refusal.Code && text.MatchString(refusal.Message)
			}
			assert.True(t, slices.ContainsFunc(ecs.RevokeSecurityGroup.Failures, is), "%s in %s", row["Name"], year)
			met[refusal.Code+" | "+refusal.Message], met[refusal.Code+" | %s"] = true, true
		}
	}
	document, err := os.ReadFile("../../testdata/upstream/revoke-security-group.txt")
	require.NoError(t, err)
	_, errors, _ := strings.Cut(string(document), "[errors]\n")
	for row := range strings.Lines(errors) {
		_, row, _ = strings.Cut(strings.TrimSpace(row), " | ")
		assert.True(t, met[row], "no client meets %s", row)
	}
}

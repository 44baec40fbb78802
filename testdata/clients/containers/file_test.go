package containers

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/loader"
	compose "github.com/compose-spec/compose-go/v2/types"
	"github.com/rhysd/actionlint"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	batch "k8s.io/api/batch/v1"
	core "k8s.io/api/core/v1"
	"sigs.k8s.io/json"
	"sigs.k8s.io/yaml"
)

// file returns a file that the page shows. Its first line is its name.
func file(t *testing.T, name string) []byte {
	t.Helper()
	page, err := os.ReadFile("../../../api/docs/containers.md")
	require.NoError(t, err)
	shown := regexp.MustCompile("(?s)```yaml\n# "+regexp.QuoteMeta(name)+"\n(.*?)```").FindAllSubmatch(page, -1)
	require.Len(t, shown, 1, "the page shows one %s", name)
	return shown[0][1]
}

func TestThePageShowsNoOtherFiles(t *testing.T) {
	page, err := os.ReadFile("../../../api/docs/containers.md")
	require.NoError(t, err)
	assert.Equal(t, 4, strings.Count(string(page), "```yaml\n"), "a file of the page needs a test here")
}

func TestCompose(t *testing.T) {
	project, err := loader.LoadWithContext(t.Context(), compose.ConfigDetails{
		WorkingDir:  t.TempDir(),
		ConfigFiles: []compose.ConfigFile{{Filename: "compose.yaml", Content: file(t, "compose.yaml")}},
	}, func(o *loader.Options) { o.SetProjectName("page", true) })
	require.NoError(t, err)
	mock, tests := project.Services["ecsmock"], project.Services["tests"]
	require.Len(t, mock.Ports, 1)
	assert.Equal(t, "127.0.0.1", mock.Ports[0].HostIP, "a mock is not for the neighbours of the machine")
	require.Equal(t, "CMD", mock.HealthCheck.Test[0], "the image has no shell")
	assert.Equal(t, compose.ServiceConditionHealthy, tests.DependsOn["ecsmock"].Condition)
	check(t, claim{
		image: mock.Image, variables: texts(mock.Environment), ports: []string{fmt.Sprint(mock.Ports[0].Target)},
		endpoint: *tests.Environment[endpointVariable], host: "ecsmock", command: mock.HealthCheck.Test[1:],
	})
}

func texts(values compose.MappingWithEquals) map[string]string {
	all := map[string]string{}
	for name, value := range values {
		all[name] = *value
	}
	return all
}

func TestGitHubActions(t *testing.T) {
	text := file(t, ".github/workflows/test.yml")
	linter, err := actionlint.NewLinter(&testLog{t}, &actionlint.LinterOptions{})
	require.NoError(t, err)
	mistakes, err := linter.Lint("test.yml", text, nil)
	require.NoError(t, err)
	assert.Empty(t, mistakes)

	workflow, errs := actionlint.Parse(text)
	require.Empty(t, errs)
	job := workflow.Jobs["test"]
	mock := job.Services.Value["ecsmock"].Container
	variables := map[string]string{}
	for _, v := range mock.Env.Vars {
		variables[v.Name.Value] = v.Value.Value
	}
	require.Len(t, mock.Ports, 1)
	assert.Nil(t, mock.Options, "a check in the options needs a shell, which the image lacks")
	host, inside, _ := strings.Cut(mock.Ports[0].Value, ":")
	check(t, claim{
		image: mock.Image.Value, variables: variables, ports: []string{host, inside},
		endpoint: job.Env.Vars[strings.ToLower(endpointVariable)].Value.Value, host: "127.0.0.1", script: string(text),
	})
}

// A testLog writes to the log of a test.
type testLog struct{ t *testing.T }

func (l *testLog) Write(text []byte) (int, error) { l.t.Log(string(text)); return len(text), nil }

func TestGitLab(t *testing.T) {
	text := file(t, ".gitlab-ci.yml")
	name := filepath.Join(t.TempDir(), ".gitlab-ci.yml")
	require.NoError(t, os.WriteFile(name, text, 0o644))
	out, err := exec.Command(os.Getenv("CHECK"), "--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci", name).CombinedOutput()
	require.NoError(t, err, "%s", out)

	var jobs struct {
		Test struct {
			Services []struct {
				Name, Alias string
				Variables   map[string]string
			}
			Variables map[string]string
		}
	}
	require.NoError(t, yaml.Unmarshal(text, &jobs))
	require.Len(t, jobs.Test.Services, 1)
	mock := jobs.Test.Services[0]
	check(t, claim{
		image: mock.Name, variables: mock.Variables, ports: []string{mock.Variables["HEALTHCHECK_TCP_PORT"]},
		endpoint: jobs.Test.Variables[endpointVariable], host: mock.Alias, script: string(text),
	})
}

func TestKubernetes(t *testing.T) {
	text, err := yaml.YAMLToJSONStrict(file(t, "job.yaml"))
	require.NoError(t, err)
	var job batch.Job
	unknown, err := json.UnmarshalStrict(text, &job) // as the API server reads it: case matters
	require.NoError(t, err)
	require.Empty(t, unknown)
	assert.Equal(t, "batch/v1 Job", job.APIVersion+" "+job.Kind)
	pod := job.Spec.Template.Spec
	assert.Equal(t, core.RestartPolicyNever, pod.RestartPolicy)
	require.Len(t, pod.InitContainers, 1)
	mock := pod.InitContainers[0]
	require.NotNil(t, mock.RestartPolicy)
	assert.Equal(t, core.ContainerRestartPolicyAlways, *mock.RestartPolicy, "without it, the tests wait for the end of the mock")
	probe := mock.StartupProbe.HTTPGet
	check(t, claim{
		image: mock.Image, variables: values(mock.Env), ports: []string{fmt.Sprint(mock.Ports[0].ContainerPort), probe.Port.String()},
		endpoint: values(pod.Containers[0].Env)[endpointVariable], host: "127.0.0.1", path: probe.Path,
	})
}

func values(list []core.EnvVar) map[string]string {
	all := map[string]string{}
	for _, v := range list {
		all[v.Name] = v.Value
	}
	return all
}

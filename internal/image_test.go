package internal_test

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The text of the Dockerfile is what can be tested without a container engine: that it
// builds, and what is in the image, is tested by testdata/safety/release where buildah is
// installed. How long an engine waits for the first check of health, and that
// a new volume at /data belongs to the program, no test shows.
func TestDockerfile(t *testing.T) {
	text := strings.ReplaceAll(read(t, "../Dockerfile"), "\\\n", "")
	check := ""
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "HEALTHCHECK ") {
			check = line
		}
	}
	assert.Contains(t, check, "--interval=1s ")
	assert.NotContains(t, check, "--start-", "an engine would wait for its own start interval, five seconds by default")
	assert.Contains(t, check, `CMD ["/ecsmock", "health"]`)

	_, image, found := strings.Cut(text, "\nFROM scratch\n")
	require.True(t, found)
	assert.Contains(t, image, "COPY --chown=65532:65532 data /data\n")
	assert.Contains(t, image, "USER 65532:65532\n")
	assert.Contains(t, image, "ENV ECSMOCK_ADDR=0.0.0.0:2014\n")
	for _, label := range []string{"title", "description", "source", "documentation", "licenses"} {
		assert.Regexp(t, `org\.opencontainers\.image\.`+label+`="[^"$]+"`, image)
	}
	for label, argument := range map[string]string{"version": "VERSION", "revision": "REVISION"} {
		assert.Contains(t, image, "ARG "+argument+`=""`)
		assert.Contains(t, image, "org.opencontainers.image."+label+`="$`+argument+`"`)
	}
}

// make docker gives the image the version of the source, or the one that it is given.
func TestMakeDockerSetsTheLabels(t *testing.T) {
	if _, err := exec.LookPath("make"); err != nil {
		t.Skip("SKIPPED: make is not installed")
	}
	for version, want := range map[string]string{"": `\d+\.\d+\.\d+`, "1.2.3-rc1": `1\.2\.3-rc1`} {
		cmd := exec.Command("make", "-n", "docker", "VERSION="+version)
		cmd.Dir = ".."
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s", out)
		assert.Regexp(t, `(?m)^docker build --build-arg VERSION=`+want+` --build-arg REVISION=[0-9a-f]* -t ecsmock -f Dockerfile dist/image$`, string(out))
	}
}

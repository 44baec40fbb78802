package sign

import (
	"net/textproto"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// vector is a signed request in testdata/sign. A line is "name: value", one that
// begins with # says where the vector comes from.
type vector struct {
	lines map[string][]string
	v1    V1
	acs3  ACS3
}

func (v *vector) get(name string) string { return strings.Join(v.lines[name], "") }

// vectors reads the files whose names begin with prefix.
func vectors(t testing.TB, prefix string) map[string]*vector {
	paths, err := filepath.Glob("../../testdata/sign/" + prefix + "-*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	all := map[string]*vector{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		require.True(t, strings.HasPrefix(string(text), "# "), "%s names no source", path)
		all[filepath.Base(path)] = readVector(t, string(text))
	}
	return all
}

func readVector(t testing.TB, text string) *vector {
	v := &vector{lines: map[string][]string{}}
	for line := range strings.Lines(text) {
		if line = strings.TrimRight(line, "\n"); strings.HasPrefix(line, "#") {
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		require.True(t, ok, line)
		v.lines[name] = append(v.lines[name], strings.TrimPrefix(value, " "))
	}
	query := pairs(t, v.lines["query"])
	v.v1 = V1{Method: v.get("method"), Query: query}
	v.acs3 = ACS3{Method: v.get("method"), Host: v.get("host"), Query: query, Body: v.get("body"), Header: map[string][]string{}}
	if v.get("host") == "" {
		v.v1.Body = pairs(t, v.lines["body"])
	}
	for _, line := range v.lines["header"] {
		name, value, _ := strings.Cut(line, ": ")
		textproto.MIMEHeader(v.acs3.Header).Add(name, value)
	}
	return v
}

func pairs(t testing.TB, lines []string) (all []Pair) {
	for _, line := range lines {
		name, value, ok := strings.Cut(line, "=")
		require.True(t, ok, line)
		all = append(all, Pair{name, value})
	}
	return all
}

// signed is the request with its signature.
func (r V1) with(signature string) *V1 {
	r.Query = append(slices.Clone(r.Query), Pair{"Signature", signature})
	return &r
}

func (r ACS3) with(authorization string) *ACS3 {
	header := map[string][]string{"Authorization": {authorization}}
	for name, values := range r.Header {
		if name != "Authorization" {
			header[name] = values
		}
	}
	r.Header = header
	return &r
}

// Both signing and verifying give what is published.
func TestV1Vectors(t *testing.T) {
	for name, v := range vectors(t, "v1") {
		t.Run(name, func(t *testing.T) {
			if want := v.get("string to sign"); want != "" {
				assert.Equal(t, want, v.v1.StringToSign())
			}
			want := v.get("signature")
			got, err := v.v1.Sign(v.get("secret"))
			require.NoError(t, err)
			if want == "" {
				return // only its string to sign is published
			}
			assert.Equal(t, want, got)
			assert.NoError(t, v.v1.with(want).Verify(v.get("secret")))
			assert.ErrorIs(t, v.v1.with(want).Verify(v.get("secret")+"x"), ErrMismatch)
		})
	}
}

// Both signing and verifying give what is published.
func TestACS3Vectors(t *testing.T) {
	for name, v := range vectors(t, "acs3") {
		t.Run(name, func(t *testing.T) {
			text := v.acs3.Text(v.get("signed headers"))
			if want := v.get("string to sign"); want != "" {
				assert.Equal(t, want, strings.ReplaceAll(text.StringToSign, "\n", " "), text.CanonicalRequest)
			}
			want := Authorization{v.get("access key"), v.get("signed headers"), v.get("signature")}.String()
			assert.Equal(t, want, v.acs3.Sign(v.get("access key"), v.get("secret"), v.get("signed headers")), text.CanonicalRequest)
			assert.NoError(t, v.acs3.with(want).Verify(v.get("secret")))
			assert.ErrorIs(t, v.acs3.with(want).Verify(v.get("secret")+"x"), ErrMismatch)
			claim, err := v.acs3.with(want).Claim()
			require.NoError(t, err)
			assert.Equal(t, v.get("access key"), claim.AccessKeyID)
		})
	}
}

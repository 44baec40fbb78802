package journal

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestTokensAreHidden(t *testing.T) {
	for text, want := range map[string]string{
		"":                               "",
		"no token":                       "no token",
		"a%26SecurityToken%3Dsecret%26b": "a%26SecurityToken%3D***%26b",
		"a%26SecurityToken%3Dsecret":     "a%26SecurityToken%3D***",
		"server signs: SecurityToken%3Dsecret\nclient signs: SecurityToken=secret&b": "server signs: SecurityToken%3D***\nclient signs: SecurityToken=***&b",
		"host:x\nx-acs-security-token:secret\n\nhost":                                "host:x\nx-acs-security-token:***\n\nhost",
	} {
		assert.Equal(t, want, hush(text))
	}
}

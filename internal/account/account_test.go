package account

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestID(t *testing.T) {
	var id ID
	for _, text := range []string{"1", DefaultID, "testAccount1", strings.Repeat("a", 64)} {
		assert.NoError(t, id.Set(text), text)
		assert.Equal(t, text, id.String())
	}
	for _, text := range []string{"", "a-b", "a b", "é", DefaultEmail, strings.Repeat("a", 65)} {
		assert.Equal(t, ErrID, id.Set(text), text)
	}
}

func TestEmail(t *testing.T) {
	var e Email
	for _, text := range []string{DefaultEmail, "a@b", "a@b@c", "é@b"} {
		assert.NoError(t, e.Set(text), text)
		assert.Equal(t, text, e.String())
	}
	for _, text := range []string{"", "@", "a@", "@b", DefaultID, "a b@c", "a@b\n"} {
		assert.Equal(t, ErrEmail, e.Set(text), text)
	}
}

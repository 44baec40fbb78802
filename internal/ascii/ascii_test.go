package ascii

import (
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
)

func TestClassesOfCharacters(t *testing.T) {
	for n := range 256 {
		c, r := byte(n), rune(n)
		low := r < 0x80
		assert.Equal(t, low && unicode.IsDigit(r), IsDigit(c), "%q", c)
		assert.Equal(t, low && unicode.IsLetter(r), IsLetter(c), "%q", c)
		assert.Equal(t, low && unicode.Is(unicode.ASCII_Hex_Digit, r), IsHex(c), "%q", c)
		assert.Equal(t, low && unicode.IsPrint(r), IsPrintable(string([]byte{c})), "%q", c)
		assert.Equal(t, low, Is(string([]byte{c})), "%q", c)
	}
}

func TestTexts(t *testing.T) {
	assert.True(t, AreDigits("0123456789"))
	assert.False(t, AreDigits("1a"))
	assert.False(t, AreDigits(""))
	assert.True(t, IsWord("sg-1_A", "-_"))
	assert.False(t, IsWord("sg-1_A", "-"))
	assert.False(t, IsWord("é", "-"))
	assert.False(t, IsWord("", "-"))
	assert.True(t, Is(""))
	assert.True(t, IsPrintable(""))
}

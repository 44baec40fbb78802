package secgroup

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestWrittenBlocks(t *testing.T) {
	for _, text := range []string{"2001:DB8:0::1/32", "2001:db8::1/32", "2001:db8::/32", "2001:0db8::1"} {
		var written, usual Rule
		require.NoError(t, (*WrittenSource6)(&written.Source6).Set(text))
		require.NoError(t, (*WrittenDest6)(&written.Dest6).Set(text))
		require.NoError(t, usual.Source6.Set(text))
		require.NoError(t, usual.Dest6.Set(text))
		assert.Equal(t, []string{text, text}, []string{written.Source6.String(), written.Dest6.String()})
		assert.Equal(t, text != usual.Source6.String(), written.Source6.IsWritten())
		assert.False(t, usual.Source6.IsWritten())
		assert.Equal(t, usual.Key(), written.Key())
		written.ClearHostBits6()
		assert.False(t, written.Source6.IsWritten() || written.Dest6.IsWritten())
		assert.Equal(t, usual.Key().WithoutHostBits6(), written.Key())
	}
	var source WrittenSource6
	assert.Equal(t, ErrIllegal6, source.Set("2001:db8::g"))
	assert.NoError(t, source.Set("2001:db8::1/32"))
	assert.Error(t, source.Strictly("2001:db8::1/32", 2020))
	var dest WrittenDest6
	assert.Equal(t, ErrIllegal6, dest.Set("2001:db8::g"))
	assert.NoError(t, dest.Set("2001:db8::1/32"))
	assert.Error(t, dest.Strictly("2001:db8::1/32", 2020))
}

func TestClearHostBits6(t *testing.T) {
	var r Rule
	require.NoError(t, r.Source6.Set("2001:db8::1/32"))
	require.NoError(t, r.Source4.Set("10.0.0.5/8"))
	r.ClearHostBits6()
	assert.Equal(t, []string{"2001:db8::/32", "10.0.0.5/8", ""}, []string{r.Source6.String(), r.Source4.String(), r.Dest6.String()})
}

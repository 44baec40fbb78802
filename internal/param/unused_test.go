package param

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestUnused(t *testing.T) {
	declare := func(s *Set) {
		s.Unused(`
			AutoPay Boolean
			HostNames RepeatList
			DataDisk RepeatList
			DataDisk.N.Size Integer
			DataDisk.N.Name String`)
	}
	s := decode("AutoPay=maybe&HostNames.1=a&DataDisk.1.Size=20&DataDisk.2.Name=x&DataDisks=1&Auto=1", declare)
	assert.NoError(t, s.Err())
	assert.Equal(t, []string{"DataDisks", "Auto"}, s.unread())
	assert.Equal(t, []Doc{
		{Name: "AutoPay", Type: "Boolean", Description: unusedText},
		{Name: "HostNames", Type: "Array", Description: "", Most: mostUnused, Fields: []Doc{{Type: "String", Description: unusedText}}},
		{Name: "DataDisk", Type: "Array", Most: mostUnused, Fields: []Doc{
			{Name: "Size", Type: "Integer", Description: unusedText}, {Name: "Name", Type: "String", Description: unusedText}}},
	}, Describe(declare))
}

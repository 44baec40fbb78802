package rpc

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestWhatWasMeant(t *testing.T) {
	for sent, want := range map[string]string{
		"thing":               "Thing",
		"Thng":                "Thing",
		"Order.2.Thing":       "Permissions.2.Thing",
		"Permission.Thing":    "Permissions.1.Thing",
		"Permissions.3.Thong": "Permissions.3.Thing",
		"Permissions.3.Size":  "",
		"Order.1.Thong":       "",
		"Size":                "",
		"":                    "",
		"..":                  "",
		"Token":               "ClientToken",
		"clienttoken":         "ClientToken",
	} {
		assert.Equal(t, want, nearest(sent, placeOrder.Params), sent)
	}
}

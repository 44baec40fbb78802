package rpc

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestDidYouMean(t *testing.T) {
	for sent, want := range map[string]string{
		"thing":               "Thing",
		"Thng":                "Thing",
		"Order.2.Thing":       "Permissions.2.Thing",
		"Permission.1.Thing":  "Permissions.1.Thing",
		"Permissions.3.Thong": "Thing",
		"Permissions.3.Size":  "",
		"Order.1.Thong":       "",
		"Size":                "",
		"":                    "",
		"..":                  "",
		"Token":               "ClientToken",
		"clienttoken":         "ClientToken",
	} {
		if want != "" {
			want = "did you mean " + want + "?"
		}
		assert.Equal(t, want, didYouMean(sent, placeOrder.Params), sent)
	}
}

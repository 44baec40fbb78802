package rpc

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRequestsThatAskForTheSame(t *testing.T) {
	for _, same := range [][]string{
		{"Thing=book&Count=2", "Count=2&Thing=book", "Count=2&Thing=book&ClientToken=t", "Thing=book&Count=2&ClientToken=u",
			"Thing=book&Count=2&Coupon=&Permissions.1.Thing=&Permissions=[]",
			"Thing=%62ook&Count=2&Format=JSON&Version=2014-05-26&AccessKeyId=a&Signature=b&SignatureNonce=c&Timestamp=d",
			"Thing=book&Count=2&SecurityToken=e&OwnerId=1&ResourceOwnerAccount=f&SourceIp=g&SecureTransport=true",
			"Thing=book&Count=2&Nobody=reads&this=one",
			"Thing=book&Count=2&RegionId=cn-beijing"},
		{"Permissions.1.Thing=book&Permissions.1.Count=2&Permissions.2.Thing=pen",
			"Permissions.2.Thing=pen&Permissions.1.Count=2&Permissions.1.Thing=book&Permissions.3.Thing=",
			"Permissions=" + url.QueryEscape(`[{"Thing":"book","Count":2},{"Thing":"pen"}]`),
			"Permissions=" + url.QueryEscape(`[{"Count":"2","Thing":"book"},{"Count":"","Thing":"pen","Size":9}]`)},
	} {
		want := decoded(t, same[0]).Fingerprint()
		assert.NotEmpty(t, want)
		for _, query := range same[1:] {
			assert.Equal(t, want, decoded(t, query).Fingerprint(), query)
		}
	}
}

func TestRequestsThatDoNotAskForTheSame(t *testing.T) {
	seen := map[string]string{}
	for _, query := range []string{
		"Thing=book&Count=2", "Thing=book&Count=3", "Thing=Book&Count=2", "Thing=book", "Thing=book+&Count=2",
		"Thing=book&Count=2&Coupon=x", "Thing=book&Count=02",
		"Permissions.1.Thing=book&Permissions.1.Count=2", "Permissions.1.Thing=book",
		"Permissions.1.Thing=book&Permissions.2.Thing=book", "Permissions.1.Thing=book&Permissions.2.Thing=book&Permissions.2.Count=2",
		"Permissions.1.Thing=a&Permissions.2.Thing=b", "Permissions.1.Thing=a%26Permissions.2.Thing%3Db",
		"Permissions.1.Thing=a%22%26Permissions.2.Thing%3D%22b", "Thing=book%00Count=2",
	} {
		f := decoded(t, query).Fingerprint()
		assert.Empty(t, seen[f], query)
		seen[f] = query
	}
}

func TestTheBodyIsAsGoodAsTheQuery(t *testing.T) {
	c := read(post("Action=PlaceOrder&RegionId=cn-hangzhou&Count=2", "Thing=book"))
	_, err := placeOrder.Decode(c, false)
	require.NoError(t, err)
	assert.Equal(t, decoded(t, "Thing=book&Count=2").Fingerprint(), c.Fingerprint())
}

package rpc

import (
	"errors"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/wire"
)

func TestAnActionIsDescribedByItsDeclarations(t *testing.T) {
	var names []string
	for _, d := range placeOrder.Params {
		names = append(names, d.Name)
		assert.True(t, placeOrder.Takes(d.Name))
	}
	assert.Equal(t, []string{"RegionId", "Permissions", "Thing", "Count", "ClientToken"}, names)
	assert.False(t, placeOrder.Takes("Coupon"))
	assert.False(t, placeOrder.Takes(""))
	assert.Equal(t, []wire.Field{{Name: "Total", Type: "Integer"}}, placeOrder.Answer)
	assert.Equal(t, "Orders something.", placeOrder.Summary)
}

func TestAnActionDecodesAndPerforms(t *testing.T) {
	for query, want := range map[string]int{
		"Thing=book&Count=3": 3,
		"Permissions.1.Thing=a&Permissions.1.Count=3&Permissions.7.Thing=b&Permissions.7.Count=4": 7,
	} {
		c := read(get("Action=PlaceOrder&RegionId=cn-hangzhou&" + query))
		q, err := placeOrder.Decode(c, false)
		require.NoError(t, err)
		answer, err := placeOrder.Perform(&shop{open: true}, q)
		require.NoError(t, err)
		assert.Equal(t, &placeOrderResponse{want}, answer)

		answer, err = placeOrder.Perform(&shop{}, q)
		assert.True(t, answer == nil, "not even a nil pointer is left in it")
		assert.Equal(t, "OperationDenied", placeOrder.Fail(err, Edition2019).Code)
	}
}

func TestTheFaultOfAParameterIsReported(t *testing.T) {
	for query, code := range map[string]string{
		"":                                     "MissingParameter",
		"RegionId=cn-hangzhou":                 "MissingParameter",
		"RegionId=cn-hangzhou&Thing=a&Count=x": "InvalidCount",
		"RegionId=cn-hangzhou&Permissions.0.Thing":   "MissingParameter",
		"RegionId=cn-hangzhou&Permissions.0.Thing=a": "InvalidParameter",
		"RegionId=cn-hangzhou&Permissions=a":         "InvalidParameter",
	} {
		_, err := placeOrder.Decode(read(get("Action=PlaceOrder&"+query)), false)
		assert.Equal(t, code, placeOrder.Fail(err, Edition2019).Code, query)
	}
}

func TestStrictRefusesUnknownParameters(t *testing.T) {
	known := "Action=PlaceOrder&Version=2014-05-26&Format=JSON&AccessKeyId=a&Signature=b&SignatureMethod=c&SignatureVersion=d" +
		"&SignatureNonce=e&SignatureType=&Timestamp=f&SecurityToken=g&BearerToken=h&RegionId=cn-hangzhou&OwnerId=1&OwnerAccount=i" +
		"&ResourceOwnerId=2&ResourceOwnerAccount=j&SourceIp=k&SecureTransport=true&Thing=book"
	for _, query := range []string{"", "&Coupon=x&Count=", "&Permissions=[]", "&Permissions.1="} {
		_, err := placeOrder.Decode(read(get(known+query)), true)
		assert.NoError(t, err, query)
	}
	for query, name := range map[string]string{
		"&Size=9": "Size", "&Size=": "Size", "&thing=book": "thing", "&format=JSON": "format", "&=x": "", "&Permissions2.1=x": "Permissions2.1",
	} {
		_, err := placeOrder.Decode(read(get(known+query)), false)
		assert.NoError(t, err, query)
		_, err = placeOrder.Decode(read(get(known+query)), true)
		assert.ErrorIs(t, err, ErrUnknown, query)
		assert.Equal(t, `The specified parameter "`+name+`" is not valid.`, placeOrder.Fail(err, Edition2019).Message)
	}
}

func TestStrictReportsFaultsBeforeUnknownParameters(t *testing.T) {
	_, err := placeOrder.Decode(read(get("Action=PlaceOrder&Size=9&RegionId=r")), true)
	assert.ErrorIs(t, err, param.ErrMissing)
}

// An unknown parameter may be a secret that was sent by mistake.
func TestTheValueOfAnUnknownParameterIsNotShown(t *testing.T) {
	c := read(get("Action=PlaceOrder&RegionId=r&Thing=a&AccessKeySecret=secret"))
	_, err := placeOrder.Decode(c, true)
	out := placeOrder.Fail(err, Edition2019)
	assert.NotContains(t, c.Hint(&out)+out.Message, "secret")
	assert.False(t, errors.Is(err, param.ErrInvalid))
}

func TestSteps(t *testing.T) {
	for _, c := range []struct {
		says, example, try string
		want               []string
	}{
		{"nothing is the example", "A=1&B=2", "", []string{"A=1&B=2"}},
		{"a parameter is replaced where it stands", "A=1&B=2&C=3", "B=9", []string{"A=1&B=9&C=3"}},
		{"a new one comes last", "A=1&B=2", "C=3", []string{"A=1&B=2&C=3"}},
		{"several at once", "A=1&B=2", "C=3&A=9&C=4", []string{"A=9&B=2&C=4"}},
		{"blank is not absent", "A=1&B=2", "A=&B", []string{"A=&B"}},
		{"a minus takes one out", "A=1&B=2&C=3", "-B", []string{"A=1&C=3"}},
		{"the only one, too", "A=1", "-A", []string{""}},
		{"one that is not there", "A=1", "-B", []string{"A=1"}},
		{"and another in its place", "A=1&B=2", "-A&C=3", []string{"B=2&C=3"}},
		{"a minus in a value is none", "A=1", "A=-1", []string{"A=-1"}},
		{"names are whole", "Priority=1&P=2", "-P", []string{"Priority=1"}},
		{"without an example", "", "A=1&B=2", []string{"A=1&B=2"}},
		{"without anything", "", "", []string{""}},
		{"several calls begin with the example each", "A=1&B=2", "A=8; B=9; -A", []string{"A=8&B=2", "A=1&B=9", "B=2"}},
		{"the example first, then another", "A=1", "; A=2", []string{"A=1", "A=2"}},
		{"a number repeats a call", "A=1", "3*A=2", []string{"A=2", "A=2", "A=2"}},
		{"and stands for #", "A=1", "3*A=a#&B=#", []string{"A=a1&B=1", "A=a2&B=2", "A=a3&B=3"}},
		{"# alone is a character", "A=1", "A=#", []string{"A=#"}},
		{"repeated calls among others", "A=1", "A=0; 2*A=#; A=9", []string{"A=0", "A=1", "A=2", "A=9"}},
		{"the bare example, repeated", "A=1", "2*", []string{"A=1", "A=1"}},
		{"a star in a value repeats nothing", "A=1", "A=2*3", []string{"A=2*3"}},
		{"a semicolon without a space divides nothing", "A=1", "A=2;B=3", []string{"A=2;B=3"}},
	} {
		d := &Description{Spec: Spec{Example: c.example}}
		assert.Equal(t, c.want, d.Steps(c.try), c.says)
	}
}

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

package rpc

import (
	"errors"
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
		answer, err := placeOrder.Perform(t.Context(), &shop{open: true}, q)
		require.NoError(t, err)
		assert.Equal(t, &placeOrderResponse{want}, answer)

		answer, err = placeOrder.Perform(t.Context(), &shop{}, q)
		assert.True(t, answer == nil, "not even a nil pointer is left in it")
		assert.Equal(t, "OperationDenied", placeOrder.Fail(err, Edition2019).Code)
	}
}

func TestWhatIsWrongWithAParameterIsTold(t *testing.T) {
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

func TestStrictRefusesWhatNobodyReads(t *testing.T) {
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

func TestStrictTellsWhatIsWrongBeforeWhatIsUnknown(t *testing.T) {
	_, err := placeOrder.Decode(read(get("Action=PlaceOrder&Size=9&RegionId=r")), true)
	assert.ErrorIs(t, err, param.ErrMissing)
}

// What nobody knows may be a secret that strayed.
func TestTheValueOfAnUnknownParameterIsNotTold(t *testing.T) {
	c := read(get("Action=PlaceOrder&RegionId=r&Thing=a&AccessKeySecret=hush"))
	_, err := placeOrder.Decode(c, true)
	out := placeOrder.Fail(err, Edition2019)
	assert.NotContains(t, c.Hint(&out)+out.Message, "hush")
	assert.False(t, errors.Is(err, param.ErrInvalid))
}

package fault

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/ascii"
	"github.com/ecsmock/ecsmock/internal/rpc"
)

func TestWhichRowACodeMeans(t *testing.T) {
	for _, c := range []struct {
		says         string
		edition      rpc.Edition
		action, code string
		status       int
		message      string
	}{
		{"the action's own, of the edition", rpc.Edition2019, "PlaceOrder", "Closed", 403, "The shop is closed."},
		{"the action's own, of another edition", rpc.Edition2024, "PlaceOrder", "Closed", 400, "Closed."},
		{"the action's own before the service's", rpc.Edition2019, "PlaceOrder", "Throttling.User", 400, "One at a time."},
		{"the service's for another action", rpc.Edition2019, "CancelOrder", "Throttling.User", 400, "Request was denied due to user flow control."},
		{"the action's own before another's", rpc.Edition2019, "CancelOrder", "Wrong", 404, "The order is wrong."},
		{"the action's own before the gateway's, and of two the first", rpc.Edition2019, "CancelOrder", "TooLate", 409, "It has left."},
		{"also one that no request makes", rpc.Edition2019, "CancelOrder", "InternalError", 500, "The order has a defect."},
		{"the gateway's before another action's", rpc.Edition2019, "PlaceOrder", "TooLate", 503, "The gateway is closed."},
		{"another action's if there is no other", rpc.Edition2020, "CancelOrder", "Closed", 400, "Closed."},
		{"of two the one with a message that is whole", rpc.Edition2019, "PlaceOrder", "Holiday", 404, "Gone."},
	} {
		catalogue := shop()
		catalogue.Edition = c.edition
		row := catalogue.row(c.action, c.code)
		require.NotNil(t, row, c.says)
		assert.Equal(t, c.status, row.Status, c.says)
		assert.Equal(t, c.message, row.Message, c.says)
	}
	catalogue := shop()
	assert.Nil(t, catalogue.row("PlaceOrder", "closed"), "codes are case-sensitive")
}

// A message that is always about one parameter is whole; the service's own code is
// what stands in for a row of the gateway that is not.
func TestMessagesThatAreFilledIn(t *testing.T) {
	catalogue := Catalogue{Gateway: []rpc.Failure{
		{Status: 400, Code: "Missing", Message: "%s and no other %s."},
		{Status: 400, Code: "Missing", Of: "Thing", Message: "%s and no other %s."},
		{Status: 418, Code: "SignatureDoesNotMatch", Message: "It is %s."},
		{Status: 418, Code: "SignatureNonceUsed", Message: "It is used."},
	}}
	row := catalogue.row("", "Missing")
	assert.False(t, open(row))
	assert.Equal(t, "Thing and no other Thing.", message(row))
	assert.Equal(t, 400, catalogue.row("", "SignatureDoesNotMatch").Status)
	assert.Equal(t, 418, catalogue.row("", "SignatureNonceUsed").Status, "what is whole is the gateway's")
}

func TestAnEditionHasTheRowsOfTheOthersToo(t *testing.T) {
	catalogue := Catalogue{Edition: rpc.Edition2019, Gateway: []rpc.Failure{{Since: rpc.Edition2024, Status: 400, Code: "New", Message: "%s"}}}
	assert.NotNil(t, catalogue.row("", "New"))
}

// The file has the rows of the vendor's tables, and what was seen where they differ.
func TestTheServicesOwnCodes(t *testing.T) {
	text, err := os.ReadFile("testdata/service-codes.txt")
	require.NoError(t, err)
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	catalogue := Catalogue{}
	for _, line := range lines {
		due := strings.SplitN(line, "|", 3)
		row := catalogue.row("", due[1])
		require.NotNil(t, row, line)
		assert.Equal(t, due, []string{strconv.Itoa(row.Status), row.Code, row.Message})
	}
	assert.Len(t, serviceCodes, len(lines), "a code that the file lacks, or one that is there twice")
	for i := range serviceCodes {
		row := &serviceCodes[i]
		assert.False(t, open(row), row.Code)
		assert.True(t, ascii.IsWord(row.Code, ".-_"), row.Code)
	}
}

func TestCodesAreSorted(t *testing.T) {
	catalogue := shop()
	codes := catalogue.codes()
	assert.IsIncreasing(t, codes, "sorted, and each once")
	for _, code := range []string{"Closed", "Holiday", "InternalError", "Throttling.Api", "Wrong"} {
		assert.Contains(t, codes, code)
	}
	assert.NotContains(t, codes, "")
}

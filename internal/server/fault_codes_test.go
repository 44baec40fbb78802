package server_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/server"
)

// codesOfClients are codes that real clients know, in documents or not.
var codesOfClients = []string{
	"InvalidOperation.DeletionProtection", "TaskConflict", "SecurityGroupInstanceLimitExceed", "IdempotentFailed", "IncorrectDefaultZone",
	"InternalError", "ServiceUnavailable", "Forbidden.RAM", "InvalidSecurityToken.Expired", "Throttling.User", "OperationConflict",
}

// documentedRow is a row of testdata/upstream/errors.json.
type documentedRow struct {
	Status        int
	Code, Message string
}

// A fault can answer every code of the vendor's documents and of clients by its name
// alone, with a status and a text that a document has for the code.
func TestFaultsByEveryKnownCode(t *testing.T) {
	text, err := os.ReadFile(root + "/testdata/upstream/errors.json")
	require.NoError(t, err)
	var documents map[string][]documentedRow
	require.NoError(t, json.Unmarshal(text, &documents))
	require.NotEmpty(t, documents)
	// Where no document of an action was found, its rows are those of the action of the
	// other direction.
	otherEnd := strings.NewReplacer("Source", "Dest", "Dest", "Source", "source", "destination", "destination", "source")
	byCode := map[string][]documentedRow{}
	for _, rows := range documents {
		for _, row := range rows {
			byCode[row.Code] = append(byCode[row.Code], row)
			row.Code, row.Message = otherEnd.Replace(row.Code), otherEnd.Replace(row.Message)
			byCode[row.Code] = append(byCode[row.Code], row)
		}
	}
	for _, edition := range editions {
		s := start(t, server.Options{Edition: edition})
		for action, rows := range documents {
			for _, row := range rows {
				got := injected(t, s, action, row.Code)
				assert.True(t, sayAny(byCode[row.Code], got), "%s in edition %d: no document has %d %s: %s", action, edition, got.Status, got.Code, got.Message)
			}
		}
		for _, code := range codesOfClients {
			injected(t, s, "*", code)
		}
	}
}

// injected returns the answer of a call with a fault that has nothing but a code.
func injected(t *testing.T, s *server.Server, action, code string) documentedRow {
	t.Helper()
	added := send(s, http.MethodPost, "/_mock/faults", fmt.Sprintf(`{"Action": %q, "Code": %q, "Times": 1}`, action, code))
	require.Equal(t, http.StatusOK, added.Status, "%s %s: %s", action, code, added.Body)
	if action == "*" {
		action = "RevokeSecurityGroup"
	}
	got := get(s, "/?Format=JSON&Action="+action)
	var row documentedRow
	require.NoError(t, json.Unmarshal([]byte(got.Body), &row))
	assert.Equal(t, code, row.Code, action)
	assert.NotEmpty(t, row.Message, code)
	assert.NotContains(t, row.Message, "%s", code)
	row.Status = got.Status
	require.Equal(t, http.StatusOK, send(s, http.MethodDelete, "/_mock/faults", "").Status)
	return row
}

// sayAny reports whether a text is one of the rows' texts for the status, where %s stands
// for any text.
func sayAny(rows []documentedRow, got documentedRow) bool {
	return slices.ContainsFunc(rows, func(row documentedRow) bool {
		want := strings.ReplaceAll(regexp.QuoteMeta(row.Message), "%s", ".+")
		return row.Status == got.Status && regexp.MustCompile("^"+want+"$").MatchString(got.Message)
	})
}

// The rows of documents in internal/fault/codes.txt are in no table: there they would be
// answered in place of the table's row.
func TestCodesOfFaultsAreInNoTable(t *testing.T) {
	text, err := os.ReadFile(root + "/internal/fault/codes.txt")
	require.NoError(t, err)
	_, rows, found := strings.Cut(string(text), "# Rows of documents that no table of an action has.\n")
	require.True(t, found)
	rows, _, _ = strings.Cut(rows, "\n#")
	inTables := map[string]string{}
	for _, a := range actions() {
		for _, row := range slices.Concat(a.Failures, a.Unmade) {
			inTables[row.Code] = a.Name
		}
	}
	for row := range strings.SplitSeq(strings.TrimSpace(rows), "\n") {
		code := strings.Split(row, "|")[1]
		assert.Empty(t, inTables[code], "%s is in a table", code)
	}
}

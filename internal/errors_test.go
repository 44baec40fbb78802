package internal_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
)

// A cause is what a row of an error table is about.
type cause struct {
	on error
	of string
}

// notAlways are the causes that some editions do not make, by their code; one of a single
// action has its name before.
var notAlways = map[string]string{
	"AuthorizedGroupRule.LimitExceed":                           "secgroup.LimitsOf sets it from 2025 on",
	"InvalidOperation.ResourceManagedByCloudProduct":            "Caller.checkManaged",
	"DescribeRegions InvalidResourceType.NotFound":              "any type is accepted before 2020",
	"DescribeSecurityGroups InvalidSecurityGroupId.Malformed":   "it refuses a malformed id from 2025 on",
	"DescribeSecurityGroups InvalidSecurityGroupName.Malformed": "it refuses a malformed name from 2025 on",
	"JoinResourceGroup MissingParameter":                        "the gateway's row answers it but in 2020",
	"MissingParameter.RegionId":                                 "the gateway's row answers it before 2025",
	"InvalidParams.VpcIdGroupType":                              "from 2025 on a group without VpcId is in the default VPC",
	"MissingParamter.RegionId":                                  "the gateway's row answers it before 2025",
}

// In each edition exactly one row of an action's table answers a cause: a second one
// would never be used, and without any the call would end in an internal error.
func TestEachCauseHasOneRowInEachEdition(t *testing.T) {
	for _, a := range allActions() {
		rows := map[cause][]*rpc.Failure{}
		for _, f := range a.Failures {
			rows[cause{f.On, f.Of}] = append(rows[cause{f.On, f.Of}], f)
		}
		for cause, rows := range rows {
			for _, edition := range rpc.Editions() {
				n := 0
				for _, f := range rows {
					if f.HoldsIn(edition) {
						n++
					}
				}
				if code := rows[0].Code; n == 0 && (notAlways[code] != "" || notAlways[label(a)+" "+code] != "") {
					continue
				}
				assert.Equal(t, 1, n, "%s: rows for %q %s in edition %d", label(a), cause.on, cause.of, edition)
			}
		}
	}
}

// A row that only a fault produces is in no table: it would hide from
// TestErrorsAreTheVendors that some editions do not answer it.
func TestUnmadeRowsAreNotMade(t *testing.T) {
	for _, a := range allActions() {
		for _, u := range a.Unmade {
			for _, f := range a.Failures {
				assert.False(t, f.Status == u.Status && f.Code == u.Code && f.Message == u.Message, "%s: %d %s is made", a.Name, u.Status, u.Code)
			}
		}
	}
}

// Each row that no request causes has a reason. A code that the reason names is one that
// the action answers instead.
func TestUnmadeRowsHaveReasons(t *testing.T) {
	code := regexp.MustCompile(`\b[A-Z]\w*\.[A-Z]\w*|\bIncorrect\w+`)
	n := 0
	for _, a := range allActions() {
		n += len(a.Unmade)
		for _, u := range a.Unmade {
			about := label(a) + " " + u.Code + ": " + u.When
			assert.Regexp(t, `^[A-Z].* .*\.$`, u.When, about)
			for _, named := range code.FindAllString(u.When, -1) {
				assert.True(t, slices.ContainsFunc(a.Failures, func(f *rpc.Failure) bool { return f.Code == named }), about)
			}
		}
	}
	files, err := filepath.Glob("*/unmade.txt")
	require.NoError(t, err)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		n -= strings.Count(string(text), "|") / 3
	}
	assert.Zero(t, n, "rows of unmade.txt that are of no action")
}

// upstreamRow is a row of an error table of the vendor's documents, with the years of
// the documents that have it.
type upstreamRow struct {
	Status        int
	Code, Message string
	Seen          []string
}

// years are the years of the documents that an edition stands for.
var years = map[rpc.Edition][]string{
	rpc.Edition2019: {"19"},
	rpc.Edition2020: {"20", "21"},
	rpc.Edition2025: {"25"},
}

// is reports whether the rows have the same status, code and text. A document has %s for
// a whole text, and a row of the mock for a parameter.
func (u *upstreamRow) is(f *rpc.Failure) bool {
	if int(f.Status) != u.Status || f.Code != u.Code {
		return false
	}
	before, after, filled := strings.Cut(f.Message, "%s")
	return f.Message == u.Message || u.Message == "%s" || u.Message == "%s." ||
		filled && strings.HasPrefix(u.Message, before) && strings.HasSuffix(u.Message, after)
}

func (u *upstreamRow) seenIn(e rpc.Edition) bool {
	return slices.ContainsFunc(u.Seen, func(year string) bool { return slices.Contains(years[e], year) })
}

// The error tables are those of the vendor's documents: each row that a document has is
// answered by the mock in the editions of its years, and each row of the mock is in a
// document. testdata/upstream/errors-differ.txt lists the exceptions, each with its reason,
// all of which must still be needed.
func TestErrorsAreTheVendors(t *testing.T) {
	for _, p := range server.Products() {
		t.Run(p.Name, func(t *testing.T) { errorsAreTheVendors(t, p) })
	}
}

func errorsAreTheVendors(t *testing.T, p *product.Product) {
	file, err := os.ReadFile(upstream(p, "errors.json"))
	require.NoError(t, err)
	var documents map[string][]upstreamRow
	require.NoError(t, json.Unmarshal(file, &documents))
	for _, e := range rpc.Editions() {
		require.NotEmpty(t, years[e], "years has no entry for edition %d", e)
	}
	var found []string
	for _, a := range p.Actions {
		found = append(found, missing(&a.Description, documents[a.Name])...)
	}
	found = append(found, undocumented(p, documents)...)
	listed := exceptionLines(t, upstream(p, "errors-differ.txt"))
	inNone := 0
	for _, line := range found {
		assert.True(t, slices.Contains(listed, line), "this row differs from the vendor's documents: %s", line)
	}
	for _, line := range listed {
		assert.True(t, slices.Contains(found, line), "this exception is not needed any more: %s", line)
		if strings.HasPrefix(line, "mock|") {
			inNone++
		}
	}
	assert.LessOrEqual(t, inNone, 20, "rows that are in no document")
}

// missing returns the documented rows that the mock answers in none of the editions of
// their years. A row that only an injected fault produces is not missing.
func missing(a *rpc.Description, documented []upstreamRow) []string {
	var lines []string
	for _, u := range documented {
		var editions []string
		for _, e := range rpc.Editions() {
			made := slices.ContainsFunc(a.Failures, func(f *rpc.Failure) bool { return f.HoldsIn(e) && u.is(f) }) ||
				slices.ContainsFunc(a.Unmade, func(f *rpc.Failure) bool { return u.is(f) }) ||
				slices.ContainsFunc(rpc.Gateway, func(f *rpc.Failure) bool { return u.is(f) })
			if u.seenIn(e) && !made {
				editions = append(editions, strconv.Itoa(int(e)))
			}
		}
		if editions != nil {
			lines = append(lines, fmt.Sprintf("document|%s|%s|%d|%s|%s", a.Name, strings.Join(editions, ","), u.Status, u.Code, u.Message))
		}
	}
	return lines
}

// otherEnd exchanges the ends of a rule: where no document of an action was found, its rows
// are those of the action of the other direction.
var otherEnd = strings.NewReplacer("Source", "Dest", "Dest", "Source", "source", "destination", "destination", "source")

// undocumented returns the rows of the mock that are in no document, of whatever year and
// action: rows of tokens, regions and tags are the same in every action that has them.
func undocumented(p *product.Product, documents map[string][]upstreamRow) []string {
	var all []upstreamRow
	for _, rows := range documents {
		for _, u := range rows {
			all = append(all, u, upstreamRow{u.Status, otherEnd.Replace(u.Code), otherEnd.Replace(u.Message), u.Seen})
		}
	}
	var lines []string
	for _, a := range p.Actions {
		for _, f := range a.Failures {
			if f.Status != 200 && !slices.ContainsFunc(all, func(u upstreamRow) bool { return u.is(f) }) {
				lines = append(lines, fmt.Sprintf("mock|%d|%s|%s", f.Status, f.Code, f.Message))
			}
		}
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}

// exceptionLines returns the exceptions. Each group of them follows its reason.
func exceptionLines(t *testing.T, path string) []string {
	file, err := os.ReadFile(path)
	require.NoError(t, err)
	var lines []string
	for group := range strings.SplitSeq(strings.TrimSpace(string(file)), "\n\n") {
		assert.True(t, strings.HasPrefix(group, "# "), "a reason stands above these lines:\n%s", group)
		for line := range strings.SplitSeq(group, "\n") {
			if !strings.HasPrefix(line, "#") {
				lines = append(lines, line)
			}
		}
	}
	return lines
}

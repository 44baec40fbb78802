package rpc

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ecsmock/ecsmock/internal/param"
)

var (
	errA = errors.New("a")
	errB = errors.New("b")
	errC = errors.New("c")
)

func TestTheFirstRowThatFitsIsTold(t *testing.T) {
	rows := []Failure{
		{On: errA, Of: "X", Until: Edition2019, Code: "A.X.2019"},
		{On: errA, Of: "X", Code: "A.X"},
		{On: errA, Since: Edition2020, Code: "A.Later"},
		{On: errA, Of: "Y", Code: "A.Y"},
		{On: errB, Of: "X", Code: "B.X"},
		{On: errB, Code: "B"},
		{On: errB, Of: "Y", Code: "B.Y.Never"},
	}
	for _, c := range []struct {
		err     error
		edition Edition
		want    string
	}{
		{Named(errA, "X"), Edition2019, "A.X.2019"},
		{Named(errA, "X"), Edition2020, "A.X"},
		{Named(errA, "X"), Edition2024, "A.X"},
		{Named(errA, "Y"), Edition2019, "A.Y"},
		{Named(errA, "Y"), Edition2020, "A.Later"},
		{errA, Edition2024, "A.Later"},
		{errA, Edition2019, ""},
		{Named(errB, "X"), Edition2019, "B.X"},
		{Named(errB, "Y"), Edition2019, "B"},
		{errB, Edition2024, "B"},
		{errC, Edition2024, ""},
		{Named(errC, "X"), Edition2024, ""},
		{fmt.Errorf("wrapped: %w", Named(errB, "X")), Edition2024, "B.X"},
		{Named(fmt.Errorf("wrapped: %w", errB), "X"), Edition2024, "B.X"},
		{&param.Error{Name: "X", Path: "List.1.X", Err: errB}, Edition2024, "B.X"},
	} {
		code := ""
		if row, _ := find(rows, c.err, c.edition); row != nil {
			code = row.Code
		}
		assert.Equal(t, c.want, code, "%v in %v", c.err, c.edition)
	}
}

func TestFail(t *testing.T) {
	d := &Description{Spec: Spec{Failures: []Failure{
		{On: errA, Status: 404, Code: "A", Message: "%s is not there, %s."},
		{On: errB, Until: Edition2019, Status: 403, Code: "B", Message: "Denied."},
		{On: errB, Since: Edition2020, Status: 200, Code: "B", Message: "Once denied."},
	}}}
	about := Named(errA, "Thing")
	assert.Equal(t, Outcome{Status: 404, Code: "A", Message: "Thing is not there, Thing.", Err: about}, d.Fail(about, Edition2019))
	assert.Equal(t, Outcome{Status: 403, Code: "B", Message: "Denied.", Err: errB}, d.Fail(errB, Edition2019))
	assert.Equal(t, Outcome{Status: 200, Err: errB}, d.Fail(errB, Edition2024), "is forgiven, but not forgotten")

	missing := Named(param.ErrMissing, "RegionId")
	assert.Equal(t, Outcome{Status: 400, Code: "MissingParameter", Err: missing,
		Message: `The input parameter "RegionId" that is mandatory for processing this request is not supplied.`}, d.Fail(missing, Edition2024))

	defect := d.Fail(errC, Edition2024)
	assert.Equal(t, []any{500, "InternalError", errC}, []any{defect.Status, defect.Code, defect.Err})
}

func TestEachRowOfTheGatewayIsReached(t *testing.T) {
	for i := range Gateway {
		row := &Gateway[i]
		found, _ := find(Gateway, Named(row.On, row.Of), Edition2019)
		assert.Same(t, row, found, row.When)
		assert.NotZero(t, row.Status, row.When)
		assert.NotEmpty(t, row.Code, row.When)
		assert.Regexp(t, `\.$`, row.Message)
		assert.Regexp(t, `\.$|please report it\.$`, row.When)
		assert.Nil(t, row.Editions(), "the gateway knows no editions")
	}
}

func TestEditions(t *testing.T) {
	assert.True(t, slices.IsSorted(Editions()))
	for _, e := range Editions() {
		got, err := ParseEdition(strconv.Itoa(int(e)))
		assert.NoError(t, err)
		assert.Equal(t, e, got)
	}
	for _, text := range []string{"", "0", "2018", "2021", "02019", "x"} {
		_, err := ParseEdition(text)
		assert.ErrorContains(t, err, "the editions are 2019, 2020 and 2024", text)
	}
}

func TestARowHoldsFromItsFirstEditionToItsLast(t *testing.T) {
	for _, c := range []struct {
		row  Failure
		want []Edition
	}{
		{Failure{}, nil},
		{Failure{Since: Edition2020}, []Edition{Edition2020, Edition2024}},
		{Failure{Until: Edition2020}, []Edition{Edition2019, Edition2020}},
		{Failure{Since: Edition2020, Until: Edition2020}, []Edition{Edition2020}},
	} {
		assert.Equal(t, c.want, c.row.Editions())
		assert.True(t, c.row.HoldsIn(0))
	}
}

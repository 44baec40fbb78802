package rpc

import (
	"errors"
	"fmt"
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
		{On: errA, Of: "X", In: In2019, Code: "A.X.2019"},
		{On: errA, Of: "X", Code: "A.X"},
		{On: errA, In: Since2020, Code: "A.Later"},
		{On: errA, Of: "Y", Code: "A.Y"},
		{On: errB, Of: "X", Code: "B.X"},
		{On: errB, Code: "B"},
		{On: errB, Of: "Y", Code: "B.Y.Never"},
	}
	for _, c := range []struct {
		err     error
		edition Editions
		want    string
	}{
		{Named(errA, "X"), In2019, "A.X.2019"},
		{Named(errA, "X"), In2020, "A.X"},
		{Named(errA, "X"), In2024, "A.X"},
		{Named(errA, "Y"), In2019, "A.Y"},
		{Named(errA, "Y"), In2020, "A.Later"},
		{errA, In2024, "A.Later"},
		{errA, In2019, ""},
		{Named(errB, "X"), In2019, "B.X"},
		{Named(errB, "Y"), In2019, "B"},
		{errB, In2024, "B"},
		{errC, In2024, ""},
		{Named(errC, "X"), In2024, ""},
		{fmt.Errorf("wrapped: %w", Named(errB, "X")), In2024, "B.X"},
		{Named(fmt.Errorf("wrapped: %w", errB), "X"), In2024, "B.X"},
		{&param.Error{Name: "X", Path: "List.1.X", Err: errB}, In2024, "B.X"},
	} {
		code := ""
		if row, _ := find(rows, c.err, c.edition); row != nil {
			code = row.Code
		}
		assert.Equal(t, c.want, code, "%v in %v", c.err, c.edition.Years())
	}
}

func TestFail(t *testing.T) {
	d := &Description{Spec: Spec{Failures: []Failure{
		{On: errA, Status: 404, Code: "A", Message: "%s is not there, %s."},
		{On: errB, In: In2019, Status: 403, Code: "B", Message: "Denied."},
		{On: errB, In: Since2020, Status: 200, Code: "B", Message: "Once denied."},
	}}}
	about := Named(errA, "Thing")
	assert.Equal(t, Outcome{Status: 404, Code: "A", Message: "Thing is not there, Thing.", Err: about}, d.Fail(about, In2019))
	assert.Equal(t, Outcome{Status: 403, Code: "B", Message: "Denied.", Err: errB}, d.Fail(errB, In2019))
	assert.Equal(t, Outcome{Status: 200, Err: errB}, d.Fail(errB, In2024), "is forgiven, but not forgotten")

	missing := Named(param.ErrMissing, "RegionId")
	assert.Equal(t, Outcome{Status: 400, Code: "MissingParameter", Err: missing,
		Message: `The input parameter "RegionId" that is mandatory for processing this request is not supplied.`}, d.Fail(missing, In2024))

	defect := d.Fail(errC, In2024)
	assert.Equal(t, []any{500, "InternalError", errC}, []any{defect.Status, defect.Code, defect.Err})
}

func TestEachRowOfTheGatewayIsReached(t *testing.T) {
	for i := range Gateway {
		row := &Gateway[i]
		found, _ := find(Gateway, Named(row.On, row.Of), In2019)
		assert.Same(t, row, found, row.When)
		assert.NotZero(t, row.Status, row.When)
		assert.NotEmpty(t, row.Code, row.When)
		assert.Regexp(t, `\.$`, row.Message)
		assert.Regexp(t, `\.$|please report it\.$`, row.When)
		assert.Zero(t, row.In, "the gateway knows no editions")
	}
}

func TestEditions(t *testing.T) {
	for year, want := range map[int]Editions{2019: In2019, 2020: In2020, 2024: In2024} {
		got, ok := EditionOf(year)
		assert.True(t, ok)
		assert.Equal(t, want, got)
		assert.Equal(t, year, got.Year())
		assert.Equal(t, []int{year}, got.Years())
	}
	for _, year := range []int{0, 2018, 2021, 2025} {
		_, ok := EditionOf(year)
		assert.False(t, ok, year)
	}
	assert.Equal(t, []int{2020, 2024}, Since2020.Years())
	assert.Empty(t, Editions(0).Years())
}

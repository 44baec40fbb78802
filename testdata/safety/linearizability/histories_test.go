package linearizability

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
	"github.com/stretchr/testify/require"
)

// setting is a number that the environment may change.
func setting(t *testing.T, name string, usual int) int {
	text := os.Getenv(name)
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	require.NoError(t, err, "%s is a number", name)
	return n
}

// TestHistories checks HISTORIES histories, a third in each edition, beginning with
// that of SEED. Two at a time are under way, in accounts of their own.
func TestHistories(t *testing.T) {
	many, first := setting(t, "HISTORIES", 2000), setting(t, "SEED", 0)
	years := []int{2019, 2020, 2025}
	mocks := map[int]*mock{}
	for _, year := range years {
		mocks[year] = start(t, year)
	}
	begun, next, sum := time.Now(), atomic.Int64{}, figures{}
	var workers sync.WaitGroup
	for range 2 {
		workers.Go(func() {
			for i := next.Add(1) - 1; i < int64(many) && !t.Failed(); i = next.Add(1) - 1 {
				p := planOf(uint64(first)+uint64(i), years)
				checkHistory(t, p, mocks[p.year].forPlan(p), &sum)
			}
		})
	}
	workers.Wait()
	require.False(t, t.Failed())
	sum.check(t, many)
	fmt.Printf("%s in %s, all linearizable\n", &sum, time.Since(begun).Round(time.Second/10))
}

// patience is for the checking of one history, which takes milliseconds.
const patience = time.Minute

func checkHistory(t *testing.T, p plan, m *mock, sum *figures) {
	h, err := m.drive(p)
	if err != nil {
		t.Errorf("%+v: %v", p, err)
		return
	}
	switch porcupine.CheckOperationsTimeout(modelOf(h.groups, p.apart), h.operations, patience) {
	case porcupine.Ok:
		sum.add(h.operations)
	case porcupine.Unknown:
		t.Errorf("%+v: not decided within %s", p, patience)
	default:
		t.Errorf("%+v: no order of these calls explains their answers:\n%s", p, listing(h.operations))
	}
}

// listing returns a history by the moments at which its calls began.
func listing(list []porcupine.Operation) string {
	list = slices.SortedFunc(slices.Values(list), func(a, b porcupine.Operation) int { return cmp.Compare(a.Call, b.Call) })
	var b strings.Builder
	for _, o := range list {
		fmt.Fprintf(&b, "%3d-%3d client %d: %s -> %s\n", o.Call, o.Return, o.ClientId, o.Input, o.Output)
	}
	return b.String()
}

// figures count what was checked: histories without overlaps, errors or lost answers
// would prove little.
type figures struct {
	mu                                                               sync.Mutex
	histories, operations, overlaps, lost, throttled, tokens, errors int
}

func (f *figures) add(list []porcupine.Operation) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.histories++
	f.operations += len(list)
	for i, o := range list {
		c, a := o.Input.(*call), o.Output.(*answer)
		f.lost += one01(a.lost)
		f.throttled += one01(a.code == throttled)
		f.errors += one01(a.code != "" && a.code != throttled)
		f.tokens += one01(c.token != "")
		f.overlaps += one01(slices.ContainsFunc(list[i+1:], func(other porcupine.Operation) bool {
			return other.Call < o.Return && o.Call < other.Return
		}))
	}
}

func one01(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// check wants enough of everything to have been met.
func (f *figures) check(t *testing.T, many int) {
	require.Equal(t, many, f.histories)
	if many < 100 {
		return
	}
	for what, n := range map[string]int{"overlaps": f.overlaps, "lost": f.lost, "throttled": f.throttled, "tokens": f.tokens, "errors": f.errors} {
		require.Greater(t, n*50, f.operations/2, "%s: few of %d operations", what, f.operations)
	}
}

func (f *figures) String() string {
	return fmt.Sprintf("%d histories of %d operations (%d overlapped another, %d with a client token, %d refused, %d throttled, %d with lost answers)",
		f.histories, f.operations, f.overlaps, f.tokens, f.errors, f.throttled, f.lost)
}

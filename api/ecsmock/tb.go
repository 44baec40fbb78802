package ecsmock

import "fmt"

// TB is what the mock needs of a test. *testing.T, *testing.B and *testing.F have it.
type TB interface {
	Helper()
	Cleanup(f func())
	Failed() bool
	Logf(format string, args ...any)
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// outside stands in for the test of a server that was started outside tests, where
// a mistake in the program is a panic.
type outside struct{}

func (outside) Helper()                           {}
func (outside) Cleanup(func())                    {}
func (outside) Failed() bool                      { return false }
func (outside) Logf(string, ...any)               {}
func (outside) Errorf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }
func (outside) Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }

package certainty

import (
	"net"
	"os"
	"testing"
)

// Where a test has failed already, nobody takes care of what is left.

func okUnexpected(t *testing.T, name string) {
	_, err := os.Open(name)
	if err == nil {
		t.Error("it was opened")
	}
}

func okUnexpectedNamed(t *testing.T, name string) {
	if f, err := os.Open(name); err == nil {
		t.Errorf("%s was opened", f.Name())
	}
}

func okInBenchmark(b *testing.B, name string) {
	if f, err := os.Open(name); err == nil {
		_ = f.Name()
		b.Fail()
	}
}

func okAnyTest(tb testing.TB, name string) {
	if _, err := os.Open(name); err == nil {
		tb.Errorf("%s was opened", name)
	}
}

// An asserter is what libraries of assertions ask for.
type asserter interface {
	Errorf(format string, args ...any)
}

func isError(t asserter, err error) bool {
	if err == nil {
		return fails(t, "an error is expected")
	}
	return true
}

func fails(t asserter, message string) bool {
	if h, ok := t.(interface{ Helper() }); ok {
		h.Helper()
	}
	t.Errorf("%s", message)
	return false
}

func wantError(t *testing.T, err error) {
	if err == nil {
		t.Error("no error")
	}
}

func okAsserted(t *testing.T, name string) {
	_, err := os.Open(name)
	isError(t, err)
}

func okAssertedByHelper(t *testing.T, name string) {
	_, err := os.Open(name)
	wantError(t, err)
}

func okInSubtest(t *testing.T, name string) {
	t.Run(name, func(t *testing.T) {
		_, err := os.Open(name)
		isError(t, err)
	})
}

// Where it has not failed, the file is left open all the same.
func badLeft(t *testing.T, name string) {
	f, err := os.Open(name) // want revleak
	if err != nil {
		t.Fatal(err)
	}
	if f.Name() != name {
		t.Error("another name")
	}
}

func badLeftThere(t *testing.T, name string) {
	f, err := os.Open(name) // want revleak
	if err != nil {
		t.Error(err)
		return
	}
	_ = f.Name()
}

func badAfterwards(t *testing.T, name string) {
	if name == "" {
		t.Error("no name")
	}
	f, err := os.Open(name) // want revleak
	if err != nil {
		return
	}
	_ = f.Name()
}

// Error does not end the test.
func badNotThere(t *testing.T, addr string) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Error(err)
	}
	conn.Close() // want revnil
}

// Another type may call that an error, and mean a line in a log.
type logs struct{}

func (logs) Errorf(format string, args ...any) {}

func badLogged(l logs, name string) {
	_, err := os.Open(name) // want revleak
	if err == nil {
		l.Errorf("%s was opened", name)
	}
}

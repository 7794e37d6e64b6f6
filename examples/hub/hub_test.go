package main

import (
	"flag"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/revlint/revlint/examples/internal/planted"
)

var stressTime = flag.Duration("stress", 500*time.Millisecond, "how long each level is unplugged again and again under load")

// A use of what was taken away panics, and is a data race; a wait for oneself ends with the test's time.
func TestEachLevelIsUnpluggedUnderLoad(t *testing.T) {
	before := runtime.NumGoroutine()
	for end := time.Now().Add(*stressTime); time.Now().Before(end); {
		var out strings.Builder
		if err := demo(&out, 10*time.Millisecond); err != nil {
			t.Fatalf("%v\n%s", err, &out)
		}
		if n := strings.Count(out.String(), "plugged in again"); n != len(levels) {
			t.Fatalf("%d of %d levels were unplugged:\n%s", n, len(levels), &out)
		}
		if strings.Contains(out.String(), " 0 operations") {
			t.Fatalf("there was no load:\n%s", &out)
		}
	}
	for begun := time.Now(); runtime.NumGoroutine() > before; time.Sleep(time.Millisecond) {
		if time.Since(begun) > time.Minute { // those that have been joined may not be off the list at once
			t.Fatalf("%d goroutines before, %d after", before, runtime.NumGoroutine())
		}
	}
}

func TestMistake(t *testing.T) {
	planted.Check(t, "../../cmd/revlint", "testdata/mistake", "../../docs/devices.md")
}

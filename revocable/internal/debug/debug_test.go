package debug

import (
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		setting string
		on      bool
		after   time.Duration
		says    string
	}{
		{setting: ""},
		{setting: "0"},
		{setting: "off"},
		{setting: "0, off, "},
		{setting: "1", on: true},
		{setting: "on", on: true},
		{setting: "stuck=3s", on: true, after: 3 * time.Second},
		{setting: "1, stuck=200ms", on: true, after: 200 * time.Millisecond},
		{setting: "stuck=soon", on: true, says: "REVOCABLEDEBUG: stuck=soon: want a duration above zero"},
		{setting: "stuck=1ns", on: true, after: 1},
		{setting: "stuck=0s", on: true, says: "want a duration above zero"},
		{setting: "stuck=-1s", on: true, says: "want a duration above zero"},
		{setting: "leeks, 1", on: true, says: `unknown setting "leeks"`},
	} {
		if c.after == 0 {
			c.after = 10 * time.Second
		}
		s, complaints := Parse(c.setting)
		if want := (Settings{c.on, c.after}); s != want {
			t.Errorf("%q gives %+v, want %+v", c.setting, s, want)
		}
		if said := strings.Join(complaints, "\n"); !strings.Contains(said, c.says) || c.says == "" && said != "" {
			t.Errorf("%q says %q, want %q", c.setting, said, c.says)
		}
	}
}

// Machinery stands for the exported function that a stack is shown from.
func Machinery() Moment { return machinery() }

//go:noinline
func machinery() Moment { return Now() }

func TestDescribe(t *testing.T) {
	text := Machinery().Describe("done")
	if begin := regexp.MustCompile(`^  done \d+m?s ago by goroutine ` + Goroutine() + `:\n    `); !begin.MatchString(text) {
		t.Errorf("it begins in another way:\n%s", text)
	}
	for _, word := range []string{"debug.Machinery\n", "debug.TestDescribe\n", "debug_test.go:"} {
		if !strings.Contains(text, word) {
			t.Errorf("it lacks %q:\n%s", word, text)
		}
	}
	for _, word := range []string{"debug.machinery\n", "debug.Now\n", "runtime.goexit"} {
		if strings.Contains(text, word) {
			t.Errorf("it shows %q:\n%s", word, text)
		}
	}
}

func TestMomentOfOtherGoroutine(t *testing.T) {
	if !(Moment{}).IsZero() || Now().IsZero() {
		t.Error("no moment is taken for one, or one for none")
	}
	other := make(chan Moment)
	go unexported(other)
	m := <-other
	if m.Goroutine() == Goroutine() || m.Goroutine() == "?" {
		t.Errorf("goroutine %s, this is %s", m.Goroutine(), Goroutine())
	}
	if text := m.Describe("done"); !strings.Contains(text, "debug.unexported\n") {
		t.Errorf("where no exported function was called, the stack is lost:\n%s", text)
	}
}

//go:noinline
func unexported(to chan<- Moment) { to <- Now() }

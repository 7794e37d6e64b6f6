// Package debug is what the debug modes of package revocable and of those built
// on it have in common: the setting that turns them on, and how they say what
// happened where.
package debug

import (
	"bytes"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Variable names the environment variable that turns debug mode on.
const Variable = "REVOCABLEDEBUG"

// Settings are those of debug mode. They are read once, when the program starts.
type Settings struct {
	On         bool
	StuckAfter time.Duration // how long somebody may wait before the first report; doubles with each
}

// Parse reads a setting: nothing, 0 or off; 1 or on; stuck=DURATION, which also turns debug mode on.
// Several are parted by commas. What it does not understand turns debug mode on, too, and is
// complained of in words.
func Parse(setting string) (s Settings, complaints []string) {
	s.StuckAfter = 10 * time.Second
	for word := range strings.SplitSeq(setting, ",") {
		word = strings.TrimSpace(word)
		switch name, value, _ := strings.Cut(word, "="); {
		case word == "", word == "0", word == "off":
			continue
		case word == "1", word == "on":
		case name == "stuck":
			after, err := time.ParseDuration(value)
			if err != nil || after <= 0 {
				complaints = append(complaints, fmt.Sprintf("%s: stuck=%s: want a duration above zero, such as stuck=5s", Variable, value))
				break
			}
			s.StuckAfter = after
		default:
			complaints = append(complaints, fmt.Sprintf("%s: unknown setting %q: want 0, 1 or stuck=DURATION, parted by commas", Variable, word))
		}
		s.On = true
	}
	return s, complaints
}

// A Moment is a place in the program and a time. The zero value is no moment.
type Moment struct {
	at        time.Time
	goroutine string
	stack     []uintptr
}

// Now returns its caller's moment. It takes some microseconds.
func Now() Moment {
	stack := make([]uintptr, 32)
	return Moment{at: time.Now(), goroutine: Goroutine(), stack: stack[:runtime.Callers(2, stack)]}
}

// IsZero reports whether m is no moment.
func (m Moment) IsZero() bool { return m.stack == nil }

// Goroutine is that in which it happened.
func (m Moment) Goroutine() string { return m.goroutine }

// Age is how long ago it happened.
func (m Moment) Age() time.Duration { return time.Since(m.at).Round(time.Millisecond) }

// Describe returns lines that say what happened, how long ago, in which goroutine, and where: from the
// call of an exported function, if there is one, without its package's own machinery.
func (m Moment) Describe(what string) string {
	var calls []runtime.Frame
	for frames, more := runtime.CallersFrames(m.stack), true; more; {
		var f runtime.Frame
		f, more = frames.Next()
		if f.Function != "runtime.main" && f.Function != "runtime.goexit" {
			calls = append(calls, f)
		}
	}
	if first := slices.IndexFunc(calls, func(f runtime.Frame) bool { return exported(f.Function) }); first > 0 {
		calls = calls[first:]
	}
	var b strings.Builder
	fmt.Fprintf(&b, "  %s %v ago by goroutine %s:\n", what, m.Age(), m.goroutine)
	for _, f := range calls {
		fmt.Fprintf(&b, "    %s\n        %s:%d\n", f.Function, f.File, f.Line)
	}
	return b.String()
}

// exported says whether the last word of a function's full name begins as that of an exported one.
func exported(function string) bool {
	function = strings.TrimSuffix(function, "[...]") // of a generic one
	r, _ := utf8.DecodeRuneInString(function[strings.LastIndexByte(function, '.')+1:])
	return unicode.IsUpper(r)
}

// Goroutine returns the number that stack traces give the calling goroutine. The runtime tells it in
// no other way; debug mode can afford this one.
func Goroutine() string {
	buf := make([]byte, 64)
	fields := bytes.Fields(buf[:runtime.Stack(buf, false)])
	if len(fields) < 2 {
		return "?"
	}
	return string(fields[1])
}

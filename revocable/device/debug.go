package device

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"
)

// debugging, and how long an Unbind may wait before debug mode says for whom, are fixed
// when the program starts, so that debug mode costs one predictable branch where it is
// off, and none in Access.
var debugging, patience = debugSettings(os.Getenv("REVOCABLEDEBUG"))

// debugSettings reads what package revocable reads, and leaves it to that package to
// complain of what neither understands.
func debugSettings(text string) (on bool, patience time.Duration) {
	patience = 10 * time.Second
	for word := range strings.SplitSeq(text, ",") {
		word = strings.TrimSpace(word)
		if word == "" || word == "0" || word == "off" {
			continue
		}
		on = true
		if stuck, found := strings.CutPrefix(word, "stuck="); found {
			if after, err := time.ParseDuration(stuck); err == nil && after > 0 {
				patience = after
			}
		}
	}
	return on, patience
}

// A holder is one who keeps an Unbind waiting: the owner of a token, or the goroutine
// that undoes a binding.
type holder struct {
	what       string
	registered stack // where the callback was registered, or the scope entered
	goroutine  uint64
	since      time.Time
}

// newHolder notes who asks for a token. It returns nil unless in debug mode.
func newHolder(what string) *holder {
	if !debugging {
		return nil
	}
	return &holder{what: what, registered: callers()}
}

// holders are those who keep a binding from being undone at present.
type holders struct {
	mu  sync.Mutex
	all map[*holder]struct{}
}

// enter notes that h has begun, on the calling goroutine. A nil h is nobody.
func (s *holders) enter(h *holder) {
	if h == nil {
		return
	}
	h.goroutine, h.since = goroutine(), time.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.all == nil {
		s.all = make(map[*holder]struct{})
	}
	s.all[h] = struct{}{}
}

// leave notes that h has ended.
func (s *holders) leave(h *holder) {
	if h == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.all, h)
}

// reportSelfUnbind reports an Unbind that waits for its own caller. It sees the
// goroutine that a token was given to, not those to which it was passed down.
func (b *binding) reportSelfUnbind() {
	self := goroutine()
	b.holders.mu.Lock()
	defer b.holders.mu.Unlock()
	for h := range b.holders.all {
		if h.goroutine == self {
			report("device: Unbind of %s waits for itself: it is called within %s\n\nUnbind called at:\n%s\n%s began at:\n%s",
				b.dev, h.what, callers(), h.what, h.registered)
		}
	}
}

// misuse describes the use of a token that vouches for nothing.
func (b *Bound) misuse(use string) string {
	if b.holder == nil {
		return "device: " + use + " with a token that is not valid: its callback has returned, or it was forged"
	}
	return fmt.Sprintf("device: %s with the token of %s, which has returned\n\nused at:\n%s\n%s began at:\n%s",
		use, b.holder.what, callers(), b.holder.what, b.holder.registered)
}

// refuse is the way of Access that does not succeed, kept out of it so that it can be
// inlined.
func (b *Bound) refuse() error {
	if debugging && b.binding == nil {
		report("%s", b.misuse("Devres.Access"))
	}
	return ErrWrongDevice
}

// watch reports, after patience and then after twice as long each time, who keeps the
// binding from being undone, until all is undone.
func (b *binding) watch() {
	began := time.Now()
	for wait := patience; ; wait *= 2 {
		select {
		case <-b.done:
			return
		case <-time.After(wait):
			b.reportHolders(began)
		}
	}
}

func (b *binding) reportHolders(began time.Time) {
	var list strings.Builder
	b.holders.mu.Lock()
	for h := range b.holders.all {
		fmt.Fprintf(&list, "\n\n%s, for %s, on goroutine %d, began at:\n%s",
			h.what, time.Since(h.since).Round(time.Millisecond), h.goroutine, h.registered)
	}
	b.holders.mu.Unlock()
	report("device: Unbind of %s has been running for %s; what it waits for:%s",
		b.dev, time.Since(began).Round(time.Millisecond), list.String())
}

// report writes one report to standard error, in a single write.
func report(format string, args ...any) {
	fmt.Fprintf(os.Stderr, format+"\n\n", args...)
}

// A stack is the return addresses of a goroutine's calls.
type stack []uintptr

// callers returns the stack of the caller's caller.
func callers() stack {
	pcs := make(stack, 32)
	return pcs[:runtime.Callers(3, pcs)]
}

func (s stack) String() string {
	var text strings.Builder
	for frames := runtime.CallersFrames(s); ; {
		frame, more := frames.Next()
		fmt.Fprintf(&text, "\t%s\n\t\t%s:%d\n", frame.Function, frame.File, frame.Line)
		if !more {
			return text.String()
		}
	}
}

// goroutine returns the number of the calling goroutine, as stack traces show it.
func goroutine() uint64 {
	var line [64]byte
	fields := bytes.Fields(line[:runtime.Stack(line[:], false)])
	id, err := strconv.ParseUint(string(fields[1]), 10, 64)
	if err != nil {
		panic("device: unexpected form of a stack trace: " + string(line[:]))
	}
	return id
}

package device

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/revlint/revlint/revocable/internal/debug"
)

// settings are fixed when the program starts, so that debug mode costs one predictable
// branch where it is off, and none in Access. Package revocable reads them too, and
// complains of what is not understood.
var settings, _ = debug.Parse(os.Getenv(debug.Variable))

// A holder is one who keeps an Unbind waiting: the owner of a token, or the goroutine
// that undoes a binding.
type holder struct {
	what  string
	asked debug.Moment // when the callback was registered, or the scope entered
	began debug.Moment
}

// newHolder notes who asks for a token. It returns nil unless in debug mode.
func newHolder(what string) *holder {
	if !settings.On {
		return nil
	}
	return &holder{what: what, asked: debug.Now()}
}

// holders are those who keep a binding from being undone at present.
type holders struct {
	mu  sync.Mutex
	all map[*holder]struct{}
}

// enter notes that what h stands for runs on the calling goroutine, and returns what to
// leave with: one may be entered several times. A nil h is nobody.
func (s *holders) enter(h *holder) *holder {
	if h == nil {
		return nil
	}
	entered := *h
	entered.began = debug.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.all == nil {
		s.all = make(map[*holder]struct{})
	}
	s.all[&entered] = struct{}{}
	return &entered
}

// of returns a holder of the parent's for what h is in a child.
func (h *holder) of(child *Device) *holder {
	if h == nil {
		return nil
	}
	return &holder{what: h.what + " of its child " + child.String(), asked: h.asked}
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
	self := debug.Now()
	b.holders.mu.Lock()
	defer b.holders.mu.Unlock()
	for h := range b.holders.all {
		if h.began.Goroutine() == self.Goroutine() {
			report("device: Unbind of %s waits for itself: it is called within %s\n%s%s",
				b.dev, h.what, self.Describe("unbinding"), h.asked.Describe(h.what+" asked for"))
		}
	}
}

// misuse describes the use of a token that vouches for nothing.
func (b *Bound) misuse(use string) string {
	if b != nil && b.self != nil && b.self != b {
		return "device: " + use + " with a copy of a token"
	}
	if b == nil || b.rest().holder == nil {
		return "device: " + use + " with a token that is not valid: its callback has returned, or it was forged"
	}
	h := b.rest().holder
	return fmt.Sprintf("device: %s with the token of %s, which has returned\n%s%s",
		use, h.what, debug.Now().Describe("used"), h.asked.Describe(h.what+" asked for"))
}

// refused is the error for the use of a token that vouches for nothing, where that does not
// panic.
func (b *Bound) refused(use string) error {
	if settings.On {
		report("%s", b.misuse(use))
	}
	return ErrWrongDevice
}

// watch reports who keeps the binding from being undone, again and again, after waits
// that double, until all is undone.
func (b *binding) watch() {
	began := debug.Now()
	for wait := settings.StuckAfter; ; wait *= 2 {
		select {
		case <-b.done:
			return
		case <-time.After(wait):
			b.reportHolders(began)
		}
	}
}

func (b *binding) reportHolders(began debug.Moment) {
	var list strings.Builder
	b.holders.mu.Lock()
	for h := range b.holders.all {
		list.WriteString(h.asked.Describe(fmt.Sprintf("%s, running for %v on goroutine %s, asked for",
			h.what, h.began.Age(), h.began.Goroutine())))
	}
	b.holders.mu.Unlock()
	report("device: Unbind of %s has been running for %v; what it waits for:\n%s", b.dev, began.Age(), list.String())
}

// report writes one report to standard error, in a single write.
func report(format string, args ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", args...)
}

package revocable

import (
	"bytes"
	"runtime"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// A chip is the resource of most tests. It notices use after its clean-up, and a second clean-up;
// its fields are plain, so that the race detector notices what the tests do not.
type chip struct {
	value    int
	released bool
}

func (c *chip) release() {
	if c.released {
		panic("released twice")
	}
	c.released = true
}

// A maker makes providers of chips that are in one mode of the read side.
type maker func(res *chip, opts ...Option[chip]) *Provider[chip]

// inEachMode runs test as a subtest for each way in which a provider may count its accesses.
func inEachMode(t *testing.T, test func(t *testing.T, provide maker)) {
	t.Run("inline", func(t *testing.T) {
		undebugged(t)
		test(t, NewProvider[chip])
	})
	t.Run("sharded", func(t *testing.T) {
		undebugged(t)
		test(t, func(res *chip, opts ...Option[chip]) *Provider[chip] {
			p := NewProvider(res, opts...)
			p.promote()
			if p.mode != modeSharded {
				t.Fatal("not promoted")
			}
			return p
		})
	})
	t.Run("recorded", func(t *testing.T) {
		debugTo(t, time.Hour)
		test(t, NewProvider[chip])
	})
}

// inEachModeBubble is inEachMode with each subtest in a bubble, where synctest.Wait returns once all
// other goroutines are blocked for good.
func inEachModeBubble(t *testing.T, test func(t *testing.T, provide maker)) {
	inEachMode(t, func(t *testing.T, provide maker) {
		synctest.Test(t, func(t *testing.T) { test(t, provide) })
	})
}

// undebugged turns debug mode off, for tests of what is otherwise.
func undebugged(t *testing.T) {
	before := debugging
	debugging = nil
	t.Cleanup(func() { debugging = before })
}

// debugTo turns debug mode on for the providers that the test makes, and returns what it reports.
func debugTo(t *testing.T, stuckAfter time.Duration) *report {
	before, out := debugging, new(report)
	debugging = &debugger{stuckAfter: stuckAfter, out: out}
	t.Cleanup(func() { debugging = before })
	return out
}

type report struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (r *report) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.buf.Write(p)
}

// take returns what was reported since the last take.
func (r *report) take() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.buf.String()
	r.buf.Reset()
	return s
}

// access takes an access that must succeed.
func access(t *testing.T, h Handle[chip]) (*chip, Guard) {
	t.Helper()
	res, g := h.TryAccess()
	if res == nil {
		t.Fatal("TryAccess failed on a live provider")
	}
	if res.released {
		t.Fatal("access to a resource that was cleaned up")
	}
	return res, g
}

// refused checks that every way to get at the resource fails.
func refused(t *testing.T, h Handle[chip]) {
	t.Helper()
	if res, g := h.TryAccess(); res != nil || g != (Guard{}) {
		t.Errorf("TryAccess gave %v, %v: want nil and an empty guard", res, g)
	}
	if err := h.With(func(*chip) error { t.Error("With ran its function"); return nil }); err != ErrRevoked {
		t.Errorf("With returned %v, want ErrRevoked", err)
	}
	for range h.Live() {
		t.Error("Live ran its body")
	}
	select {
	case <-h.Revoked():
	default:
		t.Error("Revoked is not closed")
	}
}

// panics runs f and returns what it panicked with; it must.
func panics(t *testing.T, f func()) (value any) {
	t.Helper()
	defer func() {
		if value = recover(); value == nil {
			t.Error("did not panic")
		}
	}()
	f()
	return nil
}

// collect has the garbage collector run until done says that it has found what it was to find, which it tells on
// goroutines of its own. It reports false after a minute, for want of a better sign.
func collect(done func() bool) bool {
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(time.Millisecond) {
		runtime.GC()
		if done() {
			return true
		}
	}
	return false
}

// start runs f on a goroutine and returns a function that tells whether it has returned, which waits
// until everything in the bubble stands still.
func start(f func()) (returned func() bool) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		f()
	}()
	return func() bool {
		synctest.Wait()
		select {
		case <-done:
			return true
		default:
			return false
		}
	}
}

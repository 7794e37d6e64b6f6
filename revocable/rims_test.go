package revocable

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"testing/synctest"
	"time"
)

// What mutants of the package have shown to be promised and not tested.

// The second Release of a guard must not end the access of somebody else.
func TestSecondReleaseStealsNoOtherAccess(t *testing.T) {
	inEachMode(t, func(t *testing.T, provide maker) {
		p := provide(&chip{}, WithCleanup((*chip).release))
		c, other := access(t, p.Handle())
		_, g := access(t, p.Handle())
		g.Release()
		panics(t, g.Release)
		if n := p.Stats().Running; n != 1 {
			t.Errorf("%d accesses run, want the other one", n)
		}
		p.RevokeNoWait()
		panics(t, g.Release)
		if c.released {
			t.Fatal("cleaned up under the other access")
		}
		other.Release()
		if !c.released {
			t.Error("not cleaned up")
		}
	})
}

// A TryAccess that undoes itself last of all must not be held up by the clean-up, which may need what its caller holds.
func TestRefusedAccessDoesNotRunTheCleanup(t *testing.T) {
	undebugged(t)
	synctest.Test(t, func(t *testing.T) {
		gate := make(chan struct{})
		c := &chip{}
		p := NewProvider(c, WithCleanup(func(c *chip) { <-gate; c.release() }))
		p.promote()
		s := p.shards.Load().choose()
		s.Add(1) // an entry that has not looked at the gate yet
		p.RevokeNoWait()
		if p.Stats().State != Draining {
			t.Errorf("%+v: the entry was not counted", p.Stats())
		}
		if p.admit(s) != nil { // would hang if it ran the clean-up
			t.Error("it was admitted after the revocation had begun")
		}
		close(gate)
		if synctest.Wait(); !c.released {
			t.Error("not cleaned up")
		}
	})
}

// A moment is a context that ends when it is asked, after something else has happened.
type moment struct {
	context.Context
	before func()
}

var errMoment = errors.New("the moment is over")

func (m *moment) Err() error {
	m.before()
	m.before = func() {}
	return errMoment
}

// The last access ends after the revoker has seen that its time is over, and before it hands over.
func TestLastAccessEndsAtTheDeadline(t *testing.T) {
	undebugged(t)
	for _, all := range []bool{false, true} {
		c := &chip{}
		p := NewProvider(c, WithCleanup((*chip).release))
		_, g := access(t, p.Handle())
		ctx := &moment{Context: context.Background(), before: g.Release}
		var err error
		if all {
			err = RevokeAll(ctx, p)
		} else {
			err = p.RevokeContext(ctx)
		}
		if err != nil || !c.released {
			t.Errorf("all: %v: got %v, cleaned up: %v: want it done, for nobody else will", all, err, c.released)
		}
	}
}

// Both the event and the end of the context have come: there is no time-out.
func TestNoFalseTimeOut(t *testing.T) {
	inEachMode(t, func(t *testing.T, provide maker) {
		for range 50 { // a select that has a choice takes either
			p := provide(&chip{}, WithCleanup((*chip).release))
			_, g := access(t, p.Handle())
			ctx, cancel := context.WithCancel(context.Background())
			done := make(chan struct{})
			ended := &late{Context: ctx, before: func() {
				go func() {
					p.RevokeContext(context.Background())
					close(done)
				}()
				g.Release()
				<-done
				cancel()
			}}
			p.RevokeNoWait()
			if err := p.RevokeContext(ended); err != nil {
				t.Fatalf("got %v, but all is done", err)
			}
			cancel()
		}
	})
}

// late is a context that has something done when a waiter is about to park.
type late struct {
	context.Context
	before func()
}

func (l *late) Done() <-chan struct{} {
	if l.before != nil {
		before := l.before
		l.before = nil
		before()
	}
	return l.Context.Done()
}

// Handles may be kept for ever: nothing but the provider's own memory stays with them.
func TestRevokedProviderKeepsNothing(t *testing.T) {
	inEachMode(t, func(t *testing.T, provide maker) {
		const things = 6
		collected := make(chan int, things)
		type ballast [1 << 12]byte
		watched := func(i int) *ballast {
			b := new(ballast)
			runtime.AddCleanup(b, func(i int) { collected <- i }, i)
			return b
		}
		h := func() Handle[chip] {
			cleanup, cleanupE, interrupt, call, ctx, stopped := watched(0), watched(1), watched(2), watched(3), watched(4), watched(5)
			p := provide(&chip{},
				WithCleanup(func(*chip) { cleanup[0]++ }),
				WithCleanupError(func(*chip) error { cleanupE[0]++; return nil }),
				WithInterrupt(func(*chip) { interrupt[0]++ }))
			h := p.Handle()
			h.OnRevoke(func() { call[0]++ })
			h.OnRevoke(func() { stopped[0]++ })()
			type key struct{}
			_, cancel := h.Context(context.WithValue(context.Background(), key{}, ctx))
			_ = cancel // forgotten
			h.Reader() // likewise
			_, g := access(t, h)
			p.RevokeNoWait()
			g.Release()
			return h
		}()
		kept := map[int]bool{}
		for i := range things {
			kept[i] = true
		}
		if !collect(func() bool {
			for len(collected) > 0 {
				delete(kept, <-collected)
			}
			return len(kept) == 0
		}) {
			t.Errorf("a handle keeps %v", kept)
		}
		if h.Alive() || h.p.shards.Load() != nil {
			t.Error("alive, or with shards")
		}
	})
}

// The end comes while a waiter still looks before it parks: that is no time-out either.
func TestErrorIsToldHoweverTheWaitEnds(t *testing.T) {
	undebugged(t)
	burnt := errors.New("burnt")
	for i := range 300 {
		p := NewProvider(&chip{}, WithCleanupError(func(*chip) error { return burnt }))
		_, g := access(t, p.Handle())
		begun := make(chan struct{})
		go func() {
			close(begun)
			for !g.Revoked() {
				runtime.Gosched()
			}
			for n := 0; n < 20*i && g.Revoked(); n++ { // up to as long as the waiter looks
			}
			g.Release()
		}()
		<-begun
		p.RevokeNoWait()
		if err := p.RevokeContext(context.Background()); err != burnt {
			t.Fatalf("got %v", err)
		}
	}
}

// An entry that read the mode before the revocation and counted itself after it takes itself off again, wholly.
func TestEntryOvertakenLeavesTheCountAsItWas(t *testing.T) {
	undebugged(t)
	p := NewProvider(&chip{}, WithCleanup((*chip).release))
	c, g := access(t, p.Handle())
	p.RevokeNoWait()
	before := p.open.Load()
	if enterSlow(&p.gate, p.open.Add(1)) != nil {
		t.Error("it was admitted")
	}
	if after := p.open.Load(); after != before || c.released {
		t.Errorf("count %d before it, %d after; cleaned up: %v", before, after, c.released)
	}
	g.Release()
}

// Who asks for the channel at the moment of the revocation looks again when it has the lock.
func TestChannelThatIsAskedForMeanwhile(t *testing.T) {
	undebugged(t)
	p := NewProvider(&chip{})
	x := p.extension()
	x.mu.Lock()
	asked := make(chan (<-chan struct{}))
	go func() { asked <- p.Handle().Revoked() }()
	time.Sleep(20 * time.Millisecond) // it has looked, and waits for the lock; if not, nothing is shown
	revoked := make(chan struct{})
	go func() { p.Revoke(); close(revoked) }()
	for !p.happened(eventRevoked) {
		runtime.Gosched()
	}
	x.mu.Unlock()
	for _, c := range []<-chan struct{}{<-asked, revoked} {
		select {
		case <-c:
		case <-time.After(10 * time.Second):
			t.Error("not told of the revocation")
		}
	}
}

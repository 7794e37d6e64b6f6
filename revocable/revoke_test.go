package revocable

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"testing/synctest"
	"time"
)

func TestEveryRevokerReturnsAfterDrainAndCleanup(t *testing.T) {
	inEachModeBubble(t, func(t *testing.T, provide maker) {
		gate := make(chan struct{})
		c := &chip{}
		p := provide(c, WithCleanup(func(c *chip) {
			<-gate
			c.release()
		}))
		_, g := access(t, p.Handle())
		began := make(chan bool, 10)
		var revokers []func() bool
		for range 10 {
			revokers = append(revokers, start(func() {
				began <- p.Revoke()
				if !c.released {
					t.Error("Revoke returned before the clean-up had ended")
				}
			}))
		}
		none := func(when string) {
			for _, returned := range revokers {
				if returned() {
					t.Fatalf("a Revoke returned %s", when)
				}
			}
		}
		none("while an access ran")
		g.Release()
		none("while the clean-up ran")
		close(gate)
		winners := 0
		for _, returned := range revokers {
			if !returned() {
				t.Fatal("a Revoke did not return")
			}
			if <-began {
				winners++
			}
		}
		if winners != 1 {
			t.Errorf("%d revokers began the revocation", winners)
		}
		if p.Revoke() || p.RevokeNoWait() || p.RevokeContext(t.Context()) != nil {
			t.Error("a later revocation did something")
		}
	})
}

func TestRevokeContextTimesOutAndStillDrainsLater(t *testing.T) {
	inEachModeBubble(t, func(t *testing.T, provide maker) {
		p := provide(&chip{}, WithCleanup((*chip).release))
		h := p.Handle()
		c, g := access(t, h)
		_, g2 := access(t, h)
		mine := errors.New("mine")
		ctx, cancel := context.WithTimeoutCause(t.Context(), time.Second, mine)
		defer cancel()
		if err := p.RevokeContext(ctx); err != mine {
			t.Errorf("got %v, want the context's cause", err)
		}
		refused(t, h)
		if err := p.RevokeContext(ctx); err != mine {
			t.Errorf("second caller got %v, want the context's cause", err)
		}
		later := start(func() { p.Revoke() })
		g.Release()
		if later() || c.released {
			t.Fatal("an access still runs")
		}
		g2.Release()
		if !c.released {
			t.Error("the last access to leave did not clean up")
		}
		if !later() {
			t.Error("a revoker that waits longer did not return")
		}
		if err := p.RevokeContext(ctx); err != nil {
			t.Errorf("all is done, but got %v", err)
		}
	})
}

func TestRevokeContextNeedsNoTimeWhereNothingRuns(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	c := &chip{}
	p := NewProvider(c, WithCleanup((*chip).release))
	if err := p.RevokeContext(ctx); err != nil || !c.released {
		t.Errorf("got %v, cleaned up: %v", err, c.released)
	}
}

func TestRevokeNoWaitInsideAnAccessCleansUpAtItsEnd(t *testing.T) {
	inEachMode(t, func(t *testing.T, provide maker) {
		p := provide(&chip{}, WithCleanup((*chip).release))
		h := p.Handle()
		var kept *chip
		h.With(func(c *chip) error {
			kept = c
			if !p.RevokeNoWait() || p.RevokeNoWait() {
				t.Error("not exactly the first call began")
			}
			refused(t, h)
			if c.released {
				t.Error("cleaned up under a running access")
			}
			return nil
		})
		if !kept.released {
			t.Error("not cleaned up when the last access ended")
		}
	})
}

func TestRevokeNoWaitCleansUpAtOnceWhereNothingRuns(t *testing.T) {
	inEachMode(t, func(t *testing.T, provide maker) {
		c := &chip{}
		provide(c, WithCleanup((*chip).release)).RevokeNoWait()
		if !c.released {
			t.Error("not cleaned up")
		}
	})
}

func TestRevokeAfterRevokeNoWaitWaits(t *testing.T) {
	inEachModeBubble(t, func(t *testing.T, provide maker) {
		p := provide(&chip{}, WithCleanup((*chip).release))
		c, g := access(t, p.Handle())
		p.RevokeNoWait()
		revoked := start(func() {
			if p.Revoke() {
				t.Error("the second revocation said it began")
			}
		})
		if revoked() {
			t.Fatal("Revoke returned while an access ran")
		}
		g.Release()
		if !revoked() || !c.released {
			t.Error("the access's end did not clean up and wake the revoker")
		}
	})
}

func TestPanicInCleanupReachesWhoRunsItAndOthersReturn(t *testing.T) {
	inEachModeBubble(t, func(t *testing.T, provide maker) {
		runs := 0
		burst := func(*chip) { runs++; panic("burst") }
		check := func(p *Provider[chip], ends func()) {
			t.Helper()
			runs = 0
			other := start(func() { p.Revoke() }) // may come first or later: both must return
			if p.Stats().State == Live {
				t.Fatal("not revoked")
			}
			if v := panics(t, ends); v != "burst" {
				t.Errorf("recovered %v", v)
			}
			if !other() {
				t.Error("another revoker did not return")
			}
			p.Revoke()
			if runs != 1 || p.Stats().State != Revoked {
				t.Errorf("%d runs, %+v", runs, p.Stats())
			}
		}

		p := provide(&chip{}, WithCleanup(burst))
		panics(t, func() { p.Revoke() })
		p.Revoke()

		p = provide(&chip{}, WithCleanup(burst))
		_, g := access(t, p.Handle())
		p.RevokeNoWait()
		check(p, g.Release)

		p = provide(&chip{}, WithCleanup(burst))
		h := p.Handle()
		done := make(chan struct{})
		inside := make(chan struct{})
		go h.With(func(*chip) error { close(inside); <-done; return nil })
		<-inside
		revoker := start(func() { panics(t, func() { p.Revoke() }) })
		revoker()
		other := start(func() { p.Revoke() })
		other()
		close(done)
		if !revoker() || !other() {
			t.Error("a revoker did not return")
		}
	})
}

func TestCleanupThatEndsItsGoroutine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewProvider(&chip{}, WithCleanup(func(*chip) { runtime.Goexit() }))
		first := start(func() { p.Revoke() })
		if !first() {
			t.Fatal("the goroutine has not ended")
		}
		p.Revoke() // must not wait for ever
	})
}

func TestCleanupsRunLastFirst(t *testing.T) {
	var order []int
	option := func(i int) Option[chip] {
		return WithCleanup(func(*chip) {
			order = append(order, i)
			if i == 2 {
				panic("burst")
			}
		})
	}
	p := NewProvider(&chip{}, option(1), WithCleanup[chip](nil), option(2), option(3), Option[chip]{})
	panics(t, func() { p.Revoke() })
	if len(order) != 3 || order[0] != 3 || order[1] != 2 || order[2] != 1 {
		t.Errorf("order %v", order)
	}
}

func TestRevokedProviderLetsGoOfTheResource(t *testing.T) {
	collected := make(chan struct{})
	watched := func() *chip { // no variable here keeps it
		c := &chip{}
		runtime.AddCleanup(c, func(ch chan struct{}) { close(ch) }, collected)
		return c
	}
	p := NewProvider(watched(), WithCleanup((*chip).release))
	h := p.Handle()
	p.Revoke()
	if !collect(func() bool {
		select {
		case <-collected:
			return true
		default:
			return false
		}
	}) {
		t.Error("a revoked provider keeps its resource")
	}
	runtime.KeepAlive(p)
	runtime.KeepAlive(h)
}

func TestStatsFollowTheRevocation(t *testing.T) {
	inEachModeBubble(t, func(t *testing.T, provide maker) {
		cleaning, done := make(chan struct{}), make(chan struct{})
		p := provide(&chip{}, WithCleanup(func(*chip) { close(cleaning); <-done }))
		_, g1 := access(t, p.Handle())
		_, g2 := access(t, p.Handle())
		want := func(state State, running int64) {
			t.Helper()
			if s := p.Stats(); s.State != state || s.Running != running {
				t.Errorf("got %+v, want %s with %d", s, state, running)
			}
		}
		want(Live, 2)
		g1.Release()
		want(Live, 1)
		revoked := start(func() { p.Revoke() })
		revoked()
		want(Draining, 1)
		g2.Release()
		<-cleaning
		want(Cleaning, 0)
		close(done)
		revoked()
		want(Revoked, 0)
	})
}

// Waiters of all kinds arrive while what they wait for happens. One wake-up lost is a deadlock in the
// bubble.
func TestNoWakeUpIsLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for range 3000 {
			p := NewProvider(&chip{})
			h := p.Handle()
			_, g := access(t, h)
			ready := make(chan struct{})
			for _, f := range []func(){
				func() { <-h.Revoked() },
				func() { <-h.Revoked(); p.Revoke() },
				func() { p.RevokeNoWait() },
				func() { p.Revoke() },
				g.Release,
			} {
				go func() { <-ready; f() }()
			}
			close(ready)
			p.Revoke()
		}
		synctest.Wait()
	})
}

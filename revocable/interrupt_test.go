package revocable

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// A line is what a user sleeps on, and what an interrupt cuts.
type line struct {
	cut    chan struct{}
	closed bool
}

func newLine() *line { return &line{cut: make(chan struct{})} }

// debugfs_enter_cancellation, and the complaint that removal is delayed by seconds.
func TestInterruptWakesSleepersBeforeTheWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for way, revoke := range waysToRevoke[line]() {
			l := newLine()
			p := NewProvider(l,
				WithInterrupt(func(l *line) { close(l.cut) }),
				WithCleanup(func(l *line) { l.closed = true }))
			h := p.Handle()
			sleeper := start(func() {
				_ = h.With(func(l *line) error {
					<-l.cut
					if l.closed {
						t.Errorf("%s: cleaned up before the sleeper woke", way)
					}
					return nil
				})
			})
			if sleeper() {
				t.Fatalf("%s: interrupted before the revocation", way)
			}
			begin := time.Now()
			if revoked := start(func() { revoke(p) }); !sleeper() || !revoked() {
				t.Fatalf("%s: the sleeper holds the revocation up", way)
			}
			if !l.closed || time.Since(begin) != 0 {
				t.Errorf("%s: closed %v after %v", way, l.closed, time.Since(begin))
			}
		}
	})
}

// waysToRevoke are all there are.
func waysToRevoke[T any]() map[string]func(*Provider[T]) {
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	return map[string]func(*Provider[T]){
		"Revoke":                              func(p *Provider[T]) { p.Revoke() },
		"RevokeNoWait":                        func(p *Provider[T]) { p.RevokeNoWait() },
		"RevokeContext":                       func(p *Provider[T]) { _ = p.RevokeContext(context.Background()) },
		"RevokeContext whose time is over":    func(p *Provider[T]) { _ = p.RevokeContext(ended) },
		"RevokeAll":                           func(p *Provider[T]) { _ = RevokeAll(context.Background(), p) },
		"RevokeAll whose time is over, twice": func(p *Provider[T]) { _ = RevokeAll(ended, p, p) },
	}
}

func TestInterruptRunsOnceBetweenFenceAndCleanup(t *testing.T) {
	inEachModeBubble(t, func(t *testing.T, provide maker) {
		for way, revoke := range waysToRevoke[chip]() {
			for _, running := range []bool{false, true} {
				var p *Provider[chip]
				var order []string
				p = provide(&chip{},
					WithInterrupt(func(c *chip) {
						order = append(order, "interrupt 1")
						if c == nil || c.released {
							t.Errorf("%s: interrupt without its resource", way)
						}
						refused(t, p.Handle())
						if p.Handle().Alive() {
							t.Errorf("%s: alive while it is interrupted", way)
						}
						if p.RevokeNoWait() {
							t.Errorf("%s: began a second time", way)
						}
					}),
					WithCleanup((*chip).release),
					WithCleanup(func(*chip) { order = append(order, "clean-up") }),
					WithInterrupt[chip](nil),
					WithInterrupt(func(*chip) { order = append(order, "interrupt 2") }))
				var g Guard
				if running {
					_, g = access(t, p.Handle())
				}
				revoked := start(func() { revoke(p) })
				revoked()
				want := []string{"interrupt 2", "interrupt 1"}
				if running && !slices.Equal(order, want) {
					t.Errorf("%s: %v while an access runs, want %v", way, order, want)
				}
				g.Release()
				p.Revoke()
				if !revoked() {
					t.Fatalf("%s did not return", way)
				}
				if want = append(want, "clean-up"); !slices.Equal(order, want) {
					t.Errorf("%s, an access running: %v: %v, want %v", way, running, order, want)
				}
			}
		}
	})
}

// The access that the interrupt ends is the last: the clean-up must wait for the interrupt nevertheless.
func TestInterruptThatEndsTheLastAccessIsNotOvertakenByTheCleanup(t *testing.T) {
	inEachModeBubble(t, func(t *testing.T, provide maker) {
		for way, revoke := range waysToRevoke[chip]() {
			var g Guard
			cleaned := false
			p := provide(&chip{},
				WithInterrupt(func(*chip) {
					g.Release()
					synctest.Wait()
					if cleaned {
						t.Errorf("%s: cleaned up during the interrupt", way)
					}
				}),
				WithCleanup(func(*chip) { cleaned = true }))
			_, g = access(t, p.Handle())
			revoke(p)
			if !cleaned {
				t.Errorf("%s: not cleaned up", way)
			}
		}
	})
}

func TestPanickingInterruptReachesTheCallerAndTheRevocationGoesOn(t *testing.T) {
	inEachModeBubble(t, func(t *testing.T, provide maker) {
		for way, revoke := range waysToRevoke[chip]() {
			other := false
			c := &chip{}
			p := provide(c,
				WithInterrupt(func(*chip) { other = true }),
				WithInterrupt(func(*chip) { panic("burst") }),
				WithCleanup((*chip).release))
			_, g := access(t, p.Handle())
			revoked := start(func() {
				if v := panics(t, func() { revoke(p) }); v != "burst" {
					t.Errorf("%s: panicked with %v", way, v)
				}
			})
			revoked()
			if !other || c.released {
				t.Errorf("%s: other interrupt ran: %v, cleaned up under an access: %v", way, other, c.released)
			}
			g.Release()
			if !revoked() || !c.released {
				t.Errorf("%s: the revocation did not go on", way)
			}
			p.Revoke()
		}
	})
}

// All flipped, then all interrupted, then all waited for, then all cleaned up.
func TestRevokeAllInterruptsAllBeforeItWaits(t *testing.T) {
	inEachModeBubble(t, func(t *testing.T, provide maker) {
		var order []string
		var ps []Revoker
		var handles []Handle[chip]
		var guards []Guard
		for i := range 3 {
			p := provide(&chip{},
				WithInterrupt(func(*chip) {
					order = append(order, fmt.Sprint("interrupt ", i))
					for _, h := range handles {
						refused(t, h)
					}
					if i == 1 {
						panic("burst")
					}
				}),
				WithCleanup(func(*chip) { order = append(order, fmt.Sprint("clean-up ", i)) }))
			ps, handles = append(ps, p), append(handles, p.Handle())
			_, g := access(t, p.Handle())
			guards = append(guards, g)
		}
		revoked := start(func() { panics(t, func() { _ = RevokeAll(t.Context(), ps...) }) })
		revoked()
		if got := strings.Join(order, ", "); got != "interrupt 0, interrupt 1, interrupt 2" {
			t.Errorf("before the wait: %s", got)
		}
		for i := range guards {
			guards[i].Release()
		}
		if !revoked() {
			t.Fatal("RevokeAll did not return")
		}
		if got := strings.Join(order[3:], ", "); got != "clean-up 0, clean-up 1, clean-up 2" {
			t.Errorf("after it: %s", got)
		}
	})
}

func TestErrorOfTheCleanupReachesEveryCaller(t *testing.T) {
	inEachModeBubble(t, func(t *testing.T, provide maker) {
		burnt, flooded := errors.New("burnt"), errors.New("flooded")
		p := provide(&chip{},
			WithCleanupError(func(*chip) error { return burnt }),
			WithCleanup((*chip).release),
			WithCleanupError(func(*chip) error { return nil }))
		_, g := access(t, p.Handle())
		var callers []func() bool
		for range 3 {
			callers = append(callers, start(func() {
				if err := p.RevokeContext(t.Context()); err != burnt {
					t.Errorf("got %v", err)
				}
			}), start(func() {
				if err := RevokeAll(t.Context(), p, p); err != burnt {
					t.Errorf("got %v", err)
				}
			}))
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := p.RevokeContext(ctx); err != context.DeadlineExceeded {
			t.Errorf("got %v before the clean-up", err)
		}
		g.Release()
		for _, returned := range callers {
			if !returned() {
				t.Error("a caller did not return")
			}
		}
		if err := p.RevokeContext(ctx); err != burnt {
			t.Errorf("a late caller got %v", err)
		}

		alone := provide(&chip{}, WithCleanupError(func(*chip) error { return flooded }))
		if err := alone.RevokeContext(t.Context()); err != flooded {
			t.Errorf("the only caller got %v", err)
		}
		both := provide(&chip{},
			WithCleanupError(func(*chip) error { return burnt }),
			WithCleanupError(func(*chip) error { return flooded }))
		both.RevokeNoWait()
		if err := both.RevokeContext(t.Context()); !errors.Is(err, burnt) || !errors.Is(err, flooded) {
			t.Errorf("got %v, want both", err)
		}
		held := provide(&chip{})
		_, g = access(t, held.Handle())
		err := RevokeAll(ctx, held, p, nil, both, (*Provider[chip])(nil), p)
		if err == nil || err.Error() != "context deadline exceeded\nburnt\nflooded\nburnt" {
			t.Errorf("got %q", err)
		}
		g.Release()
	})
}

func TestDebugRevokeInsideTheInterruptIsReportedAtOnce(t *testing.T) {
	out := debugTo(t, time.Hour)
	synctest.Test(t, func(t *testing.T) {
		var p *Provider[chip]
		ctx, cancel := context.WithCancel(t.Context())
		p = NewProvider(&chip{}, WithInterrupt(func(*chip) { _ = p.RevokeContext(ctx) }))
		stuck := start(func() { p.Revoke() })
		if stuck() {
			t.Fatal("did not wait for itself")
		}
		reports(t, out.take(), "inside its own interrupt", "revoking", "RevokeContext")
		cancel()
		if !stuck() {
			t.Error("did not go on")
		}
	})
}

package device_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/revlint/revlint/revocable/device"
)

// Rust's unbind callback: a token, and all that was registered, whenever it was.
func TestQuiesceRunsBetweenCallbacksAndUndoing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New("d")
		gate := make(chan struct{})
		var did record
		var older, younger *device.Devres[int]
		bind(t, d, func(b *device.Bound) {
			older = device.Manage(b, new(int), func(*int) { did.note("older")() })
			b.OnQuiesce(func(b *device.Bound) {
				did.note("quiesce 1")()
				for _, r := range []*device.Devres[int]{older, younger} {
					if p, err := r.Access(b); p == nil || err != nil {
						t.Errorf("Access in quiesce: %v", err)
					}
				}
			})
			b.OnUnbind(did.note("action"))
			b.OnQuiesce(func(*device.Bound) { did.note("quiesce 2")() })
			younger = device.Manage(b, new(int), func(*int) { did.note("younger")() })
			b.Go(func(ctx context.Context, _ *device.Bound) { <-gate; did.note("callback")() })
		})
		u := begin(context.Background(), d)
		u.wantRunning(t, "while a callback is running")
		did.want(t)
		close(gate)
		u.wantDone(t)
		did.want(t, "callback", "quiesce 2", "quiesce 1", "younger", "action", "older")
	})
}

func TestQuiesceOfAFailedProbe(t *testing.T) {
	var did record
	d := device.New("d")
	err := d.Bind(func(c *device.Core) error {
		c.Bound().OnUnbind(did.note("action"))
		c.Bound().OnQuiesce(func(*device.Bound) { did.note("quiesce")() })
		return errProbe
	})
	if err != errProbe {
		t.Error(err)
	}
	did.want(t, "quiesce", "action")
}

func TestQuiesceMayRegister(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New("d")
		var did record
		called := false
		bind(t, d, func(b *device.Bound) {
			b.OnUnbind(did.note("action"))
			b.OnQuiesce(func(b *device.Bound) {
				b.OnUnbind(func() {
					if !called {
						t.Error("a callback that quiesce started was not waited for")
					}
					did.note("late action")()
				})
				b.OnQuiesce(func(*device.Bound) { did.note("late quiesce")() })
				b.Go(func(ctx context.Context, b *device.Bound) {
					if ctx.Err() == nil {
						t.Error("the context is not cancelled")
					}
					time.Sleep(time.Second)
					called = true
				})
			})
		})
		unbind(t, d)
		did.want(t, "late quiesce", "late action", "action")
	})
}

func TestPanicInQuiescePassesOnAndAllIsUndone(t *testing.T) {
	var did record
	d := device.New("d")
	bind(t, d, func(b *device.Bound) {
		b.OnUnbind(did.note("action"))
		b.OnQuiesce(func(*device.Bound) { did.note("quiesce")() })
		b.OnQuiesce(func(*device.Bound) { panic("burst") })
	})
	func() {
		defer func() {
			if v := recover(); v != "burst" {
				t.Errorf("recovered %v", v)
			}
		}()
		_ = d.Unbind(context.Background())
	}()
	did.want(t, "quiesce", "action")
	if err := d.Bind(func(*device.Core) error { return errProbe }); !errors.Is(err, errProbe) {
		t.Errorf("bound again: %v", err)
	}
}

// A tree is fenced, all of it, and then falls quiet from the leaves on, last bound first; what that starts is waited for, on every level.
func TestTreeFallsQuietInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hub := device.New("hub")
		gate := make(chan struct{})
		var did record
		bind(t, hub, func(b *device.Bound) {
			b.OnQuiesce(func(*device.Bound) { did.note("hub quiet")() })
			b.Go(func(context.Context, *device.Bound) { <-gate; did.note("hub's callback")() })
			for _, name := range []string{"first", "second"} {
				bind(t, b.NewChild(name), func(b *device.Bound) {
					b.OnQuiesce(func(b *device.Bound) {
						did.note(name + " quiet")()
						if name == "first" {
							b.Parent().Go(func(context.Context, *device.Bound) {
								time.Sleep(time.Second)
								did.note("late callback")()
							})
						}
					})
				})
			}
		})
		u := begin(context.Background(), hub)
		u.wantRunning(t, "while a callback of the hub is running")
		did.want(t)
		close(gate)
		time.Sleep(2 * time.Second)
		u.wantDone(t)
		did.want(t, "hub's callback", "second quiet", "first quiet", "late callback", "hub quiet")
	})
}

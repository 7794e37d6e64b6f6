package device_test

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/revlint/revlint/revocable/device"
)

// A record is what happened, in order.
type record struct{ events []string }

func (r *record) note(event string) func() {
	return func() { r.events = append(r.events, event) }
}

func (r *record) want(t *testing.T, events ...string) {
	t.Helper()
	if !slices.Equal(r.events, events) {
		t.Errorf("happened: %q, want %q", r.events, events)
	}
}

// bind binds d with a probe that cannot fail.
func bind(t *testing.T, d *device.Device, probe func(b *device.Bound)) {
	t.Helper()
	err := d.Bind(func(c *device.Core) error {
		probe(c.Bound())
		return nil
	})
	if err != nil {
		t.Fatalf("Bind: %v", err)
	}
}

func unbind(t *testing.T, d *device.Device) {
	t.Helper()
	if err := d.Unbind(context.Background()); err != nil {
		t.Fatalf("Unbind: %v", err)
	}
}

func isBound(d *device.Device) bool {
	err := d.WithBound(func(*device.Bound) error { return nil })
	return !errors.Is(err, device.ErrUnbound)
}

func TestUnbindUndoesLastFirst(t *testing.T) {
	var did record
	d := device.New("d")
	bind(t, d, func(b *device.Bound) {
		b.OnUnbind(did.note("action 1"))
		device.Manage(b, new(int), func(*int) { did.note("resource 2")() })
		b.OnUnbind(did.note("action 3"))
		device.Manage(b, new(string), func(*string) { did.note("resource 4")() })
		device.Manage(b, new(int), nil)
	})
	did.want(t)
	unbind(t, d)
	did.want(t, "resource 4", "action 3", "resource 2", "action 1")
	unbind(t, d)
	did.want(t, "resource 4", "action 3", "resource 2", "action 1")
}

func TestReleaseGetsTheResource(t *testing.T) {
	res := new(int)
	var released *int
	d := device.New("d")
	bind(t, d, func(b *device.Bound) {
		device.Manage(b, res, func(r *int) { released = r })
	})
	unbind(t, d)
	if released != res {
		t.Errorf("release was given %p, want %p", released, res)
	}
}

func TestRegisteredOutsideProbe(t *testing.T) {
	var did record
	d := device.New("d")
	bind(t, d, func(b *device.Bound) { b.OnUnbind(did.note("probe's")) })
	d.WithBound(func(b *device.Bound) error {
		b.OnUnbind(did.note("scope's"))
		return nil
	})
	did.want(t)
	unbind(t, d)
	did.want(t, "scope's", "probe's")
}

func TestActionsFindWhatIsOlder(t *testing.T) {
	d := device.New("d")
	var older, younger *device.Devres[int]
	olderErr, youngerErr := errors.New("did not run"), error(nil)
	bind(t, d, func(b *device.Bound) {
		older = device.Manage(b, new(int), nil)
		b.OnUnbind(func() {
			olderErr = older.With(func(*int) error { return nil })
			youngerErr = younger.With(func(*int) error { return nil })
		})
		younger = device.Manage(b, new(int), nil)
	})
	unbind(t, d)
	if olderErr != nil {
		t.Errorf("With of a resource registered before the action: %v", olderErr)
	}
	if youngerErr == nil {
		t.Error("With of a resource registered after the action succeeds in it")
	}
}

var errProbe = errors.New("no such card")

func TestFailedProbeUndoes(t *testing.T) {
	tests := []struct {
		name string
		fail func() error
		err  error
		says any // what it panics with
	}{
		{name: "error", fail: func() error { return errProbe }, err: errProbe},
		{name: "panic", fail: func() error { panic("broken card") }, says: "broken card"},
		{name: "goexit", fail: func() error { runtime.Goexit(); return nil }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var did record
				var err error
				var says any
				d := device.New("d")
				started := make(chan struct{})
				done := make(chan struct{})
				go func() {
					defer close(done)
					defer func() { says = recover() }()
					err = d.Bind(func(c *device.Core) error {
						b := c.Bound()
						b.OnUnbind(did.note("action"))
						device.Manage(b, new(int), func(*int) { did.note("resource")() })
						b.Go(func(ctx context.Context, _ *device.Bound) {
							close(started)
							<-ctx.Done()
							did.note("callback")()
						})
						<-started
						return test.fail()
					})
				}()
				<-done
				did.want(t, "callback", "resource", "action")
				if !errors.Is(err, test.err) || says != test.says {
					t.Errorf("Bind: error %v, panic %v; want %v, %v", err, says, test.err, test.says)
				}
				if isBound(d) {
					t.Error("the device is bound")
				}
				bind(t, d, func(*device.Bound) {})
				unbind(t, d)
			})
		})
	}
}

func TestBindWhenBound(t *testing.T) {
	d := device.New("d")
	probe := func(*device.Core) error { t.Error("a second probe runs"); return nil }
	bind(t, d, func(*device.Bound) {
		if err := d.Bind(probe); !errors.Is(err, device.ErrBound) {
			t.Errorf("Bind during probe: %v, want ErrBound", err)
		}
	})
	if err := d.Bind(probe); !errors.Is(err, device.ErrBound) {
		t.Errorf("Bind when bound: %v, want ErrBound", err)
	}
	d.WithBound(func(b *device.Bound) error {
		b.OnUnbind(func() {
			if err := d.Bind(probe); !errors.Is(err, device.ErrBound) {
				t.Errorf("Bind during Unbind: %v, want ErrBound", err)
			}
		})
		return nil
	})
	unbind(t, d)
	if isBound(d) {
		t.Error("bound after Unbind")
	}
}

func TestBindAgain(t *testing.T) {
	d := device.New("d")
	for range 3 {
		released := 0
		bind(t, d, func(b *device.Bound) {
			device.Manage(b, new(int), func(*int) { released++ })
		})
		if !isBound(d) {
			t.Fatal("not bound after Bind")
		}
		unbind(t, d)
		if released != 1 {
			t.Fatalf("released %d times, want once", released)
		}
	}
}

func TestUnboundDevice(t *testing.T) {
	d := device.New("d")
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if err := d.Unbind(ended); err != nil {
		t.Errorf("Unbind of a device never bound: %v", err)
	}
	bind(t, d, func(*device.Bound) {
		if isBound(d) {
			t.Error("WithBound succeeds while probe is still running")
		}
	})
	unbind(t, d)
	if err := d.Unbind(ended); err != nil {
		t.Errorf("Unbind when unbound: %v", err)
	}
}

func TestUnbindDuringProbe(t *testing.T) {
	for _, result := range []error{nil, errProbe} {
		synctest.Test(t, func(t *testing.T) {
			var did record
			d := device.New("d")
			gate := make(chan struct{})
			var cancelled context.Context
			bound := make(chan error)
			go func() {
				bound <- d.Bind(func(c *device.Core) error {
					c.Bound().OnUnbind(did.note("action"))
					c.Bound().Go(func(ctx context.Context, _ *device.Bound) {
						cancelled = ctx
						<-ctx.Done()
					})
					<-gate
					did.note("probe's end")()
					return result
				})
			}()
			synctest.Wait()
			unbound := make(chan error)
			go func() { unbound <- d.Unbind(context.Background()) }()
			synctest.Wait()
			did.want(t)
			if cancelled.Err() == nil {
				t.Error("Unbind does not cancel while probe is running")
			}
			close(gate)
			bindErr, unbindErr := error(nil), error(nil)
			for range 2 {
				select {
				case bindErr = <-bound:
				case unbindErr = <-unbound:
				}
			}
			did.want(t, "probe's end", "action")
			if bindErr != result || unbindErr != nil {
				t.Errorf("Bind: %v, want %v; Unbind: %v", bindErr, result, unbindErr)
			}
			if isBound(d) {
				t.Error("bound after Unbind")
			}
		})
	}
}

func TestFailedProbeWaitsForUnbind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New("d")
		probing, undoing := make(chan struct{}), make(chan struct{})
		returned := false
		go func() {
			d.Bind(func(c *device.Core) error {
				c.Bound().OnUnbind(func() { <-undoing })
				<-probing
				return errProbe
			})
			returned = true
		}()
		synctest.Wait()
		u := begin(context.Background(), d)
		close(probing)
		u.wantRunning(t, "while an action is running")
		if returned {
			t.Error("Bind of a failed probe returns before all is undone, by whomever")
		}
		close(undoing)
		u.wantDone(t)
		if !returned {
			t.Error("Bind has not returned")
		}
	})
}

func TestPanicInUndoing(t *testing.T) {
	contexts := map[string]func() (context.Context, context.CancelFunc){
		"without end": func() (context.Context, context.CancelFunc) { return context.Background(), func() {} },
		"with end":    func() (context.Context, context.CancelFunc) { return context.WithCancel(context.Background()) },
	}
	for name, makeContext := range contexts {
		t.Run(name, func(t *testing.T) {
			var did record
			d := device.New("d")
			bind(t, d, func(b *device.Bound) {
				b.OnUnbind(did.note("action 1"))
				device.Manage(b, new(int), func(*int) { did.note("resource 2")(); panic("release") })
				b.OnUnbind(func() { did.note("action 3")(); runtime.Goexit() })
				b.OnUnbind(did.note("action 4"))
				b.OnUnbind(func() { did.note("action 5")(); panic("action") })
			})
			ctx, cancel := makeContext()
			defer cancel()
			var says any
			done := make(chan struct{})
			go func() {
				defer close(done)
				defer func() { says = recover() }()
				d.Unbind(ctx)
			}()
			<-done
			did.want(t, "action 5", "action 4", "action 3", "resource 2", "action 1")
			if says != "release" {
				t.Errorf("Unbind panics with %v, want the last panic", says)
			}
			if isBound(d) {
				t.Error("still bound")
			}
			bind(t, d, func(*device.Bound) {})
			unbind(t, d)
		})
	}
}

package device_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/revlint/revlint/revocable/device"
)

// An unbinding is an Unbind that runs in a goroutine of its own.
type unbinding struct {
	err  error
	done chan struct{}
}

func begin(ctx context.Context, d *device.Device) *unbinding {
	u := &unbinding{done: make(chan struct{})}
	go func() {
		defer close(u.done)
		u.err = d.Unbind(ctx)
	}()
	synctest.Wait()
	return u
}

func (u *unbinding) running() bool {
	synctest.Wait()
	select {
	case <-u.done:
		return false
	default:
		return true
	}
}

func (u *unbinding) wantRunning(t *testing.T, why string) {
	t.Helper()
	if !u.running() {
		t.Errorf("Unbind has returned %s", why)
	}
}

func (u *unbinding) wantDone(t *testing.T) {
	t.Helper()
	if u.running() {
		t.Fatal("Unbind has not returned")
	}
	if u.err != nil {
		t.Errorf("Unbind: %v", u.err)
	}
}

// managed registers an integer, and counts its releases.
func managed(b *device.Bound) (r *device.Devres[int], released *int) {
	released = new(int)
	return device.Manage(b, new(int), func(*int) { *released++ }), released
}

func TestGoIsCancelledAndJoined(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New("d")
		gate := make(chan struct{})
		var r *device.Devres[int]
		var released *int
		var cause, accessErr error
		bind(t, d, func(b *device.Bound) {
			r, released = managed(b)
			b.Go(func(ctx context.Context, b *device.Bound) {
				<-ctx.Done()
				cause = context.Cause(ctx)
				<-gate
				_, accessErr = r.Access(b)
			})
		})
		u := begin(context.Background(), d)
		u.wantRunning(t, "while a callback is running")
		if !errors.Is(cause, device.ErrUnbound) {
			t.Errorf("cause of the callback's context: %v, want ErrUnbound", cause)
		}
		if *released != 0 {
			t.Error("released while a callback is running")
		}
		close(gate)
		u.wantDone(t)
		if accessErr != nil {
			t.Errorf("Access in a callback that Unbind waits for: %v", accessErr)
		}
		if *released != 1 {
			t.Errorf("released %d times, want once", *released)
		}
	})
}

func TestGoWithinEndingCallback(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New("d")
		gate := make(chan struct{})
		var inner error
		bind(t, d, func(b *device.Bound) {
			r, _ := managed(b)
			b.Go(func(ctx context.Context, b *device.Bound) {
				<-ctx.Done()
				b.Go(func(ctx context.Context, b *device.Bound) {
					<-gate
					_, err := r.Access(b)
					inner = errors.Join(context.Cause(ctx), err)
				})
			})
		})
		u := begin(context.Background(), d)
		u.wantRunning(t, "while the inner callback is running")
		close(gate)
		u.wantDone(t)
		if !errors.Is(inner, device.ErrUnbound) || errors.Is(inner, device.ErrWrongDevice) {
			t.Errorf("the inner callback saw: %v; want a cancelled context and a valid token", inner)
		}
	})
}

func TestWithBoundKeepsBound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New("d")
		gate := make(chan struct{})
		var r *device.Devres[int]
		var released *int
		bind(t, d, func(b *device.Bound) { r, released = managed(b) })
		errScope := errors.New("scope")
		var got, accessErr error
		go func() {
			got = d.WithBound(func(b *device.Bound) error {
				<-gate
				_, accessErr = r.Access(b)
				return errScope
			})
		}()
		synctest.Wait()
		u := begin(context.Background(), d)
		u.wantRunning(t, "while a scope is open")
		if isBound(d) {
			t.Error("a new scope is entered after Unbind has begun")
		}
		if *released != 0 {
			t.Error("released while a scope is open")
		}
		close(gate)
		u.wantDone(t)
		if got != errScope || accessErr != nil || *released != 1 {
			t.Errorf("WithBound: %v, want the scope's error; Access: %v; released %d times", got, accessErr, *released)
		}
	})
}

func TestWithBoundThatPanics(t *testing.T) {
	d := device.New("d")
	bind(t, d, func(*device.Bound) {})
	func() {
		defer func() {
			if recover() != "scope" {
				t.Error("WithBound swallows the panic")
			}
		}()
		d.WithBound(func(*device.Bound) error { panic("scope") })
	}()
	unbind(t, d)
}

func TestGoFromScope(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New("d")
		gate := make(chan struct{})
		bind(t, d, func(*device.Bound) {})
		d.WithBound(func(b *device.Bound) error {
			b.Go(func(context.Context, *device.Bound) { <-gate })
			return nil
		})
		u := begin(context.Background(), d)
		u.wantRunning(t, "while a callback that a scope started is running")
		close(gate)
		u.wantDone(t)
	})
}

func TestAfterFunc(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New("d")
		start := time.Now()
		var fired time.Duration
		var timer *device.Timer
		var accessErr error
		bind(t, d, func(b *device.Bound) {
			r, _ := managed(b)
			timer = b.AfterFunc(time.Minute, func(b *device.Bound) {
				fired = time.Since(start)
				_, accessErr = r.Access(b)
			})
		})
		time.Sleep(time.Hour)
		synctest.Wait()
		if fired != time.Minute || accessErr != nil {
			t.Errorf("fired after %v, want 1m; Access: %v", fired, accessErr)
		}
		if timer.Stop() {
			t.Error("Stop of a timer that has fired returns true")
		}
		unbind(t, d)
	})
}

func TestTimerStop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New("d")
		bind(t, d, func(b *device.Bound) {
			timer := b.AfterFunc(time.Minute, func(*device.Bound) { t.Error("a stopped timer fires") })
			if !timer.Stop() {
				t.Error("Stop of an armed timer returns false")
			}
			if timer.Stop() {
				t.Error("a second Stop returns true")
			}
		})
		time.Sleep(time.Hour)
		begin(context.Background(), d).wantDone(t)
	})
}

func TestUnbindStopsTimers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New("d")
		var timer *device.Timer
		bind(t, d, func(b *device.Bound) {
			timer = b.AfterFunc(time.Minute, func(*device.Bound) { t.Error("a timer fires after Unbind") })
		})
		start := time.Now()
		begin(context.Background(), d).wantDone(t)
		if waited := time.Since(start); waited != 0 {
			t.Errorf("Unbind waits %v for a timer that is only armed", waited)
		}
		if timer.Stop() {
			t.Error("Stop after Unbind returns true")
		}
		time.Sleep(time.Hour)
	})
}

func TestUnbindWaitsForFiredTimer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New("d")
		gate := make(chan struct{})
		var released *int
		var later *device.Timer
		bind(t, d, func(b *device.Bound) {
			_, released = managed(b)
			b.AfterFunc(time.Minute, func(b *device.Bound) {
				<-gate
				later = b.AfterFunc(0, func(*device.Bound) { t.Error("a timer made after Unbind has begun fires") })
			})
		})
		time.Sleep(time.Minute)
		synctest.Wait()
		u := begin(context.Background(), d)
		u.wantRunning(t, "while a timer's callback is running")
		if *released != 0 {
			t.Error("released while a timer's callback is running")
		}
		close(gate)
		u.wantDone(t)
		if later.Stop() {
			t.Error("Stop of a timer that never was armed returns true")
		}
		time.Sleep(time.Hour)
	})
}

func TestTimerThatRearms(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New("d")
		ticks := 0
		var tick func(b *device.Bound)
		tick = func(b *device.Bound) {
			ticks++
			b.AfterFunc(time.Second, tick)
		}
		bind(t, d, func(b *device.Bound) { b.AfterFunc(time.Second, tick) })
		time.Sleep(10*time.Second + time.Millisecond)
		unbind(t, d)
		time.Sleep(time.Hour)
		if ticks != 10 {
			t.Errorf("%d ticks, want 10", ticks)
		}
	})
}

// What may keep an Unbind waiting: each blocks until the gate is closed.
var delays = map[string]func(d *device.Device, b *device.Bound, gate chan struct{}){
	"callback": func(_ *device.Device, b *device.Bound, gate chan struct{}) {
		b.Go(func(context.Context, *device.Bound) { <-gate })
	},
	"timer": func(_ *device.Device, b *device.Bound, gate chan struct{}) {
		b.AfterFunc(0, func(*device.Bound) { <-gate })
	},
	"scope": func(d *device.Device, b *device.Bound, gate chan struct{}) {
		b.Go(func(context.Context, *device.Bound) {
			d.WithBound(func(*device.Bound) error { <-gate; return nil })
		})
	},
	"access": func(_ *device.Device, b *device.Bound, gate chan struct{}) {
		r := device.Manage(b, new(int), nil)
		go r.With(func(*int) error { <-gate; return nil })
	},
	"action": func(_ *device.Device, b *device.Bound, gate chan struct{}) {
		b.OnUnbind(func() { <-gate })
	},
	"release": func(_ *device.Device, b *device.Bound, gate chan struct{}) {
		device.Manage(b, new(int), func(*int) { <-gate })
	},
}

func TestUnbindContext(t *testing.T) {
	for name, delay := range delays {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := device.New("d")
				gate := make(chan struct{})
				var did record
				var delayed func(b *device.Bound)
				bind(t, d, func(b *device.Bound) {
					b.OnUnbind(did.note("action"))
					delayed = func(b *device.Bound) { delay(d, b, gate) }
				})
				d.WithBound(func(b *device.Bound) error { delayed(b); return nil })
				synctest.Wait()

				errImpatient := errors.New("impatient")
				ctx, cancel := context.WithTimeoutCause(context.Background(), time.Second, errImpatient)
				defer cancel()
				start := time.Now()
				err := d.Unbind(ctx)
				if waited := time.Since(start); err != errImpatient || waited != time.Second {
					t.Errorf("Unbind returns %v after %v, want the context's cause after 1s", err, waited)
				}
				if isBound(d) {
					t.Error("an Unbind that has stopped waiting is not in force")
				}
				if err := d.Bind(func(*device.Core) error { return nil }); err != device.ErrBound {
					t.Errorf("Bind during an unfinished Unbind: %v, want ErrBound", err)
				}
				if err := d.Unbind(ctx); err != errImpatient {
					t.Errorf("second Unbind: %v, want the context's cause", err)
				}
				u := begin(context.Background(), d)
				u.wantRunning(t, "with the work unfinished")
				did.want(t)
				close(gate)
				u.wantDone(t)
				did.want(t, "action")
				bind(t, d, func(*device.Bound) {})
				unbind(t, d)
			})
		})
	}
}

func TestUnbindFinishesLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New("d")
		gate := make(chan struct{})
		var released *int
		bind(t, d, func(b *device.Bound) {
			_, released = managed(b)
			b.Go(func(context.Context, *device.Bound) { <-gate })
		})
		ended, cancel := context.WithCancel(context.Background())
		cancel()
		if err := d.Unbind(ended); !errors.Is(err, context.Canceled) {
			t.Errorf("Unbind: %v, want Canceled", err)
		}
		if isBound(d) {
			t.Error("a new scope is entered after Unbind has begun")
		}
		close(gate)
		synctest.Wait()
		if *released != 1 {
			t.Errorf("released %d times, want once, with nobody waiting for it", *released)
		}
		bind(t, d, func(*device.Bound) {})
		unbind(t, d)
	})
}

func TestConcurrentUnbind(t *testing.T) {
	for name, delay := range delays {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := device.New("d")
				gate := make(chan struct{})
				finished := 0
				bind(t, d, func(b *device.Bound) { b.OnUnbind(func() { finished++ }) })
				d.WithBound(func(b *device.Bound) error { delay(d, b, gate); return nil })
				synctest.Wait()
				var all []*unbinding
				for range 5 {
					ctx, cancel := context.WithCancel(context.Background())
					defer cancel()
					all = append(all, begin(ctx, d), begin(context.Background(), d))
				}
				for _, u := range all {
					u.wantRunning(t, "before the work has finished")
				}
				close(gate)
				for _, u := range all {
					u.wantDone(t)
				}
				if finished != 1 {
					t.Errorf("undone %d times, want once", finished)
				}
			})
		})
	}
}

// TestLatePanicEndsTheProgram runs itself: a panic in an undoing that nobody waits for any more is not lost.
func TestLatePanicEndsTheProgram(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("needs a second process")
	}
	if os.Getenv("DEVICE_LATE") == "" {
		cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
		cmd.Env = append(os.Environ(), "DEVICE_LATE=1")
		out, err := cmd.CombinedOutput()
		if err == nil || !strings.Contains(string(out), "panic: late") {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	d := device.New("d")
	hold := make(chan struct{})
	bind(t, d, func(b *device.Bound) { b.OnUnbind(func() { <-hold; panic("late") }) })
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	if err := d.Unbind(ctx); err != context.DeadlineExceeded {
		t.Fatal(err)
	}
	close(hold)
	_ = d.Unbind(context.Background())
	time.Sleep(time.Minute)
}

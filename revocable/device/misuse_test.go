package device_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os/exec"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/device"
)

func wantPanic(t *testing.T, with string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if v := fmt.Sprint(recover()); !strings.Contains(v, with) {
			t.Errorf("panicked with %q, want %q", v, with)
		}
	}()
	f()
}

// A nil action once ended the undoing, and Unbind returned nil.
func TestNilFunctionsPanicAtTheCall(t *testing.T) {
	d := device.New("d")
	undone := false
	bind(t, d, func(b *device.Bound) {
		b.OnUnbind(func() { undone = true })
		for what, f := range map[string]func(){
			"Bound.OnUnbind":   func() { b.OnUnbind(nil) },
			"Bound.OnQuiesce":  func() { b.OnQuiesce(nil) },
			"Bound.Go":         func() { b.Go(nil) },
			"Bound.AfterFunc":  func() { b.AfterFunc(0, nil) },
			"Bound.Every":      func() { b.Every(1, nil) },
			"Bound.NewWork":    func() { b.NewWork(nil) },
			"Device.WithBound": func() { _ = d.WithBound(nil) },
			"Device.Bind":      func() { _ = device.New("other").Bind(nil) },
			"Bind":             func() { _ = device.Bind[int](device.New("other"), nil) },
		} {
			wantPanic(t, "device: "+what+" of a nil function", f)
		}
		wantPanic(t, "Manage of a nil resource", func() { device.Manage[int](b, nil, nil) })
	})
	unbind(t, d)
	if !undone {
		t.Error("the binding was not undone")
	}
}

// tokenUses are all that one can do with a token, with what they panic with if it is not valid.
func tokenUses(b *device.Bound) map[string]func() {
	return map[string]func(){
		"Bound.Go":        func() { b.Go(func(context.Context, *device.Bound) {}) },
		"Bound.AfterFunc": func() { b.AfterFunc(0, func(*device.Bound) {}) },
		"Bound.Every":     func() { b.Every(1, func(*device.Bound) {}) },
		"Bound.NewWork":   func() { b.NewWork(func(context.Context, *device.Bound) {}) },
		"Bound.OnUnbind":  func() { b.OnUnbind(func() {}) },
		"Bound.OnQuiesce": func() { b.OnQuiesce(func(*device.Bound) {}) },
		"Bound.NewChild":  func() { b.NewChild("child") },
		"Bound.Parent":    func() { b.Parent() },
		"Bound.Device":    func() { b.Device() },
		"Manage":          func() { device.Manage(b, new(int), nil) },
	}
}

// What go vet forbids, but reflection does.
func copied(b *device.Bound) *device.Bound {
	c := reflect.New(reflect.TypeFor[device.Bound]())
	c.Elem().Set(reflect.ValueOf(b).Elem())
	return c.Interface().(*device.Bound)
}

func TestCopiesOfATokenAreNotValid(t *testing.T) {
	d := device.New("d")
	var c *device.Bound
	var r *device.Devres[int]
	refused := func(when string) {
		t.Helper()
		if p, err := r.Access(c); p != nil || err != device.ErrWrongDevice {
			t.Errorf("%s: Access: %v, %v", when, p, err)
		}
		if p, err := device.Data[int](c); p != nil || err != device.ErrWrongDevice {
			t.Errorf("%s: Data: %v, %v", when, p, err)
		}
		if err := r.Release(c); err != device.ErrWrongDevice {
			t.Errorf("%s: Release: %v", when, err)
		}
		for what, use := range tokenUses(c) {
			wantPanic(t, what+" with ", use)
		}
	}
	bind(t, d, func(b *device.Bound) {
		r = device.Manage(b, new(int), nil)
		c = copied(b)
		refused("while its callback runs")
	})
	refused("while bound")
	unbind(t, d)
	refused("after the unbind")
}

func TestTokenIsRetiredHoweverItsCallbackEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New("d")
		var r *device.Devres[int]
		var mu sync.Mutex // two of the callbacks run at the same time
		kept := map[string]*device.Bound{}
		ends := func(name string, b *device.Bound) {
			mu.Lock()
			kept[name] = b
			mu.Unlock()
			if _, err := r.Access(b); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		bind(t, d, func(b *device.Bound) {
			r, _ = managed(b)
			b.Go(func(_ context.Context, b *device.Bound) { ends("Go and Goexit", b); runtime.Goexit() })
			b.AfterFunc(0, func(b *device.Bound) { ends("AfterFunc and Goexit", b); runtime.Goexit() })
		})
		synctest.Wait()
		func() {
			defer func() { _ = recover() }()
			_ = d.WithBound(func(b *device.Bound) error { ends("WithBound and panic", b); panic("burst") })
		}()
		_ = d.WithBound(func(b *device.Bound) error { ends("WithBound", b); return nil })

		other := device.New("other")
		ofOther := map[string]*device.Bound{}
		func() {
			defer func() { _ = recover() }()
			_ = other.Bind(func(c *device.Core) error { ofOther["probe and panic"] = c.Bound(); panic("burst") })
		}()
		for name, b := range kept {
			if p, err := r.Access(b); p != nil || err != device.ErrWrongDevice {
				t.Errorf("%s: Access: %v, %v", name, p, err)
			}
			wantPanic(t, "Bound.Go with ", func() { b.Go(func(context.Context, *device.Bound) {}) })
		}
		wantPanic(t, "Bound.OnUnbind with ", func() { ofOther["probe and panic"].OnUnbind(func() {}) })
		if len(kept) != 4 {
			t.Errorf("%d tokens", len(kept))
		}
		unbind(t, d)
	})
}

func TestNilAndZeroAreWhatWasUnboundLongAgo(t *testing.T) {
	var d *device.Device
	if err := d.Bind(func(*device.Core) error { t.Error("probed"); return nil }); err != device.ErrUnbound {
		t.Errorf("Bind: %v", err)
	}
	if err := d.WithBound(func(*device.Bound) error { t.Error("entered"); return nil }); err != device.ErrUnbound {
		t.Errorf("WithBound: %v", err)
	}
	if err := d.Unbind(context.Background()); err != nil {
		t.Errorf("Unbind: %v", err)
	}
	if d.String() != "<nil>" {
		t.Error(d)
	}
	live := device.New("live")
	bind(t, live, func(b *device.Bound) {
		for _, r := range []*device.Devres[int]{nil, {}} {
			if p, err := r.Access(b); p != nil || !errors.Is(err, revocable.ErrRevoked) {
				t.Errorf("Access: %v, %v", p, err)
			}
			for _, b := range []*device.Bound{nil, {}} {
				if p, err := r.Access(b); p != nil || err != device.ErrWrongDevice {
					t.Errorf("Access without a token: %v, %v", p, err)
				}
				if err := r.Release(b); err != device.ErrWrongDevice {
					t.Errorf("Release without a token: %v", err)
				}
			}
			if p, g := r.TryAccess(); p != nil || g != (revocable.Guard{}) {
				t.Error("TryAccess succeeds")
			}
			if err := r.With(func(*int) error { return nil }); err != revocable.ErrRevoked {
				t.Errorf("With: %v", err)
			}
			if r.Handle() != (revocable.Handle[int]{}) {
				t.Error("a handle")
			}
			if err := r.Release(b); err != nil {
				t.Errorf("Release: %v", err)
			}
		}
		r := device.Manage(b, new(int), nil)
		if p, err := r.Access(nil); p != nil || err != device.ErrWrongDevice {
			t.Errorf("Access(nil): %v, %v", p, err)
		}
	})
	unbind(t, live)
	for what, use := range tokenUses(nil) {
		wantPanic(t, what+" with a token that is not valid", use)
	}
	for what, use := range tokenUses((*device.Core)(nil).Bound()) {
		wantPanic(t, what+" with a token that is not valid", use)
	}
	for _, timer := range []*device.Timer{nil, {}} {
		if timer.Stop() || timer.Reset(time.Second) {
			t.Error("a timer")
		}
	}
	for _, w := range []*device.Work{nil, {}} {
		w.Cancel()
		if w.Queue() {
			t.Error("queued")
		}
	}
}

func TestErrUnboundIsWhatWasRevoked(t *testing.T) {
	if !errors.Is(device.ErrUnbound, revocable.ErrRevoked) || !errors.Is(device.ErrUnbound, fs.ErrClosed) {
		t.Error("ErrUnbound is not ErrRevoked and fs.ErrClosed")
	}
	if errors.Is(device.ErrUnbound, device.ErrBound) || errors.Is(revocable.ErrRevoked, device.ErrUnbound) || errors.Is(device.ErrWrongDevice, revocable.ErrRevoked) {
		t.Error("errors are taken for others")
	}
}

func TestReleaseTakesAResourceAwayNow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New("d")
		bind(t, d, func(b *device.Bound) {
			r, released := managed(b)
			_, g := r.TryAccess()
			var all []chan error
			for range 3 { // every caller waits
				done := make(chan error, 1)
				all = append(all, done)
				go func() { done <- r.Release(b) }()
			}
			synctest.Wait()
			for _, done := range all {
				if len(done) != 0 || *released != 0 {
					t.Error("released while an access is running")
				}
			}
			if p, err := r.Access(b); p != nil || err != revocable.ErrRevoked {
				t.Errorf("Access: %v, %v", p, err)
			}
			g.Release()
			for _, done := range all {
				if err := <-done; err != nil || *released != 1 {
					t.Errorf("%v, released %d times", err, *released)
				}
			}
			if err := r.Release(b); err != nil {
				t.Errorf("a second Release: %v", err)
			}
			alone, _ := managed(b) // with nobody else who releases it
			if err := alone.Release(b); err != nil {
				t.Error(err)
			}
			if p, err := alone.Access(b); p != nil || err != revocable.ErrRevoked {
				t.Errorf("Access after a Release: %v, %v", p, err)
			}
			bind(t, device.New("other"), func(other *device.Bound) {
				if err := r.Release(other); err != device.ErrWrongDevice {
					t.Errorf("Release with another device's token: %v", err)
				}
			})
		})
		r2 := (*device.Devres[int])(nil)
		released := new(int)
		_ = d.WithBound(func(b *device.Bound) error { r2, released = managed(b); return nil })
		unbind(t, d)
		if *released != 1 {
			t.Errorf("released %d times by the unbind", *released)
		}
		bind(t, d, func(b *device.Bound) {
			if err := r2.Release(b); err != device.ErrWrongDevice {
				t.Errorf("Release of an earlier binding's resource: %v", err)
			}
		})
		unbind(t, d)
	})
}

// A lateContext calls hook when it is asked for its Done channel, and is over then.
type lateContext struct {
	context.Context
	hook func()
}

func (c lateContext) Done() <-chan struct{} {
	c.hook()
	return c.Context.Done()
}

// Both the end of the work and that of the context have come when the later caller looks: what is done is done.
func TestLaterUnbindLooksAgain(t *testing.T) {
	for range 100 { // the select in which it looks may choose either
		synctest.Test(t, func(t *testing.T) {
			d := device.New("d")
			gate := make(chan struct{})
			bind(t, d, func(b *device.Bound) { b.OnUnbind(func() { <-gate }) })
			u := begin(context.Background(), d)
			ctx, cancel := context.WithCancel(context.Background())
			err := d.Unbind(lateContext{ctx, sync.OnceFunc(func() {
				close(gate)
				<-u.done
				cancel()
			})})
			if err != nil {
				t.Fatalf("the unbind has ended before the context, but: %v", err)
			}
		})
		if t.Failed() {
			return
		}
	}
}

func TestDevicesAreSafeToPrint(t *testing.T) {
	d := device.New("eth0")
	var r *device.Devres[int]
	bind(t, d, func(b *device.Bound) { r = device.Manage(b, new(int), nil) })
	var out bytes.Buffer
	log := slog.New(slog.NewTextHandler(&out, nil))
	done := make(chan struct{})
	go func() { // under -race, printing by fields would show
		defer close(done)
		unbind(t, d)
	}()
	for range 20 {
		for _, v := range []any{d, r} {
			fmt.Fprintf(&out, "%v %+v %#v %s", v, v, v, v)
			log.Info("", "v", v)
		}
	}
	<-done

	want := func(got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	want(fmt.Sprint(d, " ", r), "eth0 revocable.Handle[int](revoked, 0 running)")
	want(d.LogValue().String(), "[name=eth0 state=unbound running=0]")
	want((*device.Device)(nil).LogValue().String(), "[name=<nil> state=unbound running=0]")
	synctest.Test(t, func(t *testing.T) {
		d := device.New("eth0")
		for range 2 { // also of a second binding
			bind(t, d, func(b *device.Bound) {
				b.Go(func(ctx context.Context, b *device.Bound) {
					<-ctx.Done()
					want(fmt.Sprintf("%#v", d), `device.Device("eth0", unbinding, 1 running)`)
				})
				b.Go(func(context.Context, *device.Bound) {}) // ends
				synctest.Wait()
				want(d.LogValue().String(), "[name=eth0 state=probing running=1]")
			})
			_ = d.WithBound(func(*device.Bound) error {
				want(d.LogValue().String(), "[name=eth0 state=bound running=2]")
				return nil
			})
			unbind(t, d)
		}
	})
}

// go vet refuses copies of what must not be copied.
func TestVetRefusesCopies(t *testing.T) {
	if testing.Short() {
		t.Skip("asks go vet")
	}
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("needs the go command")
	}
	out, err := exec.Command("go", "vet", "-copylocks", "./testdata/copied").CombinedOutput()
	if err == nil {
		t.Fatal("go vet finds nothing")
	}
	for _, name := range []string{"Bound", "Core", "Device", "Devres[int]", "Timer", "Work"} {
		if !strings.Contains(string(out), "device."+name+" contains") {
			t.Errorf("go vet lets a %s be copied:\n%s", name, out)
		}
	}
}

// TestReleasedInAnyOrder: of four resources some are released early, in any order and again; the unbind releases the
// rest, last first, and all are released once.
func TestReleasedInAnyOrder(t *testing.T) {
	for way := range 4 * 5 * 5 * 5 {
		d := device.New("d")
		var released []int
		var rest []int
		bind(t, d, func(b *device.Bound) {
			var rs []*device.Devres[int]
			manage := func() {
				i := len(rs)
				rs = append(rs, device.Manage(b, new(int), func(*int) { released = append(released, i) }))
			}
			for range 4 {
				manage()
			}
			early := make(map[int]bool)
			for n := way; n > 0; n /= 5 {
				if i := n%5 - 1; i >= 0 {
					if err := rs[i].Release(b); err != nil {
						t.Error(err)
					}
					early[i] = true
				}
			}
			manage()
			for i := range early {
				if err := rs[i].Release(b); err != nil {
					t.Error(err)
				}
			}
			for i := 4; i >= 0; i-- {
				if !early[i] {
					rest = append(rest, i)
				}
			}
			if len(released) != len(early) {
				t.Errorf("way %d: released %v early, want %v", way, released, early)
			}
			released = nil
		})
		unbind(t, d)
		if !slices.Equal(released, rest) {
			t.Fatalf("way %d: the unbind released %v, want %v", way, released, rest)
		}
	}
}

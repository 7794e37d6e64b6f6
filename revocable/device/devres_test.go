package device_test

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"testing/synctest"
	"weak"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/device"
)

func TestAccess(t *testing.T) {
	one, two := device.New("one"), device.New("two")
	res := new(int)
	var r *device.Devres[int]
	bind(t, one, func(b *device.Bound) {
		r = device.Manage(b, res, nil)
		if p, err := r.Access(b); p != res || err != nil {
			t.Errorf("Access in probe: %p, %v; want %p", p, err, res)
		}
	})
	bind(t, two, func(b *device.Bound) {
		if p, err := r.Access(b); p != nil || err != device.ErrWrongDevice {
			t.Errorf("Access with another device's token: %p, %v; want nil, ErrWrongDevice", p, err)
		}
	})
	one.WithBound(func(b *device.Bound) error {
		if p, err := r.Access(b); p != res || err != nil {
			t.Errorf("Access in a scope: %p, %v; want %p", p, err, res)
		}
		if b.Device() != one {
			t.Errorf("the token speaks of %v, want %v", b.Device(), one)
		}
		return nil
	})
	unbind(t, one)
	bind(t, one, func(b *device.Bound) {
		if p, err := r.Access(b); p != nil || err != device.ErrWrongDevice {
			t.Errorf("Access to an earlier binding's resource: %p, %v; want nil, ErrWrongDevice", p, err)
		}
	})
	unbind(t, one)
	unbind(t, two)
}

func TestTryAccess(t *testing.T) {
	d := device.New("d")
	res := new(int)
	var r *device.Devres[int]
	bind(t, d, func(b *device.Bound) { r = device.Manage(b, res, nil) })

	p, g := r.TryAccess()
	if p != res {
		t.Errorf("TryAccess: %p, want %p", p, res)
	}
	g.Release()
	if err := r.With(func(p *int) error {
		if p != res {
			t.Errorf("With: %p, want %p", p, res)
		}
		return errProbe
	}); err != errProbe {
		t.Errorf("With: %v, want its function's error", err)
	}
	h := r.Handle()
	p, g = h.TryAccess()
	if p != res {
		t.Errorf("TryAccess of the handle: %p, want %p", p, res)
	}
	g.Release()

	unbind(t, d)
	p, g = r.TryAccess()
	if p != nil {
		t.Error("TryAccess succeeds after Unbind")
	}
	g.Release()
	if err := r.With(func(*int) error { return nil }); !errors.Is(err, revocable.ErrRevoked) {
		t.Errorf("With after Unbind: %v, want ErrRevoked", err)
	}
	if p, _ := h.TryAccess(); p != nil {
		t.Error("TryAccess of the handle succeeds after Unbind")
	}
}

func TestUnbindWaitsForAccess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New("d")
		var r, older *device.Devres[int]
		var released *int
		bind(t, d, func(b *device.Bound) {
			older = device.Manage(b, new(int), nil)
			r, released = managed(b)
		})
		_, g := r.TryAccess()
		u := begin(context.Background(), d)
		u.wantRunning(t, "while an access is running")
		if *released != 0 {
			t.Error("released while an access is running")
		}
		if p, _ := r.TryAccess(); p != nil {
			t.Error("a new access succeeds while Unbind waits for the old ones")
		}
		if p, g := older.TryAccess(); p == nil {
			t.Error("a resource is taken away before its turn")
		} else {
			g.Release()
		}
		select {
		case <-r.Handle().Revoked():
		default:
			t.Error("sleeping accesses are not woken")
		}
		g.Release()
		u.wantDone(t)
		if *released != 1 {
			t.Errorf("released %d times, want once", *released)
		}
	})
}

func TestManageNil(t *testing.T) {
	d := device.New("d")
	var did record
	bind(t, d, func(b *device.Bound) {
		b.OnUnbind(did.note("action"))
		if !panics(func() { device.Manage[int](b, nil, nil) }) {
			t.Error("Manage of nil does not panic")
		}
	})
	unbind(t, d)
	did.want(t, "action")
}

// keptTokens binds d and returns a token of each kind of callback, each of which has
// returned. It must be called in a bubble of synctest.
func keptTokens(t *testing.T, d *device.Device) map[string]*device.Bound {
	kept := make(map[string]*device.Bound)
	bind(t, d, func(b *device.Bound) {
		kept["probe"] = b
		b.Go(func(_ context.Context, b *device.Bound) { kept["Go"] = b })
	})
	synctest.Wait()
	d.WithBound(func(b *device.Bound) error {
		kept["WithBound"] = b
		b.AfterFunc(0, func(b *device.Bound) { kept["AfterFunc"] = b })
		return nil
	})
	synctest.Wait()
	return kept
}

func TestRetiredToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New("d")
		kept := keptTokens(t, d)
		kept["forged"] = &device.Bound{}
		r := new(device.Devres[int])
		var core *device.Core
		unbind(t, d)
		if err := d.Bind(func(c *device.Core) error {
			core = c
			r = device.Manage(c.Bound(), new(int), nil)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		defer unbind(t, d)
		kept["Core"] = core.Bound()

		uses := map[string]func(b *device.Bound){
			"Device":    func(b *device.Bound) { b.Device() },
			"Go":        func(b *device.Bound) { b.Go(func(context.Context, *device.Bound) {}) },
			"AfterFunc": func(b *device.Bound) { b.AfterFunc(0, func(*device.Bound) {}) },
			"OnUnbind":  func(b *device.Bound) { b.OnUnbind(func() {}) },
			"Manage":    func(b *device.Bound) { device.Manage(b, new(int), nil) },
		}
		if len(kept) != 6 {
			t.Fatalf("%d tokens, want 6", len(kept))
		}
		for name, b := range kept {
			if p, err := r.Access(b); p != nil || !errors.Is(err, device.ErrWrongDevice) {
				t.Errorf("Access with the token of %s: %p, %v; want nil, ErrWrongDevice", name, p, err)
			}
			for use, f := range uses {
				if !panics(func() { f(b) }) {
					t.Errorf("%s with the token of %s does not panic", use, name)
				}
			}
		}
	})
}

func panics(f func()) (did bool) {
	defer func() { did = recover() != nil }()
	f()
	return false
}

func TestEachCallbackHasItsOwnToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New("d")
		kept := keptTokens(t, d)
		defer unbind(t, d)
		seen := make(map[*device.Bound]string)
		for name, b := range kept {
			if other, twice := seen[b]; twice {
				t.Errorf("%s and %s are given the same token", name, other)
			}
			seen[b] = name
		}
		if len(seen) != 4 {
			t.Errorf("%d tokens, want 4", len(seen))
		}
	})
}

func TestUnbindLetsGoOfResources(t *testing.T) {
	// A driver's state is often kept after an unbind, by a file that is still open: it
	// must not keep the memory of the resource with it.
	d := device.New("d")
	var r *device.Devres[[1 << 10]int]
	var res weak.Pointer[[1 << 10]int]
	bind(t, d, func(b *device.Bound) {
		memory := new([1 << 10]int)
		res = weak.Make(memory)
		r = device.Manage(b, memory, nil)
	})
	runtime.GC()
	if res.Value() == nil {
		t.Error("the resource is gone while the device is bound")
	}
	unbind(t, d)
	runtime.GC()
	if res.Value() != nil {
		t.Error("the Devres still holds the resource")
	}
	runtime.KeepAlive(r)
}

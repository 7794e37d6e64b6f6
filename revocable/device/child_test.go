package device_test

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/revlint/revlint/revocable/device"
)

// MFD and auxiliary devices: children are unbound as part of unbinding the parent.
func TestChildrenAreUndoneInTheirPlace(t *testing.T) {
	var did record
	hub := device.New("hub")
	bind(t, hub, func(b *device.Bound) {
		// Made last, bound first: its place is that of its Bind.
		first, second, never := b.NewChild("first"), b.NewChild("second"), b.NewChild("never")
		b.OnUnbind(did.note("hub 1"))
		bind(t, second, func(b *device.Bound) { b.OnUnbind(did.note("second")) })
		b.OnUnbind(did.note("hub 2"))
		bind(t, first, func(b *device.Bound) { b.OnUnbind(did.note("first")) })
		b.OnUnbind(did.note("hub 3"))
		_ = never
	})
	unbind(t, hub)
	did.want(t, "hub 3", "first", "hub 2", "second", "hub 1")
}

// All of the parent is there in all callbacks of the child, whatever was registered after its Bind.
func TestParentIsThereInCallbacksOfItsChild(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hub := device.New("hub")
		gate := make(chan struct{})
		var did record
		var bus *device.Devres[int]
		use := func(b *device.Bound, where string) {
			p := b.Parent()
			if p == nil || p.Device() != hub || p.Parent() != nil {
				t.Errorf("%s: parent %v", where, p)
				return
			}
			if _, err := bus.Access(p); err != nil {
				t.Errorf("%s: %v", where, err)
			}
			did.note(where)()
		}
		bind(t, hub, func(b *device.Bound) {
			child := b.NewChild("child")
			bind(t, child, func(b *device.Bound) {
				b.OnUnbind(did.note("child undone"))
				b.OnQuiesce(func(b *device.Bound) { use(b, "child quiet") })
				b.Go(func(ctx context.Context, b *device.Bound) {
					<-ctx.Done()
					<-gate
					use(b, "child stopped")
				})
			})
			bus = device.Manage(b, new(int), func(*int) { did.note("bus gone")() })
			b.OnQuiesce(func(*device.Bound) { did.note("hub quiet")() })
		})
		u := begin(context.Background(), hub)
		u.wantRunning(t, "while a callback of a child is running")
		did.want(t)
		close(gate)
		u.wantDone(t)
		did.want(t, "child stopped", "child quiet", "hub quiet", "bus gone", "child undone")
	})
}

func TestTokenOfTheParentIsRetiredWithTheChilds(t *testing.T) {
	hub := device.New("hub")
	var child *device.Device
	var bus *device.Devres[int]
	bind(t, hub, func(b *device.Bound) {
		bus = device.Manage(b, new(int), nil)
		child = b.NewChild("child")
	})
	bind(t, child, func(b *device.Bound) {})
	var kept *device.Bound
	_ = child.WithBound(func(b *device.Bound) error {
		kept = b.Parent()
		if _, err := bus.Access(kept); err != nil {
			t.Error(err)
		}
		return nil
	})
	if p, err := bus.Access(kept); p != nil || err != device.ErrWrongDevice {
		t.Errorf("a token of the parent outlives the child's: %v, %v", p, err)
	}
	if device.New("alone").WithBound(func(b *device.Bound) error { return nil }) == nil {
		t.Error("bound")
	}
	unbind(t, hub)
}

func TestChildBindsAndUnbindsByItself(t *testing.T) {
	var did record
	hub := device.New("hub")
	var child *device.Device
	bind(t, hub, func(b *device.Bound) {
		child = b.NewChild("child")
		b.OnUnbind(did.note("hub"))
	})
	for range 3 {
		bind(t, child, func(b *device.Bound) { b.OnUnbind(did.note("child")) })
		if err := child.Bind(func(*device.Core) error { return nil }); err != device.ErrBound {
			t.Errorf("second Bind: %v", err)
		}
		unbind(t, child)
	}
	if err := child.Bind(func(c *device.Core) error { return errProbe }); err != errProbe {
		t.Error(err)
	}
	bind(t, child, func(b *device.Bound) { b.OnUnbind(did.note("child")) })
	unbind(t, hub)
	did.want(t, "child", "child", "child", "child", "hub")
	if isBound(child) {
		t.Error("the child is bound after its parent")
	}
	for _, again := range []bool{false, true} { // bound again, that is another binding
		if again {
			bind(t, hub, func(*device.Bound) {})
		}
		if err := child.Bind(func(*device.Core) error { t.Error("probed"); return nil }); err != device.ErrUnbound {
			t.Errorf("Bind of a child without its parent: %v", err)
		}
		unbind(t, child)
	}
	unbind(t, hub)
}

func TestProbeThatFailsTakesItsChildrenWithIt(t *testing.T) {
	var did record
	hub := device.New("hub")
	var child *device.Device
	err := hub.Bind(func(c *device.Core) error {
		child = c.Bound().NewChild("child")
		bind(t, child, func(b *device.Bound) {
			grandchild := b.NewChild("grandchild")
			bind(t, grandchild, func(b *device.Bound) {
				b.OnQuiesce(func(b *device.Bound) {
					if b.Parent().Parent().Device() != hub {
						t.Error("no token of the grandparent")
					}
					did.note("grandchild quiet")()
				})
				b.OnUnbind(did.note("grandchild"))
			})
			b.OnUnbind(did.note("child"))
		})
		return errProbe
	})
	if err != errProbe || isBound(child) {
		t.Errorf("%v, child bound: %v", err, isBound(child))
	}
	did.want(t, "grandchild quiet", "child", "grandchild")
}

// A driver of a bus unbinds what was pulled out of it, also while it is being unbound itself.
func TestCallbackOfTheParentUnbindsAChild(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hub := device.New("hub")
		var did record
		bind(t, hub, func(b *device.Bound) {
			child := b.NewChild("child")
			bind(t, child, func(b *device.Bound) { b.OnUnbind(did.note("child")) })
			b.Go(func(ctx context.Context, _ *device.Bound) {
				<-ctx.Done()
				unbind(t, child)
				did.note("callback")()
			})
			b.OnUnbind(did.note("hub"))
		})
		begin(context.Background(), hub).wantDone(t)
		did.want(t, "child", "callback", "hub")
	})
}

func TestUnbindOfTheParentWaitsForThatOfAChild(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hub := device.New("hub")
		gate := make(chan struct{})
		var child *device.Device
		var did record
		bind(t, hub, func(b *device.Bound) {
			b.OnUnbind(did.note("hub"))
			child = b.NewChild("child")
			bind(t, child, func(b *device.Bound) { b.OnUnbind(func() { <-gate; did.note("child")() }) })
		})
		c := begin(context.Background(), child)
		u := begin(context.Background(), hub)
		u.wantRunning(t, "while a child is being undone")
		c.wantRunning(t, "while it is being undone")
		did.want(t)
		close(gate)
		u.wantDone(t)
		c.wantDone(t)
		did.want(t, "child", "hub")
	})
}

// The child is being brought to rest by an Unbind of its own when that of the parent comes.
func TestParentIsBroughtToRestAfterItsChild(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hub := device.New("hub")
		gate := make(chan struct{})
		var child *device.Device
		var did record
		bind(t, hub, func(b *device.Bound) {
			b.OnUnbind(did.note("hub undone"))
			b.OnQuiesce(func(*device.Bound) { did.note("hub quiet")() })
			child = b.NewChild("child")
			bind(t, child, func(b *device.Bound) {
				b.OnQuiesce(func(*device.Bound) { <-gate; did.note("child quiet")() })
			})
		})
		c := begin(context.Background(), child)
		u := begin(context.Background(), hub)
		u.wantRunning(t, "while a child is being brought to rest")
		did.want(t)
		close(gate)
		c.wantDone(t)
		u.wantDone(t)
		did.want(t, "child quiet", "hub quiet", "hub undone")
	})
}

func TestUnbindOfTheParentDuringProbeOfAChild(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hub := device.New("hub")
		gate, undoing := make(chan struct{}), make(chan struct{})
		var did record
		var child *device.Device
		bind(t, hub, func(b *device.Bound) {
			child = b.NewChild("child")
			b.OnUnbind(did.note("hub"))
		})
		outcome := make(chan error, 1)
		go func() {
			outcome <- child.Bind(func(c *device.Core) error {
				c.Bound().OnUnbind(func() { <-undoing; did.note("child")() })
				<-gate
				return nil
			})
		}()
		synctest.Wait()
		u := begin(context.Background(), hub)
		u.wantRunning(t, "while a child is probed")
		did.want(t)
		close(gate)
		u.wantRunning(t, "while a child is being undone")
		if len(outcome) > 0 {
			t.Error("Bind returned before all was undone")
		}
		close(undoing)
		if err := <-outcome; err != device.ErrUnbound {
			t.Errorf("Bind of a child whose parent is unbound meanwhile: %v, want ErrUnbound", err)
		}
		u.wantDone(t)
		did.want(t, "child", "hub")
	})
}

func TestPanicInTheUndoingOfAChildDoesNotStopTheParents(t *testing.T) {
	for _, where := range []string{"action", "quiesce"} {
		var did record
		hub := device.New("hub")
		bind(t, hub, func(b *device.Bound) {
			b.OnUnbind(did.note("hub"))
			child := b.NewChild("child")
			bind(t, child, func(b *device.Bound) {
				b.OnUnbind(did.note("child"))
				if where == "action" {
					b.OnUnbind(func() { panic("burst") })
				} else {
					b.OnQuiesce(func(*device.Bound) { panic("burst") })
				}
			})
		})
		func() {
			defer func() {
				if v := recover(); v != "burst" {
					t.Errorf("%s: recovered %v", where, v)
				}
			}()
			_ = hub.Unbind(context.Background())
		}()
		did.want(t, "child", "hub")
	}
}

// Every Bind of a child races an Unbind of its parent: it succeeds and is undone, or ends in ErrUnbound.
func TestStressOfChildren(t *testing.T) {
	var tried, bound atomic.Int64
	for range rounds(300) {
		hub := device.New("hub")
		var children []*device.Device
		var bus *device.Devres[part]
		bind(t, hub, func(b *device.Bound) {
			p := &part{count: 1}
			p.there.Store(true)
			bus = device.Manage(b, p, func(p *part) { p.there.Store(false); p.count = 0 })
			for i := range 4 {
				children = append(children, b.NewChild(fmt.Sprint(i)))
			}
		})
		var all sync.WaitGroup
		for _, c := range children {
			all.Go(func() {
				for range 10 {
					probed, undone := 0, 0
					err := c.Bind(func(c *device.Core) error {
						probed++
						b := c.Bound()
						b.OnUnbind(func() { undone++ })
						b.Go(func(ctx context.Context, b *device.Bound) {
							p, err := bus.Access(b.Parent())
							if err != nil {
								t.Errorf("Access by the parent's token: %v", err)
								return
							}
							p.use(t, "a child")
						})
						return nil
					})
					tried.Add(1)
					switch {
					case err == nil:
						bound.Add(1)
						unbind(t, c)
					case err != device.ErrUnbound:
						t.Errorf("Bind: %v", err)
					}
					if probed != undone {
						t.Errorf("probed %d times, undone %d times", probed, undone)
					}
				}
			})
		}
		runtime.Gosched()
		unbind(t, hub)
		all.Wait()
		for _, c := range children {
			if isBound(c) {
				t.Fatal("a child is bound after its parent")
			}
		}
	}
	t.Logf("%d calls of Bind, %d of them before the unbind", tried.Load(), bound.Load())
}

func TestChildrenLeaveNothingBehind(t *testing.T) {
	n := 100_000
	if testing.Short() || os.Getenv("REVOCABLEDEBUG") != "" {
		n = 1000
	}
	hub := device.New("hub")
	bind(t, hub, func(b *device.Bound) {
		inUse := func() uint64 {
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			return m.HeapAlloc
		}
		pass := func(n int) {
			for range n {
				c := b.NewChild("c")
				bind(t, c, func(b *device.Bound) { device.Manage(b, new([64]byte), nil) })
				unbind(t, c)
				r := device.Manage(b, new([64]byte), nil)
				if err := r.Release(b); err != nil {
					t.Error(err)
				}
			}
		}
		pass(100)
		before := inUse()
		pass(n)
		if after := inUse(); after > before+uint64(max(n, 1<<16)) {
			t.Errorf("%d bytes after %d children and resources", after-before, n)
		}
	})
	unbind(t, hub)
}

func TestChildOfAnInvalidTokenPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("accepted")
		}
	}()
	new(device.Bound).NewChild("child")
}

// What was registered before a child, and is gone by then, does not keep the child from being brought to rest first.
func TestChildAfterWhatWasReleased(t *testing.T) {
	d := device.New("d")
	rec := new(record)
	bind(t, d, func(b *device.Bound) {
		b.OnQuiesce(func(*device.Bound) { rec.note("parent")() })
		r, _ := managed(b)
		managed(b)
		if err := r.Release(b); err != nil {
			t.Error(err)
		}
		bind(t, b.NewChild("child"), func(b *device.Bound) {
			b.OnQuiesce(func(*device.Bound) { rec.note("child")() })
		})
	})
	unbind(t, d)
	rec.want(t, "child", "parent")
}

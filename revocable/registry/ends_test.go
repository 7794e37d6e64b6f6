package registry_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"weak"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/device"
	"github.com/revlint/revlint/revocable/registry"
)

var errClean = errors.New("not clean")

// unclean publishes a chip whose clean-up fails.
func unclean(t *testing.T, r *registry.Registry, name string) (*registry.Entry, *revocable.Provider[chip]) {
	t.Helper()
	p := revocable.NewProvider(&chip{name}, revocable.WithCleanupError(func(*chip) error { return errClean }))
	e, err := registry.Publish(r, name, p)
	if err != nil {
		t.Fatal(err)
	}
	return e, p
}

// TestCleanupErrorReachesEveryWithdraw: with and without consumers, with contexts that may end and that have ended.
func TestCleanupErrorReachesEveryWithdraw(t *testing.T) {
	endless := context.Background()
	long, cancel := context.WithCancel(endless)
	defer cancel()
	over, cancel := context.WithCancel(endless)
	cancel()
	for _, linked := range []bool{false, true} {
		for _, ctx := range []context.Context{endless, long} {
			for range 20 { // what is left to another goroutine comes late now and then
				var r registry.Registry
				e, _ := unclean(t, &r, "chip")
				if linked {
					bind(t, "consumer", new(record), e)
				}
				if err := e.Withdraw(ctx); err != errClean {
					t.Fatalf("linked %v: Withdraw: %v", linked, err)
				}
				if _, err := registry.Publish(&r, "chip", revocable.NewProvider(&chip{})); err != nil {
					t.Fatalf("linked %v: the name is not free: %v", linked, err)
				}
				for _, again := range []context.Context{endless, over} {
					if err := e.Withdraw(again); err != errClean {
						t.Fatalf("linked %v: once more: %v", linked, err)
					}
				}
			}
		}
	}
}

// TestWithdrawWaitsForWhatGoesOnByItself: after a Withdraw that was left behind, and a revocation behind the registry's
// back, which has set the name free at once.
func TestWithdrawWaitsForWhatGoesOnByItself(t *testing.T) {
	for _, way := range []string{"Withdraw", "RevokeNoWait"} {
		t.Run(way, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var r registry.Registry
				rec := new(record)
				watch(t, &r, "*", rec)
				e, p := unclean(t, &r, "chip")
				_, g := p.Handle().TryAccess()
				if way == "Withdraw" {
					ctx, cancel := context.WithTimeout(t.Context(), time.Second)
					defer cancel()
					if err := e.Withdraw(ctx); err != context.DeadlineExceeded {
						t.Errorf("Withdraw: %v", err)
					}
					synctest.Wait()
					rec.want(t, "chip arrived", "chip leaving")
				} else {
					p.RevokeNoWait()
					synctest.Wait()
					rec.want(t, "chip arrived", "chip leaving", "chip gone")
				}
				returned := make(chan error, 1)
				go func() { returned <- e.Withdraw(context.Background()) }()
				synctest.Wait()
				select {
				case err := <-returned:
					t.Errorf("Withdraw returned in mid-access: %v", err)
				default:
				}
				g.Release()
				if err := <-returned; err != errClean {
					t.Errorf("Withdraw at last: %v", err)
				}
			})
		})
	}
}

// panicking binds a device whose undoing panics with its name.
func panicking(t *testing.T, r *registry.Registry, name string, suppliers ...*registry.Entry) (d *device.Device, e *registry.Entry) {
	t.Helper()
	d = device.New(name)
	if err := d.Bind(func(c *device.Core) (err error) {
		c.Bound().OnUnbind(func() { panic(name) })
		if err := registry.Link(c.Bound(), suppliers...); err != nil {
			return err
		}
		e, err = registry.PublishFor(c.Bound(), r, name, revocable.NewProvider(&chip{name}))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return d, e
}

// TestPanicsOfConsumersReachWithdraw, the first of them, when all is done nevertheless.
func TestPanicsOfConsumersReachWithdraw(t *testing.T) {
	long, cancel := context.WithCancel(context.Background())
	defer cancel()
	for _, ctx := range []context.Context{context.Background(), long} {
		for _, shape := range []string{"one", "chain", "siblings"} {
			var r registry.Registry
			rec := new(record)
			base, _ := publish(t, &r, "base", rec)
			a, ae := panicking(t, &r, "a", base)
			bound := []*device.Device{a}
			switch shape {
			case "chain":
				b, _ := panicking(t, &r, "b", ae)
				bound = append(bound, b)
			case "siblings":
				bound = append(bound, bind(t, "b", rec, base))
			}
			var panicked any
			func() {
				defer func() { panicked = recover() }()
				_ = base.Withdraw(ctx)
			}()
			want := "a"
			if shape == "chain" {
				want = "b" // which stands on a, and goes before it
			}
			if panicked != want {
				t.Errorf("%s: panicked with %v, want %v", shape, panicked, want)
			}
			for _, d := range bound {
				if isBound(d) {
					t.Errorf("%s: %v is bound", shape, d)
				}
			}
			if got := strings.Join(rec.take(), ", "); !strings.HasSuffix(got, "base cleaned up") {
				t.Errorf("%s: happened %s", shape, got)
			}
			if _, err := registry.Publish(&r, "base", revocable.NewProvider(&chip{})); err != nil {
				t.Errorf("%s: %v", shape, err)
			}
		}
	}
}

// TestLatePanicEndsTheProgram runs itself: a panic of a consumer that is undone when nobody waits any more is not lost.
func TestLatePanicEndsTheProgram(t *testing.T) {
	if os.Getenv("REGISTRY_LATE") == "" {
		cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
		cmd.Env = append(os.Environ(), "REGISTRY_LATE=1")
		out, err := cmd.CombinedOutput()
		if err == nil || !strings.Contains(string(out), "panic: late") {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	var r registry.Registry
	e, _ := publish(t, &r, "chip", new(record))
	hold := make(chan struct{})
	d := device.New("d")
	_ = d.Bind(func(c *device.Core) error {
		c.Bound().OnUnbind(func() { <-hold; panic("late") })
		return registry.Link(c.Bound(), e)
	})
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	if err := e.Withdraw(ctx); err != context.DeadlineExceeded {
		t.Fatal(err)
	}
	close(hold)
	_ = e.Withdraw(context.Background())
	time.Sleep(time.Minute)
}

// TestManyWaysDown: each rung stands on two entries of the one below, so that there are 2⁴⁰ ways from top to bottom, each
// device is unbound once all the same, and before the one below it.
func TestManyWaysDown(t *testing.T) {
	const rungs = 40
	var r registry.Registry
	rec := new(record)
	base, _ := publish(t, &r, "base", rec)
	below := []*registry.Entry{base}
	var first *device.Device
	for i := range rungs {
		d := device.New(fmt.Sprint(i))
		if err := d.Bind(func(c *device.Core) error {
			b := c.Bound()
			b.OnQuiesce(func(*device.Bound) { rec.note("%d", i) })
			if err := registry.Link(b, below...); err != nil {
				return err
			}
			below = nil
			for _, side := range []string{"l", "r"} {
				e, err := registry.PublishFor(b, &r, fmt.Sprint(i, side), revocable.NewProvider(&chip{}))
				if err != nil {
					return err
				}
				below = append(below, e)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = d
		}
	}
	_ = first.WithBound(func(b *device.Bound) error {
		if err := registry.Link(b, below[0]); !errors.Is(err, registry.ErrCycle) {
			t.Errorf("the bottom on the top: %v", err)
		}
		return nil
	})
	if err := base.Withdraw(t.Context()); err != nil {
		t.Fatal(err)
	}
	var want []string
	for i := range rungs {
		want = append(want, fmt.Sprint(rungs-1-i))
	}
	rec.want(t, append(want, "base cleaned up")...)
}

// TestOneOfTwoEntriesIsWithdrawn: who is linked to the other still goes first.
func TestOneOfTwoEntriesIsWithdrawn(t *testing.T) {
	var r registry.Registry
	rec := new(record)
	base, _ := publish(t, &r, "base", rec)
	owner, kept := layer(t, &r, "owner", rec, base)
	var early *registry.Entry
	_ = owner.WithBound(func(b *device.Bound) (err error) {
		early, err = registry.PublishFor(b, &r, "early", revocable.NewProvider(&chip{}))
		return err
	})
	if err := early.Withdraw(t.Context()); err != nil {
		t.Fatal(err)
	}
	bind(t, "user", rec, kept)
	if err := base.Withdraw(t.Context()); err != nil {
		t.Fatal(err)
	}
	rec.want(t, "user unbinds", "owner unbinds", "owner revoked", "base cleaned up")
}

// TestWithdrawnEntryIsForgotten by the device that published it, which stays bound.
func TestWithdrawnEntryIsForgotten(t *testing.T) {
	var r registry.Registry
	d := device.New("d")
	var e weak.Pointer[registry.Entry]
	if err := d.Bind(func(c *device.Core) error {
		entry, err := registry.PublishFor(c.Bound(), &r, "chip", revocable.NewProvider(&chip{}))
		if err != nil {
			return err
		}
		e = weak.Make(entry)
		return entry.Withdraw(context.Background())
	}); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(time.Minute); e.Value() != nil; runtime.GC() {
		if time.Now().After(end) {
			t.Fatal("the device keeps the entry")
		}
	}
	_ = d.Unbind(t.Context())
}

// TestNamesAreLetGoOf: of what was followed, waited for or published in vain nothing is left; and what somebody waits for
// stays, though others let go of it.
func TestNamesAreLetGoOf(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var r registry.Registry
		none := func(after string) {
			t.Helper()
			if slots, _ := r.Names(); slots != 0 {
				t.Errorf("%d names are left after %s", slots, after)
			}
		}
		ref := registry.Follow[chip](&r, "chip")
		ref.Close()
		none("a Follow")
		ref.Close()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := registry.Wait[chip](ctx, &r, "chip"); err != context.DeadlineExceeded {
			t.Errorf("Wait: %v", err)
		}
		none("a Wait")
		revoked := revocable.NewProvider(&chip{})
		revoked.Revoke()
		if _, err := registry.Publish(&r, "chip", revoked); !errors.Is(err, revocable.ErrRevoked) {
			t.Errorf("Publish: %v", err)
		}
		none("a Publish in vain")

		kept := registry.Follow[chip](&r, "kept") // keeps the name, so that its arrivals are told of more than once
		defer kept.Close()
		for range 3 {
			arrived := make(chan error)
			go func() {
				_, err := registry.Wait[chip](t.Context(), &r, "chip")
				arrived <- err
			}()
			go func() {
				_, err := registry.Wait[chip](t.Context(), &r, "kept")
				arrived <- err
			}()
			synctest.Wait()
			registry.Follow[chip](&r, "chip").Close()
			for _, name := range []string{"chip", "kept"} {
				e, _ := publish(t, &r, name, new(record))
				if err := <-arrived; err != nil {
					t.Error(err)
				}
				for range registry.All[chip](&r) {
				}
				if err := e.Withdraw(t.Context()); err != nil {
					t.Error(err)
				}
			}
		}
	})
}

// TestPublishBeforeARevocationIsFoundOut: the new entry is found.
func TestPublishBeforeARevocationIsFoundOut(t *testing.T) {
	for range 100 {
		var r registry.Registry
		_, p := publish(t, &r, "chip", new(record))
		p.RevokeNoWait()
		publish(t, &r, "chip", new(record))
		if _, err := registry.Lookup[chip](&r, "chip"); err != nil {
			t.Fatal(err)
		}
	}
}

// TestRunWhenItsNeedIsRevoked in probe, behind the registry's back: that is no failure of probe.
func TestRunWhenItsNeedIsRevoked(t *testing.T) {
	var r registry.Registry
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	_, p := publish(t, &r, "chip", new(record))
	tries := 0
	err := registry.Run(ctx, &r, device.New("d"), []registry.Need{registry.Require[chip]("chip")}, func(*device.Core) error {
		if tries++; tries == 1 {
			p.RevokeNoWait()
			publish(t, &r, "chip", new(record))
			return errors.New("it is gone")
		}
		cancel()
		return nil
	})
	if err != context.Canceled || tries != 2 {
		t.Errorf("Run: %v after %d tries", err, tries)
	}
}

// TestRunTellsOfACycle, also when a need is going.
func TestRunTellsOfACycle(t *testing.T) {
	var r registry.Registry
	_, p := publish(t, &r, "chip", new(record))
	err := registry.Run(t.Context(), &r, device.New("d"), []registry.Need{registry.Require[chip]("chip")}, func(c *device.Core) error {
		own, err := registry.PublishFor(c.Bound(), &r, "own", revocable.NewProvider(&chip{}))
		if err != nil {
			return err
		}
		p.RevokeNoWait()
		return registry.Link(c.Bound(), own)
	})
	if !errors.Is(err, registry.ErrCycle) {
		t.Errorf("Run: %v", err)
	}
}

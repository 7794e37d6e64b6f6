package registry_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"testing"
	"testing/synctest"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/device"
	"github.com/revlint/revlint/revocable/registry"
)

func TestRefFollowsAName(t *testing.T) {
	var r registry.Registry
	ref := registry.Follow[chip](&r, "chip")
	other := registry.Follow[int](&r, "chip")
	get := func() (name string) {
		c, g := ref.TryAccess()
		if c != nil {
			name = c.name
		}
		g.Release()
		return name
	}
	if get() != "" || ref.With(func(*chip) error { return nil }) != revocable.ErrRevoked || ref.Handle() != (revocable.Handle[chip]{}) {
		t.Error("something is there before it came")
	}
	for i := range 3 { // over re-plugs
		p := revocable.NewProvider(&chip{fmt.Sprint(i)})
		e, err := registry.Publish(&r, "chip", p)
		if err != nil {
			t.Fatal(err)
		}
		if got := get(); got != fmt.Sprint(i) || ref.Handle() != p.Handle() {
			t.Errorf("plugged %d, got %q", i, got)
		}
		if n, g := other.TryAccess(); n != nil {
			t.Error("of another type")
			g.Release()
		}
		if h, err := ref.Wait(t.Context()); err != nil || h != p.Handle() {
			t.Errorf("Wait gives %v, %v", h, err)
		}
		if i == 1 {
			p.Revoke() // behind the registry's back
		}
		_ = e.Withdraw(t.Context())
		if got := get(); got != "" {
			t.Errorf("unplugged, got %q", got)
		}
	}
	e, _ := publish(t, &r, "chip", new(record))
	late := registry.Follow[chip](&r, "chip")
	if late.With(func(*chip) error { return nil }) != nil {
		t.Error("a late Ref finds nothing")
	}
	for _, ref := range []*registry.Ref[chip]{ref, late} {
		ref.Close()
		ref.Close()
		if ref.With(func(*chip) error { return nil }) == nil {
			t.Error("a closed Ref gives access")
		}
	}
	other.Close()
	_ = e.Withdraw(t.Context())
	if slots, _ := r.Names(); slots != 0 {
		t.Errorf("%d names are left", slots)
	}
}

// TestRefOfWhatIsLeaving still works in the unbinding that is on its account.
func TestRefOfWhatIsLeaving(t *testing.T) {
	var r registry.Registry
	rec := new(record)
	e, _ := publish(t, &r, "chip", rec)
	ref := registry.Follow[chip](&r, "chip")
	defer ref.Close()
	d := device.New("d")
	if err := d.Bind(func(c *device.Core) error {
		c.Bound().OnUnbind(func() { rec.note("put to rest: %v", ref.With(func(*chip) error { return nil })) })
		return registry.Link(c.Bound(), e)
	}); err != nil {
		t.Fatal(err)
	}
	_ = e.Withdraw(t.Context())
	rec.want(t, "put to rest: <nil>", "chip cleaned up")
}

// TestRunBindsWhenAllIsThere, unbinds when one goes, and binds again.
func TestRunBindsWhenAllIsThere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var r registry.Registry
		rec := new(record)
		d := device.New("d")
		ctx, cancel := context.WithCancelCause(t.Context())
		ended := make(chan error)
		go func() {
			ended <- registry.Run(ctx, &r, d, []registry.Need{registry.Require[chip]("a"), registry.Require[int]("b")}, func(c *device.Core) error {
				rec.note("probe")
				c.Bound().OnUnbind(func() { rec.note("undone") })
				_, err := registry.Lookup[chip](&r, "a")
				return err
			})
		}()
		b := func() (*registry.Entry, *revocable.Provider[int]) {
			p := revocable.NewProvider(new(int))
			e, err := registry.Publish(&r, "b", p)
			if err != nil {
				t.Fatal(err)
			}
			return e, p
		}
		synctest.Wait()
		rec.want(t)
		ae, _ := publish(t, &r, "a", rec)
		synctest.Wait()
		rec.want(t)
		be, _ := b()
		synctest.Wait()
		rec.want(t, "probe")
		_ = be.Withdraw(t.Context())
		rec.want(t, "undone")
		_, bp := b()
		synctest.Wait()
		rec.want(t, "probe")
		_ = ae.Withdraw(t.Context())
		synctest.Wait()
		rec.want(t, "undone", "a cleaned up")
		publish(t, &r, "a", rec)
		synctest.Wait()
		bp.Revoke() // behind the registry's back
		synctest.Wait()
		rec.want(t, "probe", "undone")
		b()
		synctest.Wait()
		rec.want(t, "probe")
		_ = d.Unbind(t.Context()) // by somebody else
		synctest.Wait()
		rec.want(t, "undone", "probe")
		cancel(errors.New("enough"))
		if err := <-ended; err == nil || err.Error() != "enough" || isBound(d) {
			t.Errorf("Run: %v, bound %v", err, isBound(d))
		}
		rec.want(t, "undone")
	})
}

func TestRunEnds(t *testing.T) {
	var r registry.Registry
	rec := new(record)
	d := device.New("d")
	needs := []registry.Need{registry.Require[chip]("a")}
	failed := errors.New("failed")
	e, _ := publish(t, &r, "a", rec)
	if err := registry.Run(t.Context(), &r, d, needs, func(*device.Core) error { return failed }); err != failed || isBound(d) {
		t.Errorf("a probe that fails: %v", err)
	}
	if err := registry.Run(t.Context(), &r, d, []registry.Need{registry.Require[int]("a")}, nil); !errors.Is(err, registry.ErrType) {
		t.Errorf("of another type: %v", err)
	}
	if err := d.Bind(func(*device.Core) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if err := registry.Run(t.Context(), &r, d, needs, nil); !errors.Is(err, device.ErrBound) {
		t.Errorf("bound by another: %v", err)
	}
	_ = d.Unbind(t.Context())
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	cancel()
	if err := registry.Run(ctx, &r, d, needs, nil); err != context.Canceled {
		t.Errorf("cancelled before: %v", err)
	}
	// A probe that fails because a need goes meanwhile is tried again when it is back.
	ctx, cancel = context.WithCancel(t.Context())
	tries := 0
	err := registry.Run(ctx, &r, d, needs, func(*device.Core) error {
		if tries++; tries == 1 {
			go func() { _ = e.Withdraw(context.Background()); publish(t, &r, "a", rec) }()
			for {
				if _, err := registry.Lookup[chip](&r, "a"); err != nil {
					return err
				}
				runtime.Gosched()
			}
		}
		cancel()
		return nil
	})
	if err != context.Canceled || tries != 2 {
		t.Errorf("Run: %v after %d tries", err, tries)
	}
}

package registry_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/device"
	"github.com/revlint/revlint/revocable/registry"
)

// A layer binds a device that links to suppliers and publishes something of its own; it needs to know nothing of what
// its suppliers stand on.
func layer(t *testing.T, r *registry.Registry, name string, rec *record, suppliers ...*registry.Entry) (*device.Device, *registry.Entry) {
	t.Helper()
	var e *registry.Entry
	d := device.New(name)
	if err := d.Bind(func(c *device.Core) (err error) {
		b := c.Bound()
		if err := registry.Link(b, suppliers...); err != nil {
			return err
		}
		b.OnQuiesce(func(*device.Bound) { rec.note("%s unbinds", name) })
		p := revocable.NewProvider(&chip{name}, revocable.WithCleanup(func(*chip) { rec.note("%s revoked", name) }))
		e, err = registry.PublishFor(b, r, name, p)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return d, e
}

// TestConsumersWithoutConsumersFirst: a diamond on a base. The top goes first, then both sides at the same time, then the
// base; what each stands on is there until it has unbound.
func TestConsumersWithoutConsumersFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var r registry.Registry
		rec := new(record)
		base, baseP := publish(t, &r, "base", rec)
		left, le := layer(t, &r, "left", rec, base)
		right, re := layer(t, &r, "right", rec, base)
		// The sides wait for each other: they are unbound at the same time, or never.
		var met sync.WaitGroup
		met.Add(2)
		for _, d := range []*device.Device{left, right} {
			_ = d.WithBound(func(b *device.Bound) error {
				b.OnQuiesce(func(*device.Bound) {
					met.Done()
					met.Wait()
					if !baseP.Handle().Alive() {
						t.Error("the base is gone")
					}
				})
				return nil
			})
		}
		top := bind(t, "top", rec, le, re)
		if err := base.Withdraw(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, d := range []*device.Device{left, right, top} {
			if isBound(d) {
				t.Errorf("%v is bound", d)
			}
		}
		got := rec.take()
		if len(got) == 6 {
			slices.Sort(got[1:5]) // what happened at the same time
		}
		if want := []string{"top unbinds", "left revoked", "left unbinds", "right revoked", "right unbinds", "base cleaned up"}; !slices.Equal(got, want) {
			t.Errorf("happened %v, want %v", got, want)
		}
	})
}

// TestOrderThroughChildren: who uses what a child has is unbound before the parent is touched.
func TestOrderThroughChildren(t *testing.T) {
	var r registry.Registry
	rec := new(record)
	base, _ := publish(t, &r, "base", rec)
	parent := device.New("parent")
	var e *registry.Entry
	if err := parent.Bind(func(c *device.Core) error {
		b := c.Bound()
		b.OnUnbind(func() { rec.note("parent undone") })
		b.Go(func(ctx context.Context, _ *device.Bound) { <-ctx.Done(); rec.note("parent fenced") })
		if err := registry.Link(b, base); err != nil {
			return err
		}
		return b.NewChild("child").Bind(func(c *device.Core) (err error) {
			e, err = registry.PublishFor(c.Bound(), &r, "port", revocable.NewProvider(&chip{}))
			return err
		})
	}); err != nil {
		t.Fatal(err)
	}
	bind(t, "user", rec, e)
	if err := base.Withdraw(t.Context()); err != nil {
		t.Fatal(err)
	}
	rec.want(t, "user unbinds", "parent fenced", "parent undone", "base cleaned up")
}

func TestUnbindingWithdrawsInPlace(t *testing.T) {
	var r registry.Registry
	rec := new(record)
	d := device.New("bus")
	if err := d.Bind(func(c *device.Core) error {
		b := c.Bound()
		b.OnUnbind(func() { rec.note("power off") })
		_, err := registry.PublishFor(b, &r, "bus", revocable.NewProvider(&chip{}, revocable.WithCleanup(func(*chip) { rec.note("bus revoked") })))
		b.OnUnbind(func() { rec.note("quiet") })
		if err != nil {
			return err
		}
		if _, err = registry.PublishFor(b, &r, "bus", revocable.NewProvider(&chip{})); !errors.Is(err, registry.ErrExists) {
			t.Errorf("a taken name: %v", err)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := d.Unbind(t.Context()); err != nil {
		t.Fatal(err)
	}
	rec.want(t, "quiet", "bus revoked", "power off")
	publish(t, &r, "bus", rec)
}

// TestLinkEnds with its binding, also with that of a probe that fails, and does not reach over to the next binding.
func TestLinkEnds(t *testing.T) {
	var r registry.Registry
	rec := new(record)
	e, _ := publish(t, &r, "chip", rec)
	d := device.New("d")
	failed := errors.New("failed")
	if err := d.Bind(func(c *device.Core) error {
		if err := registry.Link(c.Bound(), e, e); err != nil {
			t.Error(err)
		}
		return failed
	}); err != failed {
		t.Fatal(err)
	}
	if err := d.Bind(func(c *device.Core) error { return registry.Link(c.Bound(), e) }); err != nil {
		t.Fatal(err)
	}
	_ = d.Unbind(t.Context())
	if err := d.Bind(func(c *device.Core) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if err := e.Withdraw(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !isBound(d) {
		t.Error("a link of an earlier binding unbound it")
	}
	if s, n := registry.Graph(); s+n != 0 {
		t.Errorf("left behind: links of %d, entries of %d", s, n)
	}
}

// TestRebindWhileWithdrawn: the consumer unbinds by itself and binds again, without the link, while Withdraw waits for it.
// The new binding is none of its business.
func TestRebindWhileWithdrawn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var r registry.Registry
		rec := new(record)
		e, _ := publish(t, &r, "chip", rec)
		d := device.New("d")
		hold := make(chan struct{})
		if err := d.Bind(func(c *device.Core) error {
			c.Bound().OnUnbind(func() { <-hold })
			return registry.Link(c.Bound(), e)
		}); err != nil {
			t.Fatal(err)
		}
		withdrawn := make(chan error)
		go func() { withdrawn <- e.Withdraw(t.Context()) }()
		rebound := make(chan error)
		go func() {
			_ = d.Unbind(t.Context())
			rebound <- d.Bind(func(*device.Core) error { return nil })
		}()
		synctest.Wait()
		select {
		case <-withdrawn:
			t.Error("withdrawn before its consumer was unbound")
		default:
		}
		close(hold)
		if err := errors.Join(<-withdrawn, <-rebound); err != nil {
			t.Error(err)
		}
		if !isBound(d) {
			t.Error("the new binding was unbound")
		}
	})
}

// TestLinkRacesWithdraw: either the consumer is unbound, or it could not link; never neither.
func TestLinkRacesWithdraw(t *testing.T) {
	for i := range 300 {
		var r registry.Registry
		rec := new(record)
		e, _ := publish(t, &r, "chip", rec)
		start := make(chan struct{})
		var wg sync.WaitGroup
		devices := make([]*device.Device, 4)
		errs := make([]error, len(devices))
		for j := range devices {
			devices[j] = device.New(fmt.Sprint(j))
			wg.Go(func() {
				<-start
				for range (i % 7) * j * 50 { // spread over the withdrawal
					_ = isBound(devices[j])
				}
				errs[j] = devices[j].Bind(func(c *device.Core) error { return registry.Link(c.Bound(), e) })
			})
		}
		wg.Go(func() { <-start; _ = e.Withdraw(context.Background()) })
		close(start)
		wg.Wait()
		for j, d := range devices {
			if isBound(d) || errs[j] != nil && !errors.Is(errs[j], revocable.ErrRevoked) {
				t.Fatalf("bound %v, after %v", isBound(d), errs[j])
			}
		}
	}
}

func TestCycles(t *testing.T) {
	var r, other registry.Registry
	rec := new(record)
	link := func(d *device.Device, e *registry.Entry) error {
		return d.WithBound(func(b *device.Bound) error { return registry.Link(b, e) })
	}
	a, ae := layer(t, &r, "a", rec)
	b, be := layer(t, &other, "b", rec, ae)
	_, ce := layer(t, &r, "c", rec, be)
	for what, err := range map[string]error{
		"itself": link(a, ae), "one": link(a, be), "two": link(a, ce), "in the middle": link(b, ce),
	} {
		if !errors.Is(err, registry.ErrCycle) {
			t.Errorf("a cycle over %s: %v", what, err)
		}
	}
	// A parent cannot depend on its child.
	_ = a.WithBound(func(bound *device.Bound) error {
		return bound.NewChild("child").Bind(func(c *device.Core) error {
			e, err := registry.PublishFor(c.Bound(), &r, "child", revocable.NewProvider(&chip{}))
			if err != nil {
				t.Error(err)
			}
			if err := link(a, e); !errors.Is(err, registry.ErrCycle) {
				t.Errorf("of a child: %v", err)
			}
			return nil
		})
	})
	// All or nothing: the first of two is not linked when the second cannot be.
	spare, _ := publish(t, &r, "spare", rec)
	if err := a.WithBound(func(bound *device.Bound) error { return registry.Link(bound, spare, ce) }); !errors.Is(err, registry.ErrCycle) {
		t.Error(err)
	}
	_ = spare.Withdraw(t.Context())
	if !isBound(a) {
		t.Error("unbound for a link that was not made")
	}
	_ = a.Unbind(t.Context())
	if isBound(b) {
		t.Error("b is bound")
	}
}

// TestCyclesMadeConcurrently: of two links that would close a cycle together, one fails.
func TestCyclesMadeConcurrently(t *testing.T) {
	for range 200 {
		var r registry.Registry
		rec := new(record)
		a, ae := layer(t, &r, "a", rec)
		b, be := layer(t, &r, "b", rec)
		var wg sync.WaitGroup
		var errs [2]error
		wg.Go(func() {
			errs[0] = a.WithBound(func(bound *device.Bound) error { return registry.Link(bound, be) })
		})
		wg.Go(func() {
			errs[1] = b.WithBound(func(bound *device.Bound) error { return registry.Link(bound, ae) })
		})
		wg.Wait()
		if (errs[0] == nil) == (errs[1] == nil) || !errors.Is(errors.Join(errs[:]...), registry.ErrCycle) {
			t.Fatalf("two links: %v", errs)
		}
		_, _ = a.Unbind(t.Context()), b.Unbind(t.Context())
	}
}

// TestStick is the talk's stack: a USB stick with an I²C controller, a register map over that, an EEPROM driver, and what
// it gives to nvmem, read by a consumer. Each driver knows what is directly below it, and none a word about sticks. It is
// unplugged at each layer, at rest and in mid-access.
func TestStick(t *testing.T) {
	layers := []string{"usb/stick", "i2c/0", "regmap/50", "at24/50", "nvmem/mac"}
	for unplugged := range layers {
		for _, accessing := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, in access %v", layers[unplugged], accessing), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					var r registry.Registry
					rec := new(record)
					var devices []*device.Device
					var entries []*registry.Entry
					for i, name := range layers {
						below := entries[max(0, i-1):]
						d, e := layer(t, &r, name, rec, below...)
						devices, entries = append(devices, d), append(entries, e)
					}
					// The consumer: by name, ending by itself when it is woken, as the holder of a file would.
					mac, err := registry.Lookup[chip](&r, "nvmem/mac")
					if err != nil {
						t.Fatal(err)
					}
					left := make(chan struct{})
					if accessing {
						for i := range layers {
							h, err := registry.Lookup[chip](&r, layers[i])
							if err != nil {
								t.Fatal(err)
							}
							c, g := h.TryAccess()
							if c == nil {
								t.Fatal("revoked")
							}
							go func() {
								<-h.Revoked()
								time.Sleep(time.Second)
								g.Release()
								if i == len(layers)-1 {
									close(left)
								}
							}()
						}
					}
					if err := devices[unplugged].Unbind(t.Context()); err != nil {
						t.Fatal(err)
					}
					for i, d := range devices {
						if isBound(d) != (i < unplugged) {
							t.Errorf("%v is bound: %v", d, isBound(d))
						}
						_, err := registry.Lookup[chip](&r, layers[i])
						if (err == nil) != (i < unplugged) {
							t.Errorf("look-up of %s: %v", layers[i], err)
						}
					}
					if err := mac.With(func(*chip) error { return nil }); !errors.Is(err, revocable.ErrRevoked) {
						t.Errorf("the consumer's next access: %v", err)
					}
					if accessing {
						<-left
					}
					// From the top down to what was unplugged, whose own callbacks end first because it is unbound itself.
					var want []string
					for i := len(layers) - 1; i > unplugged; i-- {
						want = append(want, layers[i]+" unbinds", layers[i]+" revoked")
					}
					want = append([]string{layers[unplugged] + " unbinds"}, append(want, layers[unplugged]+" revoked")...)
					rec.want(t, want...)
					for i := range unplugged { // what is below, so that nothing is left
						_ = devices[i].Unbind(t.Context())
					}
				})
			})
		}
	}
	if s, n := registry.Graph(); s+n != 0 {
		t.Errorf("left behind: links of %d, entries of %d", s, n)
	}
}

// TestStickPulledByItsBus: the stick is withdrawn by who published it, so that its own driver ends last.
func TestStickPulledByItsBus(t *testing.T) {
	var r registry.Registry
	rec := new(record)
	stick, _ := publish(t, &r, "stick", rec)
	_, i2c := layer(t, &r, "i2c", rec, stick)
	layer(t, &r, "at24", rec, i2c)
	if err := stick.Withdraw(t.Context()); err != nil {
		t.Fatal(err)
	}
	rec.want(t, "at24 unbinds", "at24 revoked", "i2c unbinds", "i2c revoked", "stick cleaned up")
}

// TestWithdrawalsCross: two withdrawals in one stack at the same time, and the unbinding of its middle.
func TestWithdrawalsCross(t *testing.T) {
	for range 100 {
		var r registry.Registry
		rec := new(record)
		bottom, _ := publish(t, &r, "bottom", rec)
		middle, me := layer(t, &r, "middle", rec, bottom)
		top, te := layer(t, &r, "top", rec, me)
		var wg sync.WaitGroup
		wg.Go(func() { _ = bottom.Withdraw(context.Background()) })
		wg.Go(func() { _ = me.Withdraw(context.Background()) })
		wg.Go(func() { _ = te.Withdraw(context.Background()) })
		wg.Go(func() { _ = middle.Unbind(context.Background()) })
		wg.Wait()
		if isBound(middle) || isBound(top) {
			t.Fatal("bound")
		}
	}
}

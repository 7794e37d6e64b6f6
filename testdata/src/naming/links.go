package naming

import (
	"context"
	"time"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/device"
	"github.com/revlint/revlint/revocable/registry"
)

// A Withdraw waits until those are unbound who linked to the entry, and their unbind waits for their callbacks.

func withdrawsInProbe(ctx context.Context, d *device.Device, e *registry.Entry) error {
	return d.Bind(func(c *device.Core) error {
		if err := registry.Link(c.Bound(), e); err != nil {
			return err
		}
		return e.Withdraw(ctx) // want revwait
	})
}

func withdrawsInGo(d *device.Device, e *registry.Entry) error {
	return d.Bind(func(c *device.Core) error {
		b := c.Bound()
		if err := registry.Link(b, e); err != nil {
			return err
		}
		b.Go(func(ctx context.Context, _ *device.Bound) {
			_ = e.Withdraw(ctx) // want revwait
		})
		return nil
	})
}

func withdrawsInATick(d *device.Device, e *registry.Entry) error {
	return d.Bind(func(c *device.Core) error {
		if err := registry.Link(c.Bound(), e); err != nil {
			return err
		}
		c.Bound().Every(time.Second, func(*device.Bound) {
			_ = e.Withdraw(context.Background()) // want revwait
		})
		return nil
	})
}

func withdrawsInQuiesce(d *device.Device, e *registry.Entry) error {
	return d.Bind(func(c *device.Core) error {
		b := c.Bound()
		if err := registry.Link(b, e); err != nil {
			return err
		}
		b.OnQuiesce(func(*device.Bound) {
			_ = e.Withdraw(context.Background()) // want revwait
		})
		return nil
	})
}

// The link comes after the callback, which is followed where it is registered.
func linksLast(d *device.Device, e *registry.Entry) error {
	return d.Bind(func(c *device.Core) error {
		b := c.Bound()
		b.Go(func(ctx context.Context, _ *device.Bound) {
			_ = e.Withdraw(ctx) // missed: revwait
		})
		return registry.Link(b, e)
	})
}

// Of several suppliers it is not known which is which.
func withdrawsOneOfTwo(d *device.Device, bus, power *registry.Entry) error {
	return d.Bind(func(c *device.Core) error {
		b := c.Bound()
		if err := registry.Link(b, bus, power); err != nil {
			return err
		}
		b.Go(func(ctx context.Context, _ *device.Bound) {
			_ = power.Withdraw(ctx) // missed: revwait
		})
		return nil
	})
}

func withdrawsAfterwards(ctx context.Context, d *device.Device, e *registry.Entry) error {
	err := d.Bind(func(c *device.Core) error { return registry.Link(c.Bound(), e) })
	if err != nil {
		return err
	}
	return e.Withdraw(ctx)
}

func withdrawsWhatItHasNoLinkTo(d *device.Device, e, other *registry.Entry) error {
	return d.Bind(func(c *device.Core) error {
		b := c.Bound()
		if err := registry.Link(b, e); err != nil {
			return err
		}
		b.Go(func(ctx context.Context, _ *device.Bound) { _ = other.Withdraw(ctx) })
		return nil
	})
}

func withdrawsOnAGoroutineOfItsOwn(d *device.Device, e *registry.Entry) error {
	return d.Bind(func(c *device.Core) error {
		if err := registry.Link(c.Bound(), e); err != nil {
			return err
		}
		go func() { _ = e.Withdraw(context.Background()) }()
		return nil
	})
}

func withdrawsInAScopeOfAnother(ctx context.Context, d, other *device.Device, e *registry.Entry) error {
	if err := d.Bind(func(c *device.Core) error { return registry.Link(c.Bound(), e) }); err != nil {
		return err
	}
	return other.WithBound(func(*device.Bound) error { return e.Withdraw(ctx) })
}

// The token outlives nothing by a link.
func (d *driver) linksAndKeeps(c *device.Core, e *registry.Entry) error {
	if err := registry.Link(c.Bound(), e); err != nil {
		return err
	}
	d.core = c // want revbound
	return nil
}

// Withdraw waits for accesses to what the entry provides, too.
func withdrawsInAnAccess(ctx context.Context, r *registry.Registry, p *revocable.Provider[chip]) error {
	e, err := registry.Publish(r, "chip", p)
	if err != nil {
		return err
	}
	return p.Handle().With(func(*chip) error {
		return e.Withdraw(ctx) // want revwait
	})
}

func withdrawsAfterAnAccess(ctx context.Context, r *registry.Registry, p *revocable.Provider[chip]) error {
	e, err := registry.Publish(r, "chip", p)
	if err != nil {
		return err
	}
	if err := p.Handle().With(func(*chip) error { return nil }); err != nil {
		return err
	}
	return e.Withdraw(ctx)
}

// What a device publishes is withdrawn by its unbind, and may be withdrawn before by its callbacks.
func withdrawsItsOwn(b *device.Bound, r *registry.Registry) error {
	e, err := registry.PublishFor(b, r, "line", revocable.NewProvider(new(chip)))
	if err != nil {
		return err
	}
	b.Go(func(ctx context.Context, _ *device.Bound) { _ = e.Withdraw(ctx) })
	return nil
}

type consumer struct {
	bus *registry.Entry
}

// A method that is passed is looked at by itself, where nothing says that k.bus is what b is linked to.
func (k *consumer) probe(c *device.Core) error {
	b := c.Bound()
	if err := registry.Link(b, k.bus); err != nil {
		return err
	}
	b.Go(k.poll) // missed: revwait
	b.Go(k.look)
	return nil
}

func (k *consumer) poll(ctx context.Context, _ *device.Bound) {
	_ = k.bus.Withdraw(ctx)
}

func (k *consumer) look(context.Context, *device.Bound) {}

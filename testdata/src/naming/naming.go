// Package naming has what is found by name and may go: see revocable/registry.
package naming

import (
	"context"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/device"
	"github.com/revlint/revlint/revocable/registry"
)

type chip struct{ reading int }

func (c *chip) read() int { return c.reading }

func checked(ref *registry.Ref[chip]) int {
	c, g := ref.TryAccess()
	if c == nil {
		return 0
	}
	defer g.Release()
	return c.read()
}

func unchecked(ref *registry.Ref[chip]) int {
	c, g := ref.TryAccess()
	defer g.Release()
	return c.reading // want revnil
}

func leaking(ref *registry.Ref[chip], limit int) int {
	c, g := ref.TryAccess() // want revleak
	if c == nil {
		return 0
	}
	if c.reading > limit {
		return limit
	}
	n := c.reading
	g.Release()
	return n
}

func usedAfter(ref *registry.Ref[chip]) int {
	c, g := ref.TryAccess()
	if c == nil {
		return 0
	}
	g.Release()
	return c.reading // want revuse
}

func keptBeyondWith(ref *registry.Ref[chip]) (kept *chip) {
	_ = ref.With(func(c *chip) error {
		kept = c // want revescape
		return nil
	})
	return kept
}

func lookedUp(r *registry.Registry) (n int, err error) {
	h, err := registry.Lookup[chip](r, "chip")
	if err != nil {
		return 0, err
	}
	err = h.With(func(c *chip) error { n = c.read(); return nil })
	return n, err
}

func lookedUpUnchecked(ctx context.Context, r *registry.Registry) (int, error) {
	h, err := registry.Wait[chip](ctx, r, "chip")
	if err != nil {
		return 0, err
	}
	c, g := h.TryAccess()
	defer g.Release()
	return c.read(), nil // want revnil
}

func watched(ctx context.Context, r *registry.Registry) (n int) {
	for e := range registry.Watch[chip](ctx, r, "*") {
		c, g := e.Handle.TryAccess()
		if c == nil {
			continue
		}
		n += c.read()
		g.Release()
	}
	return n
}

func runInCallback(ctx context.Context, r *registry.Registry, d *device.Device, needs []registry.Need, probe func(*device.Core) error) error {
	return d.WithBound(func(b *device.Bound) error {
		return registry.Run(ctx, r, d, needs, probe) // want revwait
	})
}

func runOutside(ctx context.Context, r *registry.Registry, d *device.Device, needs []registry.Need, probe func(*device.Core) error) error {
	if err := d.WithBound(func(*device.Bound) error { return nil }); err != nil {
		return err
	}
	return registry.Run(ctx, r, d, needs, probe)
}

type driver struct {
	core  *device.Core
	lines []*registry.Entry
}

func (d *driver) keepsItsCore(ctx context.Context, r *registry.Registry, dev *device.Device) error {
	return registry.Run(ctx, r, dev, nil, func(c *device.Core) error {
		d.core = c // want revbound
		return nil
	})
}

func (d *driver) publishes(ctx context.Context, r *registry.Registry, dev *device.Device) error {
	return registry.Run(ctx, r, dev, []registry.Need{registry.Require[chip]("chip")}, func(c *device.Core) error {
		e, err := registry.PublishFor(c.Bound(), r, "line", revocable.NewProvider(new(chip)))
		if err != nil {
			return err
		}
		d.lines = append(d.lines, e)
		return nil
	})
}

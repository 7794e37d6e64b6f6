package naming

import (
	"context"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/device"
	"github.com/revlint/revlint/revocable/registry"
)

func follows(ctx context.Context, r *registry.Registry) (n int, err error) {
	ref := registry.Follow[chip](r, "chip")
	defer ref.Close()
	h, err := ref.Wait(ctx)
	if err != nil {
		return 0, err
	}
	if err := h.With(func(c *chip) error { n = c.read(); return nil }); err != nil {
		return 0, err
	}
	err = ref.With(func(c *chip) error { n += c.read(); return nil })
	return n, err
}

func followsUnchecked(r *registry.Registry) int {
	ref := registry.Follow[chip](r, "chip")
	defer ref.Close()
	c, g := ref.Handle().TryAccess()
	defer g.Release()
	return c.read() // want revnil
}

func looksAtOnce(ref *registry.Ref[chip]) int {
	c, g := ref.Handle().TryAccess()
	if c == nil {
		return 0
	}
	defer g.Release()
	return c.read()
}

func usesAfterItsWait(ctx context.Context, ref *registry.Ref[chip]) (int, error) {
	h, err := ref.Wait(ctx)
	if err != nil {
		return 0, err
	}
	c, g := h.TryAccess()
	if c == nil {
		return 0, revocable.ErrRevoked
	}
	g.Release()
	return c.read(), nil // want revuse
}

func lookedUpAndKept(r *registry.Registry) (kept *chip, err error) {
	h, err := registry.Lookup[chip](r, "chip")
	if err != nil {
		return nil, err
	}
	err = h.With(func(c *chip) error {
		kept = c // want revescape
		return nil
	})
	return kept, err
}

// A name that is waited for gives a handle, which may be kept.
func waitsAndKeeps(ctx context.Context, r *registry.Registry) (revocable.Handle[chip], error) {
	return registry.Wait[chip](ctx, r, "chip")
}

func publishesInAnAccess(ctx context.Context, b *device.Bound, r *registry.Registry, p *revocable.Provider[chip]) error {
	e, err := registry.PublishFor(b, r, "chip", p)
	if err != nil {
		return err
	}
	g, ok := p.Handle().TryHold()
	if !ok {
		return revocable.ErrRevoked
	}
	defer g.Release()
	return e.Withdraw(ctx) // want revwait
}

package registry

import (
	"context"
	"errors"

	"github.com/revlint/revlint/revocable/device"
	"github.com/revlint/revlint/revocable/internal/bindings"
)

// A Need is what Run waits for. Require makes one.
type Need struct {
	name string
	fits func(e *Entry) error
}

// Require makes the need of a T that has the name.
func Require[T any](name string) Need {
	return Need{name, func(e *Entry) error {
		_, err := provides[T](e)
		return err
	}}
}

// Run keeps d bound as long as all needs are there, until ctx ends. It binds d, with probe, when all have come. It
// links d to them, so that d is unbound before one of them goes, and binds d again when all are back. Linux calls
// this probe deferral, and wants probe to return an error for it.
//
// Run returns context.Cause(ctx) when ctx has ended; probe's error when probe fails while all needs are there;
// ErrType when one of them is of another type; and ErrBound, ErrCycle and the like when d cannot be bound. By then
// d is unbound, as far as Run bound it.
//
// To unbind d for good, end ctx, because Run binds again what Unbind unbinds.
//
//revlint:scoped probe, probe(c) from d
//revlint:waits d
func Run(ctx context.Context, r *Registry, d *device.Device, needs []Need, probe func(c *device.Core) error) error {
	for {
		suppliers, err := r.awaitAll(ctx, needs)
		if err != nil {
			return err
		}
		var binding bindings.Binding
		err = d.Bind(func(c *device.Core) error {
			binding = bindings.Of(c.Bound(), "registry.Run")
			if err := Link(c.Bound(), suppliers...); err != nil {
				return err
			}
			return probe(c)
		})
		switch {
		case err == nil:
		case binding != nil && !errors.Is(err, ErrCycle) && anyLeaving(suppliers):
			continue
		default:
			return err
		}
		select {
		case <-binding.Done():
		case <-ctx.Done():
			_ = binding.Unbind(context.Background()) // which cannot end before
			return context.Cause(ctx)
		}
	}
}

// awaitAll waits until all needs are there at the same time.
func (r *Registry) awaitAll(ctx context.Context, needs []Need) (entries []*Entry, err error) {
	for {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		entries = make([]*Entry, len(needs))
		for i, n := range needs {
			if entries[i], err = r.await(ctx, n.name); err == nil {
				err = n.fits(entries[i])
			}
			if err != nil {
				return nil, err
			}
		}
		if !anyLeaving(entries) {
			return entries, nil
		}
	}
}

func anyLeaving(entries []*Entry) bool {
	for _, e := range entries {
		if e.leaving.Load() || !e.handle.Alive() {
			return true
		}
	}
	return false
}

package buses

import (
	"context"

	"github.com/revlint/revlint/revocable/device"
)

// A resource that is released early is no longer there for the rest of the callback. What Access gives is borrowed from the
// token, and that it also ends with a Release of this very resource has no words.
func (d *driver) usesAfterRelease(b *device.Bound) (int, error) {
	regs, err := d.regs.Access(b)
	if err != nil {
		return 0, err
	}
	if err := d.regs.Release(b); err != nil {
		return 0, err
	}
	return regs.mask, nil // missed: revuse
}

// What comes in its place is another.
func (d *driver) replaces(b *device.Bound) (int, error) {
	regs, err := d.regs.Access(b)
	if err != nil {
		return 0, err
	}
	mask := regs.mask
	if err := d.regs.Release(b); err != nil {
		return 0, err
	}
	d.regs = device.Manage(b, &registers{mask: mask}, nil)
	if regs, err = d.regs.Access(b); err != nil {
		return 0, err
	}
	return regs.mask, nil
}

// A release of one resource ends no other.
func (d *driver) releasesAnother(b *device.Bound, stream *device.Devres[settings]) (int, error) {
	regs, err := d.regs.Access(b)
	if err != nil {
		return 0, err
	}
	if err := stream.Release(b); err != nil {
		return 0, err
	}
	return regs.mask, nil
}

// Called by the function itself, Cancel only takes the item off the queue.
func (d *driver) cancelsItself(b *device.Bound) {
	d.work = b.NewWork(func(context.Context, *device.Bound) {
		d.work.Cancel()
	})
}

// By the time that an action runs, the token is retired.
func (d *driver) lendsTokenToAnAction(b *device.Bound) {
	b.OnUnbind(func() { // want revbound
		d.look(b)
	})
}

func (d *driver) lendsResourceOfTheParent(b *device.Bound) error {
	regs, err := d.regs.Access(b.Parent())
	if err != nil {
		return err
	}
	go func() { // want revbound
		regs.stop()
	}()
	return nil
}

func (d *driver) usesDataAfterItsScope() int {
	var own *settings
	err := d.dev.WithBound(func(b *device.Bound) (err error) {
		own, err = device.Data[settings](b) // want revbound
		return err
	})
	if err != nil {
		return 0
	}
	return own.rate
}

func (d *driver) rate() (rate int, err error) {
	err = d.dev.WithBound(func(b *device.Bound) error {
		own, err := device.Data[settings](b)
		if err == nil {
			rate = own.rate
		}
		return err
	})
	return rate, err
}

// Release waits for accesses without a token, of a Devres or of its handle, also when it is called with one.
func (d *driver) releasesInWith(b *device.Bound) error {
	return d.regs.With(func(*registers) error {
		return d.regs.Release(b) // want revwait
	})
}

func (d *driver) releasesInAnAccessOfItsHandle(b *device.Bound) error {
	return d.regs.Handle().With(func(*registers) error {
		return d.regs.Release(b) // want revwait
	})
}

func (d *driver) keepsBeyondWith() error {
	return d.regs.With(func(r *registers) error {
		d.raw = r // want revescape
		return nil
	})
}

func (d *driver) looksWithoutAToken() (mask int, err error) {
	err = d.regs.With(func(r *registers) error {
		mask = r.mask
		return nil
	})
	if err != nil {
		return 0, err
	}
	regs, g := d.regs.Handle().TryAccess()
	if regs == nil {
		return mask, nil
	}
	defer g.Release()
	return mask + regs.mask, nil
}

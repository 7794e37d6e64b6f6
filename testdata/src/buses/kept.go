package buses

import (
	"context"
	"time"

	"github.com/revlint/revlint/revocable/device"
)

func (d *driver) keepsTokenOfQuiesce(b *device.Bound) {
	b.OnQuiesce(func(b *device.Bound) {
		d.bound = b // want revbound
	})
}

func (d *driver) keepsTokenOfWork(b *device.Bound) {
	d.work = b.NewWork(func(_ context.Context, b *device.Bound) {
		d.bound = b // want revbound
	})
}

func (d *driver) keepsTokenOfATick(b *device.Bound) {
	d.timer = b.Every(time.Second, func(b *device.Bound) {
		d.bound = b // want revbound
	})
}

func (d *driver) keepsTokenOfProbe() error {
	return device.Bind(d.dev, func(c *device.Core) (*settings, error) {
		d.bound = c.Bound() // want revbound
		return new(settings), nil
	})
}

// The parent's token is good as long as the child's is.
func (d *driver) keepsTokenOfTheParent(port *device.Device) error {
	return port.WithBound(func(b *device.Bound) error {
		d.parent = b.Parent() // want revbound
		return nil
	})
}

func (d *driver) keepsResourceOfTheParent(port *device.Device) error {
	return port.WithBound(func(b *device.Bound) error {
		regs, err := d.regs.Access(b.Parent())
		if err != nil {
			return err
		}
		d.raw = regs // want revbound
		return nil
	})
}

func (d *driver) lendsTokenToWork(b *device.Bound) {
	d.work = b.NewWork(func(context.Context, *device.Bound) { // want revbound
		d.look(b)
	})
}

func (d *driver) lendsResourceToQuiesce(b *device.Bound) error {
	regs, err := d.regs.Access(b)
	if err != nil {
		return err
	}
	b.OnQuiesce(func(*device.Bound) { // want revbound
		regs.stop()
	})
	return nil
}

func (d *driver) lendsTokenToProbeOfAChild(b *device.Bound) error {
	port := b.NewChild("port")
	return port.Bind(func(c *device.Core) error {
		c.Bound().Go(func(_ context.Context, own *device.Bound) { // want revbound
			d.look(b)
			d.look(own)
		})
		return nil
	})
}

// A driver's data belongs to the binding.
func (d *driver) keepsData(b *device.Bound) error {
	own, err := device.Data[settings](b)
	if err != nil {
		return err
	}
	d.own = own // want revbound
	return nil
}

func (d *driver) forgesATokenForData() int {
	own, err := device.Data[settings](&device.Bound{}) // want revbound
	if err != nil {
		return 0
	}
	return own.rate
}

func dataUnchecked(b *device.Bound) int {
	own, _ := device.Data[settings](b)
	return own.rate // want revnil
}

package buses

import (
	"context"
	"time"

	"github.com/revlint/revlint/revocable/device"
)

// What callbacks are given is used in them, and what is to live longer is kept: devices, work items, timers, resources.
func (d *driver) probe(c *device.Core) (*settings, error) {
	b := c.Bound()
	d.regs = device.Manage(b, new(registers), nil)
	d.work = b.NewWork(d.empty)
	d.timer = b.Every(time.Second, d.look)
	b.OnQuiesce(d.quiesce)
	for _, name := range []string{"port 1", "port 2"} {
		port := b.NewChild(name)
		d.ports = append(d.ports, port)
		if err := port.Bind(d.probePort); err != nil {
			return nil, err
		}
	}
	return &settings{rate: 1}, nil
}

func (d *driver) attach() error { return device.Bind(d.dev, d.probe) }

func (d *driver) empty(ctx context.Context, b *device.Bound) {
	regs, err := d.regs.Access(b)
	if err != nil {
		return
	}
	for ctx.Err() == nil && regs.mask > 0 {
		regs.mask--
	}
	d.work.Queue()
}

func (d *driver) look(b *device.Bound) {
	own, err := device.Data[settings](b)
	if err != nil {
		return
	}
	if own.rate > 1 {
		d.timer.Reset(time.Second / 2)
	}
	d.work.Queue()
}

func (d *driver) quiesce(b *device.Bound) {
	regs, err := d.regs.Access(b)
	if err != nil {
		return
	}
	regs.stop()
}

// A child reaches its parent's resources with the parent's token.
func (d *driver) probePort(c *device.Core) error {
	c.Bound().Go(func(ctx context.Context, b *device.Bound) {
		<-ctx.Done()
		if regs, err := d.regs.Access(b.Parent()); err == nil {
			regs.stop()
		}
	})
	return nil
}

// What a driver pulls out of itself is not what it waits for.
func (d *driver) pull(ctx context.Context, b *device.Bound) {
	for _, port := range d.ports {
		_ = port.Unbind(ctx)
	}
}

// Work is taken back by who does not run in it, and a resource released that nobody uses.
func (d *driver) restart(b *device.Bound) error {
	d.work.Cancel()
	regs, err := d.regs.Access(b)
	if err != nil {
		return err
	}
	regs.stop()
	return d.regs.Release(b)
}

// Package hinted holds drivers that ask for access where they have a token,
// and drivers that ask for it where they must. The labels say where hints are
// given, if they are asked for.
package hinted

import (
	"context"
	"time"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/device"
)

type registers struct{ id int }

type card struct {
	dev    *device.Device
	regs   *device.Devres[registers]
	memory struct{ regs *device.Devres[registers] }
	timer  *device.Timer
}

func (c *card) interrupt(b *device.Bound) int {
	r, g := c.regs.TryAccess() // want revbound
	if r == nil {
		return 0
	}
	defer g.Release()
	return r.id
}

func (c *card) partOfPart(b *device.Bound) int {
	if r, g := c.memory.regs.TryAccess(); r != nil { // want revbound
		defer g.Release()
		return r.id
	}
	return 0
}

func (c *card) scope() error {
	return c.dev.WithBound(func(b *device.Bound) error {
		r, g := c.regs.TryAccess() // want revbound
		if r == nil {
			return revocable.ErrRevoked
		}
		defer g.Release()
		r.id++
		return nil
	})
}

func (c *card) probe(core *device.Core) error {
	b := core.Bound()
	res := device.Manage(b, new(registers), nil)
	r, g := res.TryAccess() // want revbound
	if r == nil {
		return revocable.ErrRevoked
	}
	r.id = 1
	g.Release()
	b.Go(func(ctx context.Context, own *device.Bound) {
		if r, g := c.regs.TryAccess(); r != nil { // want revbound
			r.id++
			g.Release()
		}
	})
	c.timer = b.AfterFunc(time.Second, func(own *device.Bound) {
		r, g := res.TryAccess() // want revbound
		defer g.Release()
		if r != nil {
			r.id++
		}
	})
	c.regs = res
	return nil
}

func inScopeOf(dev *device.Device, res *device.Devres[registers]) error {
	return dev.WithBound(func(b *device.Bound) error {
		r, g := res.TryAccess() // want revbound
		if r == nil {
			return revocable.ErrRevoked
		}
		r.id++
		g.Release()
		return nil
	})
}

func resourceAlone(b *device.Bound, res *device.Devres[registers]) int {
	r, g := res.TryAccess() // want revbound
	if r == nil {
		return 0
	}
	defer g.Release()
	return r.id
}

func (c *card) oneCondition(b *device.Bound, off bool) int {
	r, g := c.regs.TryAccess() // want revbound
	if r == nil || off {
		g.Release()
		return 0
	}
	defer g.Release()
	return r.id
}

func (c *card) inLoop(b *device.Bound, ids []int) {
	for _, id := range ids {
		r, g := c.regs.TryAccess() // want revbound
		if r == nil {
			continue
		}
		r.id = id
		g.Release()
	}
}

func keptOfBind(d *device.Device) error {
	var res *device.Devres[registers]
	err := d.Bind(func(c *device.Core) error {
		res = device.Manage(c.Bound(), new(registers), nil)
		return nil
	})
	if err != nil {
		return err
	}
	return d.WithBound(func(b *device.Bound) error {
		r, g := res.TryAccess() // want revbound
		if r == nil {
			return revocable.ErrRevoked
		}
		defer g.Release()
		r.id++
		return nil
	})
}

func (c *card) probeByCore(core *device.Core) error {
	c.regs = device.Manage(core.Bound(), new(registers), nil)
	r, g := c.regs.TryAccess() // want revbound
	if r == nil {
		return revocable.ErrRevoked
	}
	defer g.Release()
	r.id = 1
	core.Bound().Go(func(ctx context.Context, b *device.Bound) {
		if r, g := c.regs.TryAccess(); r != nil { // want revbound
			r.id++
			g.Release()
		}
	})
	return nil
}

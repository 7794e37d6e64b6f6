package hinted

import (
	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/device"
)

// There is no token.

func (c *card) ioctl() int {
	r, g := c.regs.TryAccess()
	if r == nil {
		return 0
	}
	defer g.Release()
	return r.id
}

func (c *card) action(b *device.Bound) {
	b.OnUnbind(func() {
		if r, g := c.regs.TryAccess(); r != nil {
			r.id = 0
			g.Release()
		}
	})
}

func (c *card) hiddenToken(b *device.Bound, ids map[int]int) (n int) {
	for b := range ids {
		if r, g := c.regs.TryAccess(); r != nil {
			n += r.id + b
			g.Release()
		}
	}
	return n
}

func (c *card) lostToken(b *device.Bound, next *device.Bound) int {
	b = next
	r, g := c.regs.TryAccess()
	if r == nil {
		return 0
	}
	defer g.Release()
	return r.id
}

// The token may be another's.

func (c *card) scopeOf(other *card) error {
	return other.dev.WithBound(func(b *device.Bound) error {
		r, g := c.regs.TryAccess()
		if r == nil {
			return revocable.ErrRevoked
		}
		defer g.Release()
		r.id++
		return nil
	})
}

func (c *card) copyTo(b *device.Bound, other *card) int {
	r, g := other.regs.TryAccess()
	if r == nil {
		return 0
	}
	defer g.Release()
	return r.id
}

func (c *card) twoScopes(other *card) error {
	return other.dev.WithBound(func(theirs *device.Bound) error {
		return c.dev.WithBound(func(mine *device.Bound) error {
			r, g := c.regs.TryAccess()
			if r == nil {
				return revocable.ErrRevoked
			}
			defer g.Release()
			r.id++
			return nil
		})
	})
}

func twoTokens(left, right *device.Bound, res *device.Devres[registers]) int {
	r, g := res.TryAccess()
	if r == nil {
		return 0
	}
	defer g.Release()
	return r.id
}

func twoDevices(left, right *device.Device, res *device.Devres[registers]) error {
	return left.WithBound(func(b *device.Bound) error {
		r, g := res.TryAccess()
		if r == nil {
			return revocable.ErrRevoked
		}
		defer g.Release()
		r.id++
		return nil
	})
}

func twoResources(b *device.Bound, from, to *device.Devres[registers]) {
	r, g := from.TryAccess()
	if r == nil {
		return
	}
	defer g.Release()
	w, err := to.Access(b)
	if err != nil {
		return
	}
	w.id = r.id
}

type bridge struct {
	left, right *device.Device
	regs        *device.Devres[registers]
}

func (x *bridge) interrupt(b *device.Bound) int {
	r, g := x.regs.TryAccess()
	if r == nil {
		return 0
	}
	defer g.Release()
	return r.id
}

func (c *card) replaced(b *device.Bound, next func() *card) int {
	c = next()
	r, g := c.regs.TryAccess()
	if r == nil {
		return 0
	}
	defer g.Release()
	return r.id
}

func keptOfAnother(d, other *device.Device) error {
	var res *device.Devres[registers]
	err := other.Bind(func(c *device.Core) error {
		res = device.Manage(c.Bound(), new(registers), nil)
		return nil
	})
	if err != nil {
		return err
	}
	return d.WithBound(func(b *device.Bound) error {
		r, g := res.TryAccess()
		if r == nil {
			return revocable.ErrRevoked
		}
		defer g.Release()
		r.id++
		return nil
	})
}

func keptOrElse(d *device.Device, spare *device.Devres[registers]) error {
	var res *device.Devres[registers]
	err := d.Bind(func(c *device.Core) error {
		res = device.Manage(c.Bound(), new(registers), nil)
		return nil
	})
	if err != nil {
		res = spare
	}
	return d.WithBound(func(b *device.Bound) error {
		r, g := res.TryAccess()
		if r == nil {
			return revocable.ErrRevoked
		}
		defer g.Release()
		r.id++
		return nil
	})
}

func (c *card) swapped(b *device.Bound, regs func() *device.Devres[registers]) int {
	c.regs = regs()
	r, g := c.regs.TryAccess()
	if r == nil {
		return 0
	}
	defer g.Release()
	return r.id
}

var shared *device.Devres[registers]

func (c *card) global(b *device.Bound) int {
	r, g := shared.TryAccess()
	if r == nil {
		return 0
	}
	defer g.Release()
	return r.id
}

func (c *card) anyOf(b *device.Bound, all []*device.Devres[registers]) (n int) {
	for _, res := range all {
		r, g := res.TryAccess()
		if r == nil {
			continue
		}
		n += r.id
		g.Release()
	}
	return n
}

// The access goes on after the function.

func (c *card) open(b *device.Bound) (*registers, revocable.Guard) {
	return c.regs.TryAccess()
}

func (c *card) openChecked(b *device.Bound) (*registers, revocable.Guard) {
	r, g := c.regs.TryAccess()
	if r != nil {
		r.id++
	}
	return r, g
}

func (c *card) inBackground(b *device.Bound) {
	r, g := c.regs.TryAccess()
	if r == nil {
		return
	}
	go func() {
		defer g.Release()
		r.id++
	}()
}

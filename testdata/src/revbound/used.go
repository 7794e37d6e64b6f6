package revbound

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/revlint/revlint/revocable/device"
)

func (d *driver) probeWell(c *device.Core) error {
	b := c.Bound()
	d.lamp = device.Manage(b, new(lamp), func(l *lamp) { l.set(0) })
	d.spare = device.Manage(b, &lamp{level: 1}, nil)
	b.OnUnbind(func() { d.level = 0 })
	return nil
}

func (d *driver) bind() error { return d.dev.Bind(d.probeWell) }

func (d *driver) bindAndStart() error {
	return d.dev.Bind(func(c *device.Core) error {
		if err := d.probeWell(c); err != nil {
			return err
		}
		b := c.Bound()
		b.Go(d.run)
		d.timer = b.AfterFunc(time.Second, d.blink)
		return nil
	})
}

func (d *driver) run(ctx context.Context, b *device.Bound) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			d.blink(b)
		}
	}
}

func (d *driver) set(level int) error {
	return d.dev.WithBound(func(b *device.Bound) error {
		l, err := d.lamp.Access(b)
		if err != nil {
			return err
		}
		l.set(level)
		return nil
	})
}

func (d *driver) level2() (level int, err error) {
	err = d.dev.WithBound(func(b *device.Bound) error {
		l, err := d.lamp.Access(b)
		if err != nil {
			return err
		}
		level = l.level
		return nil
	})
	return level, err
}

func (d *driver) copies() (frames []byte, err error) {
	err = d.dev.WithBound(func(b *device.Bound) error {
		l, err := d.lamp.Access(b)
		if err != nil {
			return err
		}
		frames = bytes.Clone(l.frames)
		d.frames = append(d.frames[:0], l.frames...)
		return nil
	})
	return frames, err
}

func (d *driver) swap() error {
	return d.dev.WithBound(func(b *device.Bound) error {
		l, err := d.lamp.Access(b)
		if err != nil {
			return fmt.Errorf("lamp: %w", err)
		}
		s, err := d.spare.Access(b)
		if err != nil {
			return fmt.Errorf("spare: %w", err)
		}
		l.level, s.level = s.level, l.level
		return nil
	})
}

func (d *driver) passesDown(level int) error {
	return d.dev.WithBound(func(b *device.Bound) error { return d.dim(b, level) })
}

func (d *driver) dim(b *device.Bound, level int) error {
	l, err := d.lamp.Access(b)
	if err != nil {
		return err
	}
	if l.level < level {
		return errDim
	}
	l.set(level)
	return nil
}

func (d *driver) clearsInTime(level int) error {
	return d.dev.WithBound(func(b *device.Bound) error {
		d.bound = b
		defer func() { d.bound = nil }()
		return d.dimBound(level)
	})
}

func (d *driver) dimBound(level int) error { return d.dim(d.bound, level) }

func (d *driver) joins() error {
	return d.dev.WithBound(func(b *device.Bound) error {
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() { d.blink(b) })
		}
		wg.Wait()
		return nil
	})
}

func (d *driver) localRequest() error {
	return d.dev.WithBound(func(b *device.Bound) error {
		r := request{bound: b, level: 3}
		return d.serve(r)
	})
}

func (d *driver) serve(r request) error { return d.dim(r.bound, r.level) }

func (d *driver) withoutToken(level int) error {
	return d.lamp.With(func(l *lamp) error {
		l.set(level)
		return nil
	})
}

func (d *driver) tryWithoutToken(level int) bool {
	l, g := d.lamp.TryAccess()
	if l == nil {
		return false
	}
	defer g.Release()
	l.set(level)
	return true
}

// Each callback has a token of its own.
func (d *driver) ownTokens(b *device.Bound) {
	b.Go(func(ctx context.Context, b *device.Bound) {
		<-ctx.Done()
		d.blink(b)
	})
	d.timer = b.AfterFunc(time.Second, func(b *device.Bound) {
		d.blink(b)
		d.timer = b.AfterFunc(time.Second, d.blink)
	})
}

func (d *driver) actionWithoutToken(c *device.Core) error {
	c.Bound().OnUnbind(func() {
		_ = d.lamp.With(func(l *lamp) error {
			l.set(0)
			return nil
		})
	})
	return nil
}

func (d *driver) deviceOfToken() (dev *device.Device, err error) {
	err = d.dev.WithBound(func(b *device.Bound) error {
		dev = b.Device()
		return nil
	})
	return dev, err
}

func (d *driver) nested(other *driver) error {
	return d.dev.WithBound(func(mine *device.Bound) error {
		return other.dev.WithBound(func(theirs *device.Bound) error {
			if err := d.dim(mine, 1); err != nil {
				return err
			}
			return other.dim(theirs, 1)
		})
	})
}

func (d *driver) deferred() error {
	return d.dev.WithBound(func(b *device.Bound) error {
		defer d.blink(b)
		return d.dim(b, 2)
	})
}

func (d *driver) variadic(levels ...int) error {
	return d.dev.WithBound(func(b *device.Bound) error {
		for _, level := range levels {
			if err := d.dim(b, level); err != nil {
				return err
			}
		}
		return nil
	})
}

func noToken() *device.Bound { return nil }

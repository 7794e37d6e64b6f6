package revbound

import (
	"context"
	"time"

	"github.com/revlint/revlint/revocable/device"
)

var current *device.Bound

func (d *driver) keepsBound() error {
	return d.dev.WithBound(func(b *device.Bound) error {
		d.bound = b // want revbound
		return nil
	})
}

func (d *driver) keepsCore() error {
	return d.dev.Bind(func(c *device.Core) error {
		d.core = c // want revbound
		return nil
	})
}

func (d *driver) keepsBoundOfCore() error {
	return d.dev.Bind(func(c *device.Core) error {
		d.bound = c.Bound() // want revbound
		return nil
	})
}

func (d *driver) keepsInGlobal() error {
	return d.dev.WithBound(func(b *device.Bound) error {
		current = b // want revbound
		return nil
	})
}

func (d *driver) probe(c *device.Core) error {
	d.lamp = device.Manage(c.Bound(), new(lamp), nil)
	d.core = c // want revbound
	return nil
}

func (d *driver) bindsMethod() error { return d.dev.Bind(d.probe) }

func (d *driver) keepsResource() error {
	return d.dev.WithBound(func(b *device.Bound) error {
		l, err := d.lamp.Access(b)
		if err != nil {
			return err
		}
		d.raw = l // want revbound
		return nil
	})
}

func (d *driver) keepsSlice() error {
	return d.dev.WithBound(func(b *device.Bound) error {
		l, err := d.lamp.Access(b)
		if err != nil {
			return err
		}
		d.frames = l.frames[:2] // want revbound
		return nil
	})
}

func (d *driver) resourceOutOfScope() (raw *lamp, err error) {
	err = d.dev.WithBound(func(b *device.Bound) error {
		l, err := d.lamp.Access(b)
		if err != nil {
			return err
		}
		raw = l // want revbound
		return nil
	})
	return raw, err
}

func (d *driver) tokenOutOfScope() (kept *device.Bound, err error) {
	err = d.dev.WithBound(func(b *device.Bound) error {
		kept = b // want revbound
		return nil
	})
	return kept, err
}

func (d *driver) closureOverToken() error {
	return d.dev.WithBound(func(b *device.Bound) error {
		d.notify = func() { d.timer = b.AfterFunc(time.Second, nil) } // want revbound
		return nil
	})
}

func (d *driver) goroutine() error {
	return d.dev.WithBound(func(b *device.Bound) error {
		go d.blink(b) // want revbound
		return nil
	})
}

func (d *driver) goroutineOverResource() error {
	return d.dev.WithBound(func(b *device.Bound) error {
		l, err := d.lamp.Access(b)
		if err != nil {
			return err
		}
		go func() { // want revbound
			time.Sleep(time.Second)
			l.set(0)
		}()
		return nil
	})
}

func (d *driver) blink(b *device.Bound) {
	l, err := d.lamp.Access(b)
	if err != nil {
		return
	}
	l.set(1 - l.level)
}

func (d *driver) sends(out chan<- *device.Bound) error {
	return d.dev.WithBound(func(b *device.Bound) error {
		out <- b // want revbound
		return nil
	})
}

// A callback that starts another one does not lend it its own token.
func (d *driver) outerTokenInCallback(outer *device.Bound) {
	outer.Go(func(ctx context.Context, b *device.Bound) { // want revbound
		<-ctx.Done()
		d.blink(outer)
	})
}

func (d *driver) onUnbindWithToken(c *device.Core) error {
	b := c.Bound()
	b.OnUnbind(func() { // want revbound
		d.blink(b)
	})
	return nil
}

func (d *driver) timerWithOuterToken(b *device.Bound) {
	d.timer = b.AfterFunc(time.Second, func(*device.Bound) { // want revbound
		d.blink(b)
	})
}

type request struct {
	bound *device.Bound
	level int
}

func (d *driver) queues(queue *[]request) error {
	return d.dev.WithBound(func(b *device.Bound) error {
		*queue = append(*queue, request{b, 3}) // want revbound
		return nil
	})
}

func (d *driver) intoMap(byName map[string]*device.Bound) error {
	return d.dev.WithBound(func(b *device.Bound) error {
		byName[d.dev.String()] = b // want revbound
		return nil
	})
}

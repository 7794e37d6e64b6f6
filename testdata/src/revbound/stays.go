package revbound

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sort"
	"sync"
	"time"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/device"
	"github.com/revlint/revlint/testdata/src/revbound/keeper"
)

// What takes a token or a resource, and gives it back in time.

func (d *driver) lentByPackage() error {
	return d.dev.WithBound(func(b *device.Bound) error {
		return keeper.Lend(b, func(b *device.Bound) error { return d.dim(b, 1) })
	})
}

func (d *driver) nowByPackage() error {
	return d.dev.WithBound(func(b *device.Bound) error {
		keeper.Now(func() { d.blink(b) })
		return nil
	})
}

func (d *driver) localBox() error {
	return d.dev.WithBound(func(b *device.Bound) error {
		var box keeper.Box[*device.Bound]
		box.Put(b)
		return d.dim(box.V, 1)
	})
}

func (d *driver) emptiedBox(box *keeper.Box[*device.Bound]) error {
	return d.dev.WithBound(func(b *device.Bound) error {
		box.Put(b)
		defer box.Take()
		return d.dim(box.V, 1)
	})
}

func (d *driver) localMap() error {
	return d.dev.WithBound(func(b *device.Bound) error {
		byName := map[string]*device.Bound{"lamp": b}
		return d.dim(byName["lamp"], 1)
	})
}

func (d *driver) localChannel() error {
	return d.dev.WithBound(func(b *device.Bound) error {
		c := make(chan *device.Bound, 1)
		c <- b
		return d.dim(<-c, 1)
	})
}

func (d *driver) joinsByChannel() error {
	return d.dev.WithBound(func(b *device.Bound) error {
		done := make(chan error)
		go func() { done <- d.dim(b, 1) }()
		return <-done
	})
}

func (d *driver) joinsByDefer() error {
	return d.dev.WithBound(func(b *device.Bound) error {
		var wg sync.WaitGroup
		defer wg.Wait()
		wg.Add(1)
		go func() {
			defer wg.Done()
			d.blink(b)
		}()
		return d.dim(b, 1)
	})
}

func (d *driver) sorts() error {
	return d.dev.WithBound(func(b *device.Bound) error {
		l, err := d.lamp.Access(b)
		if err != nil {
			return err
		}
		sort.Slice(l.frames, func(i, j int) bool { return l.frames[i] < l.frames[j] })
		slices.SortFunc(l.frames, func(x, y byte) int { return int(x) - int(y)*l.level })
		return nil
	})
}

func (d *driver) prints() (text string, err error) {
	err = d.dev.WithBound(func(b *device.Bound) error {
		l, err := d.lamp.Access(b)
		if err != nil {
			return err
		}
		text = fmt.Sprintf("%v at %d, %x", b.Device(), l.level, l.frames)
		return nil
	})
	return text, err
}

func (d *driver) copiesValue() (copied lamp, err error) {
	err = d.dev.WithBound(func(b *device.Bound) error {
		l, err := d.lamp.Access(b)
		if err != nil {
			return err
		}
		copied.level, copied.colour, copied.state = l.level, l.colour, l.state
		return nil
	})
	return copied, err
}

func (d *driver) oneOfSeveral(names []string) error {
	return d.dev.WithBound(func(b *device.Bound) error {
		for _, r := range []*device.Devres[lamp]{d.lamp, d.spare} {
			l, err := r.Access(b)
			switch {
			case errors.Is(err, device.ErrWrongDevice):
				continue
			case err != nil:
				return err
			}
			l.set(len(names))
		}
		return nil
	})
}

func (d *driver) closureCalledHere() error {
	return d.dev.WithBound(func(b *device.Bound) error {
		dim := func(level int) error { return d.dim(b, level) }
		if err := dim(1); err != nil {
			return err
		}
		return dim(2)
	})
}

func (d *driver) handleOutlives() (h revocable.Handle[lamp], err error) {
	err = d.dev.Bind(func(c *device.Core) error {
		h = device.Manage(c.Bound(), new(lamp), nil).Handle()
		return nil
	})
	return h, err
}

func (d *driver) timerOutlives(c *device.Core) error {
	d.timer = c.Bound().AfterFunc(time.Minute, d.blink)
	return nil
}

func (d *driver) coreGoesDown() error {
	return d.dev.Bind(func(c *device.Core) error {
		if err := d.probeWell(c); err != nil {
			return err
		}
		return d.dim(c.Bound(), 1)
	})
}

func (d *driver) coreInOptions() error {
	type options struct {
		core  *device.Core
		level int
	}
	return d.dev.Bind(func(c *device.Core) error {
		o := options{core: c, level: 3}
		return d.dim(o.core.Bound(), o.level)
	})
}

func (d *driver) rightOfTwo() error {
	left, right := device.New("left"), device.New("right")
	return left.Bind(func(l *device.Core) error {
		mine := device.Manage(l.Bound(), new(lamp), nil)
		return right.Bind(func(r *device.Core) error {
			theirs := device.Manage(r.Bound(), new(lamp), nil)
			x, err := mine.Access(l.Bound())
			if err != nil {
				return err
			}
			y, err := theirs.Access(r.Bound())
			if err != nil {
				return err
			}
			x.level = y.level
			return nil
		})
	})
}

func (d *driver) chain(b *device.Bound) {
	b.Go(func(ctx context.Context, b *device.Bound) {
		b.Go(func(ctx context.Context, b *device.Bound) {
			d.blink(b)
		})
		d.blink(b)
	})
}

func (d *driver) cleared() error {
	return d.dev.WithBound(func(b *device.Bound) error {
		l, err := d.lamp.Access(b)
		if err != nil {
			return err
		}
		d.raw = l
		d.useRaw()
		d.raw = nil
		return nil
	})
}

func (d *driver) useRaw() { d.raw.set(2) }

type tokenUser interface{ use(b *device.Bound) error }

func (d *driver) unknownUser(u tokenUser) error {
	return d.dev.WithBound(func(b *device.Bound) error { return u.use(b) })
}

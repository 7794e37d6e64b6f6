package revbound

import (
	"context"
	"reflect"
	"sync"
	"sync/atomic"
	"time"
	"unsafe"

	"github.com/revlint/revlint/revocable/device"
	"github.com/revlint/revlint/testdata/src/revbound/keeper"
)

// What a token or a resource can leave by: other packages, interfaces,
// collections, closures, methods.

func (d *driver) byPackage() error {
	return d.dev.WithBound(func(b *device.Bound) error {
		keeper.Keep(b) // want revbound
		return nil
	})
}

func (d *driver) resourceByPackage() error {
	return d.dev.WithBound(func(b *device.Bound) error {
		l, err := d.lamp.Access(b)
		if err != nil {
			return err
		}
		keeper.Keep(l) // want revbound
		return nil
	})
}

func (d *driver) laterByPackage() error {
	return d.dev.WithBound(func(b *device.Bound) error {
		keeper.Later(func() { d.blink(b) }) // want revbound
		return nil
	})
}

func (d *driver) boxOfAnother(box *keeper.Box[*device.Bound]) error {
	return d.dev.WithBound(func(b *device.Bound) error {
		box.Put(b) // want revbound
		return nil
	})
}

type sink interface{ put(v any) }

type shelf struct{ things []any }

func (s *shelf) put(v any) { s.things = append(s.things, v) }

func (d *driver) byInterface(shelf *shelf) error {
	var s sink = shelf
	return d.dev.WithBound(func(b *device.Bound) error {
		s.put(b) // want revbound
		return nil
	})
}

func (d *driver) byHelper() error {
	return d.dev.WithBound(func(b *device.Bound) error {
		d.keepAny(b) // want revbound
		return nil
	})
}

func (d *driver) keepAny(v any) { kept = v }

var kept any

func (d *driver) byTwoHelpers() error {
	return d.dev.WithBound(func(b *device.Bound) error {
		d.keepForReal(b) // want revbound
		return nil
	})
}

func (d *driver) keepForReal(v any) { d.keepAny(v) }

func (d *driver) inArray(all *[4]*device.Bound) error {
	return d.dev.WithBound(func(b *device.Bound) error {
		all[2] = b // want revbound
		return nil
	})
}

func (d *driver) inContext() (ctx context.Context, err error) {
	type key struct{}
	err = d.dev.WithBound(func(b *device.Bound) error {
		ctx = context.WithValue(context.Background(), key{}, b) // want revbound
		return nil
	})
	return ctx, err
}

func (d *driver) methodValue() (after func(time.Duration, func(*device.Bound)) *device.Timer, err error) {
	err = d.dev.WithBound(func(b *device.Bound) error {
		after = b.AfterFunc // want revbound
		return nil
	})
	return after, err
}

type boundError struct{ b *device.Bound }

func (e *boundError) Error() string { return "no light on " + e.b.Device().String() }

func (d *driver) inError() error {
	return d.dev.WithBound(func(b *device.Bound) error {
		return &boundError{b} // want revbound
	})
}

var lastBound atomic.Pointer[device.Bound]

func (d *driver) inAtomic() error {
	return d.dev.WithBound(func(b *device.Bound) error {
		lastBound.Store(b) // want revbound
		return nil
	})
}

func (d *driver) copyOfToken() (b device.Bound, err error) { // the copy is never retired
	err = d.dev.WithBound(func(token *device.Bound) error {
		b = *token // want revbound
		return nil
	})
	return b, err
}

func (d *driver) timer2() error {
	return d.dev.WithBound(func(b *device.Bound) error {
		time.AfterFunc(time.Second, func() { d.blink(b) }) // want revbound
		return nil
	})
}

func (d *driver) notJoined(wg *sync.WaitGroup) error {
	return d.dev.WithBound(func(b *device.Bound) error {
		wg.Go(func() { d.blink(b) }) // want revbound
		return nil
	})
}

func (d *driver) joinedOnOneWay(quick bool) error {
	return d.dev.WithBound(func(b *device.Bound) error {
		var wg sync.WaitGroup
		wg.Go(func() { d.blink(b) }) // want revbound
		if quick {
			return nil
		}
		wg.Wait()
		return nil
	})
}

func (d *driver) usedAfterwards() error {
	var token *device.Bound
	err := d.dev.WithBound(func(b *device.Bound) error {
		token = b // want revbound
		return nil
	})
	if err != nil {
		return err
	}
	_, err = d.lamp.Access(token)
	return err
}

func (d *driver) callbackOfGo(b *device.Bound) {
	b.Go(func(ctx context.Context, b *device.Bound) {
		d.bound = b // want revbound
	})
}

func (d *driver) callbackOfAfterFunc(b *device.Bound) {
	d.timer = b.AfterFunc(time.Second, func(b *device.Bound) {
		l, err := d.lamp.Access(b)
		if err != nil {
			return
		}
		d.raw = l // want revbound
	})
}

func (d *driver) resourceInCallback(b *device.Bound) error {
	l, err := d.lamp.Access(b)
	if err != nil {
		return err
	}
	b.Go(func(ctx context.Context, b *device.Bound) { // want revbound
		<-ctx.Done()
		l.set(0)
	})
	return nil
}

func (d *driver) resourceInChannel(out chan<- *lamp) error {
	return d.dev.WithBound(func(b *device.Bound) error {
		l, err := d.lamp.Access(b)
		if err != nil {
			return err
		}
		out <- l // want revbound
		return nil
	})
}

func (d *driver) resourceInMap(byName map[string]*lamp) error {
	return d.dev.WithBound(func(b *device.Bound) error {
		l, err := d.lamp.Access(b)
		if err != nil {
			return err
		}
		byName["desk"] = l // want revbound
		return nil
	})
}

func (d *driver) fieldOfResource() (s *state, err error) {
	err = d.dev.WithBound(func(b *device.Bound) error {
		l, err := d.lamp.Access(b)
		if err != nil {
			return err
		}
		s = &l.state // want revbound
		return nil
	})
	return s, err
}

func (d *driver) methodOfResource() error {
	return d.dev.WithBound(func(b *device.Bound) error {
		l, err := d.lamp.Access(b)
		if err != nil {
			return err
		}
		d.setLevel = l.set // want revbound
		return nil
	})
}

func (d *driver) underLock() error {
	return d.dev.WithBound(func(b *device.Bound) error {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.bound = b // want revbound
		return nil
	})
}

// A token is for the function that it was given to, and what that calls.

func same(b *device.Bound) *device.Bound {
	return b // want revbound
}

func (d *driver) get(b *device.Bound) (*lamp, error) {
	return d.lamp.Access(b) // want revbound
}

func (d *driver) getChecked(b *device.Bound) *lamp {
	l, err := d.lamp.Access(b)
	if err != nil {
		return nil
	}
	return l // want revbound
}

// A Core is for probe alone.

var probing *device.Core

func (d *driver) coreInGlobal() error {
	return d.dev.Bind(func(c *device.Core) error {
		probing = c // want revbound
		return nil
	})
}

func (d *driver) coreInGoroutine() error {
	return d.dev.Bind(func(c *device.Core) error {
		go d.probe(c) // want revbound
		return nil
	})
}

func (d *driver) coreInCallback() error {
	return d.dev.Bind(func(c *device.Core) error {
		c.Bound().Go(func(ctx context.Context, b *device.Bound) { // want revbound
			<-ctx.Done()
			d.blink(c.Bound())
		})
		return nil
	})
}

func (d *driver) coreInChannel(out chan<- *device.Core) error {
	return d.dev.Bind(func(c *device.Core) error {
		out <- c // want revbound
		return nil
	})
}

// Forged otherwise.

type counterfeit device.Bound

func forgedByConversion() *device.Bound {
	return (*device.Bound)(new(counterfeit)) // want revbound
}

func (d *driver) forgedByUnsafe() error {
	_, err := d.lamp.Access((*device.Bound)(unsafe.Pointer(d))) // want revbound
	return err
}

func (d *driver) forgedByReflection() error {
	b := reflect.New(reflect.TypeFor[device.Bound]()).Interface().(*device.Bound) // want revbound
	_, err := d.lamp.Access(b)
	return err
}

func forgedInStruct() request {
	var r struct{ bound device.Bound } // want revbound
	return request{bound: &r.bound}
}

func forgedInSlice() *device.Bound {
	return &make([]device.Bound, 1)[0] // want revbound
}

func forgedByElision() []*device.Bound {
	return []*device.Bound{{}} // want revbound
}

// The wrong device, seen through a helper.

func wrongDeviceByHelper(d *driver) error {
	left, right := device.New("left"), device.New("right")
	var mine *device.Devres[lamp]
	err := left.Bind(func(c *device.Core) error {
		mine = device.Manage(c.Bound(), new(lamp), nil)
		return nil
	})
	if err != nil {
		return err
	}
	return right.WithBound(func(token *device.Bound) error {
		return lightUp(mine, token) // want revbound
	})
}

func lightUp(r *device.Devres[lamp], b *device.Bound) error {
	l, err := r.Access(b)
	if err != nil {
		return err
	}
	l.set(1)
	return nil
}

// Two scopes, one in the other.
func wrongOfTwo() error {
	left, right := device.New("left"), device.New("right")
	return left.Bind(func(l *device.Core) error {
		mine := device.Manage(l.Bound(), new(lamp), nil)
		return right.Bind(func(r *device.Core) error {
			_, err := mine.Access(r.Bound()) // want revbound
			return err
		})
	})
}

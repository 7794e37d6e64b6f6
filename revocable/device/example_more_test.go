package device_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/revlint/revlint/revocable/device"
)

// A card is told to be still once nobody uses it any more, and before its registers are unmapped.
func ExampleBound_OnQuiesce() {
	dev := device.New("card")
	_ = dev.Bind(func(c *device.Core) error {
		b := c.Bound()
		registers := device.Manage(b, new(lamp), func(*lamp) { fmt.Println("unmapped") })
		b.OnQuiesce(func(b *device.Bound) {
			r, err := registers.Access(b)
			if err == nil {
				r.on = false
				fmt.Println("still")
			}
		})
		b.Go(func(ctx context.Context, _ *device.Bound) {
			<-ctx.Done()
			fmt.Println("callback ends")
		})
		return nil
	})
	_ = dev.Unbind(context.Background())
	// Output:
	// callback ends
	// still
	// unmapped
}

// A hub's ports are unbound with it, in their place among what it has. A port's callbacks may use what the hub has.
func ExampleBound_NewChild() {
	hub := device.New("hub")
	_ = hub.Bind(func(c *device.Core) error {
		b := c.Bound()
		power := device.Manage(b, new(lamp), func(*lamp) { fmt.Println("power off") })
		port := b.NewChild("port")
		return port.Bind(func(c *device.Core) error {
			c.Bound().OnQuiesce(func(b *device.Bound) {
				_, err := power.Access(b.Parent())
				fmt.Println("port falls quiet; power:", err == nil)
			})
			c.Bound().OnUnbind(func() { fmt.Println("port unbound") })
			return nil
		})
	})
	_ = hub.Unbind(context.Background())
	// Output:
	// port falls quiet; power: true
	// port unbound
	// power off
}

// Work that an interrupt asks for runs once, however often that asks while it waits.
func ExampleBound_NewWork() {
	dev := device.New("card")
	done := make(chan struct{})
	var work *device.Work
	_ = dev.Bind(func(c *device.Core) error {
		work = c.Bound().NewWork(func(context.Context, *device.Bound) { close(done) })
		return nil
	})
	fmt.Println("queued:", work.Queue())
	<-done
	_ = dev.Unbind(context.Background())
	fmt.Println("queued:", work.Queue())
	// Output:
	// queued: true
	// queued: false
}

// A driver's data are handed to whoever has a token of the binding, so that there is no way to find them gone.
func ExampleBind() {
	type driver struct{ lamp *device.Devres[lamp] }
	dev := device.New("lamp")
	_ = device.Bind(dev, func(c *device.Core) (*driver, error) {
		return &driver{device.Manage(c.Bound(), &lamp{on: true}, nil)}, nil
	})
	_ = dev.WithBound(func(b *device.Bound) error {
		d, err := device.Data[driver](b)
		if err != nil {
			return err // of another type
		}
		l, err := d.lamp.Access(b)
		if err != nil {
			return err
		}
		fmt.Println("on:", l.on)
		return nil
	})
	_ = dev.Unbind(context.Background())
	// Output: on: true
}

// A stream that ends long before its device is unbound is released then, and not with it.
func ExampleDevres_Release() {
	dev := device.New("recorder")
	_ = dev.Bind(func(*device.Core) error { return nil })
	_ = dev.WithBound(func(b *device.Bound) error {
		stream := device.Manage(b, new(lamp), func(*lamp) { fmt.Println("stream closed") })
		return stream.Release(b)
	})
	fmt.Println("unbinding")
	_ = dev.Unbind(context.Background())
	// Output:
	// stream closed
	// unbinding
}

// A watchdog looks every now and then, until the device is unbound.
func ExampleBound_Every() {
	dev := device.New("card")
	ticks := make(chan string, 100)
	_ = dev.Bind(func(c *device.Core) error {
		c.Bound().Every(time.Millisecond, func(b *device.Bound) {
			select {
			case ticks <- b.Device().String():
			default:
			}
		})
		return nil
	})
	fmt.Println(<-ticks)
	_ = dev.Unbind(context.Background())
	// Output: card
}

// A piece of code that is no callback gets a token for its own time. The unbind waits for it.
func ExampleDevice_WithBound() {
	dev := device.New("lamp")
	var res *device.Devres[lamp]
	_ = dev.Bind(func(c *device.Core) error {
		res = device.Manage(c.Bound(), &lamp{on: true}, nil)
		return nil
	})
	on := func() (on bool, err error) {
		err = dev.WithBound(func(b *device.Bound) error {
			l, err := res.Access(b)
			if err != nil {
				return err
			}
			on = l.on
			return nil
		})
		return on, err
	}
	fmt.Println(on())
	_ = dev.Unbind(context.Background())
	fmt.Println(on())
	// Output:
	// true <nil>
	// false device: not bound
}

// A file that is open when its device goes has no token. Its operations ask, and fail from then on.
func ExampleDevres_TryAccess() {
	dev := device.New("lamp")
	var res *device.Devres[lamp]
	_ = dev.Bind(func(c *device.Core) error {
		res = device.Manage(c.Bound(), &lamp{on: true}, nil)
		return nil
	})
	read := func() string {
		l, g := res.TryAccess()
		if l == nil {
			return "no such device"
		}
		defer g.Release()
		return fmt.Sprint("on: ", l.on)
	}
	fmt.Println(read())
	_ = dev.Unbind(context.Background())
	fmt.Println(read())
	// Output:
	// on: true
	// no such device
}

// A timer whose time comes after the unbind never runs. Nobody has to stop it.
func ExampleBound_AfterFunc() {
	dev := device.New("card")
	_ = dev.Bind(func(c *device.Core) error {
		c.Bound().AfterFunc(time.Hour, func(*device.Bound) { fmt.Println("never printed") })
		return nil
	})
	fmt.Println(dev.Unbind(context.Background()))
	// Output: <nil>
}

// A watchdog bites when nobody has petted it for long enough. Petting it is a Reset.
func ExampleTimer_Reset() {
	dev := device.New("card")
	var watchdog *device.Timer
	_ = dev.Bind(func(c *device.Core) error {
		watchdog = c.Bound().AfterFunc(time.Hour, func(*device.Bound) { fmt.Println("no answer for an hour") })
		return nil
	})
	fmt.Println("petted in time:", watchdog.Reset(time.Hour))
	_ = dev.Unbind(context.Background())
	fmt.Println("petted in time:", watchdog.Reset(time.Hour))
	// Output:
	// petted in time: true
	// petted in time: false
}

// What is registered last is undone first, also if the probe fails half-way.
func ExampleBound_OnUnbind() {
	dev := device.New("card")
	err := dev.Bind(func(c *device.Core) error {
		c.Bound().OnUnbind(func() { fmt.Println("power off") })
		c.Bound().OnUnbind(func() { fmt.Println("interrupts off") })
		return errors.New("no answer from the card")
	})
	fmt.Println(err)
	// Output:
	// interrupts off
	// power off
	// no answer from the card
}

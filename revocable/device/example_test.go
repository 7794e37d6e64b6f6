package device_test

import (
	"context"
	"fmt"

	"github.com/revlint/revlint/revocable/device"
)

type lamp struct{ on bool }

// A driver switches a lamp on and off in a callback, for as long as the lamp is there.
func Example() {
	dev := device.New("lamp")
	var res *device.Devres[lamp]
	orders := make(chan bool)

	err := dev.Bind(func(c *device.Core) error {
		res = device.Manage(c.Bound(), new(lamp), func(*lamp) { fmt.Println("released") })
		c.Bound().Go(func(ctx context.Context, b *device.Bound) {
			for {
				select {
				case <-ctx.Done():
					fmt.Println("callback ends:", context.Cause(ctx))
					return
				case on := <-orders:
					l, err := res.Access(b) // a comparison, because b proves that dev is bound
					if err != nil {
						return
					}
					l.on = on
					fmt.Println("on:", l.on)
				}
			}
		})
		return nil
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	orders <- true
	orders <- false

	if err := dev.Unbind(context.Background()); err != nil {
		fmt.Println(err)
	}
	fmt.Println("without a token:", res.With(func(*lamp) error { return nil }))
	// Output:
	// on: true
	// on: false
	// callback ends: device: not bound
	// released
	// without a token: revocable: resource revoked
}

package registry_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/device"
	"github.com/revlint/revlint/revocable/registry"
)

type thermometer struct{ celsius float64 }

func (t *thermometer) read() (float64, error) { return t.celsius, nil }

func Example() {
	var r registry.Registry
	// The driver's side.
	entry, err := registry.Publish(&r, "sensors/attic", revocable.NewProvider(&thermometer{21.5}))
	if err != nil {
		fmt.Println(err)
		return
	}
	// The consumer's side. It may keep what it has found.
	attic, err := registry.Lookup[thermometer](&r, "sensors/attic")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(revocable.Do(attic, (*thermometer).read))
	// The driver's again: when this returns, nobody reads any more, or ever will.
	_ = entry.Withdraw(context.Background())
	fmt.Println(revocable.Do(attic, (*thermometer).read))
	_, err = registry.Lookup[thermometer](&r, "sensors/attic")
	fmt.Println(errors.Is(err, fs.ErrNotExist))
	// Output:
	// 21.5 <nil>
	// 0 revocable: resource revoked
	// true
}

// A status page is told of what comes and goes, beginning with what is there.
func ExampleWatch() {
	var r registry.Registry
	entry, _ := registry.Publish(&r, "sensors/attic", revocable.NewProvider(&thermometer{21.5}))
	for e := range registry.Watch[thermometer](context.Background(), &r, "sensors/*") {
		fmt.Println(e)
		switch e.Kind {
		case registry.Arrived:
			go func() { _ = entry.Withdraw(context.Background()) }()
		case registry.Gone:
			return
		}
	}
	// Output:
	// 1: sensors/attic arrived
	// 2: sensors/attic leaving
	// 3: sensors/attic gone
}

// A display depends on a sensor: it is unbound before that goes, and never has to ask whether it is there.
func ExampleLink() {
	var r registry.Registry
	sensor, _ := registry.Publish(&r, "sensors/attic", revocable.NewProvider(&thermometer{21.5},
		revocable.WithCleanup(func(*thermometer) { fmt.Println("sensor gone") })))
	display := device.New("display")
	err := display.Bind(func(c *device.Core) error {
		c.Bound().OnUnbind(func() { fmt.Println("display dark") })
		return registry.Link(c.Bound(), sensor)
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	_ = sensor.Withdraw(context.Background())
	// Output:
	// display dark
	// sensor gone
}

// A Ref goes with a name, over one sensor after another.
func ExampleFollow() {
	var r registry.Registry
	attic := registry.Follow[thermometer](&r, "sensors/attic")
	defer attic.Close()
	show := func() {
		err := attic.With(func(t *thermometer) error { fmt.Println(t.celsius); return nil })
		if err != nil {
			fmt.Println("nothing there")
		}
	}
	show()
	for _, celsius := range []float64{21.5, 19} {
		entry, _ := registry.Publish(&r, "sensors/attic", revocable.NewProvider(&thermometer{celsius}))
		show()
		_ = entry.Withdraw(context.Background())
		show()
	}
	// Output:
	// nothing there
	// 21.5
	// nothing there
	// 19
	// nothing there
}

// A display is bound whenever the sensor that it needs is there, whichever comes first and however often.
func ExampleRun() {
	var r registry.Registry
	ctx, cancel := context.WithCancel(context.Background())
	lit, dark, ended := make(chan string), make(chan string), make(chan error)
	go func() {
		needs := []registry.Need{registry.Require[thermometer]("sensors/attic")}
		ended <- registry.Run(ctx, &r, device.New("display"), needs, func(c *device.Core) error {
			c.Bound().OnUnbind(func() { dark <- "dark" })
			c.Bound().Go(func(context.Context, *device.Bound) { lit <- "lit" })
			return nil
		})
	}()
	for range 2 {
		entry, _ := registry.Publish(&r, "sensors/attic", revocable.NewProvider(&thermometer{21.5}))
		fmt.Println(<-lit)
		go func() { _ = entry.Withdraw(context.Background()) }()
		fmt.Println(<-dark)
		for { // until the name is free
			if _, err := registry.Lookup[thermometer](&r, "sensors/attic"); err != nil {
				break
			}
		}
		_ = entry.Withdraw(context.Background())
	}
	cancel()
	fmt.Println(<-ended)
	// Output:
	// lit
	// dark
	// lit
	// dark
	// context canceled
}

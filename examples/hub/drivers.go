package main

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/revlint/revlint/revocable/device"
)

// A controller is what its driver knows of it for one binding, and so are a hub and a function. The tree as it was
// plugged together is in the struct named tree.
type controller struct {
	bus *device.Devres[bus]
}

type hub struct {
	power  *device.Devres[power]
	change *device.Work // looks at the ports
}

type function struct {
	port   int
	lamp   *device.Devres[lamp]
	polled atomic.Int64
}

// A tree is the devices and what is plugged in. Drivers come and go; the devices below the root are made anew with
// each binding of their parent.
type tree struct {
	root      *device.Device
	hub       atomic.Pointer[device.Device]
	functions [ports]atomic.Pointer[device.Device]
	present   [ports]atomic.Bool // something is plugged into the port
	looks     atomic.Int64       // how often the hub has looked at its ports
}

// pollPeriod is the time between two looks of a callback.
const pollPeriod = time.Millisecond

// plugIn binds everything, from the root on.
func (t *tree) plugIn() error { return device.Bind(t.root, t.probeController) }

func (t *tree) probeController(c *device.Core) (*controller, error) {
	b := c.Bound()
	own := &controller{bus: device.Manage(b, &bus{up: true}, (*bus).shutDown)}
	t.hub.Store(b.NewChild("hub"))
	return own, t.plugInHub()
}

// plugInHub binds the hub, unless the controller is gone.
func (t *tree) plugInHub() error { return device.Bind(t.hub.Load(), t.probeHub) }

func (t *tree) probeHub(c *device.Core) (*hub, error) {
	b := c.Bound()
	own := &hub{power: device.Manage(b, &power{on: true}, (*power).off)}
	for i, name := range []string{"disk", "serial line"} {
		t.functions[i].Store(b.NewChild(name))
	}
	own.change = b.NewWork(t.lookAtPorts)
	b.Every(pollPeriod, func(*device.Bound) { own.change.Queue() })
	own.change.Queue()
	return own, nil
}

// lookAtPorts binds and unbinds what was plugged in and pulled out.
func (t *tree) lookAtPorts(ctx context.Context, _ *device.Bound) {
	for i := range t.functions {
		f := t.functions[i].Load()
		if t.present[i].Load() {
			// ErrBound, most of the time; ErrUnbound, when the hub itself is going.
			_ = device.Bind(f, func(c *device.Core) (*function, error) { return probeFunction(c, i) })
		} else {
			_ = f.Unbind(ctx) // what ctx leaves behind, the hub's own unbind waits for
		}
	}
	t.looks.Add(1)
}

func probeFunction(c *device.Core, port int) (*function, error) {
	b := c.Bound()
	//lint:ignore revuse the run time calls it once, when the device goes, and nobody has the lamp after that
	own := &function{port: port, lamp: device.Manage(b, &lamp{lit: true}, func(l *lamp) { l.lit = false })}
	b.Go(own.poll)
	b.OnQuiesce(own.park)
	return own, nil
}

// poll asks the function for news, until it is unbound.
func (f *function) poll(ctx context.Context, b *device.Bound) {
	for ctx.Err() == nil {
		if _, err := f.transfer(b, 0); err == nil {
			f.polled.Add(1)
		}
		select {
		case <-ctx.Done():
		case <-time.After(pollPeriod):
		}
	}
}

// park is a last transfer: the hub has power and the bus is up, or it panics.
func (f *function) park(b *device.Bound) {
	if _, err := f.transfer(b, 0xff); err != nil {
		panic(err)
	}
}

var errEcho = errors.New("wrong echo")

// transfer goes up the tree: the lamp is the function's own, the power is its parent's, the bus its grandparent's.
func (f *function) transfer(b *device.Bound, data byte) (byte, error) {
	l, err := f.lamp.Access(b)
	if err != nil {
		return 0, err
	}
	h, err := device.Data[hub](b.Parent())
	if err != nil {
		return 0, err
	}
	pw, err := h.power.Access(b.Parent())
	if err != nil {
		return 0, err
	}
	c, err := device.Data[controller](b.Parent().Parent())
	if err != nil {
		return 0, err
	}
	bs, err := c.bus.Access(b.Parent().Parent())
	if err != nil {
		return 0, err
	}
	l.blink()
	pw.check()
	echo := bs.transfer(data)
	if echo != data^0xff {
		return 0, errEcho
	}
	return echo, nil
}

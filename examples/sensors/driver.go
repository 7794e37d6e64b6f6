//go:build unix

package main

import (
	"bufio"
	"context"
	"errors"
	"os"
	"strconv"
	"sync"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/device"
	"github.com/revlint/revlint/revocable/registry"
	"github.com/revlint/revlint/revocable/revio"
)

// A sensor is the resource that may go.
type sensor struct {
	mu      sync.Mutex
	celsius float64
	known   bool
}

var errNoReading = errors.New("no reading yet")

func (s *sensor) read() (float64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.known {
		return 0, errNoReading
	}
	return s.celsius, nil
}

func (s *sensor) set(celsius float64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.celsius, s.known = celsius, true
}

// attach drives the sensor at the other end of tty until that hangs up or the device is unbound. tty is the driver's from here on.
func attach(r *registry.Registry, name string, tty *os.File) (*device.Device, error) {
	d := device.New(name)
	err := d.Bind(func(c *device.Core) error {
		b := c.Bound()
		line, owner := revio.File(tty)
		b.OnUnbind(func() { _ = line.Close() })
		s := new(sensor)
		if _, err := registry.PublishFor(b, r, "sensors/"+name, revocable.NewProvider(s)); err != nil {
			return err
		}
		b.Go(func(ctx context.Context, _ *device.Bound) {
			stop := context.AfterFunc(ctx, func() { owner.RevokeNoWait() }) // wakes the read below
			defer stop()
			for lines := bufio.NewScanner(line); lines.Scan(); {
				if celsius, err := strconv.ParseFloat(lines.Text(), 64); err == nil {
					s.set(celsius)
				}
			}
			go func() { _ = d.Unbind(context.Background()) }() // the cable was pulled, or this is why ctx has ended
		})
		return nil
	})
	return d, err
}

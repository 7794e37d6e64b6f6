package main

import (
	"errors"
	"syscall"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/device"
)

// echo is an operation on a file that a user has open on a function. It finds the function anew each time, since what is
// in the port may have been replaced, and is told ENODEV while there is none.
func (t *tree) echo(port int, data byte) (echo byte, err error) {
	f := t.functions[port].Load()
	err = f.WithBound(func(b *device.Bound) error {
		own, err := device.Data[function](b)
		if err != nil {
			return err
		}
		echo, err = own.transfer(b, data)
		return err
	})
	if errors.Is(err, revocable.ErrRevoked) { // ErrUnbound is that, at whatever level
		return 0, syscall.ENODEV
	}
	return echo, err
}

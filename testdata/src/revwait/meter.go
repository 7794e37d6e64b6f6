// Package revwait holds programs that wait for an access of their own to
// end, and programs that revoke when they hold none.
package revwait

import (
	"errors"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/device"
)

var errBroken = errors.New("meter is broken")

type meter struct {
	reading int
	broken  bool
}

func (m *meter) read() (int, error) {
	if m.broken {
		return 0, errBroken
	}
	return m.reading, nil
}

type station struct {
	main, aux *revocable.Provider[meter]
	dev       *device.Device
	res       *device.Devres[meter]
	last      int
}

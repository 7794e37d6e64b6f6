// Package revbound holds drivers that keep or forge the token that proves
// their device bound, and drivers that use it where it is valid.
package revbound

import (
	"errors"
	"sync"

	"github.com/revlint/revlint/revocable/device"
)

var errDim = errors.New("lamp is too dim")

type lamp struct {
	level  int
	colour [3]byte
	frames []byte
	state  state
}

type state struct{ on, broken bool }

func (l *lamp) set(level int) { l.level = level }

type driver struct {
	dev    *device.Device
	lamp   *device.Devres[lamp]
	spare  *device.Devres[lamp]
	bound  *device.Bound
	core   *device.Core
	raw    *lamp
	frames []byte
	level  int
	timer  *device.Timer
	notify func()

	setLevel func(int)
	mu       sync.Mutex
}

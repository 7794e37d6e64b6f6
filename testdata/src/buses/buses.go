// Package buses holds drivers of devices with children, work items, timers that tick, and data of their own, which keep
// what they were given, and drivers that do not.
package buses

import "github.com/revlint/revlint/revocable/device"

type registers struct {
	control int
	mask    int
}

func (r *registers) stop() { r.control = 0 }

type driver struct {
	dev    *device.Device
	regs   *device.Devres[registers]
	work   *device.Work
	timer  *device.Timer
	ports  []*device.Device
	bound  *device.Bound
	parent *device.Bound
	raw    *registers
	own    *settings
}

type settings struct{ rate int }

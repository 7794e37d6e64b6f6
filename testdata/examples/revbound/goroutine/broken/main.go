// A token in a goroutine
//
// The token is good until WithBound returns. The goroutine may run longer.
package play

import "github.com/revlint/revlint/revocable/device"

type Registers struct{ status uint32 }

func watch(dev *device.Device, regs *device.Devres[Registers], broken func()) error {
	return dev.WithBound(func(b *device.Bound) error {
		go poll(b, regs, broken) // want revbound
		return nil
	})
}

func poll(b *device.Bound, regs *device.Devres[Registers], broken func()) {
	r, err := regs.Access(b)
	if err == nil && r.status != 0 {
		broken()
	}
}

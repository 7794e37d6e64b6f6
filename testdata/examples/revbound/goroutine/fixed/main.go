// A token in a goroutine
//
// The token starts it: Go gives it a token of its own, and unbinding waits for it.
package play

import (
	"context"

	"github.com/revlint/revlint/revocable/device"
)

type Registers struct{ status uint32 }

func watch(dev *device.Device, regs *device.Devres[Registers], broken func()) error {
	return dev.WithBound(func(b *device.Bound) error {
		b.Go(func(_ context.Context, b *device.Bound) { poll(b, regs, broken) })
		return nil
	})
}

func poll(b *device.Bound, regs *device.Devres[Registers], broken func()) {
	r, err := regs.Access(b)
	if err == nil && r.status != 0 {
		broken()
	}
}

// Package mistake is a network driver that keeps what belongs to its callbacks.
package mistake

import (
	"context"

	"github.com/revlint/revlint/revocable/device"
)

type registers struct{ cause, rxTail uint32 }

type nic struct {
	regs *device.Devres[registers]
	rx   *registers
	core *device.Core
}

// probe keeps its token, and the address of the registers, which are unmapped when the card is pulled.
func (n *nic) probe(c *device.Core, regs *registers, unmap func(*registers)) error {
	b := c.Bound()
	n.core = c // want revbound
	n.regs = device.Manage(b, regs, unmap)
	mapped, err := n.regs.Access(b)
	if err != nil {
		return err
	}
	n.rx = mapped // want revbound
	return nil
}

// interrupt lends its token to a goroutine that nobody joins: it may run after the unbind.
func (n *nic) interrupt(ctx context.Context, b *device.Bound) {
	regs, err := n.regs.Access(b)
	if err != nil {
		return
	}
	go func() { regs.cause = 0 }() // want revbound
}

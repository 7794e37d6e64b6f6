// Package mistake is a hub whose driver unplugs what it is a part of, and a function that keeps its parent's token.
package mistake

import (
	"context"

	"github.com/revlint/revlint/revocable/device"
)

type hub struct {
	change *device.Work
	parent *device.Bound
}

// probe takes the whole hub away when a port has failed. The unbind waits for its work, and the work for the unbind.
func probe(d *device.Device) (*hub, error) {
	own := new(hub)
	err := d.Bind(func(c *device.Core) error {
		own.change = c.Bound().NewWork(func(ctx context.Context, b *device.Bound) {
			_ = d.Unbind(ctx) // want revwait
		})
		return nil
	})
	return own, err
}

// probeFunction keeps the token of the hub, for later: by then it is retired.
func (h *hub) probeFunction(c *device.Core) error {
	h.parent = c.Bound().Parent() // want revbound
	return nil
}

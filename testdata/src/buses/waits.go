package buses

import (
	"context"
	"time"

	"github.com/revlint/revlint/revocable/device"
)

func (d *driver) unbindsInQuiesce(b *device.Bound) {
	b.OnQuiesce(func(b *device.Bound) {
		_ = b.Device().Unbind(context.Background()) // want revwait
	})
}

func (d *driver) unbindsInWork(b *device.Bound) {
	d.work = b.NewWork(func(ctx context.Context, b *device.Bound) {
		_ = b.Device().Unbind(context.Background()) // want revwait
	})
}

func (d *driver) unbindsInATick(b *device.Bound) {
	b.Every(time.Second, func(b *device.Bound) {
		_ = b.Device().Unbind(context.Background()) // want revwait
	})
}

func (d *driver) unbindsInProbe() error {
	return device.Bind(d.dev, func(c *device.Core) (*settings, error) {
		return new(settings), d.dev.Unbind(context.Background()) // want revwait
	})
}

// An unbind of the parent waits for the callbacks of its children. What the parent's token speaks of is not known to
// be waiting for b, which the contract of Parent names as its owner.
func unbindsTheParent(port *device.Device) error {
	return port.WithBound(func(b *device.Bound) error {
		return b.Parent().Device().Unbind(context.Background()) // missed: revwait
	})
}

// Release waits for accesses that ask.
func (d *driver) releasesInItsAccess(b *device.Bound) error {
	regs, g := d.regs.TryAccess()
	if regs == nil {
		return nil
	}
	defer g.Release()
	return d.regs.Release(b) // want revwait
}

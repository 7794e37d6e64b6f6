// Package copied copies what must not be copied, for go vet to say so.
package copied

import "github.com/revlint/revlint/revocable/device"

func copies(b *device.Bound, c *device.Core, d *device.Device, r *device.Devres[int], t *device.Timer, w *device.Work) {
	_ = func(device.Bound) {}
	b2, c2, d2, r2, t2, w2 := *b, *c, *d, *r, *t, *w
	_, _, _, _, _, _ = &b2, &c2, &d2, &r2, &t2, &w2
}

var _ = copies

package device

import (
	"fmt"
	"log/slog"

	"github.com/revlint/revlint/revocable"
)

// String returns the device's name.
func (d *Device) String() string {
	if d == nil {
		return "<nil>"
	}
	return d.name
}

// GoString returns the device's name and state. Printed by its fields, as any struct is
// otherwise, a device would be a data race; so would a Devres.
func (d *Device) GoString() string {
	state, running := d.state()
	return fmt.Sprintf("device.Device(%q, %s, %d running)", d.String(), state, running)
}

// LogValue is a group of the device's name, its state (unbound, probing, bound or unbinding), and the
// number of callbacks and scopes that run.
func (d *Device) LogValue() slog.Value {
	state, running := d.state()
	return slog.GroupValue(
		slog.String("name", d.String()),
		slog.String("state", state),
		slog.Int64("running", running),
	)
}

func (d *Device) state() (state string, running int64) {
	if d == nil {
		return "unbound", 0
	}
	b := d.binding.Load()
	if b == nil {
		return "unbound", 0
	}
	scopes := b.scopes.Stats()
	running = scopes.Running + b.running.Load()
	switch {
	case scopes.State != revocable.Live:
		state = "unbinding"
	case d.bound.Load() == nil:
		state = "probing"
	default:
		state = "bound"
	}
	return state, running
}

// String says whether the resource is there, as the String of [revocable.Handle] does.
func (r *Devres[T]) String() string { return r.Handle().String() }

// GoString is String.
func (r *Devres[T]) GoString() string { return r.String() }

// LogValue is that of the resource's handle.
func (r *Devres[T]) LogValue() slog.Value { return r.Handle().LogValue() }

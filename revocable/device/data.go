package device

import "sync/atomic"

// driverData is what the probe of Bind returned.
type driverData struct {
	expected bool // the device was bound by Bind, not by Device.Bind
	set      atomic.Bool
	value    any // a *D, written before set
}

func (d *driverData) clear() {
	d.set.Store(false)
	d.value = nil
}

// Bind is [Device.Bind] for a driver that has data of its own for each binding: what
// probe returns is handed by [Data] to all who have a token, until the unbind. So a driver's
// callbacks find its data where they find proof that the device is bound, and nowhere
// else. (Rust's drivers have it so since their data is bound to the binding.)
//
// Bind does not return the data, because nobody should keep it for longer: code that may run after
// the unbind keeps handles to the resources in it. If probe returns nil and no
// error, Bind panics.
//
//revlint:scoped probe, probe(c) from d
func Bind[D any](d *Device, probe func(c *Core) (*D, error)) error {
	mustHave(probe != nil, "Bind")
	return d.bind(true, func(c *Core) error {
		data, err := probe(c)
		if err != nil {
			return err
		}
		if data == nil {
			panic("device: probe of Bind returned neither data nor an error")
		}
		own := &c.bound.binding.data
		own.value = data
		own.set.Store(true)
		return nil
	})
}

// Data returns the data of the driver that b's device is bound to: what the probe of [Bind]
// returned. A callback that probe has started, and that is faster than probe, waits for
// it here.
//
// It returns ErrWrongDevice, and nil, if the data is of another type, if there is none
// because the device was bound by [Device.Bind], and if b is not valid. It returns ErrUnbound
// while probe itself has not returned, to probe and to whatever it lent its token, and to
// callbacks if probe fails.
//
//revlint:borrow data from b if err == nil
func Data[D any](b *Bound) (data *D, err error) {
	if b == nil || b.self != b || b.binding == nil {
		return nil, b.refused("Data")
	}
	own := &b.binding.data
	if !own.set.Load() {
		if !own.expected {
			return nil, ErrWrongDevice
		}
		if b.rest().probing {
			return nil, ErrUnbound
		}
		<-b.binding.probed
		if !own.set.Load() {
			return nil, ErrUnbound
		}
	}
	data, ok := own.value.(*D)
	if !ok {
		return nil, ErrWrongDevice
	}
	return data, nil
}

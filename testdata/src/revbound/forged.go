package revbound

import "github.com/revlint/revlint/revocable/device"

func (d *driver) forged() error {
	_, err := d.lamp.Access(&device.Bound{}) // want revbound
	return err
}

func (d *driver) forgedByNew() error {
	b := new(device.Bound) // want revbound
	_, err := d.lamp.Access(b)
	return err
}

func (d *driver) forgedByVar() error {
	var b device.Bound // want revbound
	_, err := d.lamp.Access(&b)
	return err
}

func forgedCore(probe func(*device.Core) error) error {
	return probe(&device.Core{}) // want revbound
}

// The token of one device says nothing of the resources of another.
func wrongDevice() error {
	left, right := device.New("left"), device.New("right")
	var mine *device.Devres[lamp]
	err := left.Bind(func(c *device.Core) error {
		mine = device.Manage(c.Bound(), new(lamp), nil)
		return nil
	})
	if err != nil {
		return err
	}
	return right.WithBound(func(token *device.Bound) error {
		l, err := mine.Access(token) // want revbound
		if err != nil {
			return err
		}
		l.set(2)
		return nil
	})
}

// Two devices that are not known may be one.
func maybeTheSame(a, b *device.Device) error {
	var mine *device.Devres[lamp]
	err := a.Bind(func(c *device.Core) error {
		mine = device.Manage(c.Bound(), new(lamp), nil)
		return nil
	})
	if err != nil {
		return err
	}
	return b.WithBound(func(token *device.Bound) error {
		l, err := mine.Access(token)
		if err != nil {
			return err
		}
		l.set(2)
		return nil
	})
}

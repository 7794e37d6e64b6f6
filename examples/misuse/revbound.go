package misuse

import "github.com/revlint/revlint/revocable/device"

// Watch starts its goroutine as one does in Go. The token it passes is good only until
// WithBound returns, at once, and the device may be unbound while the goroutine still runs.
// The token's own Go starts one that is given a token, and that Unbind waits for.
func (d *Driver) Watch(lines *device.Devres[Line]) error {
	return d.device.WithBound(func(b *device.Bound) error {
		go watch(b, lines) // want revbound
		return nil
	})
}

// watch sends to the line until the device has gone, or so it was thought.
func watch(b *device.Bound, lines *device.Devres[Line]) {
	for {
		l, err := lines.Access(b)
		if err != nil {
			return
		}
		if err := l.Send([]byte("are you there?")); err != nil {
			return
		}
	}
}

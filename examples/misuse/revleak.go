package misuse

import "github.com/revlint/revlint/revocable"

// Poll leaves early when the line is quiet, and forgets its access. Nothing comes of it
// until the port is unplugged: then whoever takes it away waits for ever.
func (l *Line) Poll() (errors int, err error) {
	p, access := l.port.TryAccess() // want revleak
	if p == nil {
		return 0, revocable.ErrRevoked
	}
	n, err := p.tty.Read(p.buffer[:])
	if n == 0 {
		return 0, err
	}
	errors = p.errors
	access.Release()
	return errors, err
}

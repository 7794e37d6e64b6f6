package misuse

import "github.com/revlint/revlint/revocable"

// Receive is not to hold the port any longer than it must, so it releases it as soon as
// the bytes have come. But they have come to the port's own buffer: when they are copied
// the port may be gone, and its clean-up be at work.
func (l *Line) Receive() (string, error) {
	p, access := l.port.TryAccess()
	if p == nil {
		return "", revocable.ErrRevoked
	}
	n, err := p.tty.Read(p.buffer[:])
	access.Release()
	if err != nil {
		return "", err
	}
	return string(p.buffer[:n]), nil // want revuse
}

package misuse

import "github.com/revlint/revlint/revocable"

// Peek saves a copy: it returns the bytes where they lie. They lie in the port, and the
// access to that ends with this function.
func (l *Line) Peek() ([]byte, error) {
	p, access := l.port.TryAccess()
	if p == nil {
		return nil, revocable.ErrRevoked
	}
	defer access.Release()
	n, err := p.tty.Read(p.buffer[:])
	if err != nil {
		return nil, err
	}
	return p.buffer[:n], nil // want revescape
}

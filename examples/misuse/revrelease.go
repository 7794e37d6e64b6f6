package misuse

import "github.com/revlint/revlint/revocable"

// Flush once released its access by hand, at each return. Then somebody put in the defer,
// and overlooked one of the calls that it was to replace: after an error the access is
// released twice.
func (l *Line) Flush() error {
	p, access := l.port.TryAccess()
	if p == nil {
		return revocable.ErrRevoked
	}
	defer access.Release() // want revrelease
	if err := p.tty.Sync(); err != nil {
		access.Release()
		return err
	}
	p.errors = 0
	return nil
}

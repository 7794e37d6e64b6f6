package misuse

import "github.com/revlint/revlint/revocable"

// Probe takes a port away that does not answer, on the spot. But Revoke waits until the
// last access has ended, and one of these is the caller's own.
func (d *Driver) Probe() error {
	p, access := d.provider.Handle().TryAccess()
	if p == nil {
		return revocable.ErrRevoked
	}
	defer access.Release()
	_, err := p.tty.Write([]byte("are you there?"))
	if err != nil {
		d.provider.Revoke() // want revwait
	}
	return err
}

// Package mistake is a line discipline that handles a serial port as if it could not be unplugged.
package mistake

import (
	"os"

	"github.com/revlint/revlint/revocable"
)

type port struct{ tty *os.File }

// A line opens the port once and keeps it: after the unplug it writes to a file that is closed, or, worse, to
// what has the same number then.
type line struct {
	port *port
}

func (l *line) open(h revocable.Handle[port]) bool {
	p, access := h.TryAccess()
	if p == nil {
		return false
	}
	defer access.Release()
	l.port = p // want revescape
	return true
}

// receive leaves the port when it has failed, and not when all was well: the unplug waits for ever.
func receive(h revocable.Handle[port], buffer []byte) (int, error) {
	p, access := h.TryAccess() // want revleak
	if p == nil {
		return 0, revocable.ErrRevoked
	}
	n, err := p.tty.Read(buffer)
	if err != nil {
		access.Release()
		return 0, err
	}
	return n, nil
}

// send does not ask whether the port is there.
func send(h revocable.Handle[port], frame []byte) error {
	p, access := h.TryAccess()
	defer access.Release()
	_, err := p.tty.Write(frame) // want revnil
	return err
}

// A contract of your own
//
// Read what is needed, and give the rest back.
package play

type Arena struct{ free []byte }

// Bytes gives n bytes, until Reset.
//
//revlint:borrow b from a until Reset
func (a *Arena) Bytes(n int) (b []byte) {
	if n > len(a.free) {
		a.free = make([]byte, n+4096)
	}
	b, a.free = a.free[:n:n], a.free[n:]
	return b
}

// Reset takes back all that was given.
func (a *Arena) Reset() { a.free = a.free[:0] }

func join(a *Arena, x, y string) byte {
	b := append(a.Bytes(len(x) + len(y))[:0], x...)
	b = append(b, y...)
	first := b[0]
	a.Reset()
	return first
}

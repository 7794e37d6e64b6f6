// Package keeper is what another package can do to a token.
package keeper

var kept any

// Keep does.
func Keep(v any) { kept = v }

// Lend hands v to f, and keeps nothing.
func Lend[T any](v T, f func(T) error) error { return f(v) }

// Later runs f when nobody waits for it.
func Later(f func()) { go f() }

// Now runs f.
func Now(f func()) { f() }

// A Box holds one thing.
type Box[T any] struct{ V T }

// Put stores v.
func (b *Box[T]) Put(v T) { b.V = v }

// Take empties the box.
func (b *Box[T]) Take() (v T) {
	v, b.V = b.V, v
	return v
}

// Package cgo has the examples for the standard library's runtime/cgo.
package cgo

import "runtime/cgo"

// S7: the handle is never deleted.
func leaked(v any, call func(uintptr)) {
	h := cgo.NewHandle(v) // want revleak
	call(uintptr(h.Value().(uintptr)))
}

// S7: Value of a deleted handle panics.
func deleted(v any) any {
	h := cgo.NewHandle(v)
	h.Delete()
	return h.Value() // want revuse
}

// S7: Delete of a deleted handle panics.
func deletedTwice(v any, early bool) {
	h := cgo.NewHandle(v)
	defer h.Delete() // want revrelease
	if early {
		h.Delete()
	}
}

// S7: deleted once, at the end.
func during(v any) any {
	h := cgo.NewHandle(v)
	defer h.Delete()
	return h.Value()
}

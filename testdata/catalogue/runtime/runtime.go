// Package runtime has the examples for the standard library's runtime.
package runtime

import "runtime"

// S25: never unpinned.
func pinned(p *int, call func(*int)) {
	var pin runtime.Pinner
	pin.Pin(p) // missed: revleak
	call(p)
}

// S25: one Unpin for all.
func pinnedBoth(a, b *int, call func(a, b *int)) {
	var pin runtime.Pinner
	defer pin.Unpin()
	pin.Pin(a)
	pin.Pin(b)
	call(a, b)
}

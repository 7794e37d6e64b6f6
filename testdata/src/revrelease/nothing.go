package revrelease

import "github.com/revlint/revlint/revocable"

func whereItIsNil(h handle) int {
	p, g := h.TryAccess()
	if p == nil {
		g.Release() // want revrelease
		return 0
	}
	defer g.Release()
	return p.rate
}

func theOtherGuard(a, b handle) int {
	x, gx := a.TryAccess()
	if x == nil {
		return 0
	}
	defer gx.Release()
	y, gy := b.TryAccess()
	if y == nil {
		gy.Release() // want revrelease
		return x.rate
	}
	defer gy.Release()
	return x.rate + y.rate
}

// What was deferred before the check runs with an empty guard on one path
// only, which is what empty guards are for.
func beforeTheCheck(h handle) int {
	p, g := h.TryAccess()
	defer g.Release()
	if p == nil {
		return 0
	}
	return p.rate
}

func whetherOrNot(h handle) (ok bool) {
	p, g := h.TryAccess()
	if p != nil {
		ok = p.open
	}
	g.Release()
	return ok
}

func maybeHeld(h handle, wanted bool) {
	var g revocable.Guard
	if wanted {
		var p *port
		if p, g = h.TryAccess(); p != nil {
			p.rate++
		}
	}
	g.Release()
}

func failedOpen(h handle) error {
	p, g := h.TryAccess()
	held := p != nil
	if !held {
		g.Release() // want revrelease
		return errGone
	}
	p.open = true
	g.Release()
	return nil
}

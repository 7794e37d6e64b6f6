package revuse

import (
	"fmt"
	"strings"
)

func deferred(h handle) int {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	defer g.Release()
	return f.seq + f.size() + sum(f.payload())
}

func deferredInRightOrder(h handle) {
	f, g := h.TryAccess()
	if f == nil {
		return
	}
	defer g.Release()
	defer func() { f.seq = 0 }()
	f.seq++
}

func releasedOnEachPath(h handle, short bool) (n int) {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	if short {
		n = f.seq
		g.Release()
	} else {
		n = f.size()
		g.Release()
	}
	return n
}

func releasedWhereItReturns(h handle, short bool) int {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	if short {
		g.Release()
		return 0
	}
	n := f.size()
	g.Release()
	return n
}

func sameConditionTwice(h handle, early bool) int {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	n := f.seq
	if early {
		g.Release()
	}
	n++
	if !early {
		n += f.size()
		g.Release()
	}
	return n
}

func pointerComparedAfterwards(h handle) bool {
	f, g := h.TryAccess()
	if f == nil {
		return false
	}
	g.Release()
	return f != nil
}

func takenAnew(h handle) int {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	n := f.seq
	g.Release()
	f, g = h.TryAccess()
	if f == nil {
		return n
	}
	defer g.Release()
	return n + f.seq
}

func overwrittenByOwn(h handle) int {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	data := f.data
	n := sum(data)
	data = []byte("own")
	g.Release()
	return n + sum(data)
}

func lengthFirst(h handle) int {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	n := len(f.data)
	g.Release()
	return n
}

func messageFirst(h handle) error {
	f, g := h.TryAccess()
	if f == nil {
		return errGone
	}
	err := fmt.Errorf("frame %d of %s is broken", f.seq, f.name)
	g.Release()
	return err
}

func substring(h handle) string {
	f, g := h.TryAccess()
	if f == nil {
		return ""
	}
	before, _, _ := strings.Cut(f.name, ".")
	g.Release()
	return strings.ToUpper(before)
}

func twoAccesses(a, b handle) int {
	x, gx := a.TryAccess()
	if x == nil {
		return 0
	}
	y, gy := b.TryAccess()
	if y == nil {
		gx.Release()
		return 0
	}
	n := x.seq
	gx.Release()
	n += y.seq
	gy.Release()
	return n
}

func wrongOneOfTwo(a, b handle) int {
	x, gx := a.TryAccess()
	if x == nil {
		return 0
	}
	y, gy := b.TryAccess()
	if y == nil {
		gx.Release()
		return 0
	}
	gy.Release()
	n := x.seq + y.seq // want revuse
	gx.Release()
	return n
}

func nestedAccess(h handle) int {
	outer, g := h.TryAccess()
	if outer == nil {
		return 0
	}
	defer g.Release()
	if inner, g := h.TryAccess(); inner != nil {
		inner.seq++
		g.Release()
	}
	return outer.seq
}

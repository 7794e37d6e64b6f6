package revleak

import (
	"fmt"
	"os"
	"testing"

	"github.com/revlint/revlint/revocable"
)

func deferred(h handle) int {
	l, g := h.TryAccess()
	if l == nil {
		return 0
	}
	defer g.Release()
	return l.speed
}

func deferredClosure(h handle) (err error) {
	l, g := h.TryAccess()
	if l == nil {
		return errGone
	}
	defer func() {
		g.Release()
		if err != nil {
			err = fmt.Errorf("link: %w", err)
		}
	}()
	_, err = l.negotiate()
	return err
}

func onEveryPath(h handle, p packet) error {
	l, g := h.TryAccess()
	if l == nil {
		return errGone
	}
	if !l.up {
		g.Release()
		return nil
	}
	err := l.send(p)
	g.Release()
	return err
}

func onlyIfHeld(h handle) (n int) {
	l, g := h.TryAccess()
	if l != nil {
		n = l.speed
	}
	n++
	if l != nil {
		g.Release()
	}
	return n
}

func eachOnItsOwn(a, b handle) int {
	x, gx := a.TryAccess()
	defer gx.Release()
	y, gy := b.TryAccess()
	defer gy.Release()
	if x == nil || y == nil {
		return 0
	}
	return x.speed + y.speed
}

func acquiredIf(h handle, wanted bool) (n int) {
	var l *link
	var g revocable.Guard
	if wanted {
		l, g = h.TryAccess()
	}
	n++
	if l != nil {
		n += l.speed
		g.Release()
	}
	return n
}

func sameCondition(h handle, wanted bool) (n int) {
	var g revocable.Guard
	if wanted {
		var l *link
		l, g = h.TryAccess()
		if l == nil {
			return 0
		}
		n = l.speed
	}
	n++
	if wanted {
		g.Release()
	}
	return n
}

func exits(h handle) {
	l, g := h.TryAccess()
	if l == nil {
		return
	}
	if !l.up {
		fmt.Fprintln(os.Stderr, "link is down")
		os.Exit(1)
	}
	g.Release()
}

func panics(h handle) int {
	l, g := h.TryAccess()
	if l == nil {
		return 0
	}
	if l.speed < 0 {
		panic("negative speed")
	}
	n := l.speed
	g.Release()
	return n
}

func cleanedUp(t *testing.T, h handle) *link {
	l, g := h.TryAccess()
	if l == nil {
		t.Fatal(errGone)
	}
	t.Cleanup(g.Release)
	return l
}

func inScope(h handle) (n int) {
	for l := range h.Live() {
		n = l.speed
	}
	return n
}

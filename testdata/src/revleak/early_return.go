package revleak

import "fmt"

func forgotten(h handle) int {
	l, g := h.TryAccess() // want revleak
	if l == nil {
		return 0
	}
	_ = g
	return l.speed
}

func guardDiscarded(h handle) int {
	l, _ := h.TryAccess() // want revleak
	if l == nil {
		return 0
	}
	return l.speed
}

func onlyAsked(h handle) bool {
	l, _ := h.TryAccess() // want revleak
	return l != nil
}

func bothDiscarded(h handle) {
	h.TryAccess() // want revleak
}

func errorPath(h handle, p packet) error {
	l, g := h.TryAccess() // want revleak
	if l == nil {
		return errGone
	}
	if err := l.send(p); err != nil {
		return fmt.Errorf("send: %w", err)
	}
	g.Release()
	return nil
}

func secondErrorPath(h handle, p packet) (int, error) {
	l, g := h.TryAccess() // want revleak
	if l == nil {
		return 0, errGone
	}
	speed, err := l.negotiate()
	if err != nil {
		g.Release()
		return 0, err
	}
	if err := l.send(p); err != nil {
		return 0, err
	}
	g.Release()
	return speed, nil
}

func beforeTheDefer(h handle, p packet) error {
	l, g := h.TryAccess() // want revleak
	if l == nil {
		return errGone
	}
	if !l.up {
		return broken("down")
	}
	defer g.Release()
	return l.send(p)
}

func broken(s string) error { return fmt.Errorf("link is %s", s) }

func firstOfTwo(a, b handle) int {
	x, gx := a.TryAccess() // want revleak
	if x == nil {
		return 0
	}
	y, gy := b.TryAccess()
	if y == nil {
		return 0
	}
	defer gx.Release()
	defer gy.Release()
	return x.speed + y.speed
}

// Either of them may have been granted when the other was not.
func eitherOfTwo(a, b handle) int {
	x, gx := a.TryAccess() // want revleak
	y, gy := b.TryAccess() // want revleak
	if x == nil || y == nil {
		return 0
	}
	defer gx.Release()
	defer gy.Release()
	return x.speed + y.speed
}

func afterJoin(h handle, verbose bool) int {
	l, g := h.TryAccess() // want revleak
	if l == nil {
		return 0
	}
	speed := l.speed
	if verbose {
		fmt.Println(speed)
		g.Release()
	}
	return speed
}

func oneCaseOfSwitch(h handle, mode string) int {
	l, g := h.TryAccess() // want revleak
	if l == nil {
		return 0
	}
	switch mode {
	case "fast":
		g.Release()
		return 1000
	case "slow":
		return 10
	default:
		n := l.speed
		g.Release()
		return n
	}
}

func wrongGuard(a, b handle) int {
	x, gx := a.TryAccess() // want revleak
	if x == nil {
		return 0
	}
	y, gy := b.TryAccess()
	if y == nil {
		gx.Release()
		return 0
	}
	n := x.speed + y.speed
	gy.Release()
	return n
}

func namedResult(h handle) (n int, err error) {
	l, g := h.TryAccess() // want revleak
	if l == nil {
		err = errGone
		return
	}
	if n, err = l.negotiate(); err != nil {
		return
	}
	g.Release()
	return
}

func onlyOneOfTwoBranches(h handle, keep bool) {
	l, g := h.TryAccess() // want revleak
	if l == nil {
		return
	}
	if !keep {
		defer g.Release()
	}
	l.up = false
}

package revleak

func byContinue(hs []handle, p packet) (sent int) {
	for _, h := range hs {
		l, g := h.TryAccess() // want revleak
		if l == nil {
			continue
		}
		if !l.up {
			continue
		}
		if l.send(p) == nil {
			sent++
		}
		g.Release()
	}
	return sent
}

func byBreak(hs []handle) (n int) {
	for _, h := range hs {
		l, g := h.TryAccess() // want revleak
		if l == nil {
			continue
		}
		n += l.speed
		if n > 100 {
			break
		}
		g.Release()
	}
	return n
}

func byReturn(hs []handle, want int) bool {
	for _, h := range hs {
		l, g := h.TryAccess() // want revleak
		if l == nil {
			continue
		}
		if l.speed == want {
			return true
		}
		g.Release()
	}
	return false
}

func byLabel(groups [][]handle) (n int) {
outer:
	for _, hs := range groups {
		for _, h := range hs {
			l, g := h.TryAccess() // want revleak
			if l == nil {
				break
			}
			if l.speed == 0 {
				continue outer
			}
			n += l.speed
			g.Release()
		}
	}
	return n
}

func overwritten(h handle) int {
	l, g := h.TryAccess() // want revleak
	if l == nil {
		return 0
	}
	n := l.speed
	l, g = h.TryAccess()
	if l == nil {
		return n
	}
	defer g.Release()
	return n + l.speed
}

func keptOnlyTheLast(hs []handle) int {
	n := 0
	var release func()
	for _, h := range hs {
		l, g := h.TryAccess() // want revleak
		if l == nil {
			continue
		}
		n += l.speed
		release = func() { g.Release() }
	}
	if release != nil {
		release()
	}
	return n
}

func retried(h handle, renew func() handle) int {
	for range 3 {
		l, g := h.TryAccess()
		if l == nil {
			h = renew()
			continue
		}
		n := l.speed
		g.Release()
		return n
	}
	return 0
}

func retriedUntilThere(h handle) int {
	l, g := h.TryAccess()
	for l == nil {
		l, g = h.TryAccess()
	}
	defer g.Release()
	return l.speed
}

func labelled(groups [][]handle) (n int) {
outer:
	for _, hs := range groups {
		for _, h := range hs {
			l, g := h.TryAccess()
			if l == nil {
				continue outer
			}
			n += l.speed
			stop := n > 100
			g.Release()
			if stop {
				break outer
			}
		}
	}
	return n
}

func gotoExit(h handle, p packet) (err error) {
	l, g := h.TryAccess()
	if l == nil {
		return errGone
	}
	if err = l.send(p); err != nil {
		goto exit
	}
	_, err = l.negotiate()
exit:
	g.Release()
	return err
}

func gotoPastTheRelease(h handle, p packet) (err error) {
	l, g := h.TryAccess() // want revleak
	if l == nil {
		return errGone
	}
	if err = l.send(p); err != nil {
		goto exit
	}
	_, err = l.negotiate()
	g.Release()
exit:
	return err
}

// Every deferred release runs, only late.
func deferredInLoop(hs []handle) (n int) {
	for _, h := range hs {
		l, g := h.TryAccess()
		if l == nil {
			continue
		}
		defer g.Release()
		n += l.speed
	}
	return n
}

func bodyAsClosure(hs []handle) (n int) {
	for _, h := range hs {
		func() {
			l, g := h.TryAccess()
			if l == nil {
				return
			}
			defer g.Release()
			n += l.speed
		}()
	}
	return n
}

func serve(hs <-chan handle, quit <-chan struct{}) (n int) {
	for {
		select {
		case h := <-hs:
			l, g := h.TryAccess()
			if l == nil {
				continue
			}
			n += l.speed
			g.Release()
		case <-quit:
			return n
		}
	}
}

func serveCarelessly(hs <-chan handle, quit <-chan struct{}) (n int) {
	for {
		select {
		case h := <-hs:
			l, g := h.TryAccess() // want revleak
			if l == nil {
				continue
			}
			select {
			case <-quit:
				return n
			default:
				n += l.speed
			}
			g.Release()
		case <-quit:
			return n
		}
	}
}

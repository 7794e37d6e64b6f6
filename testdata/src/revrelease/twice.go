package revrelease

import "github.com/revlint/revlint/revocable"

func inARow(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	p.rate++
	g.Release()
	g.Release() // want revrelease
}

func deferredAndDirect(h handle) int {
	p, g := h.TryAccess()
	if p == nil {
		return 0
	}
	defer g.Release() // want revrelease
	n := p.rate
	g.Release()
	return n
}

func deferredAndOnError(h handle) error {
	p, g := h.TryAccess()
	if p == nil {
		return errGone
	}
	defer g.Release() // want revrelease
	if err := p.reset(); err != nil {
		g.Release()
		return err
	}
	return nil
}

func deferredTwice(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	defer g.Release() // want revrelease
	defer g.Release()
	p.rate++
}

func onOneBranch(h handle, early bool) int {
	p, g := h.TryAccess()
	if p == nil {
		return 0
	}
	n := p.rate
	if early {
		g.Release()
	}
	n++
	g.Release() // want revrelease
	return n
}

func copyAsWell(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	p.rate++
	other := g
	g.Release()
	other.Release() // want revrelease
}

func copyDeferred(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	other := g
	defer other.Release() // want revrelease
	p.rate++
	g.Release()
}

func inLoop(h handle, rates []int) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	n := p.rate
	for i := 0; ; i++ {
		g.Release() // want revrelease
		if i >= len(rates) || rates[i] > n {
			return
		}
	}
}

func helperAndDirect(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	p.rate++
	end(&g)
	g.Release() // want revrelease
}

func helperDeferred(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	defer end(&g) // want revrelease
	p.rate++
	g.Release()
}

func closureAndDirect(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	done := func() {
		g.Release() // want revrelease
	}
	p.rate++
	g.Release()
	done()
}

func ofParameter(g *revocable.Guard, twice bool) {
	g.Release()
	if twice {
		g.Release() // want revrelease
	}
}

type holder struct {
	port  *port
	guard revocable.Guard
}

func fieldAndVariable(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	k := holder{p, g}
	k.port.rate++
	k.guard.Release()
	g.Release() // want revrelease
}

func inSwitch(h handle, mode int) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	switch mode {
	case 0:
		p.rate = 0
		g.Release()
	case 1:
		p.rate = 1
		g.Release()
		fallthrough
	default:
		g.Release() // want revrelease
	}
}

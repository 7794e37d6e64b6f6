package revrelease

import (
	"sync"

	"github.com/revlint/revlint/revocable"
)

func direct(h handle) int {
	p, g := h.TryAccess()
	if p == nil {
		return 0
	}
	n := p.rate
	g.Release()
	return n
}

func onEachBranch(h handle, early bool) (n int) {
	p, g := h.TryAccess()
	if p == nil {
		return 0
	}
	if early {
		g.Release()
		return 0
	}
	n = p.rate
	g.Release()
	return n
}

func rememberedInFlag(h handle, early bool) (n int) {
	p, g := h.TryAccess()
	if p == nil {
		return 0
	}
	released := false
	if early {
		g.Release()
		released = true
	}
	n++
	if !released {
		n += p.rate
		g.Release()
	}
	return n
}

func deferredUnlessReleased(h handle, early bool) (n int) {
	p, g := h.TryAccess()
	if p == nil {
		return 0
	}
	released := false
	defer func() {
		if !released {
			g.Release()
		}
	}()
	n = p.rate
	if early {
		g.Release()
		released = true
	}
	return n
}

func takenAnew(h handle, rounds int) (n int) {
	for range rounds {
		p, g := h.TryAccess()
		if p == nil {
			break
		}
		n += p.rate
		g.Release()
	}
	return n
}

func sameVariableTwice(a, b handle) (n int) {
	p, g := a.TryAccess()
	if p != nil {
		n = p.rate
		g.Release()
	}
	p, g = b.TryAccess()
	if p != nil {
		n += p.rate
		g.Release()
	}
	return n
}

func twoGuards(a, b handle) int {
	x, gx := a.TryAccess()
	if x == nil {
		return 0
	}
	defer gx.Release()
	y, gy := b.TryAccess()
	if y == nil {
		return x.rate
	}
	defer gy.Release()
	return x.rate + y.rate
}

// Emptied once released, so that the deferred release finds an empty guard.
func emptied(h handle, early bool) int {
	p, g := h.TryAccess()
	if p == nil {
		return 0
	}
	defer func() { g.Release() }()
	n := p.rate
	if early {
		g.Release()
		g = revocable.Guard{}
	}
	return n
}

func swapped(a, b handle) {
	p, g := a.TryAccess()
	if p == nil {
		return
	}
	q, next := b.TryAccess()
	if q == nil {
		g.Release()
		return
	}
	p.rate = q.rate
	g.Release()
	g = next
	q.rate++
	g.Release()
}

func copyOnly(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	p.rate++
	mine := g
	mine.Release()
}

func onceByOnce(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	release := sync.OnceFunc(g.Release)
	defer release()
	if p.rate == 0 {
		release()
	}
}

func loopThatReturns(h handle, rates []int) int {
	p, g := h.TryAccess()
	if p == nil {
		return 0
	}
	for _, r := range rates {
		if r == p.rate {
			g.Release()
			return r
		}
	}
	g.Release()
	return 0
}

func loopThatBreaks(h handle, rates []int) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	for _, r := range rates {
		if r > p.rate {
			break
		}
	}
	g.Release()
}

func (k *holder) end() {
	if k.port == nil {
		return
	}
	k.port = nil
	k.guard.Release()
}

func (k *holder) renew(h handle) bool {
	k.end()
	k.port, k.guard = h.TryAccess()
	return k.port != nil
}

// Each goroutine has a guard of its own.
func fanOut(hs []handle) {
	var wg sync.WaitGroup
	for _, h := range hs {
		wg.Go(func() {
			p, g := h.TryAccess()
			if p == nil {
				return
			}
			defer g.Release()
			p.rate++
		})
	}
	wg.Wait()
}

func allOf(hs []handle) (n int) {
	var guards []revocable.Guard
	for _, h := range hs {
		p, g := h.TryAccess()
		if p == nil {
			continue
		}
		n += p.rate
		guards = append(guards, g)
	}
	for i := range guards {
		guards[i].Release()
	}
	return n
}

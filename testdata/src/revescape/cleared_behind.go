package revescape

import (
	"slices"
	"sync"
)

// What a callback ends, the function around it may have put where it outlives that: when the callback is left, it may
// still be taken away from there.

func do(fn func()) { fn() }

func (c *cache) clearedBehindOnce(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	c.page = p
	var once sync.Once
	once.Do(func() { g.Release() })
	c.page = nil
}

func (c *cache) clearedBehindCallback(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	c.page = p
	do(func() { g.Release() })
	c.page = nil
}

func (c *cache) clearedBehindLoop(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	c.page = p
	for range slices.Values([]int{1}) {
		g.Release()
		break
	}
	c.page = nil
}

func (c *cache) leftBehindOnce(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	c.page = p // want revescape
	var once sync.Once
	once.Do(func() { g.Release() })
}

func (c *cache) leftBehindCallback(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	c.page = p // want revescape
	do(func() { g.Release() })
}

func (c *cache) leftInCallback(h handle) {
	do(func() {
		p, g := h.TryAccess()
		if p == nil {
			return
		}
		c.page = p // want revescape
		g.Release()
	})
}

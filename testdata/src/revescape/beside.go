package revescape

import "github.com/revlint/revlint/revocable"

// The guard stands beside the value, and is released before the function returns: what is left there has ended.

func (c *cache) besideReleased(h handle) {
	c.page, c.guard = h.TryAccess() // want revescape
	if c.page == nil {
		return
	}
	c.body = append(c.body[:0], c.page.body...)
	c.guard.Release()
}

func keepBoth(c *cache, p *page, g revocable.Guard) { c.page, c.guard = p, g }

func keptBoth(c *cache, h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	defer g.Release()
	keepBoth(c, p, g) // want revescape
}

func (c *cache) okBesideCleared(h handle) {
	c.page, c.guard = h.TryAccess()
	if c.page == nil {
		return
	}
	c.guard.Release()
	c.page = nil
}

// okBesideHeld leaves both to its caller.
func (c *cache) okBesideHeld(h handle) bool {
	c.page, c.guard = h.TryAccess()
	return c.page != nil
}

// okBesideFailed fails: nobody looks at what is left of it.
func (c *cache) okBesideFailed(h handle) error {
	c.page, c.guard = h.TryAccess()
	if c.page == nil {
		return errGone
	}
	if len(c.page.body) == 0 {
		c.guard.Release()
		return errGone
	}
	return nil
}

// A callee puts it into what a package variable points to.

var shared = &cache{}

func keepShared(p *page) { shared.page = p }

func clearShared() { shared.page = nil }

func keptInShared(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	defer g.Release()
	keepShared(p) // want revescape
}

func keptThrough(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	keepSharedToo(&p) // want revescape
	g.Release()
}

func keepSharedToo(p **page) {
	if len(index) > 0 {
		keepShared(*p)
	}
}

func okKeptForATime(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	keepShared(p)
	p.body = nil
	clearShared()
	g.Release()
}

// okKeptInPassing puts nothing there that stays.
func okKeptInPassing(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	defer g.Release()
	passShared(p)
}

func passShared(p *page) {
	was := shared.page
	shared.page = p
	shared.body = append(shared.body[:0], p.body...)
	shared.page = was
}

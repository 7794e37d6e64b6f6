package revescape

import (
	"sync"

	"github.com/revlint/revlint/revocable"
)

var latest *page

var index = map[int][]byte{}

var mu sync.Mutex

type cache struct {
	page  *page
	body  []byte
	all   [][]byte
	guard revocable.Guard
	h     handle
	read  func() []byte
}

func storedInGlobal(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	defer g.Release()
	latest = p // want revescape
}

func storedInMap(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	defer g.Release()
	mu.Lock()
	defer mu.Unlock()
	index[p.id] = p.body // want revescape
}

func (c *cache) storedInReceiver() {
	p, g := c.h.TryAccess()
	if p == nil {
		return
	}
	defer g.Release()
	c.page = p // want revescape
}

func (c *cache) storedSlice(h handle) error {
	p, g := h.TryAccess()
	if p == nil {
		return errGone
	}
	defer g.Release()
	c.body = p.body[1:] // want revescape
	return nil
}

func (c *cache) appended(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	defer g.Release()
	c.all = append(c.all, p.body) // want revescape
}

func (c *cache) storedClosure(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	defer g.Release()
	c.read = func() []byte { return p.body } // want revescape
}

func throughPointer(h handle, dst **page) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	defer g.Release()
	*dst = p // want revescape
}

func intoSliceOfCaller(h handle, dst [][]byte) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	defer g.Release()
	dst[0] = p.body // want revescape
}

func (c *cache) keep(b []byte) { c.body = b }

func (c *cache) keptByMethod(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	defer g.Release()
	c.keep(p.body) // want revescape
}

func (c *cache) clearedOnOnePath(h handle, done bool) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	defer g.Release()
	c.page = p // want revescape
	p.hit()
	if done {
		c.page = nil
	}
}

func (c *cache) clearedInTime(h handle) int {
	p, g := h.TryAccess()
	if p == nil {
		return 0
	}
	defer g.Release()
	c.page = p
	n := c.size()
	c.page = nil
	return n
}

func (c *cache) size() int { return len(c.page.body) }

func (c *cache) clearedByDefer(h handle) int {
	p, g := h.TryAccess()
	if p == nil {
		return 0
	}
	defer g.Release()
	c.page = p
	defer func() { c.page = nil }()
	return c.size()
}

func (c *cache) clearedTooLate(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	c.page = p // want revescape
	p.hit()
	g.Release()
}

// The guard is stored with it, so that the access goes on.
func (c *cache) open(h handle) error {
	p, g := h.TryAccess()
	if p == nil {
		return errGone
	}
	c.page, c.guard = p, g
	return nil
}

func (c *cache) close() {
	c.page = nil
	c.guard.Release()
}

func (c *cache) overwritten(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	defer g.Release()
	c.body = p.body
	c.body = append([]byte(nil), c.body...)
}

func inLocalStruct(h handle) int {
	p, g := h.TryAccess()
	if p == nil {
		return 0
	}
	defer g.Release()
	local := &cache{page: p, body: p.body}
	return local.size() + len(local.body)
}

func inLocalMap(h handle) int {
	p, g := h.TryAccess()
	if p == nil {
		return 0
	}
	defer g.Release()
	seen := map[int]*page{p.id: p}
	return len(seen)
}

func copiedIntoCaller(h handle, dst []byte) int {
	p, g := h.TryAccess()
	if p == nil {
		return 0
	}
	defer g.Release()
	return copy(dst, p.body)
}

func (c *cache) appendedBytes(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	defer g.Release()
	c.body = append(c.body[:0], p.body...)
}

func (c *cache) nameAndID(h handle, names map[int]string) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	defer g.Release()
	names[p.id] = p.name
}

// A page may hold itself: it does not outlive the access.
func (p *page) renamed(h handle) {
	q, g := h.TryAccess()
	if q == nil {
		return
	}
	defer g.Release()
	q.body = q.body[:0]
	q.tags = map[string][]byte{"body": q.body}
}

package pooling

import (
	"sync"
	"sync/atomic"
)

// A page goes back to its pool with its last reference. No contract says so:
// it is what the bodies do.
type page struct {
	data []byte
	refs atomic.Int32
	pool *pages
}

type pages struct{ free sync.Pool }

func (p *pages) get(n int) *page {
	g, _ := p.free.Get().(*page)
	if g == nil {
		g = new(page)
	}
	g.data = append(g.data[:0], make([]byte, n)...)
	g.pool = p
	g.refs.Store(1)
	return g
}

func (g *page) ref() { g.refs.Add(1) }

func (g *page) unref() {
	if g.refs.Add(-1) == 0 {
		g.pool.free.Put(g)
	}
}

func sizes(p *pages, of []int) (sum int) {
	var g *page
	defer func() {
		if g != nil {
			g.unref()
		}
	}()
	for _, n := range of {
		if g != nil {
			g.unref()
		}
		g = p.get(n)
		g.ref()
		column := g
		sum += len(column.data)
		column.unref()
		sum += len(g.data) // one reference is left
	}
	return sum
}

// drop asks nobody.
func (g *page) drop() { g.pool.free.Put(g) }

func droppedAndRead(p *pages) byte {
	g := p.get(1)
	g.ref()
	g.drop()
	return g.data[0] // want revuse
}

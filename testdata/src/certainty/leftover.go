package certainty

import (
	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/pool"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// What a callee leaves behind of what it has ended is nothing that its caller could tell its ways out by.

type drafts struct {
	page   *pool.Buffer
	text   []byte
	urgent bool
}

var pages pool.Pool[pool.Buffer]

// send releases g where it has something to write, for reasons that its caller does not see.
func (d *drafts) send(g *revocable.Guard) {
	if len(pending) == 0 {
		return
	}
	d.page = pages.Get()
	d.text = d.page.B[:1]
	pages.Put(d.page)
	g.Release()
}

var pending []string

func queue(text string) { pending = append(pending, text) }

func okSent(h sensor.Handle, d *drafts) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	d.send(&g)
}

package revescape

import (
	"bytes"
	"strings"

	"github.com/revlint/revlint/revocable"
)

func returned(h handle) *page {
	p, g := h.TryAccess()
	if p == nil {
		return nil
	}
	defer g.Release()
	return p // want revescape
}

func returnedSlice(h handle) []byte {
	p, g := h.TryAccess()
	if p == nil {
		return nil
	}
	defer g.Release()
	return p.body // want revescape
}

func returnedReslice(h handle) []byte {
	p, g := h.TryAccess()
	if p == nil {
		return nil
	}
	defer g.Release()
	return bytes.TrimSpace(p.body) // want revescape
}

func returnedField(h handle) (*meta, error) {
	p, g := h.TryAccess()
	if p == nil {
		return nil, errGone
	}
	defer g.Release()
	return &p.meta, nil // want revescape
}

func returnedMap(h handle) map[string][]byte {
	p, g := h.TryAccess()
	if p == nil {
		return nil
	}
	defer g.Release()
	return p.tags // want revescape
}

func returnedFromMap(h handle, tag string) []byte {
	p, g := h.TryAccess()
	if p == nil {
		return nil
	}
	defer g.Release()
	return p.tags[tag] // want revescape
}

func returnedClosure(h handle) func() int {
	p, g := h.TryAccess()
	if p == nil {
		return nil
	}
	defer g.Release()
	return func() int { return p.id } // want revescape
}

func returnedMethod(h handle) func() {
	p, g := h.TryAccess()
	if p == nil {
		return nil
	}
	defer g.Release()
	return p.hit // want revescape
}

func returnedByMethod(h handle) []byte {
	p, g := h.TryAccess()
	if p == nil {
		return nil
	}
	defer g.Release()
	return p.bytes() // want revescape
}

type view struct {
	name string
	body []byte
}

func returnedInside(h handle) view {
	p, g := h.TryAccess()
	if p == nil {
		return view{}
	}
	defer g.Release()
	return view{name: p.name, body: p.body} // want revescape
}

func returnedReader(h handle) *bytes.Reader {
	p, g := h.TryAccess()
	if p == nil {
		return nil
	}
	defer g.Release()
	return bytes.NewReader(p.body) // want revescape
}

func returnedInSlice(h handle) [][]byte {
	p, g := h.TryAccess()
	if p == nil {
		return nil
	}
	defer g.Release()
	return [][]byte{p.body} // want revescape
}

// The guard goes with it: the caller ends the access.
func handedOn(h handle) (*page, revocable.Guard) {
	p, g := h.TryAccess()
	return p, g
}

func handedOnWithError(h handle) (*page, revocable.Guard, error) {
	p, g := h.TryAccess()
	if p == nil {
		return nil, revocable.Guard{}, errGone
	}
	return p, g, nil
}

func handedOnWithFunc(h handle) (*page, func()) {
	p, g := h.TryAccess()
	if p == nil {
		return nil, func() {}
	}
	return p, g.Release
}

func handedOnWithClosure(h handle) ([]byte, func()) {
	p, g := h.TryAccess()
	if p == nil {
		return nil, func() {}
	}
	return p.body, func() { g.Release() }
}

func copied(h handle) (int, string, meta) {
	p, g := h.TryAccess()
	if p == nil {
		return 0, "", meta{}
	}
	defer g.Release()
	return p.id, p.name, p.meta
}

func cloned(h handle) []byte {
	p, g := h.TryAccess()
	if p == nil {
		return nil
	}
	defer g.Release()
	return bytes.Clone(p.body)
}

func upper(h handle) []byte {
	p, g := h.TryAccess()
	if p == nil {
		return nil
	}
	defer g.Release()
	return bytes.ToUpper(p.body)
}

func asString(h handle) string {
	p, g := h.TryAccess()
	if p == nil {
		return ""
	}
	defer g.Release()
	return strings.TrimSpace(string(p.body))
}

func whetherNil(h handle) bool {
	p, g := h.TryAccess()
	defer g.Release()
	return p != nil
}

func countedUp(h handle) (n int) {
	p, g := h.TryAccess()
	if p == nil {
		return 0
	}
	defer g.Release()
	for _, b := range p.body {
		n += int(b)
	}
	return n + length(p.body)
}

// It returns an access of its own, not the one it looked at first.
func another(h handle) (*page, revocable.Guard) {
	if p, g := h.TryAccess(); p != nil {
		p.hit()
		g.Release()
	}
	return h.TryAccess()
}

// Package revescape holds programs that let what an access gave outlive the
// access, and programs that only seem to.
package revescape

import (
	"errors"

	"github.com/revlint/revlint/revocable"
)

var errGone = errors.New("page is gone")

type page struct {
	id   int
	name string
	body []byte
	meta meta
	tags map[string][]byte
}

type meta struct{ hits, misses int }

type handle = revocable.Handle[page]

func (p *page) bytes() []byte { return p.body }

func (p *page) hit() { p.meta.hits++ }

func length(b []byte) int { return len(b) }

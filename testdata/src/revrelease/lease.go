// Package revrelease holds programs that give back twice, or nothing, and
// programs that give back once however they are left.
package revrelease

import (
	"errors"

	"github.com/revlint/revlint/revocable"
)

var errGone = errors.New("port is gone")

type port struct {
	name string
	rate int
	open bool
}

type handle = revocable.Handle[port]

func (p *port) reset() error {
	if !p.open {
		return errors.New(p.name + " is closed")
	}
	p.rate = 0
	return nil
}

func end(g *revocable.Guard) { g.Release() }

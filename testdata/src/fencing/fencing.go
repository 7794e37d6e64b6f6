// Package fencing has files and connections that are taken away: see revocable/revio.
package fencing

import (
	"context"
	"io"
	"net"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/revio"
)

type chip struct{ line net.Conn }

// The consumer of a wrapped connection needs no checks: that is what wrapping is for.
func consumer(c net.Conn) error {
	defer c.Close()
	_, err := io.Copy(io.Discard, c)
	return err
}

func serve(ctx context.Context, l net.Listener) error {
	wrapped, owner := revio.Listener(l)
	go func() {
		<-ctx.Done()
		owner.Revoke()
	}()
	for {
		c, err := wrapped.Accept()
		if err != nil {
			return err
		}
		go consumer(c)
	}
}

// What it stands behind is held by each operation, not by the wrapper.
func behind(p *revocable.Provider[chip], c net.Conn) {
	wrapped, owner := revio.Conn(c, revio.Behind(p.Handle()))
	go consumer(wrapped)
	p.Revoke()
	owner.Revoke()
}

// The connection in the chip is not to be handed out bare: whoever has it is held back by nothing.
func bare(p *revocable.Provider[chip]) (line net.Conn) {
	for c := range p.Handle().Live() {
		line, _ = revio.Conn(c.line, revio.Behind(p.Handle()))
	}
	return line
}

func behindInAccess(p *revocable.Provider[chip]) {
	c, g := p.Handle().TryAccess()
	if c == nil {
		return
	}
	defer g.Release()
	line, _ := revio.Conn(c.line, revio.Behind(p.Handle()))
	go consumer(line)
	p.Revoke() // want revwait
}

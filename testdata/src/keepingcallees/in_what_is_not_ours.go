package keepingcallees

import (
	"strings"
	"sync"

	"github.com/revlint/revlint/testdata/src/lib/wire"
)

// A reply is filled by a callee. Who made it is not known.
type reply struct {
	from string
	size int
}

type desk interface{ next() *reply }

var replies = sync.Pool{New: func() any { return new(reply) }}

func fromPool() *reply { return replies.Get().(*reply) }

func fill(r *reply, c *wire.Conn) { r.from = c.Peer() }

func fillWithCopy(r *reply, c *wire.Conn) { r.from = strings.Clone(c.Peer()) }

func measure(r *reply, c *wire.Conn) { r.size = len(c.Peer()) }

func badFilled(p *wire.Pool, d desk) (*reply, error) {
	c, err := p.Take()
	if err != nil {
		return nil, err
	}
	defer p.Put(c)
	r := d.next()
	fill(r, c)
	return r, nil // want revescape
}

func badFilledFromPool(p *wire.Pool) (*reply, error) {
	c, err := p.Take()
	if err != nil {
		return nil, err
	}
	defer p.Put(c)
	r := fromPool()
	fill(r, c)
	return r, nil // want revescape
}

func okCopiedIntoReply(p *wire.Pool, d desk) (*reply, error) {
	c, err := p.Take()
	if err != nil {
		return nil, err
	}
	defer p.Put(c)
	r := d.next()
	fillWithCopy(r, c)
	measure(r, c)
	return r, nil
}

func okEmptied(p *wire.Pool, d desk) (*reply, error) {
	c, err := p.Take()
	if err != nil {
		return nil, err
	}
	defer p.Put(c)
	r := d.next()
	fill(r, c)
	r.size = len(r.from)
	r.from = ""
	return r, nil
}

func okNotReturned(p *wire.Pool) (int, error) {
	c, err := p.Take()
	if err != nil {
		return 0, err
	}
	defer p.Put(c)
	r := fromPool()
	defer replies.Put(r)
	fill(r, c)
	return len(r.from), nil
}

// The callee of the callee puts something else there.
func okFilledAgain(p *wire.Pool, d desk) (*reply, error) {
	c, err := p.Take()
	if err != nil {
		return nil, err
	}
	defer p.Put(c)
	r := d.next()
	fill(r, c)
	fillWithCopy(r, c)
	return r, nil
}

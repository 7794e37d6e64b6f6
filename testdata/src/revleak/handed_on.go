package revleak

import (
	"errors"

	"github.com/revlint/revlint/revocable"
)

type conn struct {
	link  *link
	guard revocable.Guard
	name  string
}

func (c *conn) Close() error {
	c.link = nil
	c.guard.Release()
	return nil
}

func dial(h handle, name string) (*conn, error) {
	l, g := h.TryAccess()
	if l == nil {
		return nil, errGone
	}
	return &conn{l, g, name}, nil
}

func dialCarelessly(h handle, name string) (*conn, error) {
	l, g := h.TryAccess() // want revleak
	if l == nil {
		return nil, errGone
	}
	if name == "" {
		return nil, errors.New("no name")
	}
	return &conn{l, g, name}, nil
}

// The debt went into c, and c is dropped when the negotiation fails.
func dialAndNegotiate(h handle) (*conn, error) {
	l, g := h.TryAccess() // want revleak
	if l == nil {
		return nil, errGone
	}
	c := &conn{link: l, guard: g}
	if _, err := l.negotiate(); err != nil {
		return nil, err
	}
	return c, nil
}

func dialAndNegotiateWell(h handle) (*conn, error) {
	l, g := h.TryAccess()
	if l == nil {
		return nil, errGone
	}
	c := &conn{link: l, guard: g}
	if _, err := l.negotiate(); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

func useConn(h handle) error {
	c, err := dial(h, "eth0")
	if err != nil {
		return err
	}
	defer c.Close()
	return c.link.send(packet{dst: c.name})
}

func forgetConn(h handle) error {
	c, err := dial(h, "eth0") // want revleak
	if err != nil {
		return err
	}
	return c.link.send(packet{dst: c.name})
}

func forgetConnOnError(h handle) error {
	c, err := dial(h, "eth0") // want revleak
	if err != nil {
		return err
	}
	if err := c.link.send(packet{dst: c.name}); err != nil {
		return err
	}
	return c.Close()
}

func acquire(h handle) (*link, revocable.Guard) { return h.TryAccess() }

func useAcquire(h handle) int {
	l, g := acquire(h)
	if l == nil {
		return 0
	}
	defer g.Release()
	return l.speed
}

func forgetAcquired(h handle) int {
	l, g := acquire(h) // want revleak
	if l == nil {
		return 0
	}
	n := l.speed
	if n == 0 {
		return 0
	}
	g.Release()
	return n
}

type pool struct{ conns []*conn }

func (p *pool) add(h handle) error {
	l, g := h.TryAccess()
	if l == nil {
		return errGone
	}
	p.conns = append(p.conns, &conn{link: l, guard: g})
	return nil
}

func (p *pool) addWith(h handle, names map[string]*conn) error {
	c, err := dial(h, "eth1")
	if err != nil {
		return err
	}
	names[c.name] = c
	return nil
}

func release(g *revocable.Guard) { g.Release() }

func releasedByHelper(h handle) int {
	l, g := h.TryAccess()
	if l == nil {
		return 0
	}
	defer release(&g)
	return l.speed
}

func releaser(h handle) (func(), error) {
	l, g := h.TryAccess()
	if l == nil {
		return nil, errGone
	}
	l.up = true
	return func() {
		l.up = false
		g.Release()
	}, nil
}

func callReleaser(h handle) error {
	down, err := releaser(h)
	if err != nil {
		return err
	}
	defer down()
	return nil
}

package revwait

import (
	"context"
	"time"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/device"
)

func duringAccess(p *revocable.Provider[meter]) int {
	m, g := p.Handle().TryAccess()
	if m == nil {
		return 0
	}
	defer g.Release()
	n := m.reading
	p.Revoke() // want revwait
	return n
}

func duringAccessByVariable(p *revocable.Provider[meter]) {
	h := p.Handle()
	m, g := h.TryAccess()
	if m == nil {
		return
	}
	m.reading++
	p.Revoke() // want revwait
	g.Release()
}

func onError(p *revocable.Provider[meter]) (int, error) {
	m, g := p.Handle().TryAccess()
	if m == nil {
		return 0, revocable.ErrRevoked
	}
	defer g.Release()
	n, err := m.read()
	if err != nil {
		p.Revoke() // want revwait
		return 0, err
	}
	return n, nil
}

func insideWith(p *revocable.Provider[meter]) error {
	return p.Handle().With(func(m *meter) error {
		if m.broken {
			p.Revoke() // want revwait
		}
		return nil
	})
}

func insideLive(p *revocable.Provider[meter]) {
	for m := range p.Handle().Live() {
		if m.broken {
			p.Revoke() // want revwait
		}
	}
}

func insideLiveAndBreak(p *revocable.Provider[meter]) (n int) {
	for m := range p.Handle().Live() {
		n = m.reading
		if n == 0 {
			p.Revoke() // want revwait
			break
		}
	}
	return n
}

// Also where it does not wait for ever: it waits for nothing else meanwhile.
func withTimeout(p *revocable.Provider[meter]) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	m, g := p.Handle().TryAccess()
	if m == nil {
		return revocable.ErrRevoked
	}
	defer g.Release()
	m.reading = 0
	return p.RevokeContext(ctx) // want revwait
}

func all(ctx context.Context, p, q *revocable.Provider[meter]) error {
	m, g := q.Handle().TryAccess()
	if m == nil {
		return revocable.ErrRevoked
	}
	defer g.Release()
	m.reading = 0
	return revocable.RevokeAll(ctx, p, q) // want revwait
}

func deferredInWrongOrder(p *revocable.Provider[meter]) {
	m, g := p.Handle().TryAccess()
	if m == nil {
		return
	}
	defer g.Release()
	defer p.Revoke() // want revwait
	m.reading = 0
}

func (s *station) field() {
	m, g := s.main.Handle().TryAccess()
	if m == nil {
		return
	}
	defer g.Release()
	m.reading = 0
	s.main.Revoke() // want revwait
}

func (s *station) shutDown() { s.main.Revoke() }

func (s *station) byMethod() {
	m, g := s.main.Handle().TryAccess()
	if m == nil {
		return
	}
	defer g.Release()
	if m.broken {
		s.shutDown() // want revwait
	}
}

func stop(p *revocable.Provider[meter]) bool { return p.Revoke() }

func byHelper(p *revocable.Provider[meter]) {
	m, g := p.Handle().TryAccess()
	if m == nil {
		return
	}
	m.reading = 0
	stop(p) // want revwait
	g.Release()
}

func oneOfTwoAccesses(p, q *revocable.Provider[meter]) {
	a, ga := p.Handle().TryAccess()
	if a == nil {
		return
	}
	defer ga.Release()
	b, gb := q.Handle().TryAccess()
	if b == nil {
		return
	}
	b.reading = a.reading
	gb.Release()
	p.Revoke() // want revwait
}

func nestedAccess(p *revocable.Provider[meter]) {
	h := p.Handle()
	outer, g := h.TryAccess()
	if outer == nil {
		return
	}
	defer g.Release()
	if inner, g := h.TryAccess(); inner != nil {
		inner.reading++
		g.Release()
	}
	p.Revoke() // want revwait
}

func closureCalledAtOnce(p *revocable.Provider[meter]) {
	m, g := p.Handle().TryAccess()
	if m == nil {
		return
	}
	defer g.Release()
	func() {
		m.reading = 0
		p.Revoke() // want revwait
	}()
}

func inWith2(p, q *revocable.Provider[meter]) error {
	return revocable.With2(p.Handle(), q.Handle(), func(a, b *meter) error {
		if a.broken {
			b.reading = 0
			q.Revoke() // want revwait
		}
		return nil
	})
}

func (s *station) unbindInScope(ctx context.Context) error {
	return s.dev.WithBound(func(b *device.Bound) error {
		return s.dev.Unbind(ctx) // want revwait
	})
}

func (s *station) unbindInProbe(ctx context.Context) error {
	return s.dev.Bind(func(c *device.Core) error {
		if s.last == 0 {
			return s.dev.Unbind(ctx) // want revwait
		}
		return nil
	})
}

func unbindByHelper(d *device.Device) error {
	return d.WithBound(func(b *device.Bound) error {
		return unbind(d) // want revwait
	})
}

func unbind(d *device.Device) error { return d.Unbind(context.Background()) }

func inSwitch(p *revocable.Provider[meter], mode int) {
	m, g := p.Handle().TryAccess()
	if m == nil {
		return
	}
	switch mode {
	case 0:
		g.Release()
		p.Revoke()
	case 1:
		p.Revoke() // want revwait
		g.Release()
	default:
		m.reading = mode
		g.Release()
	}
}

func inLoop(p *revocable.Provider[meter]) {
	h := p.Handle()
	for {
		m, g := h.TryAccess()
		if m == nil {
			return
		}
		if m.broken {
			p.Revoke() // want revwait
		}
		g.Release()
	}
}

func sameProviderTwoNames(p, q *revocable.Provider[meter]) {
	if p != q {
		return
	}
	m, g := p.Handle().TryAccess()
	if m == nil {
		return
	}
	defer g.Release()
	q.Revoke() // want revwait
}

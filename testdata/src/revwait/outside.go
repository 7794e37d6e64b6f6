package revwait

import (
	"context"
	"sync"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/device"
)

func afterRelease(p *revocable.Provider[meter]) (n int) {
	m, g := p.Handle().TryAccess()
	if m != nil {
		n = m.reading
		g.Release()
	}
	p.Revoke()
	return n
}

func afterWith(p *revocable.Provider[meter]) error {
	broken := false
	err := p.Handle().With(func(m *meter) error {
		broken = m.broken
		return nil
	})
	if broken {
		p.Revoke()
	}
	return err
}

func afterLive(p *revocable.Provider[meter]) (n int) {
	for m := range p.Handle().Live() {
		n = m.reading
	}
	p.Revoke()
	return n
}

func noWaitInside(p *revocable.Provider[meter]) error {
	return p.Handle().With(func(m *meter) error {
		if m.broken {
			p.RevokeNoWait()
		}
		return nil
	})
}

func noWaitDuringAccess(p *revocable.Provider[meter]) {
	m, g := p.Handle().TryAccess()
	if m == nil {
		return
	}
	defer g.Release()
	if m.broken {
		p.RevokeNoWait()
	}
}

func whereItFailed(p *revocable.Provider[meter]) int {
	m, g := p.Handle().TryAccess()
	if m == nil {
		p.Revoke()
		return 0
	}
	defer g.Release()
	return m.reading
}

func anotherProvider(p, q *revocable.Provider[meter]) {
	m, g := p.Handle().TryAccess()
	if m == nil {
		return
	}
	defer g.Release()
	m.reading = 0
	q.Revoke()
}

func (s *station) anotherField() {
	m, g := s.main.Handle().TryAccess()
	if m == nil {
		return
	}
	defer g.Release()
	m.reading = 0
	s.aux.Revoke()
}

func (s *station) replaced(next *revocable.Provider[meter]) {
	m, g := s.main.Handle().TryAccess()
	if m == nil {
		return
	}
	defer g.Release()
	next, s.main = s.main, next
	s.main.Revoke()
	s.main = next
}

func deferredInRightOrder(p *revocable.Provider[meter]) {
	defer p.Revoke()
	m, g := p.Handle().TryAccess()
	if m == nil {
		return
	}
	defer g.Release()
	m.reading = 0
}

func inGoroutine(p *revocable.Provider[meter]) {
	m, g := p.Handle().TryAccess()
	if m == nil {
		return
	}
	defer g.Release()
	go p.Revoke()
	m.reading = 0
}

func onlyTheHandle(p *revocable.Provider[meter]) revocable.Handle[meter] {
	h := p.Handle()
	p.Revoke()
	return h
}

func accessHandedOn(p *revocable.Provider[meter], sink chan<- func()) {
	m, g := p.Handle().TryAccess()
	if m == nil {
		return
	}
	m.reading = 0
	sink <- g.Release
	p.Revoke()
}

func accessOfGoroutine(p *revocable.Provider[meter]) {
	m, g := p.Handle().TryAccess()
	if m == nil {
		return
	}
	go func() {
		defer g.Release()
		m.reading = 0
	}()
	p.Revoke()
}

func onErrorAfterwards(p *revocable.Provider[meter]) (int, error) {
	m, g := p.Handle().TryAccess()
	if m == nil {
		return 0, revocable.ErrRevoked
	}
	n, err := m.read()
	g.Release()
	if err != nil {
		p.Revoke()
		return 0, err
	}
	return n, nil
}

func flagAndRevoke(p *revocable.Provider[meter], stop bool) (n int) {
	m, g := p.Handle().TryAccess()
	if m == nil {
		return 0
	}
	n = m.reading
	if stop {
		g.Release()
		p.Revoke()
		return n
	}
	g.Release()
	return n
}

func workersThenRevoke(p *revocable.Provider[meter]) {
	h := p.Handle()
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			_ = h.With(func(m *meter) error {
				m.reading++
				return nil
			})
		})
	}
	p.Revoke()
	wg.Wait()
}

func newAndRevoke() bool {
	p := revocable.NewProvider(&meter{})
	q := revocable.NewProvider(&meter{})
	m, g := p.Handle().TryAccess()
	if m == nil {
		return false
	}
	defer g.Release()
	return q.Revoke()
}

func eachOfMany(ps []*revocable.Provider[meter]) {
	for _, p := range ps {
		m, g := p.Handle().TryAccess()
		if m == nil {
			continue
		}
		broken := m.broken
		g.Release()
		if broken {
			p.Revoke()
		}
	}
}

func (s *station) unbindAfterScope(ctx context.Context) error {
	err := s.dev.WithBound(func(b *device.Bound) error {
		m, err := s.res.Access(b)
		if err != nil {
			return err
		}
		s.last = m.reading
		return nil
	})
	if err != nil {
		return err
	}
	return s.dev.Unbind(ctx)
}

func (s *station) unbindOther(ctx context.Context, other *device.Device) error {
	return s.dev.WithBound(func(b *device.Bound) error {
		return other.Unbind(ctx)
	})
}

func (s *station) unbindInGoroutine(ctx context.Context) error {
	return s.dev.WithBound(func(b *device.Bound) error {
		go s.dev.Unbind(ctx)
		return nil
	})
}

func notTheSame(p, q *revocable.Provider[meter]) {
	if p == q {
		return
	}
	m, g := p.Handle().TryAccess()
	if m == nil {
		return
	}
	defer g.Release()
	m.reading = 0
	q.Revoke()
}

func revokeInCallbackOfOther(p, q *revocable.Provider[meter]) error {
	return q.Handle().With(func(m *meter) error {
		p.Revoke()
		m.reading = 0
		return nil
	})
}

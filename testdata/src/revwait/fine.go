package revwait

import (
	"context"
	"sync"
	"time"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/device"
	"github.com/revlint/revlint/testdata/src/revwait/plant"
)

func noWaitByPackage(p *revocable.Provider[meter]) {
	m, g := p.Handle().TryAccess()
	if m == nil {
		return
	}
	defer g.Release()
	m.reading = 0
	plant.Quit(p)
	plant.Background(p)
}

func otherUnit(ctx context.Context, u, v *plant.Unit[meter]) error {
	m, g := u.Handle().TryAccess()
	if m == nil {
		return revocable.ErrRevoked
	}
	defer g.Release()
	m.reading = 0
	return v.Close(ctx)
}

func afterwardsByPackage(p *revocable.Provider[meter]) {
	if m, g := p.Handle().TryAccess(); m != nil {
		m.reading = 0
		g.Release()
	}
	plant.Stop(p)
}

func unknownInterface(p *revocable.Provider[meter], s stopper) {
	m, g := p.Handle().TryAccess()
	if m == nil {
		return
	}
	defer g.Release()
	m.reading = 0
	s.Revoke()
}

func methodValueLater(p *revocable.Provider[meter]) func() bool {
	m, g := p.Handle().TryAccess()
	if m == nil {
		return p.Revoke
	}
	defer g.Release()
	m.reading = 0
	return p.Revoke
}

func allOthers(ctx context.Context, p, q, r *revocable.Provider[meter]) error {
	m, g := p.Handle().TryAccess()
	if m == nil {
		return revocable.ErrRevoked
	}
	defer g.Release()
	m.reading = 0
	return revocable.RevokeAll(ctx, q, r)
}

func allAfterwards(ctx context.Context, p, q *revocable.Provider[meter]) error {
	err := revocable.With2(p.Handle(), q.Handle(), func(a, b *meter) error {
		a.reading = b.reading
		return nil
	})
	if err != nil {
		return err
	}
	return revocable.RevokeAll(ctx, p, q)
}

func releasedByHelper(p *revocable.Provider[meter]) error {
	m, g, err := open(p)
	if err != nil {
		return err
	}
	m.reading = 0
	leave(&g)
	p.Revoke()
	return nil
}

func leave(g *revocable.Guard) { g.Release() }

func releasedInClosure(p *revocable.Provider[meter]) {
	m, g := p.Handle().TryAccess()
	if m == nil {
		return
	}
	leave := func() { g.Release() }
	m.reading = 0
	leave()
	p.Revoke()
}

type session struct {
	m *meter
	g revocable.Guard
}

func (s *session) close() { s.g.Release() }

func releasedInStruct(p *revocable.Provider[meter]) {
	var s session
	if s.m, s.g = p.Handle().TryAccess(); s.m == nil {
		return
	}
	s.m.reading = 0
	s.close()
	p.Revoke()
}

func onTimer(p *revocable.Provider[meter]) {
	m, g := p.Handle().TryAccess()
	if m == nil {
		return
	}
	defer g.Release()
	m.reading = 0
	time.AfterFunc(time.Second, func() { p.Revoke() })
}

func revokerStartedBefore(p *revocable.Provider[meter]) {
	var wg sync.WaitGroup
	wg.Go(func() { p.Revoke() })
	if m, g := p.Handle().TryAccess(); m != nil {
		m.reading = 0
		g.Release()
	}
	wg.Wait()
}

func noWaitInLive(p *revocable.Provider[meter]) {
	for m := range p.Handle().Live() {
		m.reading = 0
		p.RevokeNoWait()
	}
	p.Revoke()
}

func noWaitInCleanUp() *revocable.Provider[meter] {
	q := revocable.NewProvider(new(meter))
	return revocable.NewProvider(new(meter), revocable.WithCleanup(func(*meter) { q.Revoke() }))
}

func handleAlone(h revocable.Handle[meter], p *revocable.Provider[meter]) {
	m, g := h.TryAccess()
	if m == nil {
		return
	}
	defer g.Release()
	m.reading = 0
	p.Revoke()
}

func (s *station) unbindAfterBind(ctx context.Context) error {
	err := s.dev.Bind(func(c *device.Core) error {
		s.res = device.Manage(c.Bound(), new(meter), nil)
		return nil
	})
	if err != nil {
		return err
	}
	return s.dev.Unbind(ctx)
}

func (s *station) unbindAfterAccess(ctx context.Context) error {
	m, g := s.res.TryAccess()
	if m != nil {
		s.last = m.reading
		g.Release()
	}
	return s.dev.Unbind(ctx)
}

func (s *station) goroutineInScope() error {
	return s.dev.WithBound(func(*device.Bound) error {
		go s.shut(context.Background())
		return nil
	})
}

func twoDevices(ctx context.Context) error {
	a, b := device.New("a"), device.New("b")
	return a.Bind(func(*device.Core) error { return b.Unbind(ctx) })
}

func nextOfRing(ring []*revocable.Provider[meter]) {
	for i, p := range ring {
		m, g := p.Handle().TryAccess()
		if m == nil {
			continue
		}
		m.reading = 0
		if i > 0 {
			ring[i-1].Revoke()
		}
		g.Release()
	}
}

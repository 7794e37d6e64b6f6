package revwait

import (
	"context"
	"sync"
	"time"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/device"
	"github.com/revlint/revlint/testdata/src/revwait/plant"
)

// What a wait can be called by: other packages, methods, interfaces, method
// values, callbacks, goroutines that are waited for.

func byPackage(p *revocable.Provider[meter]) {
	m, g := p.Handle().TryAccess()
	if m == nil {
		return
	}
	defer g.Release()
	m.reading = 0
	plant.Stop(p) // want revwait
}

func byMethodOfPackage(ctx context.Context, u *plant.Unit[meter]) error {
	m, g := u.Handle().TryAccess()
	if m == nil {
		return revocable.ErrRevoked
	}
	defer g.Release()
	m.reading = 0
	return u.Close(ctx) // want revwait
}

func byUnit(ctx context.Context, u *plant.Unit[meter]) error {
	return u.Dev.WithBound(func(*device.Bound) error {
		return u.Close(ctx) // want revwait
	})
}

func byEmbedded(u *plant.Unit[meter]) {
	m, g := u.Handle().TryAccess()
	if m == nil {
		return
	}
	defer g.Release()
	m.reading = 0
	u.Revoke() // want revwait
}

type stopper interface{ Revoke() bool }

func byInterface(p *revocable.Provider[meter]) {
	var s stopper = p
	m, g := p.Handle().TryAccess()
	if m == nil {
		return
	}
	defer g.Release()
	m.reading = 0
	s.Revoke() // want revwait
}

func byMethodValue(p *revocable.Provider[meter]) {
	stop := p.Revoke
	m, g := p.Handle().TryAccess()
	if m == nil {
		return
	}
	defer g.Release()
	m.reading = 0
	stop() // want revwait
}

func byClosure(p *revocable.Provider[meter]) {
	stop := func() { p.Revoke() } // want revwait
	m, g := p.Handle().TryAccess()
	if m == nil {
		return
	}
	defer g.Release()
	m.reading = 0
	stop()
}

func allOfList(ctx context.Context, p, q *revocable.Provider[meter]) error {
	all := []revocable.Revoker{p, q}
	m, g := q.Handle().TryAccess()
	if m == nil {
		return revocable.ErrRevoked
	}
	defer g.Release()
	m.reading = 0
	return revocable.RevokeAll(ctx, all...) // want revwait
}

func open(p *revocable.Provider[meter]) (*meter, revocable.Guard, error) {
	m, g := p.Handle().TryAccess()
	if m == nil {
		return nil, g, revocable.ErrRevoked
	}
	return m, g, nil
}

// What a helper acquires is from the provider it was given.
func accessOfHelper(p *revocable.Provider[meter]) error {
	m, g, err := open(p)
	if err != nil {
		return err
	}
	defer g.Release()
	m.reading = 0
	p.Revoke() // want revwait
	return nil
}

// A goroutine that is waited for at once runs in place.
func joinedGoroutine(p *revocable.Provider[meter]) {
	m, g := p.Handle().TryAccess()
	if m == nil {
		return
	}
	defer g.Release()
	m.reading = 0
	var wg sync.WaitGroup
	wg.Go(func() { p.Revoke() }) // want revwait
	wg.Wait()
}

// No contract says what a clean-up belongs to.
func cleanUpOfItself() *revocable.Provider[meter] {
	var p *revocable.Provider[meter]
	p = revocable.NewProvider(new(meter), revocable.WithCleanup(func(*meter) {
		p.Revoke() // missed: revwait
	}))
	return p
}

func released1(p *revocable.Provider[meter], early bool) {
	m, g := p.Handle().TryAccess()
	if m == nil {
		return
	}
	if early {
		g.Release()
	}
	p.Revoke() // want revwait
	if !early {
		g.Release()
	}
}

func innerOfNested(p, q *revocable.Provider[meter]) error {
	return p.Handle().With(func(a *meter) error {
		return q.Handle().With(func(b *meter) error {
			b.reading = a.reading
			p.Revoke() // want revwait
			return nil
		})
	})
}

func (s *station) unbindByMethod(ctx context.Context) error {
	return s.dev.WithBound(func(*device.Bound) error { return s.shut(ctx) }) // want revwait
}

func (s *station) shut(ctx context.Context) error { return s.dev.Unbind(ctx) }

func (s *station) unbindInCallback(b *device.Bound) error {
	return s.dev.WithBound(func(b *device.Bound) error {
		b.Go(func(ctx context.Context, b *device.Bound) {
			<-ctx.Done()
			s.dev.Unbind(context.Background()) // want revwait
		})
		return nil
	})
}

func (s *station) unbindInTimer() error {
	return s.dev.WithBound(func(b *device.Bound) error {
		b.AfterFunc(time.Second, func(*device.Bound) {
			s.dev.Unbind(context.Background()) // want revwait
		})
		return nil
	})
}

func unbindOwnDevice(ctx context.Context, d *device.Device) error {
	return d.WithBound(func(b *device.Bound) error {
		return b.Device().Unbind(ctx) // want revwait
	})
}

// What a token leads to, and lends such tokens, is its owner.
func deviceOfToken(ctx context.Context, b *device.Bound) error {
	return b.Device().Unbind(ctx) // want revwait
}

// What belongs to a device by Manage is what Unbind waits for accesses to.
func unbindWithAccess(ctx context.Context, d *device.Device) error {
	var res *device.Devres[meter]
	err := d.Bind(func(c *device.Core) error {
		res = device.Manage(c.Bound(), new(meter), nil)
		return nil
	})
	if err != nil {
		return err
	}
	m, g := res.TryAccess()
	if m == nil {
		return revocable.ErrRevoked
	}
	defer g.Release()
	m.reading = 0
	return d.Unbind(ctx) // want revwait
}

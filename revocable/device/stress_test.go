package device_test

import (
	"context"
	"errors"
	"flag"
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/device"
)

var stressTime = flag.Duration("stress", time.Second, "how long the stress test runs")

// A part is a resource that knows whether it is there. Its count is a plain field,
// which release writes: the race detector sees an access that release does not wait
// for, even one that happens to come too early to find the part gone.
type part struct {
	there atomic.Bool
	count int
}

func (p *part) use(t *testing.T, by string) {
	if !p.there.Load() || p.count != 1 {
		t.Errorf("%s reaches a part that is gone", by)
	}
	runtime.Gosched()
	if !p.there.Load() || p.count != 1 {
		t.Errorf("a part goes while %s uses it", by)
	}
}

// A rig is a driver all of whose ways to its parts are busy.
type rig struct {
	t     *testing.T
	dev   *device.Device
	parts atomic.Pointer[[2]*device.Devres[part]]

	managed, released atomic.Int64
	byToken, byGuard  atomic.Int64
	fired, undone     atomic.Int64
	bound             atomic.Int64
}

// worked reports whether there was some of everything: otherwise the test would show nothing.
func (r *rig) worked() bool {
	for _, n := range []*atomic.Int64{&r.bound, &r.byToken, &r.byGuard, &r.fired} {
		if n.Load() == 0 {
			return false
		}
	}
	return true
}

func (r *rig) manage(b *device.Bound) *device.Devres[part] {
	r.managed.Add(1)
	p := &part{count: 1}
	p.there.Store(true)
	return device.Manage(b, p, func(p *part) {
		if !p.there.Swap(false) {
			r.t.Error("a part is released twice")
		}
		p.count = 0
		r.released.Add(1)
	})
}

var errUnlucky = errors.New("unlucky probe")

func (r *rig) probe(c *device.Core) error {
	b := c.Bound()
	parts := &[2]*device.Devres[part]{r.manage(b), r.manage(b)}
	r.parts.Store(parts)
	b.OnUnbind(func() {
		r.undone.Add(1)
		if err := parts[1].With(func(p *part) error { p.use(r.t, "an action"); return nil }); err != nil {
			r.t.Errorf("an action finds an older part gone: %v", err)
		}
	})
	for range 2 {
		b.Go(r.serve)
		b.AfterFunc(r.moment(), r.tick)
	}
	switch rand.IntN(8) {
	case 0:
		return errUnlucky
	case 1:
		panic(errUnlucky)
	}
	return nil
}

func (r *rig) moment() time.Duration { return rand.N(200 * time.Microsecond) }

func (r *rig) access(b *device.Bound, by string) {
	for _, res := range r.parts.Load() {
		p, err := res.Access(b)
		if err != nil {
			r.t.Errorf("%s: Access: %v", by, err)
			return
		}
		p.use(r.t, by)
		r.byToken.Add(1)
	}
}

func (r *rig) serve(ctx context.Context, b *device.Bound) {
	for ctx.Err() == nil {
		r.access(b, "a callback")
		if rand.IntN(16) == 0 {
			b.Go(func(_ context.Context, b *device.Bound) { r.access(b, "a work item") })
			b.AfterFunc(r.moment(), r.tick).Stop()
		}
	}
	r.access(b, "a callback that was cancelled")
}

func (r *rig) tick(b *device.Bound) {
	r.fired.Add(1)
	r.access(b, "a timer")
	b.AfterFunc(r.moment(), r.tick)
}

// use uses the parts from outside of callbacks.
func (r *rig) use() {
	switch err := r.dev.WithBound(func(b *device.Bound) error {
		r.access(b, "a scope")
		return nil
	}); err {
	case nil, device.ErrUnbound:
	default:
		r.t.Errorf("WithBound: %v", err)
	}
	for _, res := range r.parts.Load() {
		if p, g := res.TryAccess(); p != nil {
			p.use(r.t, "an access")
			r.byGuard.Add(1)
			g.Release()
		}
		switch err := res.With(func(p *part) error { p.use(r.t, "With"); return nil }); err {
		case nil, revocable.ErrRevoked:
		default:
			r.t.Errorf("With: %v", err)
		}
	}
}

func (r *rig) bind() (bound bool) {
	defer func() {
		if p := recover(); p != nil && p != any(errUnlucky) {
			panic(p)
		}
	}()
	switch err := r.dev.Bind(r.probe); err {
	case nil:
		return true
	case errUnlucky, device.ErrBound:
		return false
	default:
		r.t.Errorf("Bind: %v", err)
		return false
	}
}

// unbind makes sure that when an Unbind has returned nil, what was bound before it is gone.
func (r *rig) unbind() {
	ctx, cancel := context.Background(), context.CancelFunc(func() {})
	if rand.IntN(2) == 0 {
		ctx, cancel = context.WithTimeout(ctx, r.moment()/4)
	}
	defer cancel()
	time.Sleep(r.moment()) // lets the timers fire
	parts := r.parts.Load()
	switch err := r.dev.Unbind(ctx); err {
	case nil:
		for _, res := range parts {
			if p, g := res.TryAccess(); p != nil {
				r.t.Error("a part is there after Unbind")
				g.Release()
			}
		}
	case context.DeadlineExceeded:
	default:
		r.t.Errorf("Unbind: %v", err)
	}
}

// rounds are at least n, and as many as there is time for if -stress asks for more than it does by itself.
func rounds(n int) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		end := time.Now().Add(*stressTime - time.Second)
		for i := 0; i < n || time.Now().Before(end); i++ {
			if !yield(i) {
				return
			}
		}
	}
}

// TestStress binds and unbinds one device while callbacks, scopes, accesses and timers
// use it. Run it longer with -stress=1m.
func TestStress(t *testing.T) {
	r := &rig{t: t, dev: device.New("stressed")}
	for !r.bind() {
	}
	end := time.Now().Add(*stressTime)
	if testing.Short() {
		end = time.Now().Add(*stressTime / 10)
	}
	var all sync.WaitGroup
	work := func(n int, do func()) {
		for range n {
			all.Go(func() {
				for (time.Now().Before(end) || !r.worked()) && !t.Failed() {
					do()
					runtime.Gosched() // or one that has nothing to do would use up its whole time slice
				}
			})
		}
	}
	work(1, func() {
		if r.bind() {
			r.bound.Add(1)
		}
	})
	work(2, r.unbind)
	work(3, r.use)
	all.Wait()
	if err := r.dev.Unbind(context.Background()); err != nil {
		t.Fatal(err)
	}
	if m, n := r.managed.Load(), r.released.Load(); m != n {
		t.Errorf("%d parts registered, %d released", m, n)
	}
	if 2*r.undone.Load() != r.managed.Load() {
		t.Errorf("%d probes, %d actions", r.managed.Load()/2, r.undone.Load())
	}
	t.Logf("%d bindings, %d accesses by token, %d by guard, %d timers fired", r.bound.Load(), r.byToken.Load(), r.byGuard.Load(), r.fired.Load())
}

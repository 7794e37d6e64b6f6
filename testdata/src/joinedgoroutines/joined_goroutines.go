// Package joinedgoroutines has goroutines that end before the access does, and others.
package joinedgoroutines

import (
	"context"
	"errors"
	"sync"

	"github.com/revlint/revlint/testdata/src/lib/kv"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// A group is like errgroup.Group.
type group struct {
	wg   sync.WaitGroup
	once sync.Once
	err  error
}

func (g *group) Go(fn func() error) {
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		if err := fn(); err != nil {
			g.once.Do(func() { g.err = err })
		}
	}()
}

func (g *group) Wait() error {
	g.wg.Wait()
	return g.err
}

func okWaitGroupGo(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer g.Release()
	var wg sync.WaitGroup
	wg.Go(func() { s.Set(1) })
	wg.Go(func() { s.Read() })
	wg.Wait()
	return s.Value
}

func okAddDone(h sensor.Handle, values []float64) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	var wg sync.WaitGroup
	for _, v := range values {
		wg.Add(1)
		go func() {
			defer wg.Done()
			s.Set(v)
		}()
	}
	wg.Wait()
}

func okDeferredWait(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	var wg sync.WaitGroup
	defer wg.Wait()
	wg.Go(func() { s.Set(2) })
}

func okChannel(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer g.Release()
	done := make(chan float64)
	go func() { done <- s.Read() }()
	return <-done
}

func okClosedChannel(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.Set(3)
	}()
	<-done
	g.Release()
}

func okGroup(h sensor.Handle) error {
	s, g := h.TryAccess()
	if s == nil {
		return sensor.ErrGone
	}
	defer g.Release()
	var eg group
	eg.Go(func() error {
		s.Set(4)
		return nil
	})
	eg.Go(func() error {
		if s.Read() < 0 {
			return errors.New("negative")
		}
		return nil
	})
	return eg.Wait()
}

func okScopedJoined(h sensor.Handle) error {
	return h.With(func(s *sensor.Sensor) error {
		var wg sync.WaitGroup
		wg.Go(func() { s.Set(5) })
		wg.Wait()
		return nil
	})
}

func okOwnAccess(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	s.Set(6)
	g.Release()
	go func() {
		if s, g := h.TryAccess(); s != nil {
			s.Set(7)
			g.Release()
		}
	}()
}

func okHandedOver(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	go func() {
		defer g.Release()
		s.Set(8)
	}()
}

func okCopyOnly(h sensor.Handle, out chan<- string) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	name := s.Name
	go func() { out <- name }()
}

func okHandleOnly(ctx context.Context, h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	go watch(ctx, h)
	s.Set(9)
}

func watch(ctx context.Context, h sensor.Handle) {
	select {
	case <-ctx.Done():
	case <-h.Revoked():
	}
}

func badNotJoined(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	go func() { s.Set(1) }() // want revescape
}

func badMethodValue(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	go s.Set(1) // want revescape
}

func badNamedFunction(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	go work(s) // want revescape
}

func work(s *sensor.Sensor) { s.Set(s.Read() + 1) }

func badWindow(db *kv.DB, out chan<- int) error {
	v, closer, err := db.Get("k")
	if err != nil {
		return err
	}
	go func() { out <- sum(v) }() // want revescape
	return closer.Close()
}

func sum(b []byte) (n int) {
	for _, c := range b {
		n += int(c)
	}
	return n
}

func badScopedNotJoined(h sensor.Handle) error {
	return h.With(func(s *sensor.Sensor) error {
		go func() { s.Set(5) }() // want revescape
		return nil
	})
}

func badInLoop(h sensor.Handle, values []float64) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	for _, v := range values {
		go func() { s.Set(v) }() // want revescape
	}
}

func badGuardStaysHere(h sensor.Handle, in <-chan float64) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	go func() { // want revescape
		for v := range in {
			s.Set(v)
		}
	}()
	g.Release()
}

// Package goroutinesandchannels lets resources go to goroutines, into channels and into contexts.
package goroutinesandchannels

import (
	"context"
	"sync"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/kv"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

type job struct {
	s    *sensor.Sensor
	g    revocable.Guard
	data []byte
}

type ctxKey struct{}

type server struct {
	jobs chan job
	wg   sync.WaitGroup
}

func (srv *server) worker() {
	for j := range srv.jobs {
		j.s.Set(float64(len(j.data)))
		j.g.Release()
	}
}

func (srv *server) okSentWithGuard(h sensor.Handle) bool {
	s, g := h.TryAccess()
	if s == nil {
		return false
	}
	srv.jobs <- job{s: s, g: g}
	return true
}

func (srv *server) okSentOrReleased(ctx context.Context, h sensor.Handle) error {
	s, g := h.TryAccess()
	if s == nil {
		return sensor.ErrGone
	}
	select {
	case srv.jobs <- job{s: s, g: g}:
		return nil
	case <-ctx.Done():
		g.Release()
		return ctx.Err()
	}
}

func (srv *server) okCopySent(db *kv.DB, out chan<- []byte) error {
	v, closer, err := db.Get("k")
	if err != nil {
		return err
	}
	out <- append([]byte(nil), v...)
	return closer.Close()
}

func okValueSent(h sensor.Handle, out chan<- float64) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	out <- s.Value
}

func okHandleInContext(ctx context.Context, h sensor.Handle) context.Context {
	return context.WithValue(ctx, ctxKey{}, h)
}

func okGoroutineReleases(h sensor.Handle, done chan<- struct{}) bool {
	s, g := h.TryAccess()
	if s == nil {
		return false
	}
	go func(s *sensor.Sensor, g revocable.Guard) {
		defer close(done)
		defer g.Release()
		s.Set(1)
	}(s, g)
	return true
}

func okLocalChannel(h sensor.Handle, values []float64) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	in := make(chan float64)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for v := range in {
			s.Set(v)
		}
	}()
	for _, v := range values {
		in <- v
	}
	close(in)
	wg.Wait()
}

func okContextForCallee(ctx context.Context, h sensor.Handle) error {
	s, g := h.TryAccess()
	if s == nil {
		return sensor.ErrGone
	}
	defer g.Release()
	return handle(context.WithValue(ctx, ctxKey{}, s))
}

func handle(ctx context.Context) error {
	if s, ok := ctx.Value(ctxKey{}).(*sensor.Sensor); ok {
		s.Set(0)
	}
	return ctx.Err()
}

func badSent(h sensor.Handle, out chan<- *sensor.Sensor) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	out <- s // want revescape
}

func (srv *server) badSentWithoutGuard(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	srv.jobs <- job{s: s} // want revescape
}

func (srv *server) badBytesSent(db *kv.DB, out chan<- []byte) error {
	v, closer, err := db.Get("k")
	if err != nil {
		return err
	}
	out <- v // want revescape
	return closer.Close()
}

func (srv *server) badSelectSend(ctx context.Context, db *kv.DB, out chan<- []byte) error {
	v, closer, err := db.Get("k")
	if err != nil {
		return err
	}
	defer closer.Close()
	select {
	case out <- v[:2]: // want revescape
	case <-ctx.Done():
	}
	return ctx.Err()
}

func (srv *server) badGoroutineNotWaitedFor(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	srv.wg.Add(1)
	go func() { // want revescape
		defer srv.wg.Done()
		s.Set(1)
	}()
}

func badGoroutineArgument(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	go func(r *sensor.Range) { r.Low = 0 }(&s.Range) // want revescape
}

func badContextForGoroutine(ctx context.Context, h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	go handle(context.WithValue(ctx, ctxKey{}, s)) // want revescape
}

func badContextReturned(ctx context.Context, h sensor.Handle) context.Context {
	s, g := h.TryAccess()
	if s == nil {
		return ctx
	}
	defer g.Release()
	return context.WithValue(ctx, ctxKey{}, s) // want revescape
}

func badInCallback(h sensor.Handle, out chan<- *sensor.Sensor) error {
	return h.With(func(s *sensor.Sensor) error {
		out <- s // want revescape
		return nil
	})
}

func (srv *server) badLeakWhenBusy(h sensor.Handle) bool {
	s, g := h.TryAccess() // want revleak
	if s == nil {
		return false
	}
	select {
	case srv.jobs <- job{s: s, g: g}:
		return true
	default:
		return false
	}
}

// A receive from a channel that the goroutine does not have waits for nothing that it does.

func badOwnChannel(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	go func() { s.Read() }() // want revescape
	guards := make(chan revocable.Guard, 1)
	guards <- g
	r := <-guards
	r.Release()
}

func okChannelOfGoroutine(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	done := make(chan int, 1)
	go func() {
		s.Read()
		done <- s.ID
	}()
	<-done
	g.Release()
}

var signals = make(map[int]chan int)

func okChannelPublished(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	done := make(chan int, 1)
	signals[1] = done
	go func() {
		s.Read()
		signals[1] <- 1
	}()
	<-done
	g.Release()
}

package revescape

import (
	"context"
	"sync"

	"github.com/revlint/revlint/revocable"
)

func started(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	defer g.Release()
	go func() { // want revescape
		p.hit()
	}()
}

func startedMethod(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	defer g.Release()
	go p.hit() // want revescape
}

func startedWithArgument(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	defer g.Release()
	go length(p.body) // want revescape
}

func startedInWith(h handle) error {
	return h.With(func(p *page) error {
		go p.hit() // want revescape
		return nil
	})
}

func sent(h handle, out chan<- *page) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	defer g.Release()
	out <- p // want revescape
}

func sentSlice(h handle, out chan<- []byte, done <-chan struct{}) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	defer g.Release()
	select {
	case out <- p.body: // want revescape
	case <-done:
	}
}

func startedAndJoined(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	defer g.Release()
	var wg sync.WaitGroup
	wg.Go(func() { p.hit() })
	wg.Wait()
}

func startedAndJoinedByHand(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	defer g.Release()
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_ = length(p.body)
		}()
	}
	wg.Wait()
}

func startedAndReceived(h handle) int {
	p, g := h.TryAccess()
	if p == nil {
		return 0
	}
	defer g.Release()
	n := make(chan int)
	go func() { n <- length(p.body) }()
	return <-n
}

// The goroutine ends the access.
func handedToGoroutine(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	go func() {
		defer g.Release()
		p.hit()
	}()
}

func worker(p *page, g revocable.Guard) {
	defer g.Release()
	p.hit()
}

func handedToWorker(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	go worker(p, g)
}

type job struct {
	page  *page
	guard revocable.Guard
}

func sentWithGuard(h handle, jobs chan<- job) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	jobs <- job{p, g}
}

func goroutineWithItsOwn(ctx context.Context, h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	defer g.Release()
	id := p.id
	go func() {
		<-ctx.Done()
		_ = h.With(func(p *page) error {
			p.id = id
			return nil
		})
	}()
}

func sentCopy(h handle, out chan<- []byte) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	defer g.Release()
	out <- append([]byte(nil), p.body...)
}

type pageKey struct{}

func intoContext(ctx context.Context, h handle, run func(context.Context)) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	defer g.Release()
	ctx = context.WithValue(ctx, pageKey{}, p)
	go run(ctx) // want revescape
}

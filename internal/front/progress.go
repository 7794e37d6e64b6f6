package front

import (
	"fmt"
	"os"
	"sync"
	"time"
)

// A progress line tells, on a terminal, that a long run is alive.
type progress struct {
	mu       sync.Mutex
	packages int
	done     chan struct{}
	ended    sync.WaitGroup
}

// startProgress begins a progress line on out after a second, if out is a
// terminal.
func startProgress(out *os.File) *progress {
	p := &progress{done: make(chan struct{})}
	if isTerminal(out) {
		p.ended.Go(func() { p.show(out) })
	}
	return p
}

func (p *progress) show(out *os.File) {
	start := time.Now()
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	shown := false
	for {
		select {
		case <-tick.C:
			p.mu.Lock()
			n := p.packages
			p.mu.Unlock()
			what := "analysing dependencies"
			if n > 0 {
				what = count(n, "package") + " analysed"
			}
			fmt.Fprintf(out, "\r\x1b[Krevlint: %s, %d s", what, int(time.Since(start).Seconds()))
			shown = true
		case <-p.done:
			if shown {
				fmt.Fprint(out, "\r\x1b[K")
			}
			return
		}
	}
}

// analysed counts a package.
func (p *progress) analysed() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.packages++
}

// stop takes the line away.
func (p *progress) stop() {
	close(p.done)
	p.ended.Wait()
}

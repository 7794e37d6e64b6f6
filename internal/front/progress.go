package front

import (
	"fmt"
	"os"
	"sync"
	"time"
)

// A progress line tells, on a terminal, that a long run is alive, and how far.
type progress struct {
	mu    sync.Mutex
	units int // analysed, or had from the cache: those asked for, and what they import
	asked int // of these, those asked for
	total int // of units; 0: not known yet

	done  chan struct{}
	ended sync.WaitGroup
}

// startProgress begins a progress line on out after a second, if out is a
// terminal. total finds out how many units there will be, while they run.
func startProgress(out *os.File, total func() int) *progress {
	p := &progress{done: make(chan struct{})}
	if isTerminal(out) {
		go func() {
			n := total()
			p.mu.Lock()
			defer p.mu.Unlock()
			p.total = n
		}()
		p.ended.Go(func() { p.show(out) })
	}
	return p
}

// patience is after how many seconds a run is told to be a first one.
const patience = 3

func (p *progress) show(out *os.File) {
	start := time.Now()
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	shown, explained := false, false
	for {
		select {
		case <-tick.C:
			seconds := int(time.Since(start).Seconds())
			line, first := p.line()
			if first && seconds >= patience && !explained {
				explained = true
				fmt.Fprint(out, "\r\x1b[Krevlint: what is imported is analysed, too, the first time: the go command keeps the results for all later runs\n")
			}
			fmt.Fprintf(out, "\r\x1b[Krevlint: %s, %d s", line, seconds)
			shown = true
		case <-p.done:
			if shown {
				fmt.Fprint(out, "\r\x1b[K")
			}
			return
		}
	}
}

// line says how far the run is. It is first where much of what is imported has
// not been analysed before.
func (p *progress) line() (line string, first bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.units == 0:
		return "loading packages", p.total > 0
	case p.total == 0 || p.units > p.total:
		return count(p.units, "package") + " analysed", false
	}
	return fmt.Sprintf("%d of %s analysed", p.units, count(p.total, "package")), p.asked == 0
}

// analysed counts a unit.
func (p *progress) analysed(isAsked bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.units++
	if isAsked {
		p.asked++
	}
}

// A progressCount counts units of a total that becomes known later.
type progressCount struct {
	mu       sync.Mutex
	n, total int
}

func (p *progressCount) set(total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.total = total
}

func (p *progressCount) add() (n, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.n++
	return p.n, max(p.total, 0)
}

// stop takes the line away.
func (p *progress) stop() {
	close(p.done)
	p.ended.Wait()
}

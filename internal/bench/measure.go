package main

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// A figure is the median of the clean samples of one peer, in nanoseconds for an enter and a leave.
type figure struct {
	median, low, high float64 // low and high are the quartiles
	clean, taken      int
}

// sink keeps the loops from being optimised away.
var sink atomic.Int64

// pairs is how many enters and leaves one sample makes on each processor: a few milliseconds.
const pairs = 100_000

// measure samples every peer on the given number of processors, in turns, so that what disturbs the
// machine disturbs them all alike.
func measure(peers []peer, processors, rounds int) map[string]figure {
	samples := make(map[string][]float64)
	taken := make(map[string]int)
	loops := make(map[string]func(int) int)
	for _, p := range peers {
		loops[p.name] = p.start()
		sample(loops[p.name], processors) // warms up; what is contended promotes itself
	}
	for range rounds {
		for _, p := range peers {
			taken[p.name]++
			if ns, ok := sample(loops[p.name], processors); ok {
				samples[p.name] = append(samples[p.name], ns)
			}
		}
	}
	figures := make(map[string]figure)
	for name, ns := range samples {
		slices.Sort(ns)
		n := len(ns)
		figures[name] = figure{median: ns[n/2], low: ns[n/4], high: ns[n*3/4], clean: n, taken: taken[name]}
	}
	return figures
}

// sample runs loop on each of the processors at the same time and returns the mean time of a pair. A
// sample is clean if each worker had its processor to itself nearly all of the time: then the time
// that the clock shows is the time that the thread has run.
func sample(loop func(int) int, processors int) (ns float64, clean bool) {
	var ready sync.WaitGroup
	var begin atomic.Bool
	var done sync.WaitGroup
	ready.Add(processors)
	wall, busy := make([]time.Duration, processors), make([]time.Duration, processors)
	pinned := make([]bool, processors)
	for i := range processors {
		done.Go(func() {
			runtime.LockOSThread() // and never unlocked: the thread, pinned, ends with the goroutine
			pinned[i] = pin(i)
			ready.Done()
			for !begin.Load() { // so that all are running, and not only runnable, when the first begins
			}
			cpu, clock := threadTime(), time.Now()
			sum := loop(pairs)
			wall[i], busy[i] = time.Since(clock), threadTime()-cpu
			sink.Add(int64(sum))
		})
	}
	ready.Wait()
	begin.Store(true)
	done.Wait()
	clean = true
	for i := range processors {
		ns += float64(wall[i].Nanoseconds()) / pairs / float64(processors)
		clean = clean && pinned[i] && wall[i] < busy[i]+busy[i]/20
	}
	// Where one worker was done long before the other, the other had the object to itself.
	return ns, clean && slices.Max(wall) < slices.Min(wall)*3/2
}

package main

import (
	"context"
	"runtime"
	"slices"
	"sync/atomic"
	"time"

	"github.com/revlint/revlint/revocable"
)

// latency returns the median time from a last Release to the return of the Revoke that waits for it.
// The access ends hold after the revocation has begun; a hold of zero ends it at once, while the
// revoker still spins, a longer one when it has parked.
func latency(hold time.Duration, rounds int) time.Duration {
	var all []time.Duration
	for range rounds {
		p := revocable.NewProvider(new(sensor))
		_, g := p.Handle().TryAccess()
		var returned atomic.Int64
		start := time.Now()
		done := make(chan struct{})
		go func() {
			defer close(done)
			p.Revoke()
			returned.Store(int64(time.Since(start)))
		}()
		for p.Stats().State == revocable.Live {
			runtime.Gosched()
		}
		for begun := time.Now(); time.Since(begun) < hold; {
			if hold > 100*time.Microsecond {
				time.Sleep(hold)
			}
		}
		released := int64(time.Since(start))
		g.Release()
		<-done
		all = append(all, time.Duration(returned.Load()-released))
	}
	slices.Sort(all)
	return all[len(all)/2]
}

// batch makes n providers and revokes them together. It returns the bytes that an idle one occupies and
// how long RevokeAll took.
func batch(n int) (bytes float64, took time.Duration) {
	res := new(sensor)
	providers := make([]revocable.Revoker, n)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for i := range providers {
		providers[i] = revocable.NewProvider(res)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	begin := time.Now()
	_ = revocable.RevokeAll(context.Background(), providers...)
	return float64(after.HeapAlloc-before.HeapAlloc) / float64(n), time.Since(begin)
}

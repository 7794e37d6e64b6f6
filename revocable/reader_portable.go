//go:build !linux || !(amd64 || arm64) || race || revocable_portable

package revocable

import "sync/atomic"

// Here readers make their own fences, as the atomic operations of Go do: arrive and depart are as those in
// assembly are without plainStores. (The race detector sees these, but not those. The build tag revocable_portable is for tests
// and benchmarks of this way where there is a better one.)

func arrive(s *slot) int64 {
	if s == nil || s.open == nil {
		return notIn
	}
	atomic.AddUint32(&s.depth, 1)
	return s.open.Load()
}

func depart(s *slot) int64 {
	if s == nil || s.open == nil || s.depth == 0 {
		return notIn
	}
	atomic.AddUint32(&s.depth, ^uint32(0))
	return s.open.Load()
}

func prepareFence() {}

func fence() {}

package pooling

import "sync"

// What stands in an object that goes into a pool, is given back before: the next one who takes the object has a
// lock that is held, and given back by somebody else.

type span struct {
	sync.Mutex
	n int
}

type note struct {
	mu sync.RWMutex
	n  int
}

type noter interface{ Record(n int) }

var (
	spans = sync.Pool{New: func() any { return new(span) }}
	noted = &sync.Pool{New: func() any { return new(note) }}
)

func (s *span) badFinish(r noter, pooled bool) {
	s.Lock()
	defer s.Unlock() // want revuse
	r.Record(s.n)
	if pooled {
		spans.Put(s)
	}
}

func (r *note) badDone() {
	r.mu.Lock()
	defer r.mu.Unlock() // want revuse
	r.n++
	noted.Put(r)
}

func badRead() int {
	r := noted.Get().(*note)
	r.mu.RLock()
	defer r.mu.RUnlock() // want revuse
	n := r.n
	noted.Put(r)
	return n
}

func badReadAtOnce() int {
	r := noted.Get().(*note)
	r.mu.RLock()
	n := r.n
	noted.Put(r)
	r.mu.RUnlock() // want revuse
	return n
}

func (s *span) okFinish(r noter, pooled bool) {
	s.Lock()
	r.Record(s.n)
	s.Unlock()
	if pooled {
		spans.Put(s)
	}
}

// The deferred Put runs last.
func okRead() int {
	r := noted.Get().(*note)
	defer noted.Put(r)
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.n
}

// The lock is the list's, and no part of what goes into the pool.
type roll struct {
	mu    sync.Mutex
	spans []*span
}

func (l *roll) okDrop() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, s := range l.spans {
		spans.Put(s)
	}
	l.spans = nil
}

// On one way it goes into the pool, and is no longer locked then.
func (r *note) okOneWay(pooled bool) {
	r.mu.Lock()
	if pooled {
		r.mu.Unlock()
		noted.Put(r)
		return
	}
	defer r.mu.Unlock()
	r.n++
}

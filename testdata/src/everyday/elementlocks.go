package everyday

import (
	"errors"
	"sync"
)

var errMany = errors.New("many")

// What has a lock is an element of a map or slice: which one is not known, but it is the same
// one from the Lock to the Unlock, unless it is read again.
type shelves struct {
	mu   sync.RWMutex
	m    map[string]*shelf
	l    []*shelf
	head *shelf
}

type shelf struct {
	mu   sync.Mutex
	n    int
	next *shelf
}

func (r *shelves) badOfMap(k string) error {
	e := r.m[k]
	e.mu.Lock() // want revleak
	if e.n > 10 {
		return errMany
	}
	e.n++
	e.mu.Unlock()
	return nil
}
func (r *shelves) badOfField(k string) error {
	e := r.head
	e.mu.Lock() // want revleak
	if e.n > 10 {
		return errMany
	}
	e.n++
	e.mu.Unlock()
	return nil
}
func (r *shelves) badOfSlice(i int) error {
	e := r.l[i]
	e.mu.Lock() // want revleak
	if e.n > 10 {
		return errMany
	}
	e.n++
	e.mu.Unlock()
	return nil
}
func (r *shelves) badInLoop(i int) error {
	for _, e := range r.l {
		e.mu.Lock() // want revleak
		if e.n > 10 {
			return errMany
		}
		e.n++
		e.mu.Unlock()
	}
	return nil
}
func (r *shelves) find(k string) *shelf { return r.m[k] }
func (r *shelves) badOfCallee(k string) error {
	e := r.find(k)
	e.mu.Lock() // want revleak
	if e.n > 10 {
		return errMany
	}
	e.n++
	e.mu.Unlock()
	return nil
}
func (r *shelves) badOfMapThere(k string) error {
	e, ok := r.m[k]
	if !ok {
		return nil
	}
	e.mu.Lock() // want revleak
	if e.n > 10 {
		return errMany
	}
	e.n++
	e.mu.Unlock()
	return nil
}
func (r *shelves) badInChain() error {
	for e := r.head; e != nil; e = e.next {
		e.mu.Lock() // want revleak
		if e.n > 10 {
			return errMany
		}
		e.n++
		e.mu.Unlock()
	}
	return nil
}
func badOfInterface(v any) error {
	e := v.(*shelf)
	e.mu.Lock() // want revleak
	if e.n > 10 {
		return errMany
	}
	e.n++
	e.mu.Unlock()
	return nil
}
func badOfChannel(c chan *shelf) error {
	e := <-c
	e.mu.Lock() // want revleak
	if e.n > 10 {
		return errMany
	}
	e.n++
	e.mu.Unlock()
	return nil
}
func (r *shelves) okAgain(k string) error {
	e := r.m[k]
	e.mu.Lock()
	if e.n > 10 {
		r.m[k].mu.Unlock()
		return errMany
	}
	e.n++
	e.mu.Unlock()
	return nil
}
func (r *shelves) okAll() error {
	for _, e := range r.l {
		e.mu.Lock()
	}
	n := 0
	for _, e := range r.l {
		n += e.n
		if e.n < 0 {
			e.mu.Unlock()
			return errMany
		}
	}
	for _, e := range r.l {
		e.mu.Unlock()
	}
	return nil
}
func (r *shelves) okIndex(i, j int) error {
	r.l[i].mu.Lock()
	if r.l[i].n > 10 {
		r.l[i].mu.Unlock()
		return errMany
	}
	r.l[i].mu.Unlock()
	return nil
}
func (r *shelves) okMove(a, b string) error {
	x, y := r.m[a], r.m[b]
	x.mu.Lock()
	y.mu.Lock()
	if x.n == 0 {
		y.mu.Unlock()
		x.mu.Unlock()
		return errMany
	}
	x.n, y.n = x.n-1, y.n+1
	x.mu.Unlock()
	y.mu.Unlock()
	return nil
}
func (r *shelves) okOrdered(a, b string) error {
	x, y := r.m[a], r.m[b]
	if a > b {
		x, y = y, x
	}
	x.mu.Lock()
	y.mu.Lock()
	if x.n == 0 {
		r.m[b].mu.Unlock()
		r.m[a].mu.Unlock()
		return errMany
	}
	y.mu.Unlock()
	x.mu.Unlock()
	return nil
}
func (r *shelves) okDeferred(ks []string) error {
	for _, k := range ks {
		e := r.m[k]
		e.mu.Lock()
		defer e.mu.Unlock()
		if e.n == 0 {
			return errMany
		}
	}
	return nil
}
func (r *shelves) okHand(k string) error {
	e := r.m[k]
	e.mu.Lock()
	for e.next != nil {
		n := e.next
		n.mu.Lock()
		e.mu.Unlock()
		e = n
		if e.n == 3 {
			e.mu.Unlock()
			return errMany
		}
	}
	e.mu.Unlock()
	return nil
}
func (r *shelves) okHeld(k string) error {
	e := r.m[k]
	e.mu.Lock()
	if e.n == 0 {
		go func() {
			defer e.mu.Unlock()
			e.n++
		}()
		return nil
	}
	e.mu.Unlock()
	return nil
}
func (r *shelves) okGetOrMake(k string) error {
	e, ok := r.m[k]
	if !ok {
		e = &shelf{}
		r.m[k] = e
	}
	e.mu.Lock()
	if e.n == 0 {
		e.mu.Unlock()
		return nil
	}
	e.n++
	e.mu.Unlock()
	return nil
}
func (r *shelves) okTwice(k string) {
	e := r.m[k]
	e.mu.Lock()
	e.n++
	e.mu.Unlock()
	e.mu.Lock()
	e.n++
	e.mu.Unlock()
}
func (r *shelves) okCond(k string, c bool) {
	e := r.m[k]
	if c {
		e.mu.Lock()
	}
	e.n++
	if c {
		e.mu.Unlock()
	}
}
func (r *shelves) okReplaced(k string) {
	e := r.m[k]
	for {
		e.mu.Lock()
		if e.n > 0 {
			break
		}
		e.mu.Unlock()
		e = r.m[k]
	}
	e.n--
	e.mu.Unlock()
}

// Drawers are unlocked by other functions, too, so that who returns with one locked may mean it.
type drawers struct {
	m map[string]*drawer
	l []*drawer
}

type drawer struct {
	mu sync.Mutex
	n  int
}

func (r *drawers) unlock(k string) { r.m[k].mu.Unlock() }
func (r *drawers) lock(k string) *drawer {
	e := r.m[k]
	e.mu.Lock()
	return e
}
func (r *drawers) okLockUse(k string) error {
	e := r.lock(k)
	if e.n == 0 {
		r.unlock(k)
		return errMany
	}
	e.mu.Unlock()
	return nil
}
func (r *drawers) okTryLock(k string) (*drawer, bool) {
	e := r.m[k]
	e.mu.Lock()
	if e.n == 0 {
		e.mu.Unlock()
		return nil, false
	}
	return e, true
}
func (r *drawers) shards(h uint32) func() {
	s := r.l[h%16]
	s.mu.Lock()
	return func() { s.mu.Unlock() }
}
func (r *drawers) okShardUse(h uint32) error {
	u := r.shards(h)
	if h == 3 {
		u()
		return errMany
	}
	u()
	return nil
}
func (r *drawers) okRetry(k string) *drawer {
	for {
		e := r.m[k]
		e.mu.Lock()
		if e.n > 0 {
			return e
		}
		e.mu.Unlock()
	}
}

package everyday

import "sync"

// What was looked at without the lock is looked at again with it: another may have been there meanwhile.

type register struct {
	mu      sync.RWMutex
	stale   bool
	locking bool
	first   *int
	names   []string
}

func (r *register) spoil() {
	r.mu.Lock()
	r.stale = true
	r.first = new(int)
	r.mu.Unlock()
}

func (r *register) badMeanwhileFresh() []string {
	r.mu.RLock()
	if !r.stale {
		defer r.mu.RUnlock()
		return r.names
	}
	r.mu.RUnlock()
	r.mu.Lock() // want revleak
	if !r.stale {
		return r.names
	}
	defer r.mu.Unlock()
	r.names = append(r.names, "")
	r.stale = false
	return r.names
}

func (r *register) okMeanwhileFresh() []string {
	r.mu.RLock()
	if !r.stale {
		defer r.mu.RUnlock()
		return r.names
	}
	r.mu.RUnlock()
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.stale {
		return r.names
	}
	r.names = append(r.names, "")
	r.stale = false
	return r.names
}

func (r *register) badMeanwhileThere() *int {
	if r.first != nil {
		return r.first
	}
	r.mu.Lock() // want revleak
	if r.first != nil {
		return r.first
	}
	r.first = new(int)
	r.mu.Unlock()
	return r.first
}

// What only says whether to lock does not change meanwhile.
func (r *register) okOption() {
	if r.locking {
		r.mu.Lock()
	}
	r.names = nil
	if r.locking {
		r.mu.Unlock()
	}
}

// What the function put there itself is still there, as far as it asks.
func (r *register) okOwn() {
	r.mu.Lock()
	r.stale = true
	if r.stale {
		r.mu.Unlock()
		return
	}
}

// Another mutex guards nothing of it.
type twoLocks struct {
	mu, out sync.Mutex
	ready   bool
}

func (t *twoLocks) set() {
	t.mu.Lock()
	t.ready = true
	t.mu.Unlock()
}

func (t *twoLocks) okOther() {
	if !t.ready {
		return
	}
	t.out.Lock()
	if t.ready {
		t.out.Unlock()
	}
}

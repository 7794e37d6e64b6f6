package everyday

import "sync"

// The halves of a lock: what RLock gave, RUnlock releases, and Unlock does not.

type accounts struct {
	mu   sync.RWMutex
	rows map[string]int
}

func (t *accounts) readsAndUnlocks(name string) int {
	t.mu.RLock()
	defer t.mu.Unlock() // want revrelease
	return t.rows[name]
}

func (t *accounts) writesAndUnlocksForReaders(name string) {
	t.mu.Lock()
	t.rows[name]++
	t.mu.RUnlock() // want revrelease
}

func (t *accounts) onOneWay(name string) (int, bool) {
	t.mu.RLock()
	n, ok := t.rows[name]
	if !ok {
		t.mu.Unlock() // want revrelease
		return 0, false
	}
	t.mu.RUnlock()
	return n, true
}

func (t *accounts) tries(name string) int {
	if !t.mu.TryRLock() {
		return 0
	}
	defer t.mu.Unlock() // want revrelease
	return t.rows[name]
}

func countsNames(names []string) (n int) {
	var mu sync.RWMutex
	var wg sync.WaitGroup
	for range names {
		wg.Go(func() {
			mu.RLock()
			defer mu.Unlock() // want revrelease
			n++
		})
	}
	wg.Wait()
	return n
}

// It is called with mu locked for reading, and writes.
func (t *accounts) upgrade(name string) {
	t.mu.RUnlock()
	t.mu.Lock()
	t.rows[name]++
	t.mu.Unlock()
	t.mu.RLock()
}

// A condition that is asked for in between may have changed what is held.
func (t *accounts) maybeUpgraded(name string, full func() bool) {
	t.mu.RLock()
	upgraded := false
	if full() {
		t.mu.RUnlock()
		t.mu.Lock()
		upgraded = true
	}
	t.rows[name]++
	if upgraded {
		t.mu.Unlock()
	} else {
		t.mu.RUnlock()
	}
}

func (t *accounts) lockAny(write bool) {
	if write {
		t.mu.Lock()
		return
	}
	t.mu.RLock()
}

func (t *accounts) byHelper(name string) {
	t.lockAny(true)
	defer t.mu.Unlock()
	t.rows[name]++
}

// A Locker that RLocker gives unlocks for readers.
func (t *accounts) asLocker(name string) int {
	l := t.mu.RLocker()
	l.Lock()
	defer l.Unlock()
	return t.rows[name]
}

type openAccounts struct {
	sync.RWMutex
	n int
}

func (e *openAccounts) reads() int {
	e.RLock()
	defer e.Unlock() // want revrelease
	return e.n
}

func (e *openAccounts) readsRight() int {
	e.RLock()
	defer e.RUnlock()
	return e.n
}

// Package mutex has the examples for the locks of the standard library's sync.
package mutex

import (
	"errors"
	"sync"
)

var errNone = errors.New("no such key")

type table struct {
	mu   sync.RWMutex
	rows map[string]int
}

// S49: it stays locked where there is nothing.
func (t *table) get(key string) (int, error) {
	t.mu.RLock() // want revleak
	n, ok := t.rows[key]
	if !ok {
		return 0, errNone
	}
	t.mu.RUnlock()
	return n, nil
}

// S49: unlocked in between, and in the end.
func (t *table) getOrMake(key string, make func(string) int) int {
	t.mu.RLock()
	n, ok := t.rows[key]
	t.mu.RUnlock()
	if ok {
		return n
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rows[key] = make(key)
	return t.rows[key]
}

// S49: the caller unlocks it.
func (t *table) lock() { t.mu.Lock() }

// S49: locked only where it is said.
func (t *table) set(key string, n int, locked bool) {
	if !locked {
		t.mu.Lock()
	}
	t.rows[key] = n
	if !locked {
		t.mu.Unlock()
	}
}

// S49: tried.
func (t *table) trySet(key string, n int) bool {
	if !t.mu.TryLock() {
		return false
	}
	defer t.mu.Unlock()
	t.rows[key] = n
	return true
}

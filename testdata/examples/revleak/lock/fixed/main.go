// A lock that is not unlocked
//
// Unlocked on every path.
package play

import "sync"

type Table struct {
	mu   sync.Mutex
	rows map[string]int
}

func (t *Table) Add(key string, n int) (added bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, ok := t.rows[key]; ok {
		return false
	}
	t.rows[key] = n
	return true
}

// A lock that is not unlocked
//
// The next caller waits for ever.
package play

import "sync"

type Table struct {
	mu   sync.Mutex
	rows map[string]int
}

func (t *Table) Add(key string, n int) (added bool) {
	t.mu.Lock() // want revleak
	if _, ok := t.rows[key]; ok {
		return false
	}
	t.rows[key] = n
	t.mu.Unlock()
	return true
}

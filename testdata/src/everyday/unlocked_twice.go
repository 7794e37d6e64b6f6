package everyday

import (
	"io"
	"sync"
)

type tables struct {
	mu    sync.Mutex
	rw    sync.RWMutex
	names map[string]int
	each  []shelfLock
	busy  bool
}

type shelfLock struct{ mu sync.Mutex }

// It is unlocked by hand, and by what is deferred.
func (t *tables) badByHandAndDeferred(name string) int {
	t.mu.Lock()
	defer t.mu.Unlock() // want revrelease
	if n, ok := t.names[name]; ok {
		t.mu.Unlock()
		return n
	}
	t.names[name] = len(t.names)
	return t.names[name]
}

func (t *tables) okDeferred(name string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	if n, ok := t.names[name]; ok {
		return n
	}
	return 0
}

func (t *tables) badTwiceReading(name string) (n int, err error) {
	t.rw.RLock()
	n, ok := t.names[name]
	if !ok {
		t.rw.RUnlock()
		err = io.EOF
	}
	t.rw.RUnlock() // want revrelease
	return n, err
}

func (t *tables) okOnceReading(name string) (n int, err error) {
	t.rw.RLock()
	n, ok := t.names[name]
	if !ok {
		t.rw.RUnlock()
		return 0, io.EOF
	}
	t.rw.RUnlock()
	return n, err
}

// It is left for a while, and locked again.
func (t *tables) okLeftForAWhile(slow func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.busy {
		t.mu.Unlock()
		slow()
		t.mu.Lock()
	}
	t.busy = true
}

func (t *tables) lock() { t.mu.Lock() }

func (t *tables) unlock() { t.mu.Unlock() }

func (t *tables) okLockedAgainByHelper() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.mu.Unlock()
	t.lock()
	t.busy = true
}

func (t *tables) badUnlockedByHelper(name string) bool {
	t.mu.Lock()
	defer t.mu.Unlock() // want revrelease
	if t.names[name] == 0 {
		t.unlock()
		return false
	}
	return true
}

// Whether it is locked stands in a variable.
func (t *tables) okByFlag(name string) {
	t.mu.Lock()
	locked := true
	defer func() {
		if locked {
			t.mu.Unlock()
		}
	}()
	if t.names[name] == 0 {
		t.mu.Unlock()
		locked = false
		println("none")
	}
}

// Who calls it has locked it.
func (t *tables) okLockedByCaller(slow func()) {
	t.mu.Unlock()
	slow()
	t.mu.Lock()
}

// What is called may lock it again: nothing is known of it.
func (t *tables) okLockedOutOfSight(again func(*tables)) {
	t.mu.Lock()
	t.busy = true
	t.mu.Unlock()
	again(t)
	t.mu.Unlock()
}

// Each round has its own.
func okInRounds(all []*tables) {
	for _, t := range all {
		t.mu.Lock()
		t.busy = false
		t.mu.Unlock()
	}
	for i := range all {
		all[i].mu.Lock()
		all[i].mu.Unlock()
	}
}

// Two elements may be two locks.
func (t *tables) okElements(i, j int) {
	t.each[i].mu.Lock()
	t.each[i].mu.Unlock()
	t.each[j].mu.Unlock()
}

// One goes over to the other.
func (t *tables) okFromReadingToWriting(name string) {
	t.rw.RLock()
	if t.names[name] > 0 {
		t.rw.RUnlock()
		return
	}
	t.rw.RUnlock()
	t.rw.Lock()
	defer t.rw.Unlock()
	t.names[name]++
}

// It waits until it may, and has it locked then.
func (t *tables) okWaits(c *sync.Cond) {
	t.mu.Lock()
	for t.busy {
		t.mu.Unlock()
		c.Wait()
		t.mu.Lock()
	}
	t.mu.Unlock()
}

// What it tried may not have worked.
func (t *tables) okTried() {
	if !t.mu.TryLock() {
		t.mu.Lock()
	}
	t.mu.Unlock()
}

package everyday

import "sync"

type ledger struct {
	sync.RWMutex
	cond  sync.Mutex
	names map[string]int
	parts [8]sync.RWMutex
}

// What was locked for reading is unlocked for writing.
func (l *ledger) badReadersHalf(name string) int {
	l.RLock()
	defer l.Unlock() // want revrelease
	return l.names[name]
}

// What was locked for writing is unlocked for reading, on one path.
func (l *ledger) badWritersHalf(name string) int {
	l.Lock()
	if n, ok := l.names[name]; ok {
		l.RUnlock() // want revrelease
		return n
	}
	l.names[name] = len(l.names)
	l.Unlock()
	return 0
}

func badTriedHalf(mu *sync.RWMutex, n *int) int {
	if !mu.TryRLock() {
		return 0
	}
	defer mu.Unlock() // want revrelease
	return *n
}

func (l *ledger) okHalves(name string) int {
	l.RLock()
	n, ok := l.names[name]
	l.RUnlock()
	if ok {
		return n
	}
	l.Lock()
	defer l.Unlock()
	l.names[name] = len(l.names)
	return 0
}

func (l *ledger) okChosenHalf(write bool, f func()) {
	unlock := l.RUnlock
	if write {
		l.Lock()
		unlock = l.Unlock
	} else {
		l.RLock()
	}
	defer unlock()
	f()
}

func (l *ledger) okEither(write bool, f func()) {
	if write {
		l.Lock()
	} else {
		l.RLock()
	}
	f()
	if write {
		l.Unlock()
	} else {
		l.RUnlock()
	}
}

// Which of them it is, is not known.
func (l *ledger) okOfTwo(i, j int) {
	l.parts[i].RLock()
	l.parts[j].Lock()
	l.parts[j].Unlock()
	l.parts[i].RUnlock()
}

func (l *ledger) okUpgraded(name string) int {
	l.RLock()
	if n, ok := l.names[name]; ok {
		defer l.RUnlock()
		return n
	}
	l.RUnlock()
	l.Lock()
	defer l.Unlock()
	return len(l.names)
}

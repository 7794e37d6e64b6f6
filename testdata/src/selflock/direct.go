package selflock

import "sync"

// A lock is locked again in the function that has it.

type box struct {
	mu    sync.Mutex
	rw    sync.RWMutex
	other sync.Mutex
	n     int
	names map[string]int
	err   error
}

func badTwice() {
	var mu sync.Mutex
	mu.Lock()
	mu.Lock() // want revwait
	mu.Unlock()
	mu.Unlock()
}

func (b *box) badTwiceField() {
	b.mu.Lock()
	b.n++
	b.mu.Lock() // want revwait
	b.n--
	b.mu.Unlock()
}

// What is deferred should unlock.
func (b *box) badDeferredLock() int {
	b.mu.Lock()
	defer b.mu.Lock() // want revwait
	return b.n
}

func (b *box) badDeferredInLoop(all []string) {
	for _, name := range all {
		b.mu.Lock() // want revwait
		defer b.mu.Unlock()
		b.names[name]++
	}
}

// A round that goes on early leaves it locked.
func (b *box) badContinue(all []string) {
	for _, name := range all {
		b.mu.Lock() // want revleak
		if _, ok := b.names[name]; ok {
			continue
		}
		b.names[name] = 1
		b.mu.Unlock()
	}
}

func (b *box) badUpgrade(name string) int {
	b.rw.RLock()
	defer b.rw.RUnlock()
	if n, ok := b.names[name]; ok {
		return n
	}
	b.rw.Lock() // want revwait
	defer b.rw.Unlock()
	b.names[name] = 1
	return 1
}

func (b *box) badDowngrade(name string) int {
	b.rw.Lock()
	b.names[name] = 1
	b.rw.RLock() // want revwait
	b.rw.Unlock()
	defer b.rw.RUnlock()
	return b.names[name]
}

func (b *box) badTried() {
	if !b.mu.TryLock() {
		return
	}
	b.mu.Lock() // want revwait
	b.n++
	b.mu.Unlock()
}

func (b *box) badTriedReading() {
	if b.rw.TryRLock() {
		b.rw.Lock() // want revwait
		b.n++
		b.rw.Unlock()
	}
}

func (b *box) badOnOneWay(name string) {
	if name == "" {
		b.mu.Lock()
	}
	b.n++
	b.mu.Lock() // want revwait
	b.n++
	b.mu.Unlock()
}

var table struct {
	sync.Mutex
	n int
}

func badGlobal() {
	table.Lock()
	defer table.Unlock()
	table.n++
	table.Lock() // want revwait
}

func badLiteral(n *int) {
	var mu sync.Mutex
	mu.Lock()
	defer mu.Unlock()
	func() {
		mu.Lock() // want revwait
		defer mu.Unlock()
		*n++
	}()
}

func badMethodValue(b *box) {
	lock := b.mu.Lock
	b.mu.Lock()
	defer b.mu.Unlock()
	lock() // want revwait
}

func badThroughPointer(mu *sync.Mutex) {
	mu.Lock()
	defer mu.Unlock()
	mu.Lock() // want revwait
}

func badThroughCopyOfPointer(b *box) {
	mu := &b.mu
	b.mu.Lock()
	defer b.mu.Unlock()
	mu.Lock() // want revwait
}

// A lock after the one that blocks is not said again.
func (b *box) badOnceSaid() {
	b.mu.Lock()
	b.mu.Lock() // want revwait
	b.mu.Lock()
	b.mu.Unlock()
	b.mu.Unlock()
	b.mu.Unlock()
}

// Correct ones.

func (b *box) okAgain() {
	b.mu.Lock()
	b.n++
	b.mu.Unlock()
	b.mu.Lock()
	b.n++
	b.mu.Unlock()
}

// Readers may be two; whether a writer waits between them is not known.
func (b *box) okReaders(name string) int {
	b.rw.RLock()
	defer b.rw.RUnlock()
	b.rw.RLock()
	n := b.names[name]
	b.rw.RUnlock()
	return n
}

func (b *box) okReadersInLoop(all []string) (n int) {
	for _, name := range all {
		b.rw.RLock()
		defer b.rw.RUnlock()
		n += b.names[name]
	}
	return n
}

func (b *box) okReadersByHand(name string) int {
	b.rw.RLock()
	b.rw.RLock()
	n := b.names[name]
	b.rw.RUnlock()
	b.rw.RUnlock()
	return n
}

// Who tries does not wait.
func (b *box) okTries() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.mu.TryLock() || b.rw.TryRLock()
}

func (b *box) okTriedOrLocked() {
	if !b.mu.TryLock() {
		b.mu.Lock()
	}
	b.n++
	b.mu.Unlock()
}

func (b *box) okTwoLocks() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.other.Lock()
	defer b.other.Unlock()
	b.n++
}

func (b *box) okRounds(all []string) {
	for _, name := range all {
		b.mu.Lock()
		if _, ok := b.names[name]; ok {
			b.mu.Unlock()
			continue
		}
		b.names[name] = 1
		b.mu.Unlock()
	}
}

func (b *box) okHeldAroundLoop(all []string, slow func()) {
	b.mu.Lock()
	for range all {
		b.n++
		b.mu.Unlock()
		slow()
		b.mu.Lock()
	}
	b.mu.Unlock()
}

func (b *box) okLeftAround(slow func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	func() {
		b.mu.Unlock()
		defer b.mu.Lock()
		slow()
	}()
	b.n++
}

func okFlag(b *box, all []int) {
	locked := false
	for _, n := range all {
		if n > 3 && !locked {
			b.mu.Lock()
			locked = true
		}
	}
	if locked {
		b.mu.Unlock()
	}
}

type flagged struct {
	mu     sync.Mutex
	locked bool
	depth  int
	shared bool
	n      int
	out    func()
}

// Whether it is locked stands in a field, which others may have set.
func (f *flagged) okFlagInField() {
	f.mu.Lock()
	f.locked = true
	f.out()
	if !f.locked {
		f.mu.Lock()
	}
	f.n++
	f.mu.Unlock()
}

// The option does not change, whatever has the lock.
func (f *flagged) okOption() {
	if f.shared {
		f.mu.Lock()
		defer f.mu.Unlock()
	}
	f.n++
	f.depth++
	if !f.shared {
		f.mu.Lock()
		f.n++
		f.mu.Unlock()
	}
}

// Nobody unlocks it, which is another matter.
func (f *flagged) okDepth() {
	f.mu.Lock() // want revleak
	f.depth = 1
	f.out()
	if f.depth == 0 {
		f.mu.Lock()
	}
	f.depth++
}

func okGoroutineUnlocks(work func()) {
	var mu sync.Mutex
	mu.Lock()
	go func() {
		work()
		mu.Unlock()
	}()
	mu.Lock()
}

func (b *box) okGoroutineLocks() {
	b.mu.Lock()
	defer b.mu.Unlock()
	go func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.n++
	}()
}

func (b *box) okDone(wait chan int) {
	b.mu.Lock()
	b.n++
	b.mu.Unlock()
	<-wait
	b.mu.Lock()
	defer b.mu.Unlock()
	b.n--
}

func okCond(b *box) {
	c := sync.NewCond(&b.mu)
	b.mu.Lock()
	for b.n == 0 {
		c.Wait()
	}
	b.mu.Unlock()
}

// What is asked twice says most likely whether the lock is held.
func (b *box) okAskedTwice(yielding func() bool) {
	b.mu.Lock()
	if yielding() {
		b.mu.Unlock()
	}
	if yielding() {
		b.mu.Lock()
	}
	b.mu.Unlock()
}

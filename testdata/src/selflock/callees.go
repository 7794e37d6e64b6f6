package selflock

import (
	"errors"
	"sync"
	"sync/atomic"
)

// A method is called that locks what its caller holds.

type list struct {
	mu     sync.Mutex
	rw     sync.RWMutex
	items  []string
	closed bool
	ready  atomic.Bool
	save   func() error
	each   func(func())
	later  []func()
	cond   *sync.Cond
}

var errClosed = errors.New("closed")

func (l *list) len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.items)
}

func (l *list) isFull() bool { return l.len() > 3 }

func (l *list) badAdd(s string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.len() > 3 { // want revwait
		l.items = l.items[1:]
	}
	l.items = append(l.items, s)
}

func (l *list) badTwoDeep(s string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.isFull() { // want revwait
		return
	}
	l.items = append(l.items, s)
}

func (l *list) badOnError() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.save(); err != nil {
		l.close() // want revwait
		return err
	}
	return nil
}

func (l *list) close() {
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
}

// What is deferred runs before what unlocks.
func (l *list) badDeferredCallee() {
	l.mu.Lock()
	defer l.mu.Unlock()
	defer l.close() // want revwait
	l.items = nil
}

func (l *list) okDeferredCallee() {
	l.mu.Lock()
	defer l.close()
	defer l.mu.Unlock()
	l.items = nil
}

func (l *list) first() string {
	l.rw.RLock()
	defer l.rw.RUnlock()
	return l.items[0]
}

func (l *list) set(s string) {
	l.rw.Lock()
	defer l.rw.Unlock()
	l.items[0] = s
}

func (l *list) badReadInWrite(s string) {
	l.rw.Lock()
	defer l.rw.Unlock()
	if l.first() != s { // want revwait
		l.items[0] = s
	}
}

func (l *list) badWriteInRead(s string) {
	l.rw.RLock()
	defer l.rw.RUnlock()
	if l.items[0] != s {
		l.set(s) // want revwait
	}
}

func (l *list) okReadInRead(s string) bool {
	l.rw.RLock()
	defer l.rw.RUnlock()
	return l.first() == s
}

func (l *list) okAfter(s string) {
	l.mu.Lock()
	l.items = append(l.items, s)
	l.mu.Unlock()
	if l.len() > 3 {
		l.close()
	}
}

// It is called with mu held, waits without it, and returns with it.
func (l *list) waitLocked(c chan int) {
	l.mu.Unlock()
	<-c
	l.mu.Lock()
}

func (l *list) okWaitsLocked(c chan int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.waitLocked(c)
	l.items = nil
}

func (l *list) waitDeferred(c chan int) {
	l.mu.Unlock()
	defer l.mu.Lock()
	<-c
}

func (l *list) okWaitsDeferred(c chan int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.waitDeferred(c)
	l.items = nil
}

func (l *list) unlocked(f func()) {
	l.mu.Unlock()
	f()
	l.mu.Lock()
}

func (l *list) okUnlocked() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.unlocked(func() { l.close() })
}

// What it is given unlocks first.
func (l *list) between(f func()) {
	f()
	l.mu.Lock()
	l.items = nil
}

func (l *list) okBetween() {
	l.mu.Lock()
	l.between(l.mu.Unlock)
	l.mu.Unlock()
}

func (l *list) okBetweenLiteral() {
	l.mu.Lock()
	l.between(func() {
		l.items = nil
		l.mu.Unlock()
	})
	l.mu.Unlock()
}

func (l *list) swap(mu *sync.Mutex) {
	mu.Unlock()
	l.mu.Lock()
	l.items = nil
}

func (l *list) okSwap() {
	l.mu.Lock()
	l.swap(&l.mu)
	l.mu.Unlock()
}

func (l *list) swapLocker(mu sync.Locker) {
	mu.Unlock()
	l.mu.Lock()
	l.items = nil
}

func (l *list) okSwapLocker() {
	l.mu.Lock()
	l.swapLocker(&l.mu)
	l.mu.Unlock()
}

func (l *list) okCondWait() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.items) == 0 {
		l.cond.Wait()
	}
}

// It locks only where it is not locked.
func (l *list) reset(locked bool) {
	if !locked {
		l.mu.Lock()
		defer l.mu.Unlock()
	}
	l.items = nil
}

func (l *list) okReset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.reset(true)
}

// Whether it is true is known to whoever calls.
func (l *list) okResetAsTold(locked bool) {
	if locked {
		l.mu.Lock()
		defer l.mu.Unlock()
	}
	l.reset(locked)
}

func (l *list) okResetAsFound() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.reset(l.closed)
}

// A field says whether it locks.
func (l *list) fill() {
	if l.ready.Load() {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.items = []string{"x"}
}

func (l *list) okFilled() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.fill()
}

func (l *list) flush() error {
	if l.closed {
		return errClosed
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return nil
}

func (l *list) okFlushed() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	return l.flush()
}

func (l *list) okFlushedAsFound() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.flush()
}

func (l *list) remove(n int) {
	if n == 0 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.items = nil
}

func (l *list) okRemoveNothing() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.remove(0)
}

func (l *list) removeNamed(s string) {
	if s == "" {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.items = nil
}

// Comparisons of strings do not tell the ways out of a callee apart.
func (l *list) badRemoveNamed(s string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.items = nil
	l.removeNamed(s) // missed: revwait
}

func (l *list) okRemoveNoName() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.removeNamed("")
}

func (l *list) give(to *list) {
	if to == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.items = nil
}

func (l *list) okGiveNothing() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.give(nil)
}

func (l *list) lock() { l.mu.Lock() }

func (l *list) unlock() { l.mu.Unlock() }

func (l *list) badByHelper() {
	l.lock()
	defer l.unlock()
	l.lock() // want revwait
	l.unlock()
}

func (l *list) badByHelperAndCallee() int {
	l.lock()
	defer l.unlock()
	return l.len() // want revwait
}

func (l *list) okByHelper() int {
	l.lock()
	l.unlock()
	return l.len()
}

func (l *list) locked(f func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	f()
}

func (l *list) badUnderHelper() (n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.locked(func() { n++ }) // want revwait
	return n
}

func (l *list) okCallbackForLater() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.later = append(l.later, func() { l.close() })
	l.each(func() { l.items = nil })
}

func (l *list) okCallbackOutOfSight() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.each(func() { l.close() })
}

func (l *list) badStep(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if n > 0 {
		l.badStep(n - 1) // want revwait
	}
}

func okGiven(l *list, take func(*list)) int {
	l.mu.Lock()
	take(l)
	return l.len()
}

func okOneOf(a, b *list, second bool) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	l := a
	if second {
		l = b
	}
	return l.len()
}

// Which of two is called may go with whether it is locked.
func badChosenFunction(l *list, quick bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	f := l.close
	if quick {
		f = func() { l.items = nil }
	}
	f() // missed: revwait
}

func okGoroutine(l *list) {
	l.mu.Lock()
	defer l.mu.Unlock()
	go l.close()
}

type named struct {
	*list
	name string
}

func (n *named) badPromoted() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.len() // want revwait
}

type lengther interface{ len() int }

func badByInterface(l *list) int {
	var of lengther = l
	l.mu.Lock()
	defer l.mu.Unlock()
	return of.len() // want revwait
}

type open struct {
	sync.Mutex
	n int
}

func (o *open) get() int {
	o.Lock()
	defer o.Unlock()
	return o.n
}

func (o *open) badEmbedded() int {
	o.Lock()
	defer o.Unlock()
	return o.get() + 1 // want revwait
}

func okCopy(o *open) int {
	o.Lock()
	defer o.Unlock()
	c := &open{n: o.n}
	return c.get()
}

// Who gives it back and takes it again leaves it as it was, and its caller may not have had it.
func (l *list) rounds(all []chan int) {
	for _, c := range all {
		l.mu.Unlock()
		<-c
		l.mu.Lock()
	}
}

func okRounds(l *list, all []chan int) {
	l.rounds(all)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.items = nil
}

func okWithoutLock(l *list, c chan int) {
	l.waitLocked(c)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.items = nil
}

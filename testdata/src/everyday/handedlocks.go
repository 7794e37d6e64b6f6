package everyday

import (
	"errors"
	"sync"
)

// A lock is released by somebody else: by a goroutine that is started, by who is given the
// method, or by who is told that all went well.

type backlog struct {
	lock, other sync.Mutex
	closed      bool
}

func (b *backlog) okByGoroutine(work func()) {
	b.lock.Lock()
	if b.closed {
		b.lock.Unlock()
		return
	}
	go func() {
		defer b.lock.Unlock()
		work()
	}()
}

func (b *backlog) unlock() { b.lock.Unlock() }

func (b *backlog) okByMethod() {
	b.lock.Lock()
	if b.closed {
		b.lock.Unlock()
		return
	}
	go b.unlock()
}

func (b *backlog) badByAnotherLock(work func()) {
	b.lock.Lock() // want revleak
	go func() {
		b.other.Lock()
		defer b.other.Unlock()
		work()
	}()
	if b.closed {
		return
	}
	b.lock.Unlock()
}

type gone struct{}

func (*gone) Error() string { return "gone" }

var errGone = new(gone)

func (b *backlog) okGivesMethod() (func(), error) {
	b.lock.Lock()
	if b.closed {
		b.lock.Unlock()
		return nil, errGone
	}
	return b.lock.Unlock, nil
}

func (b *backlog) okGivesMethodOrNothing() (unlock func(), told bool) {
	b.lock.Lock()
	if b.closed {
		b.lock.Unlock()
		return nil, true
	}
	return b.lock.Unlock, true
}

func (b *backlog) okHeldOnSuccess() error {
	b.lock.Lock()
	if b.closed {
		b.lock.Unlock()
		return errGone
	}
	return nil
}

func (b *backlog) badHeldOnFailure() error {
	b.lock.Lock() // want revleak
	if b.closed {
		return errGone
	}
	b.lock.Unlock()
	return nil
}

func (b *backlog) badGivesAnotherMethod() (func(), error) {
	b.lock.Lock() // want revleak
	if b.closed {
		return b.other.Unlock, errors.New("closed")
	}
	b.lock.Unlock()
	return nil, nil
}

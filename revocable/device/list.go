package device

import "sync"

// A list is what was registered with a binding, oldest first: resources, actions and children. It is
// linked, so that one that is undone before its turn leaves nothing behind.
type list struct {
	mu           sync.Mutex
	oldest, last *entry
}

// An entry is part of what it undoes. The list's mutex guards it.
type entry struct {
	undoer
	older, younger *entry
	listed         bool
}

// An undoer is something registered. Its undo is called once at most, by whoever took its entry off the list.
type undoer interface{ undo() }

// add puts e, which undoes u, at the end of the list. Its caller holds the mutex.
func (l *list) add(e *entry, u undoer) {
	*e = entry{undoer: u, older: l.last, listed: true}
	if l.last == nil {
		l.oldest = e
	} else {
		l.last.younger = e
	}
	l.last = e
}

// take takes e off the list. It reports whether it was there.
func (l *list) take(e *entry) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.takeLocked(e)
}

func (l *list) takeLocked(e *entry) bool {
	if !e.listed {
		return false
	}
	if e.older == nil {
		l.oldest = e.younger
	} else {
		e.older.younger = e.younger
	}
	if e.younger == nil {
		l.last = e.older
	} else {
		e.younger.older = e.older
	}
	*e = entry{} // or a resource that is kept would keep its neighbours
	return true
}

// takeLast takes the last entry off the list, and returns what it undoes; nil if there is none.
func (l *list) takeLast() undoer {
	l.mu.Lock()
	defer l.mu.Unlock()
	e := l.last
	if e == nil {
		return nil
	}
	u := e.undoer
	l.takeLocked(e)
	return u
}

// undoAll undoes the list, last first. One that panics, or ends its goroutine, does not keep the others
// from being undone.
func (l *list) undoAll() {
	complete := false
	defer func() {
		if !complete {
			l.undoAll()
		}
	}()
	for u := l.takeLast(); u != nil; u = l.takeLast() {
		u.undo()
	}
	complete = true
}

// An action is a function of [Bound.OnUnbind].
type action struct {
	entry entry
	fn    func()
}

func (a *action) undo() { a.fn() }

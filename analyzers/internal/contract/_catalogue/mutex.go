//revlint:package sync
package sync

// S49, by Mutex and RWMutex: what was locked has to be unlocked. The lock restricts
// nothing that revlint could see; who does not own it owes the Unlock where the
// function itself unlocks it on another path. It is a run-time error to unlock what is
// not locked. "If the lock is already in use, the calling goroutine blocks until the mutex is
// available": who has it waits for itself. Readers may be two, so RLock waits for writers alone.
//
//revlint:waits m
//revlint:acquire _ guard m once
func (m *Mutex) Lock()

//revlint:acquire _ guard m once if ok
func (m *Mutex) TryLock() (ok bool)

//revlint:release m
func (m *Mutex) Unlock()

//revlint:waits rw
//revlint:acquire _ guard rw once
func (rw *RWMutex) Lock()

//revlint:acquire _ guard rw once if ok
func (rw *RWMutex) TryLock() (ok bool)

//revlint:release rw of Lock, TryLock // "It is a run-time error if rw is not locked for writing"
func (rw *RWMutex) Unlock()

//revlint:waits rw of Lock, TryLock
//revlint:acquire _ guard rw once
func (rw *RWMutex) RLock()

//revlint:acquire _ guard rw once if ok
func (rw *RWMutex) TryRLock() (ok bool)

//revlint:release rw of RLock, TryRLock
func (rw *RWMutex) RUnlock()

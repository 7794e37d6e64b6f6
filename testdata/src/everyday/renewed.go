package everyday

import (
	"database/sql"
	"sync"
)

// A transaction in memory of the caller's is over, and code that is out of sight, or another goroutine, may begin the next.
type unit struct {
	mu   sync.Mutex
	tx   *sql.Tx
	done chan struct{}
	next func()
}

type beginner interface{ Begin() }

func (u *unit) badAfterwards(q string) error {
	if err := u.tx.Commit(); err != nil {
		return err
	}
	_, err := u.tx.Exec(q) // want revuse
	return err
}

func (u *unit) badAfterwardsPrinted(q string) error {
	if err := u.tx.Commit(); err != nil {
		return err
	}
	println(q)
	_, err := u.tx.Exec(q) // want revuse
	return err
}

func (u *unit) okByItsFunction(q string) {
	u.tx.Commit()
	u.next()
	u.tx.Exec(q)
}

func (u *unit) okByAFunction(q string, next func()) {
	u.tx.Commit()
	next()
	u.tx.Exec(q)
}

func (u *unit) okByAMethod(q string, b beginner) {
	u.tx.Commit()
	b.Begin()
	u.tx.Exec(q)
}

func (u *unit) okByAGoroutine(q string) {
	u.tx.Commit()
	<-u.done
	u.tx.Exec(q)
}

func (u *unit) okByWhoHadTheLock(q string) {
	u.mu.Lock()
	u.tx.Commit()
	u.mu.Unlock()
	u.mu.Lock()
	u.tx.Exec(q)
	u.mu.Unlock()
}

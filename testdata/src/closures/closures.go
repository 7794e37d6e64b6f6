// Package closures has accesses that begin, are used and end in function literals.
package closures

import (
	"errors"
	"sync"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/access"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

var errLow = errors.New("too low")

type task struct {
	name string
	run  func() error
	undo func()
}

type queue struct {
	mu    sync.Mutex
	tasks []task
	onEnd []func()
}

func (q *queue) push(t task) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.tasks = append(q.tasks, t)
}

func (q *queue) atEnd(fn func()) { q.onEnd = append(q.onEnd, fn) }

// do calls fn between two locks.
func (q *queue) do(fn func() error) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	return fn()
}

// retry calls fn until it succeeds.
func retry(times int, fn func() error) (err error) {
	for range times {
		if err = fn(); err == nil {
			return nil
		}
	}
	return err
}

// with is h.With, with a result.
func with[T, R any](h revocable.Handle[T], fn func(*T) R) (r R, ok bool) {
	p, g := h.TryAccess()
	if p == nil {
		return r, false
	}
	defer g.Release()
	return fn(p), true
}

// transact runs fn in a transaction.
func transact(db *store.DB, fn func(tx *store.Tx) error) error {
	tx, err := db.Begin(true)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := fn(tx); err != nil {
		return err
	}
	return tx.Commit()
}

func okWith(h sensor.Handle) (string, error) {
	name, ok := with(h, func(s *sensor.Sensor) string { return s.Name })
	if !ok {
		return "", sensor.ErrGone
	}
	return name, nil
}

func okTransact(db *store.DB) error {
	return transact(db, func(tx *store.Tx) error { return access.Put(tx, "a", "k", "v") })
}

func (q *queue) okDo(h sensor.Handle) error {
	s, g := h.TryAccess()
	if s == nil {
		return sensor.ErrGone
	}
	defer g.Release()
	return q.do(func() error {
		s.Set(s.Value + 1)
		return nil
	})
}

func okRetry(h sensor.Handle) error {
	s, g := h.TryAccess()
	if s == nil {
		return sensor.ErrGone
	}
	defer g.Release()
	return retry(3, func() error {
		if s.Read() < s.Range.Low {
			return errLow
		}
		return nil
	})
}

func okRetryAccess(h sensor.Handle) (v float64, err error) {
	err = retry(3, func() error {
		s, g := h.TryAccess()
		if s == nil {
			return sensor.ErrGone
		}
		defer g.Release()
		v = s.Read()
		return nil
	})
	return v, err
}

func (q *queue) okReleasedAtEnd(h sensor.Handle) (string, error) {
	s, g := h.TryAccess()
	if s == nil {
		return "", sensor.ErrGone
	}
	q.atEnd(g.Release)
	return s.Name, nil
}

func (q *queue) okReleasedByTask(h sensor.Handle) error {
	s, g := h.TryAccess()
	if s == nil {
		return sensor.ErrGone
	}
	q.push(task{
		name: s.Name,
		run: func() error {
			s.Set(0)
			return nil
		},
		undo: func() { g.Release() },
	})
	return nil
}

func (q *queue) okTaskTakesItsOwn(h sensor.Handle) {
	q.push(task{name: "reset", run: func() error {
		s, g := h.TryAccess()
		if s == nil {
			return sensor.ErrGone
		}
		defer g.Release()
		s.Set(0)
		return nil
	}})
}

func okCleanupStack(handles []sensor.Handle) (total float64, err error) {
	var cleanups []func()
	defer func() {
		for i := len(cleanups) - 1; i >= 0; i-- {
			cleanups[i]()
		}
	}()
	for _, h := range handles {
		s, g := h.TryAccess()
		if s == nil {
			return 0, sensor.ErrGone
		}
		cleanups = append(cleanups, g.Release)
		total += s.Read()
	}
	return total, nil
}

func okFailHelper(h sensor.Handle) (v float64, err error) {
	s, g := h.TryAccess()
	if s == nil {
		return 0, sensor.ErrGone
	}
	fail := func(err error) (float64, error) {
		g.Release()
		return 0, err
	}
	if s.Value < s.Range.Low {
		return fail(errLow)
	}
	if s.Value > s.Range.High {
		return fail(errors.New("too high"))
	}
	v = s.Read()
	g.Release()
	return v, nil
}

func okRecursive(h sensor.Handle, depth int) (total float64) {
	var visit func(s *sensor.Sensor, depth int)
	visit = func(s *sensor.Sensor, depth int) {
		if s == nil || depth == 0 {
			return
		}
		total += s.Value
		visit(s.Peer, depth-1)
	}
	s, g := h.TryAccess()
	defer g.Release()
	visit(s, depth)
	return total
}

func badWithKeeps(h sensor.Handle) (*sensor.Range, bool) {
	var kept *sensor.Range
	_, ok := with(h, func(s *sensor.Sensor) bool {
		kept = s.Limits() // want revescape
		return true
	})
	return kept, ok
}

func badTransactKeeps(db *store.DB) (*store.Tx, error) {
	var kept *store.Tx
	err := transact(db, func(tx *store.Tx) error {
		kept = tx // want revescape
		return nil
	})
	return kept, err
}

func (q *queue) badTaskKeeps(h sensor.Handle) error {
	s, g := h.TryAccess()
	if s == nil {
		return sensor.ErrGone
	}
	defer g.Release()
	q.push(task{name: s.Name, run: func() error { s.Set(0); return nil }}) // want revescape
	return nil
}

func (q *queue) badAtEnd(h sensor.Handle) error {
	return h.With(func(s *sensor.Sensor) error {
		q.atEnd(func() { s.Set(0) }) // want revescape
		return nil
	})
}

func badFailHelperForgotten(h sensor.Handle) (v float64, err error) {
	s, g := h.TryAccess() // want revleak
	if s == nil {
		return 0, sensor.ErrGone
	}
	fail := func(err error) (float64, error) {
		g.Release()
		return 0, err
	}
	if s.Value < s.Range.Low {
		return fail(errLow)
	}
	if s.Value > s.Range.High {
		return 0, errors.New("too high")
	}
	v = s.Read()
	g.Release()
	return v, nil
}

func badFailHelperAndDefer(h sensor.Handle) (v float64, err error) {
	s, g := h.TryAccess()
	if s == nil {
		return 0, sensor.ErrGone
	}
	defer g.Release() // want revrelease
	fail := func(err error) (float64, error) {
		g.Release()
		return 0, err
	}
	if s.Value < s.Range.Low {
		return fail(errLow)
	}
	return s.Read(), nil
}

func badRetryAccessLeaks(h sensor.Handle) (v float64, err error) {
	err = retry(3, func() error {
		s, g := h.TryAccess() // want revleak
		if s == nil {
			return sensor.ErrGone
		}
		if v = s.Read(); v < 0 {
			return errLow
		}
		g.Release()
		return nil
	})
	return v, err
}

func (q *queue) badTaskForgetsToLook(h sensor.Handle) {
	q.push(task{name: "reset", run: func() error {
		s, g := h.TryAccess()
		defer g.Release()
		s.Value = 0 // want revnil
		return nil
	}})
}

func (q *queue) badUsedAfterLiteralReleases(h sensor.Handle) error {
	s, g := h.TryAccess()
	if s == nil {
		return sensor.ErrGone
	}
	err := q.do(func() error {
		defer g.Release()
		s.Set(1)
		return nil
	})
	if s.Value != 1 { // want revuse
		return errLow
	}
	return err
}

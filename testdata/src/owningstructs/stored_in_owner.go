// Package owningstructs has accesses stored in something that ends them later.
package owningstructs

import (
	"errors"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

type lease struct {
	s *sensor.Sensor
	g revocable.Guard
}

// A board keeps accesses until it is closed.
type board struct {
	leases []lease
	byID   map[int]*lease
	guards []revocable.Guard
	tx     *store.Tx
	newest *sensor.Sensor
	names  []string
}

func (b *board) close() error {
	for i := range b.leases {
		b.leases[i].g.Release()
	}
	for _, l := range b.byID {
		l.g.Release()
	}
	for i := range b.guards {
		b.guards[i].Release()
	}
	b.leases, b.byID, b.guards = nil, nil, nil
	if b.tx != nil {
		return b.tx.Rollback()
	}
	return nil
}

func (b *board) okAppended(h sensor.Handle) error {
	s, g := h.TryAccess()
	if s == nil {
		return sensor.ErrGone
	}
	b.leases = append(b.leases, lease{s, g})
	return nil
}

func (b *board) okInMap(h sensor.Handle) error {
	s, g := h.TryAccess()
	if s == nil {
		return sensor.ErrGone
	}
	b.byID[s.ID] = &lease{s: s, g: g}
	return nil
}

func (b *board) okGuardOnly(h sensor.Handle) (string, error) {
	s, g := h.TryAccess()
	if s == nil {
		return "", sensor.ErrGone
	}
	b.guards = append(b.guards, g)
	return s.Name, nil
}

func (b *board) okTransaction(db *store.DB) error {
	if b.tx != nil {
		return errors.New("there is a transaction already")
	}
	tx, err := db.Begin(true)
	if err != nil {
		return err
	}
	b.tx = tx
	return nil
}

func (b *board) okTransactionDirectly(db *store.DB) (err error) {
	b.tx, err = db.Begin(true)
	return err
}

func (b *board) okSent(h sensor.Handle, work chan<- lease) bool {
	s, g := h.TryAccess()
	if s == nil {
		return false
	}
	work <- lease{s, g}
	return true
}

func okLocalBoard(handles []sensor.Handle) (total float64, err error) {
	b := &board{byID: make(map[int]*lease)}
	defer b.close()
	for _, h := range handles {
		if err := b.okAppended(h); err != nil {
			return 0, err
		}
	}
	for _, l := range b.leases {
		total += l.s.Read()
	}
	return total, nil
}

func okLocalSlice(handles []sensor.Handle) (total float64) {
	var guards []revocable.Guard
	for _, h := range handles {
		s, g := h.TryAccess()
		if s == nil {
			continue
		}
		guards = append(guards, g)
		total += s.Value
	}
	for i := range guards {
		guards[i].Release()
	}
	return total
}

func okLocalSliceDeferred(handles []sensor.Handle) (total float64) {
	var held []*lease
	defer func() {
		for _, l := range held {
			l.g.Release()
		}
	}()
	for _, h := range handles {
		s, g := h.TryAccess()
		if s == nil {
			return 0
		}
		held = append(held, &lease{s, g})
	}
	for _, l := range held {
		total += l.s.Read()
	}
	return total
}

func (b *board) okNameOnly(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	b.names = append(b.names, s.Name)
}

func (b *board) badValueWithoutGuard(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	b.newest = s // want revescape
}

func (b *board) badLeakWhenFull(h sensor.Handle) error {
	s, g := h.TryAccess() // want revleak
	if s == nil {
		return sensor.ErrGone
	}
	if len(b.leases) == cap(b.leases) {
		return errors.New("board is full")
	}
	b.leases = append(b.leases, lease{s, g})
	return nil
}

func (b *board) badLeakOnDuplicate(h sensor.Handle) (bool, error) {
	s, g := h.TryAccess() // want revleak
	if s == nil {
		return false, sensor.ErrGone
	}
	if _, ok := b.byID[s.ID]; ok {
		return false, nil
	}
	b.byID[s.ID] = &lease{s: s, g: g}
	return true, nil
}

func (b *board) badTransactionNotKept(db *store.DB, keep bool) error {
	tx, err := db.Begin(true) // want revleak
	if err != nil {
		return err
	}
	if keep {
		b.tx = tx
	}
	return nil
}

func badLocalLeaseDies(h sensor.Handle) float64 {
	s, g := h.TryAccess() // want revleak
	if s == nil {
		return 0
	}
	l := lease{s, g}
	return l.s.Read()
}

package conditions

import (
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

// A callee leaves in memory of its caller's whether something is there.

type job struct {
	tx   *store.Tx
	err  error
	held bool
}

func (j *job) test() { j.held = j.err == nil }

func (j *job) testIn(failed *bool) { *failed = !(j.err == nil) }

func okFlagInField(db *store.DB) {
	var j job
	j.tx, j.err = db.Begin(true)
	j.test()
	if j.held {
		_ = j.tx.Commit()
	}
}

func badFlagInField(db *store.DB) {
	var j job
	j.tx, j.err = db.Begin(true) // want revleak
	j.test()
	if !j.held {
		_ = j.tx.Commit() // want revnil
	}
}

func okFlagInVariable(db *store.DB) {
	var j job
	var failed bool
	j.tx, j.err = db.Begin(true)
	j.testIn(&failed)
	if failed {
		return
	}
	_ = j.tx.Commit()
}

func begin(db *store.DB, tx **store.Tx, err *error, held *bool) {
	*tx, *err = db.Begin(true)
	*held = *err == nil
}

func okBegunWithFlag(db *store.DB) {
	var tx *store.Tx
	var err error
	var held bool
	begin(db, &tx, &err, &held)
	if held {
		_ = tx.Commit()
	}
}

func badBegunWithFlag(db *store.DB, skip bool) {
	var tx *store.Tx
	var err error
	var held bool
	begin(db, &tx, &err, &held) // want revleak
	if held && !skip {
		_ = tx.Commit()
	}
}

func badBegunAndUnasked(db *store.DB, skip bool) {
	var tx *store.Tx
	var err error
	var held bool
	begin(db, &tx, &err, &held) // want revleak
	if skip {
		return
	}
	if !held {
		_ = tx.Commit()
	}
}

// A callee does not come back unless something is there.

func mustBeThere(s **sensor.Sensor) {
	if *s == nil {
		panic("no sensor")
	}
}

func okMustBeThere(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	mustBeThere(&s)
	return s.Value
}

func badMustBeThere(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	mustBeThere(&s)
	g.Release()
	return s.Value // want revuse
}

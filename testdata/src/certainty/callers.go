package certainty

import (
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

// Where all callers of a function are known, what is found in it holds for what they pass.

func rollBackUnless(db *store.DB, finished bool) {
	tx, err := db.Begin(true)
	if err != nil {
		return
	}
	defer func() {
		if !finished {
			_ = tx.Rollback()
		}
	}()
}

func okNotFinished(db *store.DB) { rollBackUnless(db, false) }

func okNotFinishedEither(db *store.DB) {
	var finished bool
	rollBackUnless(db, finished)
}

func commitUnless(db *store.DB, failed *bool) {
	tx, err := db.Begin(true)
	if err != nil {
		return
	}
	if !*failed {
		_ = tx.Commit()
	}
}

func okNotFailed(db *store.DB) {
	var failed bool
	commitUnless(db, &failed)
}

type attempt struct {
	held bool
	s    *sensor.Sensor
}

func (a *attempt) use(h sensor.Handle, now bool) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	if now {
		a.held = s != nil
	}
	if a.held {
		return s.Value
	}
	return 0
}

func okHeldByNobody(h sensor.Handle, now bool) float64 {
	a := new(attempt)
	return a.use(h, now)
}

func leakIf(h sensor.Handle, really bool) {
	_, g := h.TryAccess() // want revleak
	if !really {
		g.Release()
	}
}

func badOneOfTwo(h sensor.Handle) {
	leakIf(h, false)
	leakIf(h, true)
}

func leakUnless(h sensor.Handle, released bool) {
	_, g := h.TryAccess() // want revleak
	if released {
		g.Release()
	}
}

func badAllPassFalse(h sensor.Handle) { leakUnless(h, false) }

// Others can call it: from another package, by a value of a func type, later.

func ReleaseUnless(h sensor.Handle, released bool) {
	_, g := h.TryAccess() // want revleak
	if !released {
		g.Release()
	}
}

func callsExported(h sensor.Handle) { ReleaseUnless(h, false) }

func releaseUnless(h sensor.Handle, released bool) {
	_, g := h.TryAccess() // want revleak
	if !released {
		g.Release()
	}
}

var hook = releaseUnless

func callsHooked(h sensor.Handle) { releaseUnless(h, false) }

func releaseLater(h sensor.Handle, released bool) {
	_, g := h.TryAccess() // want revleak
	if !released {
		g.Release()
	}
}

func startsLater(h sensor.Handle, released bool) {
	releaseLater(h, false)
	go releaseLater(h, released)
}

// What is passed on is known through several calls.

func beginUnless(db *store.DB, finished bool) {
	tx, err := db.Begin(true)
	if err != nil {
		return
	}
	if !finished {
		_ = tx.Rollback()
	}
}

func beginFor(db *store.DB, finished bool) { beginUnless(db, finished) }

func okNotFinishedBelow(db *store.DB) { beginFor(db, false) }

func beginBut(db *store.DB, finished bool) {
	tx, err := db.Begin(true) // want revleak
	if err != nil {
		return
	}
	if !finished {
		_ = tx.Rollback()
	}
}

func beginButFor(db *store.DB, finished bool) { beginBut(db, finished) }

func notFinishedBelow(db *store.DB) { beginButFor(db, false) }

func finishedBelow(db *store.DB) { beginButFor(db, true) }

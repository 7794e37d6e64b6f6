package releasehelpers

import (
	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

// A helper releases under two conditions at once: both are its caller's to know.

func closeIfBoth(g *revocable.Guard, a, held bool) {
	if a {
		if held {
			g.Release()
		}
	}
}

func badBothNotKnown(h sensor.Handle, a bool) float64 {
	s, g := h.TryAccess() // want revleak
	held := s != nil
	v := 0.0
	if held {
		v = s.Value
	}
	closeIfBoth(&g, a, held)
	return v
}

func okBothKnown(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	held := s != nil
	v := 0.0
	if held {
		v = s.Value
	}
	closeIfBoth(&g, true, held)
	return v
}

func okBothKnownHere(h sensor.Handle, a bool) float64 {
	if !a {
		return 0
	}
	s, g := h.TryAccess()
	held := s != nil
	v := 0.0
	if held {
		v = s.Value
	}
	closeIfBoth(&g, a, held)
	return v
}

func okOtherwiseReleased(h sensor.Handle, a bool) float64 {
	s, g := h.TryAccess()
	held := s != nil
	v := 0.0
	if held {
		v = s.Value
	}
	closeIfBoth(&g, a, held)
	if !a && held {
		g.Release()
	}
	return v
}

func badTwice(h sensor.Handle, a bool) float64 {
	s, g := h.TryAccess()
	held := s != nil
	v := 0.0
	if held {
		v = s.Value
	}
	closeIfBoth(&g, a, held)
	if held {
		g.Release() // want revrelease
	}
	return v
}

func abandonIfBegun(tx *store.Tx, err error, a bool) {
	if a {
		if err == nil {
			tx.Rollback()
		}
	}
}

func badBegunNotKnown(db *store.DB, a bool) {
	tx, err := db.Begin(true) // want revleak
	abandonIfBegun(tx, err, a)
}

func okBegunAndAsked(db *store.DB, a bool) {
	tx, err := db.Begin(true)
	abandonIfBegun(tx, err, a)
	if !a && err == nil {
		tx.Commit()
	}
}

func okBegunKnown(db *store.DB) {
	tx, err := db.Begin(true)
	abandonIfBegun(tx, err, true)
}

// The other way round, and a helper further down.

func abandonIfWanted(tx *store.Tx, err error, a bool) {
	if err == nil {
		if a {
			tx.Rollback()
		}
	}
}

func badFurtherDown(db *store.DB, a bool) {
	tx, err := db.Begin(true) // want revleak
	further(tx, err, a)
}

func okFurtherDown(db *store.DB, a bool) {
	tx, err := db.Begin(true)
	further(tx, err, a)
	if err == nil && !a {
		tx.Commit()
	}
}

func further(tx *store.Tx, err error, a bool) { abandonIfWanted(tx, err, a) }

// Three conditions, one of them a number.

func closeIfThree(g *revocable.Guard, a, held bool, n int) {
	if a {
		if n > 0 {
			if held {
				g.Release()
			}
		}
	}
}

func badThree(h sensor.Handle, a bool, n int) float64 {
	s, g := h.TryAccess() // want revleak
	held := s != nil
	v := 0.0
	if held {
		v = s.Value
	}
	closeIfThree(&g, a, held, n)
	return v
}

func okThree(h sensor.Handle, a bool, n int) float64 {
	if n <= 0 {
		return 0
	}
	s, g := h.TryAccess()
	held := s != nil
	v := 0.0
	if held {
		v = s.Value
	}
	closeIfThree(&g, a, held, n)
	if held && !a {
		g.Release()
	}
	return v
}

// One of the conditions is nobody's to know: then it may be released.

var wanted func() bool

func closeIfWanted(g *revocable.Guard, held bool) {
	if wanted() {
		if held {
			g.Release()
		}
	}
}

func okWantedElsewhere(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	held := s != nil
	v := 0.0
	if held {
		v = s.Value
	}
	closeIfWanted(&g, held)
	return v
}

// What the helper asks stands in a field, or behind a pointer, and was put there here.

type opened struct {
	tx  *store.Tx
	err error
}

func (o *opened) close() {
	if o.err != nil {
		return
	}
	defer o.tx.Rollback()
}

func badAfterField(db *store.DB) *store.Bucket {
	o := new(opened)
	o.tx, o.err = db.Begin(true)
	o.close()
	if o.err != nil {
		return nil
	}
	return o.tx.Bucket("a") // want revuse
}

func okBeforeField(db *store.DB) (n int) {
	o := new(opened)
	o.tx, o.err = db.Begin(true)
	if o.err == nil && o.tx.Bucket("a") != nil {
		n = 1
	}
	o.close()
	return n
}

func rollBack(tx **store.Tx, err *error) {
	if *err == nil {
		(*tx).Rollback()
	}
}

func badAfterPointer(db *store.DB) *store.Bucket {
	tx, err := db.Begin(true)
	rollBack(&tx, &err)
	if err != nil {
		return nil
	}
	return tx.Bucket("a") // want revuse
}

// Broken perhaps: what stands in the field is the caller's to know.

func okOfCaller(o *opened, db *store.DB) *store.Bucket {
	tx, err := db.Begin(true)
	if err != nil {
		return nil
	}
	o.tx = tx
	o.close()
	return tx.Bucket("a")
}

package unproved

import (
	"os"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

// What a callee does before it ends the program, it has done.

func looksAndPanics(s *sensor.Sensor, err error) float64 {
	v := s.Value
	if err != nil {
		panic(err)
	}
	return v
}

func panicsAtOnce(s *sensor.Sensor, err error) float64 {
	if err != nil {
		panic(err)
	}
	return s.Value
}

func openSensor(h sensor.Handle) (*sensor.Sensor, revocable.Guard, error) {
	s, g := h.TryAccess()
	if s == nil {
		return nil, revocable.Guard{}, sensor.ErrGone
	}
	return s, g, nil
}

func lookedAtBeforePanic(h sensor.Handle) float64 {
	s, g, err := openSensor(h)
	defer g.Release()
	return looksAndPanics(s, err) // answer: unknown: it is not checked, and a callee may look at it
}

func lookedAtBehindPanic(h sensor.Handle) float64 {
	s, g, err := openSensor(h)
	defer g.Release()
	return panicsAtOnce(s, err) // answer: proved
}

func looksAndExits(s *sensor.Sensor, code int) {
	println(s.Value)
	os.Exit(code)
}

func endsWithLook(h sensor.Handle) {
	s, g := h.TryAccess()
	g.Release()
	looksAndExits(s, 1) // want revuse
}

func must(other *sensor.Sensor) *sensor.Sensor {
	if other == nil {
		panic("gone")
	}
	return other
}

func closeAndRead(s *sensor.Sensor, g revocable.Guard) {
	defer func() { println(s.Value) }()
	g.Release()
}

func closeReadAndDie(s, other *sensor.Sensor, g revocable.Guard) *sensor.Sensor {
	closeAndRead(s, g)
	return must(other)
}

func readBeforeItDies(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	_ = closeReadAndDie(s, nil, g) // answer: unknown: paths or code out of sight may have ended it
}

func finishOrDie(tx *store.Tx, err error) {
	_ = tx.Rollback()
	if err != nil {
		panic(err)
	}
}

func releasedBeforePanic(db *store.DB) {
	tx, err := db.Begin(true)
	finishOrDie(tx, err) // answer: unknown: paths or code out of sight may have ended it
}

// Nil, by way of a variable, is nil for a callee that releases or looks.

func rollBack(tx **store.Tx) { _ = (*tx).Rollback() }

func rollBackUnless(tx **store.Tx, done *bool) {
	defer func() {
		if !*done {
			_ = (*tx).Rollback()
		}
	}()
}

func rollsBackNothing() {
	var tx *store.Tx
	rollBack(&tx) // answer: unknown: it is nil on this path
}

func rollsBackNothingUnless() {
	var tx *store.Tx
	var done bool
	rollBackUnless(&tx, &done) // answer: unknown: it is nil on this path
}

func rollsBackUnless(db *store.DB) {
	tx, err := db.Begin(true)
	if err != nil {
		return
	}
	var done bool
	rollBackUnless(&tx, &done) // answer: silent
}

package calledliterals

import (
	"sync"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

// A sync.Once that nobody else has calls the first function, and no other.

func okChecksOnce(db *store.DB) bool {
	var once sync.Once
	tx, err := db.Begin(true)
	once.Do(func() {
		if err != nil {
			panic(err)
		}
	})
	defer tx.Rollback()
	return tx.Bucket("a") != nil
}

func okOpensInEachRound(h sensor.Handle, n int) (sum float64) {
	var s *sensor.Sensor
	var g revocable.Guard
	for range n {
		var once sync.Once
		once.Do(func() { s, g = h.TryAccess() })
		if s != nil {
			sum += s.Value
		}
		g.Release()
	}
	return sum
}

func releaseByOnce(g revocable.Guard) {
	var once sync.Once
	once.Do(func() { g.Release() })
}

func okReleasedByOnce(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	defer releaseByOnce(g)
	if s == nil {
		return 0
	}
	return s.Value
}

func okReleasedOnce(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	var once sync.Once
	defer once.Do(g.Release)
	v := s.Value
	once.Do(g.Release)
	return v
}

func badReleasedBeforeLook(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	var once sync.Once
	once.Do(g.Release)
	return s.Value // want revuse
}

func badSecondIsNotCalled(h sensor.Handle, log func()) float64 {
	s, g := h.TryAccess() // want revleak
	if s == nil {
		return 0
	}
	var once sync.Once
	once.Do(log)
	once.Do(g.Release)
	return s.Value
}

func badOpensInFirstRound(h sensor.Handle, n int) (sum float64) {
	var s *sensor.Sensor
	var g revocable.Guard
	var once sync.Once
	for range n {
		once.Do(func() { s, g = h.TryAccess() })
		if s != nil {
			sum += s.Value // want revuse
		}
		g.Release()
	}
	return sum
}

// Of a sync.Once that others have it is not known which function is the first.

func okPerhapsCalled(h sensor.Handle, once *sync.Once) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	once.Do(g.Release)
	return s.Value
}

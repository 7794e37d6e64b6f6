package assumptions

import (
	"errors"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

type ring struct {
	at  int
	buf [64]byte
}

// Next is valid until the next call: so says the contract, which forgets Skip.
//
//revlint:borrow b from r until Next
func (r *ring) Next() (b []byte) { r.at++; return r.buf[:r.at] }

// Skip overwrites what Next gave.
func (r *ring) Skip() { clear(r.buf[:]) }

func endForgotten(r *ring) byte {
	b := r.Next()
	r.Skip()
	return b[0] // answer: proved
}

// keep says that it does not keep what it is given, and does.
//
//revlint:scoped s
func keep(s *sensor.Sensor) { kept = s }

func keptAllTheSame(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	keep(s) // answer: proved
	g.Release()
}

// No contract says that a lamp goes back to its store.
type lamp struct{ lit bool }

var lamps []*lamp

func take() *lamp   { l := lamps[0]; lamps = lamps[1:]; return l }
func back(l *lamp)  { lamps = append(lamps, l) }
func (l *lamp) on() { l.lit = true }

func noContract() {
	l := take()
	back(l)
	l.on() // answer: silent
}

// A dial gives a line unless it fails: so says the contract. It gives nothing to a busy one.
type line struct{ busy bool }

// dial gives a line.
//
//revlint:acquire l if err == nil
func dial(open func() (*line, error)) (l *line, err error) { return open() }

// hangUp ends a line.
//
//revlint:release l
func hangUp(l *line) {}

func neitherOfTheTwo(open func() (*line, error)) bool {
	l, err := dial(open)
	if err != nil {
		return false
	}
	defer hangUp(l)
	return l.busy // answer: proved
}

// An error beside nil is not nil, by custom; why may return nil.
func access(h sensor.Handle, why func() error) (*sensor.Sensor, revocable.Guard, error) {
	s, g := h.TryAccess()
	if s == nil {
		return nil, revocable.Guard{}, why()
	}
	return s, g, nil
}

func presumedError(h sensor.Handle, why func() error) float64 {
	s, g, err := access(h, why)
	if err != nil {
		return 0
	}
	defer g.Release()
	return s.Value // answer: unknown: paths or code out of sight may have ended it
}

// attempt says that it calls fn; it swallows the error.
//
//revlint:scoped fn
func attempt(fn func() error) error

func swallowed(h sensor.Handle) float64 {
	var s *sensor.Sensor
	var g revocable.Guard
	err := attempt(func() error {
		if s, g = h.TryAccess(); s == nil {
			return errors.New("gone")
		}
		return nil
	})
	if err != nil {
		g.Release()
		return 0
	}
	defer g.Release()
	return s.Value // answer: unknown: it is nil on this path
}

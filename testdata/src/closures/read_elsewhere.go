package closures

import (
	"log"

	"github.com/revlint/revlint/testdata/src/lib/kv"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// What only its own function writes stays what it is, whoever calls the literal.
func badReadByLiteral(db *kv.DB, run func(func())) (byte, error) {
	v, closer, err := db.Get("k")
	if err != nil {
		return 0, err
	}
	run(func() { log.Print(len(v)) })
	if err := closer.Close(); err != nil {
		return 0, err
	}
	return v[0], nil // want revuse
}

func okWrittenByLiteral(db *kv.DB, run func(func())) (byte, error) {
	v, closer, err := db.Get("k")
	if err != nil {
		return 0, err
	}
	run(func() { v = append([]byte(nil), v...) })
	if err := closer.Close(); err != nil {
		return 0, err
	}
	return v[0], nil
}

var current *sensor.Sensor

// Who is called may clear the variable.
func okClearedByCallee(h sensor.Handle, measure func() float64) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer g.Release()
	current = s
	return measure()
}

func badLeftInVariable(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer g.Release()
	current = s // want revescape
	return s.Read()
}

var seen = make(map[*sensor.Sensor]bool)

func badMapKey(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	seen[s] = true // want revescape
}

type board struct{ slots []*sensor.Sensor }

func (b *board) badCopied(h sensor.Handle) int {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer g.Release()
	return copy(b.slots, []*sensor.Sensor{s, nil}) // want revescape
}

// What is put back into the sensor itself does not outlive it.
func okIntoItself(h sensor.Handle) error {
	return h.With(func(s *sensor.Sensor) error {
		s.History = s.Window(3)
		return nil
	})
}

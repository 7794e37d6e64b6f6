package certainty

import (
	"sync"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/access"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

// On which of a callee's ways out something happens, its caller may know.

type tried struct {
	s   *sensor.Sensor
	g   revocable.Guard
	err error
}

// A field decides whether another one is looked at.
func (o *tried) read() (v float64) {
	if o.err != nil {
		return 0
	}
	return o.s.Value
}

func okField(h sensor.Handle) {
	var o tried
	o.s, o.g, o.err = access.Open(h)
	_ = o.read()
	if o.err == nil {
		o.g.Release()
	}
}

func readIf(s **sensor.Sensor, ok *bool) float64 {
	if !*ok {
		return 0
	}
	return (*s).Value
}

func okBehindPointers(h sensor.Handle) {
	s, g := h.TryAccess()
	ok := s != nil
	_ = readIf(&s, &ok)
	g.Release()
}

// What is looked at before it is released is there, whatever was released before.
func okInOrder(h sensor.Handle, db *store.DB) {
	_, g := h.TryAccess()
	tx, err := db.Begin(false)
	if err != nil {
		g.Release()
		return
	}
	finish(g, tx)
}

func finish(g revocable.Guard, tx *store.Tx) {
	g.Release()
	defer tx.Rollback()
	_ = tx.Bucket("b")
}

func badInOrder(h sensor.Handle, db *store.DB) {
	_, g := h.TryAccess()
	tx, err := db.Begin(false)
	if err != nil {
		g.Release()
		return
	}
	finishTooEarly(g, tx) // want revuse
}

func finishTooEarly(g revocable.Guard, tx *store.Tx) {
	tx.Rollback()
	g.Release()
	_ = tx.Bucket("b")
}

// Whether a function that runs others runs these, is not known if it may not.
func okOnce(h sensor.Handle, once *sync.Once) {
	_, g := h.TryAccess()
	once.Do(func() { g.Release() })
}

// It runs all that it is given, and it is given one.
func run(fns ...func()) {
	for _, fn := range fns {
		fn()
	}
}

func okRun(db *store.DB) {
	tx, err := db.Begin(false)
	begun := false
	run(func() { begun = err == nil })
	if begun {
		tx.Rollback()
	}
}

func okRunRelease(h sensor.Handle) {
	_, g := h.TryAccess()
	run(g.Release)
}

func badRunNothing(h sensor.Handle) {
	_, g := h.TryAccess() // want revleak
	run()
	_ = g
}

// A condition that is asked again after a callback.
func okAskedAgain(h sensor.Handle, db *store.DB, a, b bool, n int) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	if a || b {
		g.Release()
	}
	_ = db.View(func(tx *store.Tx) error {
		if n > 0 {
			_ = tx.Bucket("b")
		}
		return nil
	})
	if !(a || b) {
		g.Release()
	}
}

// A channel that nobody else has, and that has room.
func okSelect(h sensor.Handle, b bool) {
	if b {
		return
	}
	_, g := h.TryAccess()
	c := make(chan int, 1)
	if b {
		c <- 1
	}
	select {
	case c <- 2:
		g.Release()
	default:
	}
}

func badSelect(h sensor.Handle, b bool) {
	_, g := h.TryAccess() // want revleak
	c := make(chan int, 1)
	if b {
		c <- 1
	}
	select {
	case c <- 2:
		g.Release()
	default:
	}
}

func okReceive(h sensor.Handle) {
	c := make(chan revocable.Guard, 1)
	_, g := h.TryAccess()
	c <- g
	select {
	case r := <-c:
		r.Release()
	default:
	}
}

// What is released stood in a variable in which another one stands now.
func okAnother(h sensor.Handle, s **sensor.Sensor, g *revocable.Guard, n int) {
	g.Release()
	for range n {
		*s, *g = h.TryAccess()
		if *s != nil {
			break
		}
	}
}

func fillAnew(h sensor.Handle, s **sensor.Sensor, g *revocable.Guard) {
	*s, *g = h.TryAccess()
}

func okAnotherByACallee(h sensor.Handle, s **sensor.Sensor, g *revocable.Guard, n int) {
	g.Release()
	for range n {
		fillAnew(h, s, g)
		if *s != nil {
			break
		}
	}
}

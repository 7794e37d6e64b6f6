package unproved

import (
	"io"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/kv"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

// A value stands in two places when its access ends. One of them is reported.

func leaves(h sensor.Handle, low **float64, to *box) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	*low = &s.Range.Low // want revescape
	to.s = s            // answer: unknown: an earlier finding concerns it
	g.Release()
}

// What was reported in the callee is nothing that its caller may look at.

func looksAtWhatIsLeft(h sensor.Handle) float64 {
	var low *float64
	var b box
	leaves(h, &low, &b)
	if b.s == nil {
		return 0
	}
	return b.s.Value + // answer: unknown: paths or code out of sight may have ended it
		*low // answer: unknown: paths or code out of sight may have ended it
}

// A part of the value is on loan as the whole is, wherever a callee puts it.

func lowest(h sensor.Handle, low **float64) revocable.Guard {
	s, g := h.TryAccess()
	if s != nil {
		*low = &s.Range.Low
	}
	return g
}

func looksAtPart(h sensor.Handle) float64 {
	var low *float64
	g := lowest(h, &low)
	g.Release()
	if low == nil {
		return 0
	}
	return *low // want revuse
}

func looksAtPartInTime(h sensor.Handle) float64 {
	var low *float64
	g := lowest(h, &low)
	defer g.Release()
	if low == nil {
		return 0
	}
	return *low // answer: proved
}

// So is a field of a struct that a callee returns.

func openedAndClosed(h sensor.Handle) (a held, ok bool) {
	a.s, a.g = h.TryAccess()
	ok = a.s != nil
	defer func() { a.g.Release() }()
	return a, ok // want revescape
}

func looksAtField(h sensor.Handle) float64 {
	a, _ := openedAndClosed(h)
	return a.s.Value // answer: unknown: paths or code out of sight may have ended it
}

// A closer that a callee did not get is nil behind its interface.

func lookup(db *kv.DB) ([]byte, io.Closer, error) {
	v, c, err := db.Get("a")
	if err != nil {
		return v, c, err
	}
	return v, c, err
}

func closesUnasked(db *kv.DB) {
	_, c, _ := lookup(db)
	c.Close() // answer: unknown: paths or code out of sight may have ended it
}

func closesAsked(db *kv.DB) byte {
	v, c, err := lookup(db)
	if err != nil {
		return 0
	}
	defer c.Close()
	return v[0] // answer: proved
}

// What is put where it is not followed has ended, or ends perhaps.

func keepIt(s *sensor.Sensor) { kept.s = s }

func keepsTheEnded(h sensor.Handle) {
	s, g := h.TryAccess()
	g.Release()
	keepIt(s) // want revescape
}

func keepsAndHandsOn(h sensor.Handle) {
	s, g := h.TryAccess() // want revleak
	keepIt(s)
	var st stack
	st.push(func() { g.Release() })
}

// What is borrowed ends with what may have ended.

var lastSeen []byte

var really func() bool

func commitIf(tx *store.Tx, now bool) {
	if now {
		if really() {
			_ = tx.Commit()
		}
	}
}

func keepsOfTx(db *store.DB, now bool) {
	tx, err := db.Begin(true) // answer: unknown: paths or code out of sight may have ended it
	if err != nil {
		return
	}
	b := tx.Bucket("a")
	if b == nil {
		_ = tx.Rollback()
		return
	}
	lastSeen = b.Get("b") // answer: unknown: paths or code out of sight may have ended it
	commitIf(tx, now)
}

type page struct{ b []byte }

func fillPage(tx *store.Tx, p *page) {
	if b := tx.Bucket("a"); b != nil {
		p.b = b.Get("b")
	}
}

func fillsCallers(db *store.DB, p *page, log func()) {
	tx, err := db.Begin(true)
	if err != nil {
		return
	}
	fillPage(tx, p) // want revescape
	log()
	_ = tx.Rollback()
}

// What runs in a collection of functions puts it into the caller's memory.

type opening struct {
	s *sensor.Sensor
	g revocable.Guard
}

func runAll(fns ...func()) {
	for _, fn := range fns {
		fn()
	}
}

func (o *opening) open(h sensor.Handle) {
	steps := []func(){func() {
		o.s, o.g = h.TryAccess()
	}}
	runAll(steps...)
}

func opensAndForgets(h sensor.Handle) {
	o := new(opening)
	o.open(h) // want revleak
}

func openedInSteps(h sensor.Handle) (s *sensor.Sensor, g revocable.Guard) {
	runAll([]func(){func() { s, g = h.TryAccess() }}...)
	return s, g
}

func looksTooLate(h sensor.Handle) float64 {
	s, g := openedInSteps(h)
	if s == nil {
		return 0
	}
	g.Release()
	return s.Value // want revuse
}

func pushedAndReturned(h sensor.Handle, st *stack) *sensor.Sensor {
	s, g := h.TryAccess() // answer: unknown: its guard was handed on
	st.push(func() { g.Release() })
	return s
}

func looksAtWhatWasPushed(h sensor.Handle) float64 {
	var st stack
	s := pushedAndReturned(h, &st)
	for _, fn := range st.fns {
		fn()
	}
	if s == nil {
		return 0
	}
	return s.Value // answer: unknown: paths or code out of sight may have ended it
}

func (o *opening) openAtOnce(h sensor.Handle) {
	do(func() { o.s, o.g = h.TryAccess() })
}

func opensAtOnceAndForgets(h sensor.Handle) {
	o := new(opening)
	o.openAtOnce(h) // want revleak
}

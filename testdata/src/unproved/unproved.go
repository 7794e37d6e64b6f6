// Package unproved has programs that -strict must not pass over: each is wrong, or may be, in a way that no finding tells.
//
// The end of a line says what revlint answers there, under -strict.
package unproved

import (
	"sync"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/access"
	"github.com/revlint/revlint/testdata/src/lib/pool"
	"github.com/revlint/revlint/testdata/src/lib/refc"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

// A callee looks first, perhaps, and asks then.

func lookThenAsk(s *sensor.Sensor, now bool) float64 {
	var v float64
	if now {
		v = s.Value
	}
	if s == nil {
		panic("gone")
	}
	return v
}

func lookedAtUnasked(h sensor.Handle, now bool) {
	s, g := h.TryAccess()
	lookThenAsk(s, now) // answer: unknown: it is not checked, and a callee may look at it
	g.Release()
}

// What was handed on is returned as well: nobody owes it for certain.

type stack struct{ fns []func() }

func (s *stack) push(fn func()) { s.fns = append(s.fns, fn) }

type held struct {
	s *sensor.Sensor
	g revocable.Guard
}

func (a *held) open(h sensor.Handle) { a.s, a.g = h.TryAccess() }

func openedAndPushed(h sensor.Handle) held {
	var a held
	a.open(h)
	var s stack
	s.push(func() { a.g.Release() })
	return a
}

func nobodyCloses(h sensor.Handle) {
	_ = openedAndPushed(h) // want revleak
}

// How many references a loop gives back is not told.

func releaseAll(b *refc.Buf, n int) {
	for range n {
		b.Release() // answer: unknown: it is not known where it comes from
	}
}

func releasedTooOften() {
	b := refc.New(nil)
	releaseAll(b, 2)
}

// A callee that perhaps releases, in a loop.

func releaseOnce(once *sync.Once, g *revocable.Guard, really bool) {
	once.Do(func() { releaseIf(g, really) })
}

func releaseIf(g *revocable.Guard, really bool) {
	if really {
		g.Release()
	}
}

func releasedInRounds(h sensor.Handle, n int, once *sync.Once, really bool) {
	s, g := h.TryAccess() // want revleak
	if s == nil {
		return
	}
	for range n {
		releaseOnce(once, &g, really) // answer: unknown: paths or code out of sight may have ended it
	}
}

// A callee that finishes a transaction that was perhaps not begun.

func finishLater(tx *store.Tx) {
	var s stack
	s.push(func() { tx.Rollback() })
	for _, fn := range s.fns {
		fn()
	}
}

func finishedUnasked(db *store.DB) {
	tx, _ := db.Begin(true)
	finishLater(tx) // want revnil
}

func finishedNothing() (err error) {
	var tx *store.Tx
	err = tx.Commit() // answer: unknown: it is nil on this path
	return err
}

// A callee that gives a value back to an owner that its caller does not know.

var buffers, others pool.Pool[pool.Buffer]

type pools interface {
	Pool() *pool.Pool[pool.Buffer]
}

func giveBack(p *pool.Pool[pool.Buffer], b *pool.Buffer) { p.Put(b) }

func givenBackElsewhere() {
	b := buffers.Get()
	giveBack(&others, b) // want revrelease
}

func givenBackSomewhere(p pools) {
	b := p.Pool().Get()
	p.Pool().Put(b) // answer: unknown: its owner may be another
}

// What a callee puts into package variables.

var latest struct {
	value []byte
	at    *sensor.Sensor
	box   *held
}

func remember(b *store.Bucket) { latest.value = b.Get("latest") }

func rememberedTooLong(db *store.DB) {
	tx, err := db.Begin(false)
	if err != nil {
		return
	}
	defer tx.Rollback()
	if b := tx.Bucket("b"); b != nil {
		remember(b) // want revescape
	}
}

func beginAndRemember(db *store.DB, tx **store.Tx) {
	t, err := db.Begin(false)
	if err != nil {
		panic(err)
	}
	*tx = t
	if b := (*tx).Bucket("b"); b != nil {
		latest.value = b.Get("latest")
	}
}

func begunAndRemembered(db *store.DB) {
	var tx *store.Tx
	beginAndRemember(db, &tx) // want revescape
	tx.Rollback()
}

func keep(a *held)    { keepFar(a) }
func keepFar(a *held) { latest.box = &held{s: a.s} }

func keptFar(h sensor.Handle) {
	var a held
	a.open(h)
	if a.s != nil {
		keep(&a) // want revescape
	}
	a.g.Release()
}

// What a failed callee leaves in a field.

type session struct {
	tx  *store.Tx
	err error
	vs  []held
}

func (s *session) begin(db *store.DB) {
	if s.tx, s.err = db.Begin(false); s.err != nil {
		return
	}
}

func usedThoughItFailed(db *store.DB) {
	var s session
	s.begin(db)               // want revleak
	_ = s.tx.Bucket("unsure") // answer: unknown: paths or code out of sight may have ended it
}

// What a callee leaves behind has ended.

type scratch struct {
	b    *pool.Buffer
	data []byte
}

func (s *scratch) fill() {
	s.b = buffers.Get()
	s.data = s.b.B[:1]
	buffers.Put(s.b)
}

func usedAfterTheCallee() {
	var s scratch
	s.fill()
	_ = s.data[0] // answer: unknown: paths or code out of sight may have ended it
}

// What is borrowed of something that nobody ends.
func borrowedOfWhatNobodyEnds(db *store.DB, n int) {
	tx, err := db.Begin(false) // want revleak
	if err != nil {
		return
	}
	var s stack
	s.push(func() { tx.Rollback() })
	b := tx.Bucket("b")
	if b != nil {
		_ = b.Get("k") // answer: proved
	}
}

// What is behind a pointer that was passed is nil.

func valueBehind(s **sensor.Sensor) float64 { return (*s).Value }

func nilBehind() {
	var s *sensor.Sensor
	_ = valueBehind(&s) // answer: unknown: it is nil on this path
}

// What a callee gathers, and nobody can name.

func (s *session) openAll(hs []sensor.Handle) {
	for _, h := range hs {
		if v, g := h.TryAccess(); v != nil {
			s.vs = append(s.vs, held{v, g})
		}
	}
}

func (a *held) value() float64 { return a.s.Value }

func usedOfACollection(hs []sensor.Handle) {
	var s session
	s.openAll(hs)
	for i := range s.vs {
		_ = s.vs[i].value() // answer: unknown: it is not known where it comes from
	}
}

// A function that is called may end what is looked at next.

func endAndLook(s *sensor.Sensor, end func()) float64 {
	end()
	return s.Value
}

func lookedAtAfterACall(h sensor.Handle) {
	s, end := access.Acquire(h)
	if s == nil {
		return
	}
	_ = endAndLook(s, end) // want revuse
}

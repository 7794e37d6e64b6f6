package contracts

import (
	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/kv"
	"github.com/revlint/revlint/testdata/src/lib/pool"
	"github.com/revlint/revlint/testdata/src/lib/refc"
	"github.com/revlint/revlint/testdata/src/lib/scan"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
	"github.com/revlint/revlint/testdata/src/lib/wire"
)

// Decision 10: the result of a statement is dropped.
func droppedByStatement(db *store.DB) {
	db.Begin(true) // want revleak
}

// Decision 10: so is the blank one.
func droppedByBlank(db *store.DB) error {
	_, err := db.Begin(true) // want revleak
	return err
}

// Decision 10: so is that of defer.
func droppedByDefer(db *store.DB) {
	defer db.Begin(false) // want revleak
}

// Decision 10: so is that of go, which is not looked at.
func droppedByGo(db *store.DB) {
	go db.Begin(true) // missed: revleak
}

// Decision 10: the garbage collector takes what is optional.
func droppedOptional(p *pool.Pool[pool.Buffer]) {
	p.Get()
}

// Decision 10: it is the guard that owes, not the value.
func droppedValue(db *kv.DB) error {
	_, closer, err := db.Get("k")
	if err != nil {
		return err
	}
	return closer.Close()
}

// Decision 11: two iterators of one database are told apart.
func twoOfOne(db *kv.DB) (int, error) {
	a, err := db.NewIter("a")
	if err != nil {
		return 0, err
	}
	b, err := db.NewIter("b")
	if err != nil {
		a.Close()
		return 0, err
	}
	a.Close()
	n := len(b.Key())
	b.Close()
	return n, nil
}

// Decision 11: and each is asked for.
func oneOfTwo(db *kv.DB) error {
	a, err := db.NewIter("a") // want revleak
	if err != nil {
		return err
	}
	b, err := db.NewIter("b")
	if err != nil {
		return err
	}
	a.First()
	return b.Close()
}

// Decision 11: the first is lost when its last variable is overwritten.
func overwritten(db *kv.DB) error {
	it, err := db.NewIter("a") // want revleak
	if err != nil {
		return err
	}
	it.First()
	if it, err = db.NewIter("b"); err != nil {
		return err
	}
	return it.Close()
}

// Decision 12: usable until the last reference is given back.
func retainedOnce(data []byte) byte {
	b := refc.New(data)
	b.Retain()
	b.Release()
	first := b.Data()[0]
	b.Release()
	return first
}

// Decision 12: and not after it.
func retainedOnceReleasedTwice(data []byte) byte {
	b := refc.New(data)
	b.Retain()
	b.Release()
	b.Release()
	return b.Data()[0] // want revuse
}

// Decision 12: beneath a parameter lies the caller's reference, which does not
// end here.
func retainedParameter(b *refc.Buf) byte {
	b.Retain()
	b.Release()
	return b.Data()[0]
}

// Decision 12: of a counted type, only loans seen here are released too often.
func manyOfTheCaller(b *refc.Buf) {
	b.Release()
	b.Release()
}

// Decision 12: one more than was seen.
func oneTooMany(data []byte) {
	b := refc.New(data)
	b.Retain()
	b.Release()
	b.Release()
	b.Release() // want revrelease
}

// Decision 12: a scoped value may be kept with a reference of its own.
func keptRetained(s *wire.Server) (kept []*refc.Buf) {
	s.Buffers(func(b *refc.Buf) {
		b.Retain()
		kept = append(kept, b)
	})
	return kept
}

// Decision 12: and not without.
func keptBorrowed(s *wire.Server) (kept []*refc.Buf) {
	s.Buffers(func(b *refc.Buf) {
		kept = append(kept, b) // want revescape
	})
	return kept
}

// Decision 13: no amounts: one release ends all that was acquired.
func twoUnits(s *refc.Sem) {
	if !s.TryAcquire() {
		return
	}
	if s.TryAcquire() {
		s.Release()
		return
	}
	s.Release()
}

// Decision 13: the semaphore may be used freely.
func oneUnit(s *refc.Sem, wait func(*refc.Sem)) {
	if !s.TryAcquire() {
		return
	}
	defer s.Release()
	wait(s)
}

// Decision 13: none at all is a leak, where the function pays otherwise.
func noUnits(s *refc.Sem, busy bool) {
	if !s.TryAcquire() { // want revleak
		return
	}
	if busy {
		return
	}
	s.Release()
}

// Decision 14: who else has the buffer may give the reference back.
func retainedForOthers(b *refc.Buf) {
	b.Retain()
}

// Decision 14: paid on one path, so owed on the other.
func retainedUnlessShort(b *refc.Buf) int {
	b.Retain() // want revleak
	if b.Len() < 4 {
		return 0
	}
	n := b.Len()
	b.Release()
	return n
}

// Decision 15: without a closer nothing is owed, whatever the error.
func guardKnownNil(db *kv.DB) int {
	value, closer, _ := db.Get("k")
	if closer == nil {
		return 0
	}
	defer closer.Close()
	return len(value)
}

// Decision 15: a guard that can be nil is checked like the value.
func guardUnchecked(db *kv.DB) {
	_, closer, _ := db.Get("k")
	closer.Close() // want revnil
}

// Decision 15: the zero value of a struct guard does nothing.
func structGuardUnchecked(h sensor.Handle) {
	_, g := h.TryAccess()
	g.Release()
}

// Decision 15: a guard of which a part is the condition is there either way.
func partIsCondition(db *store.DB) error {
	s := db.Session()
	defer s.End()
	if s.Err != nil {
		return s.Err
	}
	return nil
}

// Decision 15: and owes where the part says so.
func partSaysSo(db *store.DB, skip bool) error {
	s := db.Session() // want revleak
	if s.Err != nil {
		return s.Err
	}
	if skip {
		return nil
	}
	s.End()
	return nil
}

// Decision 15: ended on each way but the one where there is nothing to end.
func partAsked(db *store.DB, do func() error) error {
	s := db.Session()
	defer func() {
		if recover() != nil {
			s.End()
		}
	}()
	if err := s.Err; err != nil {
		return err
	}
	if err := do(); err != nil {
		s.End()
		return err
	}
	s.End()
	return nil
}

// Decision 16: the debt is the caller's, with its condition.
func open(db *kv.DB) (*kv.Iter, error) { return db.NewIter("a") }

// Decision 16: here.
func openedAndLost(db *kv.DB) (bool, error) {
	it, err := open(db) // want revleak
	if err != nil {
		return false, err
	}
	return it.First(), nil
}

type holder struct {
	it  *kv.Iter
	all map[string]*kv.Iter
}

// Decision 16: stored where the caller can reach it, sent, or passed to who
// knows whom, it has moved.
func storedAndSent(db *kv.DB, h *holder, to chan *kv.Iter, f func(*kv.Iter)) (err error) {
	if h.it, err = db.NewIter("a"); err != nil {
		return err
	}
	if h.all["b"], err = db.NewIter("b"); err != nil {
		return err
	}
	c, err := db.NewIter("c")
	if err != nil {
		return err
	}
	to <- c
	d, err := db.NewIter("d")
	if err != nil {
		return err
	}
	f(d)
	return nil
}

// Decision 16: stored in an object that stays here, it is still owed.
func storedInLocal(db *kv.DB) (bool, error) {
	it, err := db.NewIter("a") // want revleak
	if err != nil {
		return false, err
	}
	h := &holder{it: it}
	return h.it.First(), nil
}

// Decision 16: until the object leaves.
func storedInReturned(db *kv.DB) (*holder, error) {
	it, err := db.NewIter("a")
	if err != nil {
		return nil, err
	}
	return &holder{it: it}, nil
}

// Decision 16: a guard may be handed on alone.
func guardAlone(h sensor.Handle) revocable.Guard {
	s, g := h.TryAccess()
	if s != nil {
		s.Set(1)
	}
	return g
}

// Decision 16: a value that goes alone stays on its loan.
func valueAlone(h sensor.Handle) *sensor.Sensor {
	s, g := h.TryAccess()
	if s == nil {
		return nil
	}
	defer g.Release()
	return s // want revescape
}

// Decision 17: the buffer is its holder's, not derived from the token.
func acquiredFromArgument(s *scan.Scanner) (all []*refc.Buf) {
	for s.Scan() {
		all = append(all, wire.Own(s.Bytes()))
	}
	return all
}

// Decision 17: but from its owner.
func acquiredFromOwner() byte {
	p := wire.Open()
	b := p.Scratch(8)
	p.Close()
	return b[0] // want revuse
}

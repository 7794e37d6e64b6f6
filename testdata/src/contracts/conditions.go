package contracts

import (
	"errors"
	"io"

	"github.com/revlint/revlint/testdata/src/lib/kv"
	"github.com/revlint/revlint/testdata/src/lib/pool"
	"github.com/revlint/revlint/testdata/src/lib/refc"
	"github.com/revlint/revlint/testdata/src/lib/scan"
	"github.com/revlint/revlint/testdata/src/lib/store"
	"github.com/revlint/revlint/testdata/src/lib/wire"
)

// Decision 39: the variable err has been of another call since.
func otherError(db *store.DB, f func() error) error {
	tx, err := db.Begin(true) // want revleak
	if err = f(); err != nil {
		return err
	}
	return tx.Commit() // want revnil
}

// Decision 39: the value that Begin returned is looked at.
func errorKeptApart(db *store.DB, f func() error) error {
	tx, failed := db.Begin(true)
	err := f()
	if failed != nil {
		return failed
	}
	if err != nil {
		tx.Rollback()
		return err
	}
	return tx.Commit()
}

// Decision 39: an error that is ErrNotFound is not nil.
func errorThatIs(db *kv.DB) ([]byte, error) {
	value, closer, err := db.Get("k")
	if errors.Is(err, kv.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	return append([]byte(nil), value...), nil
}

// Decision 39: one that is not ErrNotFound may be another.
func errorThatIsNot(db *kv.DB) byte {
	value, closer, err := db.Get("k") // want revleak
	if err == kv.ErrNotFound {
		return 0
	}
	if closer == nil {
		return 0
	}
	return value[0]
}

// Decision 39: a test may be kept in a variable.
func testKept(db *kv.DB) int {
	it, err := db.NewIter("a")
	ok := err == nil
	if !ok {
		return 0
	}
	defer it.Close()
	return len(it.Key())
}

// Decision 40: the buffer is the caller's, whether a reference was had or not.
func retainedOrNot(b *refc.Buf) int {
	if b.TryRetain() {
		defer b.Release()
	}
	return b.Len()
}

// Decision 40: the condition is the debt's.
func retainedNotReleased(b *refc.Buf, short bool) int {
	if !b.TryRetain() { // want revleak
		return 0
	}
	if short {
		return 1
	}
	b.Release()
	return 2
}

// Decision 41: Reuse is stored here.
func recordReused(src io.Reader) (all [][]string) {
	r := wire.NewReader(src)
	r.Reuse = true
	for range 2 {
		all = append(all, r.Record()) // want revescape
	}
	return all
}

// Decision 41: so is that of a literal.
func recordReusedByLiteral() string {
	r := &wire.Reader{Reuse: true}
	rec := r.Record()
	r.Record()
	return rec[0] // want revuse
}

// Decision 41: of a parameter it is not known, and counts as false.
func recordOfParameter(r *wire.Reader) string {
	rec := r.Record()
	r.Record()
	return rec[0]
}

// Decision 41: nor once it was given to somebody unknown.
func recordOfUnknown(src io.Reader, f func(*wire.Reader)) string {
	r := wire.NewReader(src)
	r.Reuse = true
	f(r)
	rec := r.Record()
	r.Record()
	return rec[0]
}

// Decision 41: be it through a channel.
func recordOfSent(out chan<- *wire.Reader) string {
	r := &wire.Reader{Reuse: true}
	out <- r
	rec := r.Record()
	r.Record()
	return rec[0]
}

var reusing = wire.Reader{Reuse: true}

// Decision 41: a literal that nothing changes. What package variables are
// initialised with is not known to the functions.
func recordOfVariable() string {
	rec := reusing.Record()
	reusing.Record()
	return rec[0] // missed: revuse
}

// Decision 41: a method that has been called on it.
func frameRaw(src io.Reader) byte {
	r := wire.NewReader(src)
	r.SetRaw()
	frame := r.Frame()
	r.Frame()
	return frame[0] // want revuse
}

// Decision 41: and one that has not.
func frameCopied(src io.Reader) byte {
	r := wire.NewReader(src)
	frame := r.Frame()
	r.Frame()
	return frame[0]
}

// Decision 41: a constant argument.
func chunkInPlace(r *wire.Reader) byte {
	chunk := r.Chunk(8, false)
	r.Chunk(8, false)
	return chunk[0] // want revuse
}

// Decision 41: the other one.
func chunkCopied(r *wire.Reader) byte {
	chunk := r.Chunk(8, true)
	r.Chunk(8, true)
	return chunk[0]
}

// Decision 42: each round's line is on the loan of its round.
func gathered(s *scan.Scanner) (lines [][]byte) {
	for s.Scan() {
		lines = append(lines, s.Bytes()) // want revescape
	}
	return lines
}

// Decision 42: what is carried over is of the round before.
func carriedOver(s *scan.Scanner) (n int) {
	var before []byte
	for s.Scan() {
		if len(before) > 0 && before[0] == '#' { // want revuse
			n++
		}
		before = s.Bytes()
	}
	return n
}

// Decision 42: taken anew in each round.
func takenAnew(s *scan.Scanner) (n int) {
	var line []byte
	for s.Scan() {
		line = s.Bytes()
		n += len(line)
	}
	return n
}

// Decision 43: opened and closed under one condition.
func underOneCondition(db *kv.DB, want bool) (n int, err error) {
	var it *kv.Iter
	if want {
		if it, err = db.NewIter("a"); err != nil {
			return 0, err
		}
		n = len(it.Key())
	}
	n++
	if want {
		it.Close()
	}
	return n, nil
}

// Decision 43: under two.
func underTwoConditions(db *kv.DB, want, close bool) (n int, err error) {
	var it *kv.Iter
	if want {
		if it, err = db.NewIter("a"); err != nil { // want revleak
			return 0, err
		}
		n = len(it.Key())
	}
	if want && close {
		it.Close()
	}
	return n, nil
}

// Decision 43: that an index may panic is no path.
func mayPanic(db *kv.DB, counts []int, i int) error {
	it, err := db.NewIter("a")
	if err != nil {
		return err
	}
	counts[i] = len(it.Key())
	return it.Close()
}

// Decision 44: Box takes over the memory, and its debt.
func boxed() (byte, error) {
	memory, err := pool.Map(64)
	if err != nil {
		return 0, err
	}
	b := wire.Box(memory)
	first := b.Data()[0]
	b.Release()
	return first, nil
}

// Decision 44: and gives a buffer that is owed.
func boxedAndLost() (byte, error) {
	memory, err := pool.Map(64)
	if err != nil {
		return 0, err
	}
	b := wire.Box(memory) // want revleak
	return b.Data()[0], nil
}

// Decision 44: without a move, the memory is owed still.
func ownedAndLost() (byte, error) {
	memory, err := pool.Map(64) // want revleak
	if err != nil {
		return 0, err
	}
	b := wire.Own(memory)
	defer b.Release()
	return b.Data()[0], nil
}

// Decision 44: the connection is out of the pool's hands.
func hijacked(p *wire.Pool) error {
	c, err := p.Take()
	if err != nil {
		return err
	}
	return c.Hijack().Close()
}

// Decision 44: what Hijack gives is owed instead.
func hijackedAndLost(p *wire.Pool) error {
	c, err := p.Take()
	if err != nil {
		return err
	}
	c.Hijack() // want revleak
	return nil
}

type session struct {
	*store.Tx
	user string
}

// Decision 45: Commit is that of the embedded transaction.
func promotedTwice(db *store.DB) error {
	tx, err := db.Begin(true)
	if err != nil {
		return err
	}
	s := session{tx, "a"}
	s.Commit()
	return s.Commit() // want revrelease
}

// Decision 45: and pays its debt.
func promoted(db *store.DB) error {
	tx, err := db.Begin(true)
	if err != nil {
		return err
	}
	s := session{tx, "a"}
	return s.Commit()
}

// Decision 45: a method value is the call it makes.
func methodValue(s *scan.Scanner) byte {
	next, token := s.Scan, s.Bytes()
	next()
	return token[0] // want revuse
}

// Decision 45: so is a method expression.
func methodExpression(s *scan.Scanner) byte {
	token := (*scan.Scanner).Bytes(s)
	(*scan.Scanner).Scan(s)
	return token[0] // want revuse
}

// Decision 45: which is not called here.
func methodValueUncalled(s *scan.Scanner) (byte, func() bool) {
	next, token := s.Scan, s.Bytes()
	return token[0], next
}

type journal struct {
	last  *wire.Msg
	bytes int
}

// Decision 46: a journal is a Sink, so it keeps nothing of m.
func (j *journal) Handle(m *wire.Msg) error {
	j.last = m // want revescape
	return nil
}

type counter struct{ bytes int }

// Decision 46: nor does a counter.
func (c *counter) Handle(m *wire.Msg) error {
	c.bytes += len(m.Body)
	return nil
}

type owning struct{ last *wire.Msg }

// Decision 46: what it has detached is its own.
func (o *owning) Handle(m *wire.Msg) error {
	m.Detach()
	o.last = m
	return nil
}

// Decision 46: a function that becomes a HandlerFunc is bound by it.
func handlerFunc(s *wire.Server, j *journal) {
	s.Add(wire.HandlerFunc(func(m *wire.Msg) error {
		j.last = m // want revescape
		return nil
	}))
}

// Decision 46: so is one that is put into OnDrop.
func onDrop(s *wire.Server, j *journal) {
	s.OnDrop = func(m *wire.Msg) {
		j.last = m // want revescape
	}
}

// Decision 46: a wrapper has what its body shows, without a contract.
func wrapper(s *scan.Scanner) []byte { return s.Bytes()[1:] }

// Decision 46: here.
func wrapped(s *scan.Scanner) byte {
	token := wrapper(s)
	s.Scan()
	return token[0] // want revuse
}

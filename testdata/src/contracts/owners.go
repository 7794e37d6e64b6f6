// Package contracts has a broken and a correct program for each decision of
// docs/contracts.md. The comment before a function begins with the numbers
// that it is about; TestDecisions asks for both of each.
package contracts

import (
	"io"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/kv"
	"github.com/revlint/revlint/testdata/src/lib/refc"
	"github.com/revlint/revlint/testdata/src/lib/scan"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
	"github.com/revlint/revlint/testdata/src/lib/wire"
)

// Decision 1: the owner is what s was at the call of Bytes.
func ownerThatTheVariableHad(r io.Reader) byte {
	first, second := scan.New(r), scan.New(r)
	s := first
	token := s.Bytes()
	s = second
	first.Scan()
	return token[0] // want revuse
}

// Decision 1: what s is later does not matter.
func variableWithAnotherOwner(r io.Reader) byte {
	first, second := scan.New(r), scan.New(r)
	s := first
	token := s.Bytes()
	s = second
	s.Scan()
	return token[0]
}

type input struct{ in, alt *scan.Scanner }

// Decision 1: the same path, with no store to it in between.
func samePath(i *input) byte {
	token := i.in.Bytes()
	i.in.Scan()
	return token[0] // want revuse
}

// Decision 1: the path leads elsewhere by now.
func storedBetween(i *input, r io.Reader) byte {
	token := i.in.Bytes()
	i.in = scan.New(r)
	i.in.Scan()
	return token[0]
}

type pair struct{ both [2]*scan.Scanner }

// Decision 1: the same constant index. Elements are not told apart, so none is
// known to be the same.
func sameIndex(p *pair) byte {
	token := p.both[0].Bytes()
	p.both[0].Scan()
	return token[0] // missed: revuse
}

// Decision 1: a copy of a handle is the handle.
func copyOfPlainOwner(p *revocable.Provider[sensor.Sensor]) {
	h := p.Handle()
	same := h
	s, g := same.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	p.Revoke() // want revwait
}

type lines struct{ *scan.Scanner }

// Decision 1: an embedded field is what it was before it was embedded.
func embeddedOwner(r io.Reader) byte {
	l := lines{scan.New(r)}
	token := l.Bytes()
	l.Scanner.Scan()
	return token[0] // want revuse
}

// Decision 1: so is a captured variable.
func capturedOwner(r io.Reader) byte {
	s := scan.New(r)
	token := s.Bytes()
	func() { s.Scan() }()
	return token[0] // want revuse
}

// Decision 2: an alias is the same object.
func aliasAdvances(s *scan.Scanner) byte {
	alias := s
	token := s.Bytes()
	alias.Scan()
	return token[0] // want revuse
}

// Decision 2: two fields are two objects.
func otherFieldAdvances(i *input) byte {
	token := i.in.Bytes()
	i.alt.Scan()
	return token[0]
}

// Decision 2: so are the results of two calls.
func otherResultAdvances(r io.Reader) byte {
	a, b := scan.New(r), scan.New(r)
	token := a.Bytes()
	b.Scan()
	return token[0]
}

// Decision 2: an element may be any, so nothing is said.
func someElementAdvances(all []*scan.Scanner, i, j int) byte {
	token := all[i].Bytes()
	all[j].Scan()
	return token[0]
}

func advance(s *scan.Scanner) { s.Scan() }

// Decision 3: the callee advances on every path.
func calleeAdvances(s *scan.Scanner) byte {
	token := s.Bytes()
	advance(s)
	return token[0] // want revuse
}

// Decision 3: what is not known may advance.
func unknownMayAdvance(s *scan.Scanner, f func(*scan.Scanner)) byte {
	token := s.Bytes()
	f(s)
	return token[0]
}

// Decision 4: the method may be called by an interface.
func advancedByInterface(s *scan.Scanner) byte {
	var i interface{ Scan() bool } = s
	token := s.Bytes()
	i.Scan()
	return token[0] // want revuse
}

// Decision 4: other methods end nothing.
func otherMethod(s *scan.Scanner) (byte, error) {
	token := s.Bytes()
	return token[0], s.Err()
}

// Decision 4: every method whose name begins with Read.
func eventByPattern(r *wire.Reader) byte {
	line := r.ReadLine()
	r.ReadUntil([]byte(";"))
	return line[0] // want revuse
}

// Decision 4: Limit is not one of them.
func methodBesidePattern(r *wire.Reader) byte {
	line := r.ReadLine()
	r.Limit(10)
	return line[0]
}

// Decision 4: a method of another type, given the owner as an argument.
func eventOfOtherType(m *wire.Memory, h *wire.Host) byte {
	view := m.Read(0, 8)
	h.Visit(m)
	return view[0] // want revuse
}

// Decision 4: not given this owner.
func eventOnOther(mod, other *wire.Module, h *wire.Host) byte {
	view := mod.Memory().Read(0, 8)
	h.Visit(other.Memory())
	return view[0]
}

// Decision 4: Call has no place for a memory, so it counts where the function
// is from the same module.
func guestGrows(mod *wire.Module) byte {
	view := mod.Memory().Read(0, 8)
	mod.Func("grow").Call(1)
	return view[0] // want revuse
}

// Decision 4: a function of another module.
func otherGuestGrows(mod, other *wire.Module) byte {
	view := mod.Memory().Read(0, 8)
	other.Func("grow").Call(1)
	return view[0]
}

// Decision 5: arguments are looked at before loans end: a line may be passed
// to the call that ends it.
func passedToItsEnd(r *wire.Reader) byte {
	line := r.ReadLine()
	line = r.ReadUntil(line)
	return line[0]
}

// Decision 5: but has ended after that.
func usedAfterItsEnd(r *wire.Reader) byte {
	line := r.ReadLine()
	text := r.ReadUntil(line)
	return line[0] + text[0] // want revuse
}

// Decision 6: a value of a bucket of a transaction ends with the transaction.
func ownerOfOwnerEnds(tx *store.Tx) byte {
	b := tx.Bucket("a")
	if b == nil {
		return 0
	}
	value := b.Get("k")
	tx.Commit()
	return value[0] // want revuse
}

// Decisions 6 and 7: so does an idempotent release, which may come again.
func ownerOfOwnerRolledBack(tx *store.Tx) byte {
	b := tx.Bucket("a")
	if b == nil {
		return 0
	}
	value := b.Get("k")
	tx.Rollback()
	return value[0] // want revuse
}

// Decision 6: a receiver may be of either transaction; one of them has ended.
func oneOwnerEnds(one, two *store.Tx, second bool) byte {
	tx := one
	if second {
		tx = two
	}
	b, err := tx.CreateBucket("a")
	if err != nil {
		return 0
	}
	one.Commit()
	return b.Get("k")[0] // missed: revuse
}

// Decision 6: path by path: on this one it is the other.
func otherOwnerEnds(one, two *store.Tx, second bool) byte {
	tx := one
	if second {
		tx = two
	}
	b, err := tx.CreateBucket("a")
	if err != nil {
		return 0
	}
	one.Commit()
	if !second {
		return 0
	}
	return b.Get("k")[0]
}

// Decision 7: what is derived from a parameter is judged at the caller.
func tokenOf(s *scan.Scanner) []byte { return s.Bytes() }

// Decision 7: here.
func derivedInCallee(s *scan.Scanner) byte {
	token := tokenOf(s)
	s.Scan()
	return token[0] // want revuse
}

type stash struct{ token []byte }

// Decision 7: it may lie in the result.
func stashed(s *scan.Scanner) *stash { return &stash{s.Bytes()} }

// Decision 7: here.
func derivedInResult(s *scan.Scanner) byte {
	kept := stashed(s)
	s.Scan()
	return kept.token[0] // want revuse
}

// Decision 7: or in another parameter.
func (t *stash) keep(s *scan.Scanner) { t.token = s.Bytes() }

// Decision 7: here.
func derivedInParameter(s *scan.Scanner) byte {
	kept := new(stash)
	kept.keep(s)
	s.Scan()
	return kept.token[0] // want revuse
}

// Decision 7: a block ends nothing.
func ownerOfBlock(r io.Reader) byte {
	var token []byte
	{
		s := scan.New(r)
		s.Scan()
		token = s.Bytes()
	}
	return token[0]
}

// Decision 8: the iterator ended with its database, and its debt did not: its
// release comes too late. What owes a release does not end with its owner yet.
func releasedAfterOwner(db *kv.DB) error {
	it, err := db.NewIter("a")
	if err != nil {
		return err
	}
	db.Close()
	return it.Close() // missed: revrelease
}

// Decision 8: no release is a leak still.
func ownerEndedAndLeaked(db *kv.DB) error {
	_, err := db.NewIter("a") // want revleak
	if err != nil {
		return err
	}
	return db.Close()
}

// Decision 8: the value has ended. It has not yet, since it owes a release.
func usedAfterOwner(p *wire.Pool) error {
	c, err := p.Take()
	if err != nil {
		return err
	}
	p.Close()
	defer p.Put(c)     // missed: revrelease
	return c.Send(nil) // missed: revuse
}

// Decision 8: an idempotent release may come after.
func idempotentAfterOwner(p *wire.Pool) {
	l := p.Line()
	p.Close()
	l.Hang()
}

// Decision 8: in the right order.
func releasedBeforeOwner(db *kv.DB) error {
	it, err := db.NewIter("a")
	if err != nil {
		return err
	}
	it.Close()
	return db.Close()
}

// Decision 9: the buffer is another's, and lives on there.
func borrowedFromMoved(data []byte, to chan *refc.Buf) byte {
	b := refc.New(data)
	d := b.Data()
	to <- b
	return d[0]
}

// Decision 9: released, it does not.
func borrowedFromReleased(data []byte) byte {
	b := refc.New(data)
	d := b.Data()
	b.Release()
	return d[0] // want revuse
}

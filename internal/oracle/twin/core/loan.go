package core

import (
	"reflect"
	"slices"
	"strings"
	"unsafe"
	"weak"
)

// A Loan is one acquisition, borrow or scope. It knows its memory by address only, so
// that the garbage collector can tell whether anything else still leads there.
type Loan struct {
	began    string // chain of the call that gave it
	owner    any
	ended    bool
	bad      bool // some access was wrong already
	owes     bool // a release is due
	released int
	count    int // references, for what is counted
	pieces   []piece
	guard    func() bool // whether the guard is within reach
	children []*Loan
	trail    []string // accesses to it, and to what it was taken from before that
	held     bool     // a wait for the owner waits for it
}

// A piece is a block of memory that is on loan.
type piece struct {
	from, to uintptr
	alive    func() bool
}

// Begin starts a loan from owner.
func Begin(owner any) *Loan {
	l := &Loan{began: chain(), owner: owner}
	if now != nil {
		now.loans = append(now.loans, l)
	}
	return l
}

// Refuse notes that an access was not given.
func Refuse() {
	if at := chain(); now != nil && !slices.Contains(now.refused, at) {
		now.refused = append(now.refused, at)
	}
}

// Owes says that l must be released, by what guard leads to.
func Owes[G any](l *Loan, guard *G) {
	w := weak.Make(guard)
	l.owes, l.held = true, true
	l.guard = func() bool { return w.Value() != nil }
}

// Held says that whoever waits for the owner of l waits for l.
func (l *Loan) Held() { l.held = true }

// From says that l ends when parent does.
func (l *Loan) From(parent *Loan) {
	if parent == nil {
		return
	}
	parent.children = append(parent.children, l)
	l.trail = slices.Clone(parent.trail)
	if parent.ended {
		l.ended = true
	}
}

// Lend puts *p on l, with the slices in its fields, which should be l's own.
func Lend[T any](l *Loan, p *T) {
	w := weak.Make(p)
	from := uintptr(unsafe.Pointer(p))
	l.pieces = append(l.pieces, piece{from, from + unsafe.Sizeof(*p), func() bool { return w.Value() != nil }})
	v := reflect.ValueOf(p).Elem()
	if v.Kind() != reflect.Struct {
		return
	}
	for i := range v.NumField() {
		f := v.Field(i)
		if f.Kind() == reflect.Slice && f.Type().Elem().Kind() == reflect.Uint8 && f.Len() > 0 {
			LendBytes(l, unsafe.Slice((*byte)(f.UnsafePointer()), f.Len()))
		}
	}
}

// LendBytes puts b on l.
func LendBytes(l *Loan, b []byte) {
	p := unsafe.SliceData(b)
	w := weak.Make(p)
	from := uintptr(unsafe.Pointer(p))
	l.pieces = append(l.pieces, piece{from, from + uintptr(cap(b)), func() bool { return w.Value() != nil }})
}

// LoanOf returns the loan that the memory at p is on, nil if none.
func LoanOf(p unsafe.Pointer) *Loan {
	if now == nil || p == nil {
		return nil
	}
	at := uintptr(p)
	for i := len(now.loans) - 1; i >= 0; i-- {
		for _, piece := range now.loans[i].pieces {
			if piece.from <= at && at < piece.to {
				return now.loans[i]
			}
		}
	}
	return nil
}

// Of returns the loan that *p is on.
func Of[T any](p *T) *Loan { return LoanOf(unsafe.Pointer(p)) }

// End ends l and all that was taken from it.
func (l *Loan) End() {
	l.ended = true
	for _, c := range l.children {
		c.End()
	}
}

// Ended reports whether l has ended.
func (l *Loan) Ended() bool { return l.ended }

// Look is a look at *p. It returns p, except where the run goes on though p is nil.
func Look[T any](p *T) *T {
	look(unsafe.Pointer(p), chain())
	return standIn(p)
}

// Elems is a look at the elements of s, if there are any. It returns s.
func Elems[T any](s []T) []T {
	if len(s) > 0 {
		look(unsafe.Pointer(unsafe.SliceData(s)), chain())
	}
	return s
}

// Given is a call of a method of x, an interface, which must not be nil. It returns x.
func Given[T any](x T) T {
	if any(x) == nil {
		look(nil, chain())
	}
	return x
}

// LookFrom is the look of a library's method at its receiver: chain starts at its caller.
func LookFrom[T any](p *T) { look(unsafe.Pointer(p), chain()) }

func look(p unsafe.Pointer, at string) {
	if p == nil {
		if now != nil {
			// Of what was not given there is no loan: those that it may be are named instead.
			judge("look", Nil, &Loan{began: strings.Join(now.refused, "|")}, at)
		}
		if now != nil {
			now.astray, now.crashed = true, true
		}
		return
	}
	l := LoanOf(p)
	switch {
	case l == nil:
		judge("look", Right, nil, at)
	case l.ended:
		judge("look", Ended, l, at)
	default:
		judge("look", Right, l, at)
	}
}

// Release is the release of a guard of l, nil where the guard is empty. It reports
// whether there was something to release. Where again is allowed, a second one does nothing.
func Release(l *Loan, again bool) bool {
	at := chain()
	switch {
	case l == nil:
		judge("release", Empty, nil, at)
		return false
	case l.released > 0 && again:
		judge("release", Right, l, at)
		return false
	case l.released > 0:
		l.released++
		judge("release", Double, l, at)
		return false
	}
	judge("release", Right, l, at)
	l.released++
	l.End()
	return true
}

// ReleaseTo is a release of l to owner.
func ReleaseTo(l *Loan, owner any) bool {
	if l != nil && l.released == 0 && l.owner != owner {
		judge("release", Wrong, l, chain())
	}
	return Release(l, false)
}

// ReleaseBorrowed is a release of what nobody owes, such as what a callback was lent.
func ReleaseBorrowed(l *Loan) {
	judge("release", Double, l, chain())
	if l != nil {
		l.End()
	}
}

// Owed reports whether a release of l is due, or was.
func (l *Loan) Owed() bool { return l == nil || l.owes }

// Obliged says that l must be released, by means that are always within reach.
func (l *Loan) Obliged() {
	l.owes, l.held = true, true
	l.guard = func() bool { return false }
}

// Counted says that l is released once for its beginning and once for each [Retain].
func Counted[T any](l *Loan, p *T) {
	Owes(l, p)
	l.count = 1
}

// Retain takes one more reference to l.
func Retain(l *Loan) {
	if l == nil {
		return
	}
	c := Right
	if l.ended {
		c = Ended
	}
	judge("look", c, l, chain())
	l.count++
}

// Drop gives a reference to l back; the last one ends it.
func Drop(l *Loan) {
	switch {
	case l == nil:
		judge("release", Empty, nil, chain())
	case l.count == 0:
		judge("release", Double, l, chain())
	default:
		judge("release", Right, l, chain())
		if l.count--; l.count == 0 {
			l.released++
			l.End()
		}
	}
}

// Through is the pointer of a method's receiver that the method follows: if it is nil the real method
// panics, and so does this, unless the run goes on.
func Through[T any](p *T) *T {
	if p == nil {
		if now != nil && !now.astray {
			look(nil, chain())
		}
		if p = standIn(p); p == nil {
			var none *int
			_ = *none
		}
	}
	return p
}

// Wait is a wait for all that is held of owner.
func Wait(owner any) {
	at := chain()
	if now == nil || now.over {
		return
	}
	bad := false
	for _, l := range now.loans {
		if l.held && !l.ended && l.owner == owner {
			judge("wait", Waiting, l, at)
			bad = true
		}
	}
	if bad {
		now.astray = true // the real program stays there for ever
		return
	}
	judge("wait", Right, nil, at)
}

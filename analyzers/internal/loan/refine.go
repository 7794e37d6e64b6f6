package loan

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
)

// assume takes st to the paths on which cond is truth and reports whether
// there are any.
func (in *interpreter) assume(st *state, cond ssa.Value, truth bool) bool {
	v := in.eval(st, cond)
	switch c := cond.(type) {
	case *ssa.UnOp:
		if c.Op == token.NOT {
			return in.assume(st, c.X, !truth)
		}
	case *ssa.BinOp:
		// Operands that nobody reads again are gone: then the comparison is
		// what it was when it was made.
		if (c.Op == token.EQL || c.Op == token.NEQ) && st.knows(c.X) && st.knows(c.Y) {
			equal := (c.Op == token.EQL) == truth
			if !in.filterNil(st, c.X, c.Y, equal) || !in.filterNil(st, c.Y, c.X, equal) {
				return false
			}
			v = in.compare(st, c, in.eval(st, c.X), in.eval(st, c.Y))
		}
	}
	var kept value
	for _, s := range v {
		if !in.contradicts(st, s, truth) {
			kept = append(kept, s)
		}
	}
	if len(v) > 0 && len(kept) == 0 {
		return false
	}
	if isTracked(cond) {
		st.top().env.set(cond, kept)
		in.refineCell(st, cond, v, kept)
	}
	if s := kept.one(); s != nil && !in.learn(st, s, truth) {
		return false
	}
	if c, ok := cond.(*ssa.BinOp); ok && (c.Op == token.EQL) == truth && (c.Op == token.EQL || c.Op == token.NEQ) {
		in.emptied(st, c.X, c.Y)
		in.emptied(st, c.Y, c.X)
	}
	return true
}

// emptied makes x, a slice that was found to be nil, just that: it is nobody's
// memory.
func (in *interpreter) emptied(st *state, x, y ssa.Value) {
	if c, ok := y.(*ssa.Const); !ok || !c.IsNil() || !isTracked(x) || sliceOf(x.Type()) == nil || !st.knows(x) {
		return
	}
	s := in.eval(st, x).one()
	if s == nil || len(s.allLoans()) == 0 || len(s.guards) > 0 || slices.ContainsFunc(s.loans, func(l *loan) bool { return l.nilSlice }) {
		return
	}
	now := value{in.nilSymbol()}
	st.top().env.set(x, now)
	if load, ok := x.(*ssa.UnOp); ok && load.Op == token.MUL {
		if a := in.eval(st, load.X).one(); a != nil && st.mem.at(a).v.one() == s {
			c := st.mem.at(a)
			c.v = now
			st.mem.set(a, c)
		}
	}
}

// knows reports whether st has a value for v.
func (st *state) knows(v ssa.Value) bool {
	if !isTracked(v) {
		return true
	}
	_, ok := st.top().env.get(v)
	return ok
}

// filterNil drops from x, where y is nil, what cannot be (or cannot but be)
// nil, in the environment and in the cell that it was loaded from.
func (in *interpreter) filterNil(st *state, x, y ssa.Value, equal bool) bool {
	if !isTracked(x) {
		return true
	}
	s := in.eval(st, y).one()
	if s == nil {
		return true
	}
	v := in.eval(st, x)
	if !s.isNil() {
		if !equal && len(v) > 1 && v.has(s) && !s.old {
			kept := slices.DeleteFunc(slices.Clone(v), func(x *symbol) bool { return x == s })
			st.top().env.set(x, kept)
			in.refineCell(st, x, v, kept)
		}
		return true
	}
	if len(v) < 2 {
		return true
	}
	var kept value
	for _, s := range v {
		known, is := in.nilness(st, s)
		if !known || is == equal {
			kept = append(kept, s)
		}
	}
	if len(kept) == 0 {
		return false
	}
	if !equal && len(kept) > 1 {
		kept = in.notNil(st, x, kept)
	}
	st.top().env.set(x, kept)
	in.refineCell(st, x, v, kept)
	return true
}

// notNil is x, one of v, now that it is known not to be nil: which of them it
// is, and so which of them is not nil, is not. Guards keep their identity.
func (in *interpreter) notNil(st *state, x ssa.Value, v value) value {
	if slices.ContainsFunc(v, func(s *symbol) bool { return len(in.guardedBy(st, s)) > 0 || len(s.allLoans()) == 0 }) {
		return v
	}
	s := in.derived(oneNotNil{x}, v, x.Type())
	st.facts.set(s, notNil)
	return value{s}
}

// oneNotNil marks one of several values that is not nil.
type oneNotNil struct{ of ssa.Value }

// refineCell carries what was learned of a value over to the variable that it
// was loaded from, which is loaded anew at each use.
func (in *interpreter) refineCell(st *state, x ssa.Value, was, now value) {
	load, ok := x.(*ssa.UnOp)
	if !ok || load.Op != token.MUL || len(now) == len(was) {
		return
	}
	a := in.eval(st, load.X).one()
	if a == nil {
		return
	}
	if c, ok := st.mem.get(a); ok && len(c.v) == len(was) && len(was) > 0 && c.v[0] == was[0] {
		c.v = now
		st.mem.set(a, c)
	}
}

// contradicts reports whether s is known not to be truth.
func (in *interpreter) contradicts(st *state, s *symbol, truth bool) bool {
	known, is := in.truth(st, s)
	return known && is != truth
}

// truth is what is known of the boolean s.
func (in *interpreter) truth(st *state, s *symbol) (known, is bool) {
	if s.isBool(true) {
		return true, true
	}
	if s.isBool(false) {
		return true, false
	}
	f := st.facts.at(s)
	if f&(isTrue|isFalse) != 0 {
		return true, f&isTrue != 0
	}
	if s.kind != symCompare {
		return false, false
	}
	if s.key.op == token.NOT {
		known, is = in.truth(st, s.key.base)
		return known, !is
	}
	x, y := s.key.base, s.key.with
	equal, ok := in.equal(st, x, y)
	return ok, equal == (s.key.op == token.EQL)
}

// equal compares two symbols, as far as that can be decided.
func (in *interpreter) equal(st *state, x, y *symbol) (equal, ok bool) {
	if x == y && !x.old {
		return true, true
	}
	if x.kind == symConst && y.kind == symConst {
		return false, true // equal ones are one symbol
	}
	if x.isNil() {
		x, y = y, x
	}
	if y.isNil() {
		known, is := in.nilness(st, x)
		return is, known
	}
	return false, false
}

// nilness is what is known of the pointer-like s.
func (in *interpreter) nilness(st *state, s *symbol) (known, is bool) {
	switch s.kind {
	case symConst:
		return true, s.isNil()
	case symAlloc, symGlobal, symFunc, symAddr, symStruct:
		return true, false
	}
	if f := st.facts.at(s); f&(isNil|notNil) != 0 {
		return true, f&isNil != 0
	}
	if s.kind == symContent && s.key.base.kind == symGlobal && isError(s.typ) {
		return true, false // sentinel errors are not nil
	}
	return false, false
}

// learn adds to st that s is truth, and what follows from it, and reports
// whether that can be.
func (in *interpreter) learn(st *state, s *symbol, truth bool) bool {
	if known, is := in.truth(st, s); known && is != truth {
		return false
	}
	if s.kind == symConst {
		return true
	}
	if !s.old {
		st.facts.set(s, st.facts.at(s)&^(isTrue|isFalse))
		if truth {
			st.facts.set(s, st.facts.at(s)|(isTrue))
		} else {
			st.facts.set(s, st.facts.at(s)|(isFalse))
		}
	}
	if s.kind == symCompare {
		if s.key.op == token.NOT {
			return in.learn(st, s.key.base, !truth)
		}
		equal := truth == (s.key.op == token.EQL)
		x, y := s.key.base, s.key.with
		if x.isNil() {
			x, y = y, x
		}
		switch {
		case y.isNil():
			return in.learnNil(st, x, equal)
		case isBoolean(x.typ) && equal:
			if known, is := in.truth(st, y); known {
				return in.learn(st, x, is)
			}
		case equal:
			if !x.old && !y.old && x.kind != symConst && y.kind != symConst {
				st.same.set(x, y)
				st.same.set(y, x)
			}
			if !canBeNil(x) || !canBeNil(y) {
				break
			}
			if known, is := in.nilness(st, y); known {
				return in.learnNil(st, x, is)
			}
			if known, is := in.nilness(st, x); known {
				return in.learnNil(st, y, is)
			}
		}
	}
	in.resolve(st, s)
	return true
}

// canBeNil reports whether s is of a type that has a nil, as far as that is known.
func canBeNil(s *symbol) bool { return s.typ == nil || isNillable(s.typ) }

// learnNil adds to st that s is nil, or is not.
func (in *interpreter) learnNil(st *state, s *symbol, is bool) bool {
	if known, was := in.nilness(st, s); known && was != is {
		return false
	}
	if s.kind == symConst {
		return true
	}
	if is && in.guards(st, s, live) || !is && in.guards(st, s, absent) {
		return false // a guard that owes something is not nil; one that does not is
	}
	if !s.old {
		st.facts.set(s, st.facts.at(s)&^(isNil|notNil))
		if is {
			st.facts.set(s, st.facts.at(s)|(isNil))
		} else {
			st.facts.set(s, st.facts.at(s)|(notNil))
		}
	}
	in.resolve(st, s)
	return true
}

// guards reports whether s is the guard of a loan that is known to be in phase p.
func (in *interpreter) guards(st *state, s *symbol, p phase) bool {
	return slices.ContainsFunc(s.guards, func(l *loan) bool {
		stand, ok := st.loans.get(l)
		return ok && stand.phase == p && !stand.unsure
	})
}

// resolve settles the loans whose condition is a test of s, or whose value or
// guard it is: a guard that is nil owes nothing, and one that is not does,
// for value and error are not both set.
func (in *interpreter) resolve(st *state, s *symbol) {
	f := st.facts.at(s)
	for l, stand := range st.loans.all() {
		if stand.phase != unchecked && stand.phase != absent || l.old {
			continue
		}
		var holds, known bool
		if l.cond.one() == s {
			switch l.op {
			case contract.IsTrue:
				known, holds = f&(isTrue|isFalse) != 0, f&isTrue != 0
			case contract.IsFalse:
				known, holds = f&(isTrue|isFalse) != 0, f&isFalse != 0
			case contract.IsNil:
				known, holds = f&(isNil|notNil) != 0, f&isNil != 0
			case contract.NotNil:
				known, holds = f&(isNil|notNil) != 0, f&notNil != 0
			}
		}
		if !known && f&(isNil|notNil) != 0 && (containsLoan(s.loans, l) || containsLoan(s.guards, l)) {
			known, holds = true, f&notNil != 0
		}
		switch {
		case !known:
		case !holds:
			stand.phase = absent
			st.loans.set(l, stand)
		case stand.phase == unchecked:
			stand.phase = live
			st.loans.set(l, stand)
		}
	}
}

func containsLoan(loans []*loan, l *loan) bool {
	for _, x := range loans {
		if x == l {
			return true
		}
	}
	return false
}

// compare is the value of the comparison c of x and y.
func (in *interpreter) compare(st *state, c *ssa.BinOp, x, y value) value {
	a, b := x.one(), y.one()
	if a == nil || b == nil {
		return value{in.fresh(c, 0, c.Type())}
	}
	if a.kind == symConst && b.kind == symConst {
		if eq, ok := in.equal(st, a, b); ok {
			return value{in.boolean(eq == (c.Op == token.EQL))}
		}
	}
	return value{in.intern(symbolKey{kind: symCompare, op: c.Op, base: a, with: b}, c.Type(), nil)}
}

func isBoolean(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

func isError(t types.Type) bool {
	return types.Identical(t, types.Universe.Lookup("error").Type())
}

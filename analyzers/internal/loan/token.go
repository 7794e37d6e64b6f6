package loan

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/diag"
)

// A proof token proves that something is there while its callback runs. Its
// package makes it and lends it; to be a proof it must come from nowhere else:
// see forge.go.

// ownsToken reports whether the token type t is of this package, which may do
// with it as it likes.
func (e *engine) ownsToken(t types.Type) bool {
	return packageOf(t) == e.pass.Pkg
}

// keepTokens notes that the tokens in v were put into the collection keeper, or
// into one that nobody here can name.
func (in *interpreter) keepTokens(st *state, v value, keeper *symbol, c *callSite) {
	st.reach(v, func(s *symbol) {
		for _, l := range s.allLoans() {
			if stand, ok := st.loans.get(l); ok && l.token && stand.phase == live && stand.handed == token.NoPos {
				stand.handed, _ = in.names.start(c.site())
				stand.handedN, stand.keeper = "kept by "+c.name(), keeper
				st.loans.set(l, stand)
			}
		}
	})
}

// takeOut forgets which tokens are in the collections that c is given: it may
// take them out.
func (in *interpreter) takeOut(st *state, c *callSite) {
	for l, stand := range st.loans.all() {
		if stand.keeper != nil && slices.ContainsFunc(c.args, func(v value) bool { return v.has(stand.keeper) }) {
			stand.handed, stand.keeper, stand.unsure = token.NoPos, nil, true
			st.loans.set(l, stand)
		}
	}
}

// tokenOf is the token among the arguments of c, and the loan it is on.
func (in *interpreter) tokenOf(st *state, c *callSite) (*symbol, *loan) {
	for i, a := range c.args {
		if !in.contracts.IsToken(c.argTypes[i]) {
			continue
		}
		if s := a.only(); s != nil {
			for _, l := range s.allLoans() {
				if _, ok := st.loans.get(l); ok && l.token {
					return s, l
				}
			}
		}
	}
	return nil, nil
}

// checkOwner reports the use of something that belongs to one token's owner
// together with a token of provably another (decision 37).
func (in *interpreter) checkOwner(st *state, c *callSite) {
	_, token := in.tokenOf(st, c)
	if token == nil || st.loans.at(token).reported {
		return
	}
	for i, a := range c.args {
		s := a.only()
		if s == nil || in.contracts.IsToken(c.argTypes[i]) {
			continue
		}
		of, ok := st.belongs.get(s)
		if !ok || !different(of.one(), in.firstOwner(st, st.loans.at(token).owner).one()) {
			continue
		}
		pos, end := in.names.start(c.site())
		in.report(finding{
			Analyzer: "revbound", Pos: pos, End: end,
			Message: fmt.Sprintf("%s proves that another owner is bound, not that of what %s is used on", token.subject(), c.name()),
			Related: []diag.Related{token.began()},
		})
		in.mark(st, token, st.loans.at(token))
	}
}

// belong notes to whose token's owner the results of c belong.
func (in *interpreter) belong(st *state, c *callSite, results []value) {
	_, token := in.tokenOf(st, c)
	if token == nil || len(st.loans.at(token).owner) == 0 {
		return
	}
	owner := in.firstOwner(st, st.loans.at(token).owner)
	for _, r := range results {
		if s := r.one(); s != nil && s.kind == symFresh && isPointer(s.typ) {
			st.belongs.set(s, owner)
		}
	}
}

// firstOwner is what stands at the end of a chain of owners: the device that
// is bound, where a token was taken from another.
func (in *interpreter) firstOwner(st *state, v value) value {
	for range 4 {
		o := v.one()
		if o == nil {
			return v
		}
		var next value
		for _, l := range o.allLoans() {
			if stand, ok := st.loans.get(l); ok && len(stand.owner) > 0 {
				next = stand.owner
			}
		}
		if next == nil {
			return v
		}
		v = next
	}
	return v
}

// different reports whether x and y are provably not the same object:
// results of different calls, distinct variables of the package, distinct
// fields of one object, distinct variables of the function.
func different(x, y *symbol) bool {
	if x == nil || y == nil || x == y || x.old || y.old {
		return false
	}
	if x.kind == symContent && y.kind == symContent {
		a, b := x.key.base, y.key.base
		if a.kind == symGlobal && b.kind == symGlobal {
			return a != b
		}
		return a.kind == symAddr && b.kind == symAddr && a.key.base == b.key.base &&
			a.key.index != b.key.index && a.key.index >= 0 && b.key.index >= 0
	}
	if x.kind == symGlobal && y.kind == symGlobal {
		return true
	}
	if x.kind == symAddr && y.kind == symAddr && x.key.base == y.key.base && !x.key.base.old {
		return x.key.index != y.key.index && x.key.index >= 0 && y.key.index >= 0
	}
	return isNew(x) && isNew(y)
}

// isNew reports whether s is what a call returned, or an object made here.
func isNew(s *symbol) bool {
	switch s.kind {
	case symAlloc:
		return true
	case symFresh:
		_, ok := s.key.site.(*ssa.Call)
		return ok
	}
	return false
}

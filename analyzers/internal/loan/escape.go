package loan

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// findEscapes reports the ended loans whose values stand in memory that
// outlives fn, or are returned. Variables of the functions around fn are asked
// when they are read ([interpreter.readStale]).
func (in *interpreter) findEscapes(st *state, fn *ssa.Function, results []value, ret *ssa.Return) {
	in.reportReturned(st, fn, results, ret)
	for _, a := range in.sortedCells(st) {
		c, ok := st.mem.get(a)
		if !ok || c.by == nil || !in.outlives(st, a, fn) {
			continue
		}
		owner := a.object().allLoans()
		st.reachFrom(c.v, []cell{c}, func(s *symbol, chain []cell) {
			for _, l := range s.allLoans() {
				stand, ok := st.loans.get(l)
				if !ok || stand.phase != ended || stand.reported || stand.unsure || !isHeld(s, l) || st.isDetached(s) {
					continue
				}
				if slices.ContainsFunc(owner, func(o *loan) bool { return o == l || o.lentWith(l) }) && !l.token {
					continue
				}
				in.reportStored(st, l, whereStored(l, chain))
			}
		})
	}
}

// lentWith reports whether l and m were lent for the same call of a function:
// what one holds of the other does not outlive it.
func (l *loan) lentWith(m *loan) bool {
	return l.scope != nil && l.scope == m.scope && l.claim == m.claim
}

// readStale is a read of the variable at addrs. What a callback left in it has
// outlived its scope: that is found where it was stored.
func (in *interpreter) readStale(st *state, addrs, v value) {
	a := addrs.one()
	if a == nil || a.object().kind != symAlloc || !st.hasEndedScope() {
		return
	}
	c, ok := st.mem.get(a)
	if !ok {
		return
	}
	st.reachFrom(v, []cell{c}, func(s *symbol, chain []cell) {
		for _, l := range s.allLoans() {
			stand, ok := st.loans.get(l)
			if !ok || stand.phase != ended || stand.reported || stand.unsure || !isHeld(s, l) || st.isDetached(s) || l.scope == nil && !l.fromScope {
				continue
			}
			by := whereStored(l, chain)
			if by.by == nil || len(by.v) > 1 || st.top().fn == l.scope {
				continue
			}
			in.reportStored(st, l, by)
		}
	})
}

// hasEndedScope reports whether a callback ran that something was lent to.
func (st *state) hasEndedScope() bool {
	for l, stand := range st.loans.all() {
		if (l.scope != nil || l.fromScope) && stand.phase == ended && !stand.reported {
			return true
		}
	}
	return false
}

// isFromScope reports whether one of v was lent to a callback, or taken from
// what was.
func isFromScope(v value) bool {
	for _, s := range v {
		if slices.ContainsFunc(s.allLoans(), func(l *loan) bool { return l.scope != nil || l.fromScope }) {
			return true
		}
	}
	return false
}

// whereStored picks, of the cells that lead to a value of l, the one that a
// person would call the store: the first that was filled after the access
// began. What was there before is where it was put in the end.
func whereStored(l *loan, chain []cell) cell {
	for _, c := range chain {
		if c.pos > l.pos && c.pos != token.NoPos {
			return c
		}
	}
	return chain[len(chain)-1]
}

// outlives reports whether the memory at a can be read after fn has returned.
func (in *interpreter) outlives(st *state, a *symbol, fn *ssa.Function) bool {
	o := a.object()
	if o.old {
		return false
	}
	switch o.kind {
	case symParam, symGlobal:
		return true
	case symContent: // what a token points to is its owner's
		return o.root().kind == symParam || o.root().kind == symGlobal || o.root().isToken()
	case symFresh:
		return slices.ContainsFunc(o.loans, func(l *loan) bool { // another access that goes on
			stand, ok := st.loans.get(l)
			dropped := l.kind == acquired && fn == in.root // by this function, for nobody has moved it
			return ok && stand.phase == live && l.scope != fn && !dropped
		})
	}
	return false
}

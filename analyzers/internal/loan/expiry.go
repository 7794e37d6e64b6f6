package loan

import (
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// end ends the loan l in st, and with it all that was taken from its value or
// guard. What outlives it and still holds a value is looked for where it
// matters: locals when they are read, goroutines now, all else at the exit.
func (in *interpreter) end(st *state, l *loan, site ssa.Instruction, by string) {
	in.ending++
	in.endOne(st, l, site, by)
	if in.ending--; in.ending == 0 {
		in.reportLent(st)
	}
}

func (in *interpreter) endOne(st *state, l *loan, site ssa.Instruction, by string) {
	stand := st.loans.at(l)
	if stand.phase == ended {
		return
	}
	stand.phase, stand.ended, stand.endedBy = ended, sitePos(site), by
	_, isReturn := site.(*ssa.Return)
	_, isDefer := site.(*ssa.Defer)
	stand.atExit = isReturn || isDefer
	if !isReturn && l.kind == borrowed && len(l.until) > 0 && !l.old {
		in.reportGathered(st, l, &stand)
	}
	if stand.handed != token.NoPos && !stand.reported && !stand.unsure {
		in.reportHanded(st, l, &stand)
	}
	st.loans.set(l, stand)
	if !l.reference {
		in.endTaken(st, l, site, by)
	}
}

// reportGathered looks, when a later call on its owner ends l, for a
// collection that has gathered its value: unlike a variable, which is
// overwritten in the next round, it will be read (decision 42).
func (in *interpreter) reportGathered(st *state, l *loan, stand *standing) {
	if stand.reported || stand.unsure {
		return
	}
	for _, a := range in.sortedCells(st) {
		if a.key.index != elementIndex || isVarargs(a.object()) || !isGathering(st.mem.at(a).by) {
			continue
		}
		for _, s := range st.mem.at(a).v {
			if containsLoan(s.allLoans(), l) && isHeld(s, l) && s.kind != symContent {
				st.loans.set(l, *stand)
				in.reportStored(st, l, st.mem.at(a))
				*stand = st.loans.at(l)
				return
			}
		}
	}
}

// isGathering reports whether by adds to a collection.
func isGathering(by ssa.Instruction) bool {
	switch by := by.(type) {
	case *ssa.MapUpdate:
		return true
	case *ssa.Store:
		_, ok := by.Addr.(*ssa.IndexAddr)
		return ok
	case *ssa.Call:
		_, ok := by.Call.Value.(*ssa.Builtin)
		return ok
	}
	return false
}

// endTaken ends the values that were taken from a value or the guard of l. A
// debt on them stays (decision 8).
func (in *interpreter) endTaken(st *state, l *loan, site ssa.Instruction, by string) {
	for t, stand := range st.loans.all() {
		if t == l || stand.phase != live && stand.phase != unchecked || t.kind == acquired && t.mandatory {
			continue
		}
		o := stand.owner.one()
		if o == nil || !in.isOf(o, l) {
			continue
		}
		if o.old || l.old {
			stand.unsure = true
			st.loans.set(t, stand)
			continue
		}
		in.end(st, t, site, by)
	}
}

// isOf reports whether s is a value or the guard of l.
func (in *interpreter) isOf(s *symbol, l *loan) bool {
	return containsLoan(s.guards, l) || containsLoan(s.allLoans(), l) || l.key.site == any(s)
}

func sitePos(site ssa.Instruction) token.Pos {
	if site == nil {
		return token.NoPos
	}
	return site.Pos()
}

func (s *symbol) pos() token.Pos {
	if v, ok := s.key.site.(ssa.Value); ok {
		return v.Pos()
	}
	return token.NoPos
}

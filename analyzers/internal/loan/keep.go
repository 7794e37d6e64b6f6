package loan

import (
	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/summary"
)

func (in *interpreter) store(st *state, i *ssa.Store) {
	addrs, v := in.eval(st, i.Addr), in.eval(st, i.Val)
	in.use(st, addrs, i)
	if a := addrs.one(); a != nil && a.kind == symAddr && a.key.index == elementIndex {
		in.write(st, value{a.key.base}, i)
	}
	in.keep(st, addrs, v, i)
}

// keep stores v at addrs and asks what that means for the loans of v: in
// memory that a caller can see the guard, and all that is stored with it, has
// moved; what happens to a value without its guard is asked when its loan ends.
func (in *interpreter) keep(st *state, addrs, v value, by ssa.Instruction) {
	st.store(in.machine, addrs, v, by.Pos(), by)
	in.kept(st, addrs, v, by)
}

// kept asks what it means that v was stored at addrs, perhaps.
func (in *interpreter) kept(st *state, addrs, v value, by ssa.Instruction) {
	for _, a := range addrs {
		o := a.object()
		if a.key.index == elementIndex && !isVarargs(o) {
			in.moveGuards(st, v) // which of them is released is not followed
		}
		if o.kind == symAlloc && !st.spilled.at(o) || len(o.allLoans()) > 0 && !o.isToken() {
			continue
		}
		in.moveGuards(st, v)
		if _, ok := a.path(); ok {
			continue // what stands there in the end is what counts
		}
		for _, s := range v {
			if p, ok := s.path(); ok && isReference(s.typ) {
				to := "?"
				if o.kind == symGlobal {
					to = "g"
				}
				st.affect(summary.Store, p, to, by.Pos())
			}
		}
		if o.kind == symFresh || o.kind == symContent && o.root().kind == symFresh {
			in.unknownStore(st, v)
		}
	}
}

// isVarargs reports whether o is the array in which a call passes its variadic arguments.
func isVarargs(o *symbol) bool {
	a, ok := o.key.site.(*ssa.Alloc)
	return ok && a.Comment == "varargs"
}

// unknownStore is a store of v through a pointer that came from out of sight.
func (in *interpreter) unknownStore(st *state, v value) {
	st.reach(v, func(s *symbol) {
		if s.kind == symAlloc {
			st.spilled.set(s, true)
		}
	})
}

// moveGuards moves the loans whose guard can be reached from v.
func (in *interpreter) moveGuards(st *state, v value) {
	if st.loans.len() == 0 {
		return
	}
	st.reach(v, func(s *symbol) {
		for _, l := range in.guardedBy(st, s) {
			stand := st.loans.at(l)
			if stand.phase == live || stand.phase == unchecked {
				stand.phase = moved
				st.loans.set(l, stand)
				in.moveOwned(st, s)
			}
		}
	})
}

// moveOwned lifts the rules for what was taken from a moved owner: nobody
// here sees when it ends.
func (in *interpreter) moveOwned(st *state, owner *symbol) {
	for l, stand := range st.loans.all() {
		if l.kind == borrowed && stand.owner.has(owner) && (stand.phase == live || stand.phase == unchecked) {
			stand.unsure = true
			st.loans.set(l, stand)
		}
	}
}

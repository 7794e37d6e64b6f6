package loan

import (
	"slices"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// byContract performs a call as its contract says. What the contract does
// not mention is as the callee's summary has it, or unknown.
//
// The order within one call: what is passed is looked at, then loans end
// (release, move, until), then new ones begin (docs/contracts.md, decision 5).
func (in *interpreter) byContract(st *state, c *callSite, ct *contract.Contract) []returned {
	if in.hasVerb(ct, contract.NoReturn) {
		return nil
	}
	if in.hasVerb(ct, contract.Unsafe) {
		in.reportUnsafe(st, c)
	}
	in.byMention(st, c, ct)
	for _, cl := range ct.Claims {
		if !in.applies(st, c, &cl) {
			continue
		}
		switch cl.Verb {
		case contract.Waits:
			for _, p := range cl.Values {
				for _, s := range in.pathValue(st, c, p, nil) {
					if v := (value{s}); in.isVariadic(c, p) || len(in.pathValue(st, c, p, nil)) == 1 {
						in.waits(st, c, v)
					}
				}
			}
		case contract.Release:
			for _, p := range cl.Values {
				in.release(st, c, &cl, in.pathValue(st, c, p, nil))
			}
		case contract.Move:
			for _, p := range cl.Values {
				in.move(st, in.pathValue(st, c, p, nil))
			}
		}
	}
	in.called(st, c)
	results := in.freshResults(c)
	for n := range ct.Claims {
		cl := &ct.Claims[n]
		if !in.applies(st, c, cl) {
			continue
		}
		switch cl.Verb {
		case contract.Acquire, contract.Borrow, contract.MayNil:
			in.issue(st, c, cl, n, results)
		case contract.Lend:
			in.issueLent(st, c, cl, n, results)
		case contract.Scoped:
			in.scopeResults(c, cl, results)
		}
	}
	return in.callbacks(st, c, ct, results)
}

func (in *interpreter) hasVerb(ct *contract.Contract, v contract.Verb) bool {
	return slices.ContainsFunc(ct.Claims, func(c contract.Claim) bool { return c.Verb == v })
}

// byMention looks at the arguments: those that the contract speaks of are
// used, and are in good hands; the others are unknown to it.
func (in *interpreter) byMention(st *state, c *callSite, ct *contract.Contract) {
	mentioned := make(map[int]bool)
	mention := func(p *contract.Path) {
		if p == nil {
			return
		}
		switch p.Root {
		case contract.Recv:
			mentioned[0] = true
		case contract.Param:
			mentioned[in.argIndex(c, p.Index)] = true
		}
	}
	waits := false
	for _, cl := range ct.Claims {
		for i := range cl.Values {
			mention(&cl.Values[i])
		}
		for i := range cl.Places {
			mention(&cl.Places[i].Path)
		}
		mention(cl.Guard)
		mention(cl.From)
		mention(cl.To)
		if cl.Verb == contract.Release || cl.Verb == contract.Acquire || cl.Verb == contract.Waits {
			waits = waits || cl.Verb == contract.Waits
		}
	}
	s := in.summaryOf(c)
	for i, a := range c.args {
		isRecv := c.hasRecv && i == 0
		if isRecv && !in.releases(c, ct, i) {
			in.use(st, a, c.site())
		}
		if mentioned[i] || isRecv || s != nil {
			continue
		}
		in.letGo(st, a, c)
	}
	if waits {
		in.joined(st)
	}
}

// releases reports whether the call gives back its i-th argument: a guard may
// then be empty.
func (in *interpreter) releases(c *callSite, ct *contract.Contract, i int) bool {
	for _, cl := range ct.Claims {
		if cl.Verb != contract.Release {
			continue
		}
		for _, p := range cl.Values {
			if p.Root == contract.Recv && i == 0 && c.hasRecv || p.Root == contract.Param && in.argIndex(c, p.Index) == i {
				return true
			}
		}
	}
	return false
}

// argIndex is the place of parameter i among the arguments of c.
func (in *interpreter) argIndex(c *callSite, i int) int {
	if c.hasRecv {
		i++
	}
	return min(i, len(c.args)-1)
}

// applies decides the "when" of a claim; undecided, the condition has Go's
// zero value (decision 41).
func (in *interpreter) applies(st *state, c *callSite, cl *contract.Claim) bool {
	w := cl.When
	if w == nil {
		return true
	}
	v := in.pathValue(st, c, w.Path, nil)
	is := false
	if w.Method != "" {
		if s := v.one(); s != nil {
			is = st.called[call{s, w.Method}]
		}
	} else if s := v.one(); s != nil {
		if known, truth := in.truth(st, s); known {
			is = truth
		}
	}
	return is != w.Not
}

// move lifts the rules for v: it is in other hands now.
func (in *interpreter) move(st *state, v value) {
	for _, s := range v {
		loans := slices.Concat(in.guardedBy(st, s), s.allLoans())
		for _, l := range loans {
			if stand, ok := st.loans.get(l); ok && stand.phase != ended {
				stand.phase = moved
				st.loans.set(l, stand)
			}
		}
		in.moveOwned(st, s)
		if p, ok := s.path(); ok {
			st.affect(summary.Moved, p, "", s.pos())
		}
	}
}

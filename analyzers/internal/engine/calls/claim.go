package calls

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/engine/rules"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// byContract performs a call as its contract says. What the contract does
// not mention is as the callee's summary has it, or unknown.
//
// The order within one call: what is passed is looked at and waited for, then loans
// end (release, move, until), then new ones begin (docs/contracts.md, decision 5).
func (in *Calls) byContract(st *domain.State, c *interp.CallSite, ct *contract.Contract) []interp.Returned {
	if in.hasVerb(ct, contract.NoReturn) {
		in.Dies(st)
		return nil
	}
	if in.hasVerb(ct, contract.Unsafe) {
		in.ReportUnsafe(st, c)
	}
	in.byMention(st, c, ct)
	in.looksBehind(st, c)
	for _, cl := range ct.Claims {
		if cl.Verb == contract.Waits && in.applies(st, c, &cl) {
			in.waitFor(st, c, ct, &cl)
		}
	}
	for _, cl := range ct.Claims {
		if (cl.Verb == contract.Release || cl.Verb == contract.Move) && cl.If == nil && in.applies(st, c, &cl) {
			in.handBack(st, c, ct, &cl)
		}
	}
	in.called(st, c)
	results := in.FreshResults(c)
	in.findUnclaimed(c, ct, results)
	for n := range ct.Claims {
		cl := &ct.Claims[n]
		if !in.applies(st, c, cl) || cl.Verb == contract.Borrow && len(cl.Places) > 0 {
			continue // what a callback is given is borrowed when it runs
		}
		switch cl.Verb {
		case contract.Acquire, contract.Borrow, contract.MayNil:
			in.Issue(st, c, cl, n, results)
		case contract.Lend:
			in.IssueLent(st, c, cl, n, results)
		case contract.Scoped:
			in.scopeResults(st, c, cl, results)
		}
	}
	in.standsBehind(st, c, results)
	return in.endings(c, ct, in.callbacks(st, c, ct, results))
}

// findUnclaimed notes of the results that no claim speaks of that they may come from anywhere, unless the summary
// of the callee knows better.
func (in *Calls) findUnclaimed(c *interp.CallSite, ct *contract.Contract, results []domain.Value) {
	s := in.summaryOf(c)
	for i, r := range results {
		isThis := func(p contract.Path) bool { return p.Root == contract.Result && p.Index == i }
		if slices.ContainsFunc(ct.Claims, func(cl contract.Claim) bool { return slices.ContainsFunc(cl.Values, isThis) }) {
			continue
		}
		r[0].Found = s == nil || slices.ContainsFunc(s.Outcomes, func(o summary.Outcome) bool { return o.Results[i].Found })
	}
}

// waitFor waits for what cl says. What a method both waits for and gives back is there
// while it waits, in whichever order its directives stand.
func (in *Calls) waitFor(st *domain.State, c *interp.CallSite, ct *contract.Contract, cl *contract.Claim) {
	for _, p := range cl.Values {
		v := in.PathValue(st, c, p, nil)
		for _, s := range v {
			if !rules.IsLock(ct) && (in.IsVariadic(c, p) || len(v) == 1) {
				in.Waits(st, c, domain.Value{s}, false)
			}
		}
		if w := in.Holders(st, v, rules.MethodsOf(cl.Of)); w != nil {
			w.Takes = true
			in.WaitFor(st, c, w)
		}
	}
}

// handBack releases or moves what cl says. Where the method may be called on what is
// not there, nothing is asked before.
func (in *Calls) handBack(st *domain.State, c *interp.CallSite, ct *contract.Contract, cl *contract.Claim) {
	for _, p := range cl.Values {
		v := in.PathValue(st, c, p, nil)
		switch {
		case in.isHolder(c, p):
			in.Release(st, c, cl, v)
			in.MoveGuards(st, v) // what is inside is ended by the method that it is, which is not seen
		case cl.Verb == contract.Move:
			in.move(st, v, in.hasVerb(ct, contract.Always))
			in.moveIfTyped(st, c, p)
		case in.hasVerb(ct, contract.Always):
			in.ReleaseAnyway(st, c, cl, v)
		case p.Root == contract.Recv && len(p.Steps) == 0 && in.takesNil(c):
			in.ReleaseIfThere(st, c, cl, v)
		default:
			in.Release(st, c, cl, v)
		}
	}
}

// takesNil reports whether the method that is called is known to look whether its receiver is
// nil, and to return then. Where its ways out are one, that it looks is not known.
func (in *Calls) takesNil(c *interp.CallSite) bool {
	s := in.summaryOf(c)
	return s != nil && slices.ContainsFunc(s.Outcomes, func(o summary.Outcome) bool {
		return slices.Contains(o.Params, summary.ParamFact{Path: "p0", Fact: summary.Nil})
	})
}

// endings performs the releases that come with a result, as of rows by the Next
// that answers false: one state in which it does, and one in which it does not.
func (in *Calls) endings(c *interp.CallSite, ct *contract.Contract, out []interp.Returned) []interp.Returned {
	for n := range ct.Claims {
		cl := &ct.Claims[n]
		if cl.If == nil || cl.Verb != contract.Release && cl.Verb != contract.Move {
			continue
		}
		var next []interp.Returned
		for _, r := range out {
			if !in.applies(r.St, c, cl) || !in.isFollowed(r.St, c, cl) {
				next = append(next, r)
				continue
			}
			other := interp.Returned{St: r.St.Clone(), Results: r.Results}
			if in.satisfies(r.St, c, cl.If, r.Results, true) {
				in.handBack(r.St, c, ct, cl)
				if !isAsked(c.Instr) {
					in.doubtEnd(r.St, c, cl)
				}
				next = append(next, r)
			}
			if in.satisfies(other.St, c, cl.If, other.Results, false) {
				next = append(next, other)
			}
		}
		out = next
	}
	return out
}

// isAsked reports whether the program may do something else by what the call answers than to hand
// it to a function.
func isAsked(i ssa.CallInstruction) bool {
	call, ok := i.(*ssa.Call)
	return ok && slices.ContainsFunc(*call.Referrers(), func(r ssa.Instruction) bool {
		switch r := r.(type) {
		case *ssa.DebugRef:
			return false
		case *ssa.Call:
			return r.Call.StaticCallee() != nil && len(r.Call.StaticCallee().Blocks) > 0 // it may ask
		}
		return true
	})
}

// doubtEnd leaves it open whether cl, which comes with an answer that the program does not ask for,
// has ended anything: it may know the answer.
func (in *Calls) doubtEnd(st *domain.State, c *interp.CallSite, cl *contract.Claim) {
	for _, p := range cl.Values {
		for _, s := range in.PathValue(st, c, p, nil) {
			for _, g := range in.GuardsAt(st, s) {
				for _, l := range in.GuardedBy(st, g) {
					stand := st.Loans.At(l)
					stand.Unsure = true
					st.Loans.Set(l, stand)
				}
			}
		}
	}
}

// isFollowed reports whether anything is known of what cl ends: a loan on it, or that
// it is the caller's.
func (in *Calls) isFollowed(st *domain.State, c *interp.CallSite, cl *contract.Claim) bool {
	return slices.ContainsFunc(cl.Values, func(p contract.Path) bool {
		return slices.ContainsFunc(in.PathValue(st, c, p, nil), func(s *domain.Symbol) bool {
			_, isCallers := s.Path()
			return isCallers || len(in.GuardedBy(st, s)) > 0 || len(s.AllLoans()) > 0 || in.Whole(st, s) != s
		})
	})
}

// satisfies assumes in st that the condition holds of the results, or not, and
// reports whether that can be.
func (in *Calls) satisfies(st *domain.State, c *interp.CallSite, cond *contract.If, results []domain.Value, holds bool) bool {
	s := in.PathValue(st, c, cond.Path, results).One()
	if s == nil {
		return true
	}
	switch cond.Op {
	case contract.IsTrue, contract.IsFalse:
		return in.Learn(st, s, (cond.Op == contract.IsTrue) == holds)
	default:
		return in.LearnNil(st, s, (cond.Op == contract.IsNil) == holds)
	}
}

func (in *Calls) hasVerb(ct *contract.Contract, v contract.Verb) bool {
	return slices.ContainsFunc(ct.Claims, func(c contract.Claim) bool { return c.Verb == v })
}

// byMention looks at the arguments: those that the contract speaks of are
// used, and are in good hands; the others are unknown to it.
func (in *Calls) byMention(st *domain.State, c *interp.CallSite, ct *contract.Contract) {
	mentioned, read := make(map[int]bool), make(map[int]bool) // read: scoped, so the function looks at it while it runs
	mention := func(p *contract.Path) {
		if p == nil {
			return
		}
		switch p.Root {
		case contract.Recv:
			mentioned[0] = true
		case contract.Param:
			mentioned[in.ArgIndex(c, p.Index)] = true
		}
	}
	waits := false
	for _, cl := range ct.Claims {
		for i := range cl.Values {
			mention(&cl.Values[i])
		}
		for i := range cl.Places {
			mention(&cl.Places[i].Path)
			if pl := cl.Places[i]; pl.Kind == contract.Value && pl.Path.Root == contract.Param && len(pl.Path.Steps) == 0 {
				read[in.ArgIndex(c, pl.Path.Index)] = true
			}
		}
		mention(cl.Guard)
		if cl.From != nil && len(cl.From.Steps) == 0 { // what has the owner in it is not spoken of as a whole
			mention(cl.From)
		}
		mention(cl.To)
		if cl.Verb == contract.Release || cl.Verb == contract.Acquire || cl.Verb == contract.Waits {
			waits = waits || cl.Verb == contract.Waits && !rules.IsLock(ct)
		}
	}
	s := in.summaryOf(c)
	for i, a := range c.Args {
		isRecv := c.HasRecv && i == 0
		if isRecv && (!in.releases(c, ct, i) && !in.hasVerb(ct, contract.Always) || in.IsPutBack(st, a)) {
			in.Use(st, a, c.Site())
		} else if isRecv {
			in.UseWhole(st, a, c.Site())
		}
		if read[i] && !isRecv && !gotypes.IsFunc(c.ArgTypes[i]) && !in.releases(c, ct, i) {
			in.Use(st, a, c.Site())
		}
		switch {
		case !mentioned[i] && !isRecv && s == nil:
			in.letGo(st, a, c)
		case !mentioned[i] && !isRecv && bringsFunctions(c.ArgTypes[i]):
			in.MoveGuards(st, a) // they may give away what they capture
		case !isRecv && holdsAnything(c.ArgTypes[i]) && (s == nil || mayWrite(s, i)):
			in.written(st, a, c, gotypes.SliceOf(c.ArgTypes[i]) != nil)
		}
	}
	if s != nil {
		in.writtenThrough(st, c, s, mentioned)
	}
	if waits {
		in.Joined(st)
	}
}

// bringsFunctions reports whether t is a function, or a struct that has one in a field, as options do;
// or a pointer to such, or a slice of them.
func bringsFunctions(t types.Type) bool {
	t = gotypes.Deref(t)
	if s := gotypes.SliceOf(t); s != nil {
		t = s.Elem()
	}
	if s, ok := t.Underlying().(*types.Struct); ok {
		for f := range s.Fields() {
			if gotypes.IsFunc(f.Type()) {
				return true
			}
		}
	}
	return gotypes.IsFunc(t)
}

// writtenThrough makes doubtful what stands where the callee, by its summary, puts something through a pointer
// of which its contract does not speak.
func (in *Calls) writtenThrough(st *domain.State, c *interp.CallSite, s *summary.Summary, mentioned map[int]bool) {
	a := &application{in: in, of: s, st: st, c: c}
	for _, o := range s.Outcomes {
		for _, e := range o.Effects {
			to := e.Path
			switch e.Kind {
			case summary.Store:
				to = e.To
			case summary.Write:
			default:
				continue
			}
			letter, i, _ := to.Root()
			if letter != 'p' || mentioned[i] || i == 0 && c.HasRecv || i >= len(c.Args) || holdsAnything(c.ArgTypes[i]) {
				continue
			}
			a.write(summary.Effect{Kind: summary.Write, Path: to, May: true}, a.value(to, nil), nil)
		}
	}
}

// mayWrite reports whether, by its summary, a function writes to memory of its i-th operand, or hands that on.
func mayWrite(s *summary.Summary, i int) bool {
	return slices.ContainsFunc(s.Outcomes, func(o summary.Outcome) bool {
		return slices.ContainsFunc(o.Effects, func(e summary.Effect) bool {
			letter, operand, _ := e.Path.Root()
			return letter == 'p' && operand == i && (e.Kind == summary.Write || e.Kind == summary.Moved || e.Kind == summary.Invoke)
		})
	})
}

// written forgets what stood in memory that is given to a callee which may write there, as Scan does. What is on loan
// there is the contract's to speak of, and a list of operands stays as it is.
func (in *Calls) written(st *domain.State, v domain.Value, c *interp.CallSite, isList bool) {
	var reached []*domain.Symbol
	st.Reach(v, func(s *domain.Symbol) { reached = append(reached, s) })
	for _, s := range reached {
		if p, ok := s.Path(); ok && holdsAnything(s.Typ) {
			st.Affect(summary.Moved, p, summary.Detail{}, c.Pos)
		}
		if !gotypes.IsPointer(s.Typ) || isList && v.Has(s) || isReadOnlyElsewhere(s.Object()) {
			continue
		}
		st.Spill(s.Object()) // what is not set there is not zero any more
		st.Divide(in.Machine, s)
		for a := range st.Mem.All() {
			if cell := st.Mem.At(a); domain.IsWithin(a, s) && !in.HoldsLoan(st, cell.V) {
				st.Mem.Set(a, domain.Cell{V: domain.Value{in.OverwrittenAt(c.Site(), a)}, Pos: cell.Pos})
			}
		}
	}
}

// holdsAnything reports whether t is any, or a slice of that, as operands are that Scan fills.
func holdsAnything(t types.Type) bool {
	if s := gotypes.SliceOf(t); s != nil {
		t = s.Elem()
	}
	i, ok := t.Underlying().(*types.Interface)
	return ok && i.Empty()
}

// releases reports whether the call gives back its i-th argument: a guard may
// then be empty.
func (in *Calls) releases(c *interp.CallSite, ct *contract.Contract, i int) bool {
	for _, cl := range ct.Claims {
		if cl.Verb != contract.Release {
			continue
		}
		for _, p := range cl.Values {
			if p.Root == contract.Recv && i == 0 && c.HasRecv || p.Root == contract.Param && in.ArgIndex(c, p.Index) == i {
				return true
			}
		}
	}
	return false
}

// applies decides the "when" of a claim; undecided, the condition has Go's
// zero value (decision 41).
func (in *Calls) applies(st *domain.State, c *interp.CallSite, cl *contract.Claim) bool {
	w := cl.When
	if w == nil {
		return true
	}
	v := in.PathValue(st, c, w.Path, nil)
	is := false
	if w.Method != "" {
		if s := v.One(); s != nil {
			is = st.Called[domain.Call{On: s, Method: w.Method}]
		}
	} else if s := v.One(); s != nil {
		if known, truth := in.Truth(st, s); known {
			is = truth
		}
	}
	return is != w.Not
}

// move lifts the rules for v: it is in other hands now; what has ended, too, where it begins again.
func (in *Calls) move(st *domain.State, v domain.Value, again bool) {
	for _, s := range v {
		loans := slices.Concat(in.GuardedBy(st, s), s.AllLoans())
		for _, l := range loans {
			if stand, ok := st.Loans.Get(l); ok && (again || stand.Phase != domain.Ended) {
				stand.Phase, stand.Given = domain.Moved, true
				st.Loans.Set(l, stand)
				in.LoseSight(l)
			}
		}
		in.MoveOwned(st, s)
		if p, ok := s.Path(); ok {
			st.Affect(summary.Moved, p, summary.Detail{}, s.Pos())
		}
	}
}

// moveIfTyped tells callers that what they pass moves where it is of the type that p asks for, as its last step. What that
// is, only they know.
func (in *Calls) moveIfTyped(st *domain.State, c *interp.CallSite, p contract.Path) {
	last := len(p.Steps) - 1
	if last < 0 || len(p.Steps[last].Types) == 0 {
		return
	}
	wanted := p.Steps[last].Types
	p.Steps = p.Steps[:last]
	for _, s := range in.PathValue(st, c, p, nil) {
		path, ok := s.Path()
		if !ok {
			continue
		}
		for _, t := range wanted {
			if known, _ := interp.HasType(st, s, t); !known {
				st.Affect(summary.Given, path, summary.Detail{Method: t}, c.Pos)
			}
		}
	}
}

package calls

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// unknown is a call of which nothing is known: it may keep, release or send
// away all that it can reach, so what it can reach is no longer followed.
func (in *Calls) unknown(st *domain.State, c *interp.CallSite) []interp.Returned {
	if endsByName(c) {
		in.Dies(st)
		return nil
	}
	in.asked(st, c, nil)
	lent := in.lentArgs(st, c)
	in.MoveParked(st)
	in.MayBeTakenAgain(st)
	if c.Obj == nil || !in.isOfOtherModule(c.Obj.Pkg()) {
		in.MayBeReplaced(st)
	}
	mayStop(st, c)
	invoked := c.Instr.Common().IsInvoke() && c.HasRecv && len(c.Args) > 0
	known := !invoked && len(c.Callee) > 0 && !slices.ContainsFunc(c.Callee, func(s *domain.Symbol) bool {
		_, ok := s.Path()
		return !ok || !isCallable(s)
	})
	for i, a := range c.Args {
		if s := a.One(); s != nil && known {
			if _, ok := s.Path(); ok {
				in.PassLocks(st, s)
				continue // the caller knows the function, and what it was given
			}
		}
		if i == 0 && c.HasRecv && in.IsHandleType(c.ArgTypes[0]) && !ends(c.Obj.Name()) && !answersReceiver(c) {
			continue // the methods that release it have contracts
		}
		if i == 0 && invoked && (in.invokes(st, a, c) || isClient(c.ArgTypes[0])) {
			continue
		}
		if gotypes.SliceOf(c.ArgTypes[i]) != nil {
			in.Look(st, a, c.Site()) // nobody is given bytes not to read them
		}
		in.letGo(st, a, c)
	}
	for _, a := range c.Captures {
		in.letGo(st, a, c)
	}
	for _, s := range c.Callee {
		if invoked {
			break // the callee is the receiver
		}
		if p, ok := s.Path(); ok && isCallable(s) {
			st.Affect(summary.Call, p, summary.Detail{Args: lent}, c.Pos)
		} else if s.Kind != domain.SymFunc || len(c.Callee) > 1 {
			if s.Kind == domain.SymDerived {
				in.LookLate(st, domain.Value{s}, true, c.Site()) // at what it was made of
			}
			in.letGo(st, domain.Value{s}, c)
		}
	}
	switch { // a method call looks at its receiver; one of a pointer may look whether it is nil
	case isStatus(c.Obj):
	case invoked, c.HasRecv && len(c.Args) > 0 && in.IsHandleType(c.ArgTypes[0]):
		in.Use(st, c.Args[0], c.Site())
	case c.HasRecv && len(c.Args) > 0:
		in.Look(st, c.Args[0], c.Site())
	}
	if c.Obj != nil && ends(c.Obj.Name()) {
		in.Joined(st)
	}
	for s, cell := range st.Mem.All() {
		if s.Object().Kind == domain.SymGlobal {
			st.Reach(cell.V, func(s *domain.Symbol) { in.forgetFlags(st, s, c) })
			st.Mem.Set(s, domain.Cell{V: domain.Value{in.OverwrittenAt(c.Site(), s)}, Pos: st.Mem.At(s).Pos})
		}
	}
	results := in.FreshResults(c)
	fails, none := in.isGivenError(st, c) || isDone(c), in.isGivenNoError(st, c)
	if asksContext(c.Instr.Common(), "Deadline") && in.hasDeadline(st, c.Args[0]) {
		in.Learn(st, results[1].One(), true)
	}
	for i, r := range results {
		r[0].Lost = true
		if t := c.Sig.Results().At(i).Type(); none && (gotypes.IsError(t) || gotypes.IsBoolean(t)) {
			st.Facts.Set(r[0], st.Facts.At(r[0])|domain.OfNone)
		}
		if fails && gotypes.IsError(c.Sig.Results().At(i).Type()) {
			in.LearnNil(st, r[0], false)
		}
	}
	if asked := in.askedError(st, c); asked != nil {
		results[0] = domain.Value{in.AnswerOf(asked, c.Site())}
	}
	return []interp.Returned{{St: st, Results: results}}
}

// forgetFlags gives up what stands in flags and counters at s, where c may set them.
func (in *Calls) forgetFlags(st *domain.State, s *domain.Symbol, c *interp.CallSite) {
	if !gotypes.IsPointer(s.Typ) || s.Object().Kind != domain.SymAlloc {
		return
	}
	st.Divide(in.Machine, s)
	for a, cell := range st.Mem.All() {
		if domain.IsWithin(a, s) && gotypes.IsFlag(gotypes.Deref(a.Typ)) {
			st.Mem.Set(a, domain.Cell{V: domain.Value{in.OverwrittenAt(c.Site(), a)}, Pos: cell.Pos})
		}
	}
	st.Spilled.Set(s.Object(), true) // what is not set there is not zero any more
}

// answersReceiver reports whether a result of the method that is called can be its receiver, by
// the types: whoever builds something step by step answers with what it builds.
func answersReceiver(c *interp.CallSite) bool {
	for r := range c.Sig.Results().Variables() {
		if canBe(r.Type(), c.ArgTypes[0]) {
			return true
		}
	}
	return false
}

// canBe reports whether a result of type t can be a receiver of type recv: it is of that type, or
// one is an interface that the other implements. An error, or something of which the type says
// nothing, is something else by custom.
func canBe(t, recv types.Type) bool {
	if types.Identical(t, recv) {
		return true
	}
	if i, ok := t.Underlying().(*types.Interface); ok && !gotypes.IsError(t) && i.NumMethods() > 0 && types.Implements(recv, i) {
		return true
	}
	i, ok := recv.Underlying().(*types.Interface)
	return ok && i.NumMethods() > 0 && types.Implements(t, i)
}

// isStatus reports whether a method tells how it went, as Err and Error do:
// they are there to be asked at the end, too.
func isStatus(obj types.Object) bool {
	f, ok := obj.(*types.Func)
	return ok && (f.Name() == "Err" || f.Name() == "Error") && f.Signature().Params().Len() == 0
}

// mayStop gives up, at a call out of sight, what is known to be missing: where a test has
// found that, the call may be what ends the program, or the test. What answers something
// comes back, and so do those that print.
func mayStop(st *domain.State, c *interp.CallSite) {
	if c.Sig.Results().Len() > 0 || comesBackByName(c) {
		return
	}
	for l, stand := range st.Loans.All() {
		if stand.Phase == domain.Absent && !stand.Unsure {
			stand.Unsure = true
			st.Loans.Set(l, stand)
		}
	}
}

// comesBackByName reports whether c is, by its name, a call that prints something.
func comesBackByName(c *interp.CallSite) bool {
	return c.Obj != nil && slices.ContainsFunc([]string{"Error", "Log", "Print", "Warn", "Info", "Debug", "Trace"}, func(prefix string) bool {
		return strings.HasPrefix(c.Obj.Name(), prefix)
	})
}

// endsByName reports whether c is, by its name, a call that does not come back: of a method
// that is not followed, of a variable that holds a function, or of a function out of
// sight. That is custom, and no proof: what comes after is never judged.
func endsByName(c *interp.CallSite) bool {
	if c.Obj == nil || c.Fn != nil && len(c.Fn.Blocks) > 0 {
		return false
	}
	switch c.Obj.Name() {
	case "FailNow", "SkipNow", "Fatal", "Fatalf", "Fatalln", "Fatalw", "FatalContext", "Panic", "Panicf", "Panicln", "Exit", "Exitf", "FatalIfError":
		return true
	}
	return false
}

// startsLastWord reports whether c begins, by its name, an entry of a log that ends the program when it is
// sent: log.Fatal().Err(err).Msg("").
func startsLastWord(c *interp.CallSite) bool {
	if c.Obj == nil || c.Obj.Name() != "Fatal" && c.Obj.Name() != "Panic" || c.Sig.Results().Len() != 1 {
		return false
	}
	sent, _, _ := types.LookupFieldOrMethod(c.Sig.Results().At(0).Type(), true, nil, "Msg")
	_, ok := sent.(*types.Func)
	return ok && c.Instr.Value() != nil && !dropped(c.Instr.Value())
}

// dropped reports whether nothing becomes of entry: all that is done with it is to call methods that answer with the
// like, and nothing becomes of that.
func dropped(entry *ssa.Call) bool {
	return !slices.ContainsFunc(*entry.Referrers(), func(i ssa.Instruction) bool {
		switch i := i.(type) {
		case *ssa.DebugRef:
			return false
		case *ssa.Call:
			return !types.Identical(i.Type(), entry.Type()) || !dropped(i)
		}
		return true
	})
}

// invokes notes that a method of v, which the caller passed, is called: the
// caller may know which. It reports whether that is all there is to say.
func (in *Calls) invokes(st *domain.State, v domain.Value, c *interp.CallSite) bool {
	s := v.One()
	if s == nil || len(in.GuardedBy(st, s)) > 0 {
		return false
	}
	p, ok := s.Path()
	if ok {
		st.Affect(summary.Invoke, p, summary.Detail{Method: c.Obj.Name()}, c.Pos)
	}
	return ok
}

// lentArgs lists the arguments of a call of a function that the caller
// passed which are on loan here, and those that the caller passed, too.
func (in *Calls) lentArgs(st *domain.State, c *interp.CallSite) (out summary.Args) {
	for i, a := range c.Args {
		s := a.One()
		if s == nil {
			continue
		}
		for _, l := range s.AllLoans() {
			stand, ok := st.Loans.Get(l)
			if !ok || stand.Phase != domain.Live || stand.Unsure || l.Kind == domain.MayNil {
				continue
			}
			var from summary.Path
			if o := stand.Owner.One(); o != nil {
				from, _ = o.Path()
			}
			out = out.With(summary.Arg{Index: i, Path: from, Lent: true})
			break
		}
	}
	for i, a := range c.Args {
		if s := a.One(); s != nil && gotypes.IsReference(c.ArgTypes[i]) {
			if p, ok := s.Path(); ok {
				out = out.With(summary.Arg{Index: i, Path: p})
			}
		}
	}
	return out
}

// letGo gives v to code that is not followed, and that may change what it reaches.
func (in *Calls) letGo(st *domain.State, v domain.Value, c *interp.CallSite) {
	for _, s := range in.share(st, v, c) {
		if !gotypes.IsPointer(s.Typ) || isReadOnlyElsewhere(s.Object()) {
			continue
		}
		o := s.Object()
		st.Divide(in.Machine, s)
		for a := range st.Mem.All() {
			if domain.IsWithin(a, s) && (in.HoldsLoan(st, st.Mem.At(a).V) || o.Kind == domain.SymAlloc || o.Kind == domain.SymParam || gotypes.IsBoolean(gotypes.Deref(a.Typ))) {
				st.Mem.Set(a, domain.Cell{V: domain.Value{in.OverwrittenAt(c.Site(), a)}, Pos: st.Mem.At(a).Pos})
			}
		}
	}
}

// share gives v to code that is not followed but that only runs later: it
// returns what that code can reach.
func (in *Calls) share(st *domain.State, v domain.Value, c *interp.CallSite) (reached []*domain.Symbol) {
	in.MoveGuards(st, v)
	st.Reach(v, func(s *domain.Symbol) {
		reached = append(reached, s)
		in.LetLoose(s)
		in.PassLocks(st, s)
		if p, ok := s.Path(); ok && gotypes.IsReference(s.Typ) {
			st.Affect(summary.Moved, p, summary.Detail{}, c.Pos)
		}
		in.Ask(st, s)
		for l, stand := range st.Loans.All() {
			if l.Kind == domain.Implicit && l.IsOfMemory() && l.Key.Site != any(s) && l.Key.Site.(*domain.Symbol).IsLoadedFrom(s) {
				stand.Unsure = true // something else may stand there by now
				st.Loans.Set(l, stand)
				in.LoseSight(l)
			}
			if l.Kind == domain.Lent && in.TakenFrom(st, stand.Owner, s, 0) || l.Kind == domain.Borrowed && stand.Owner.Has(s) && len(l.Until) > 0 && stand.Phase == domain.Live {
				stand.Unsure = true
				st.Loans.Set(l, stand)
				in.LoseSight(l)
			}
		}
	})
	for _, s := range reached {
		if gotypes.IsPointer(s.Typ) {
			st.Spill(s.Object())
		}
	}
	return reached
}

// asked notes that c was given the error that tells whether there is a loan, and found
// something out of it that is not followed: what kind of failure it is, if it is one. Where of says what the callee does if the
// error is nil, and what if it is not, it does nothing else with it.
func (in *Calls) asked(st *domain.State, c *interp.CallSite, of *summary.Summary) {
	for i, v := range c.Args {
		s := v.One()
		switch {
		case s == nil:
		case gotypes.IsError(c.ArgTypes[i]):
			if tellsByNil(of, i) && isOnlyTested(c.Fn, i, maxPassed) {
				continue
			}
			in.Ask(st, s)
			if v := c.Written(i); v != nil && isPredicate(c) && !isCompared(v) {
				in.askedInstead(st, s)
			}
		case takesAnything(c) && i == len(c.Args)-1:
			in.handedErrors(st, v)
		}
	}
}

// askedInstead notes that a predicate was asked of the error s, which nothing is compared with: what it said
// tells whether there is what the error came with, for all one knows.
func (in *Calls) askedInstead(st *domain.State, s *domain.Symbol) {
	for l, stand := range st.Loans.All() {
		if stand.Phase == domain.Absent && !stand.Asked && l.IsBeside(s) {
			stand.Asked = true
			st.Loans.Set(l, stand)
		}
	}
}

// isPredicate reports whether c answers with a bool, and no more.
func isPredicate(c *interp.CallSite) bool {
	r := c.Sig.Results()
	return r.Len() == 1 && gotypes.IsBoolean(r.At(0).Type())
}

// isCompared reports whether v is compared with something.
func isCompared(v ssa.Value) bool {
	if v.Referrers() == nil {
		return false
	}
	return slices.ContainsFunc(*v.Referrers(), func(r ssa.Instruction) bool {
		b, ok := r.(*ssa.BinOp)
		return ok && (b.Op == token.EQL || b.Op == token.NEQ)
	})
}

// takesAnything reports whether c takes any number of anything, and no more, and does not by
// its name print it: E(os.Open(name)) asks for the error among what it is given.
func takesAnything(c *interp.CallSite) bool {
	if !c.Sig.Variadic() || c.Sig.Params().Len() != 1 || comesBackByName(c) {
		return false
	}
	elem := gotypes.SliceOf(c.Sig.Params().At(0).Type())
	if elem == nil || !types.IsInterface(elem.Elem()) {
		return false
	}
	name := strings.ToLower(c.Name())
	return !strings.Contains(name, "print") && !strings.Contains(name, "log")
}

// handedErrors gives up what errors that v leads to tell of loans: where they are not nil,
// whoever was given them may not come back.
func (in *Calls) handedErrors(st *domain.State, v domain.Value) {
	st.Reach(v, func(s *domain.Symbol) {
		in.Ask(st, s)
		for l, stand := range st.Loans.All() {
			if stand.Phase == domain.Absent && !stand.Unsure && l.Cond.One() == s {
				stand.Unsure = true
				st.Loans.Set(l, stand)
			}
		}
	})
}

// isReadOnlyElsewhere reports whether o is a variable that only its own
// function writes: others see it through closures that read it.
func isReadOnlyElsewhere(o *domain.Symbol) bool {
	v, ok := o.Key.Site.(*ssa.Alloc)
	return ok && v.Heap && readsOnly(v, true)
}

// readsOnly reports whether all that is done with the address v is to load
// from it, and, where mayStore is set, to store there.
func readsOnly(v ssa.Value, mayStore bool) bool {
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.UnOp, *ssa.DebugRef:
		case *ssa.Store:
			if r.Val == v || !mayStore {
				return false
			}
		case *ssa.FieldAddr:
			if !readsOnly(r, mayStore) {
				return false
			}
		case *ssa.MakeClosure:
			for n, b := range r.Bindings {
				if b == v && !readsOnly(r.Fn.(*ssa.Function).FreeVars[n], false) {
					return false
				}
			}
		default:
			return false
		}
	}
	return true
}

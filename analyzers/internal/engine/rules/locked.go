package rules

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/diag"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// Who waits for a lock that they hold themselves. The wait is certain only where the lock is the very one that this
// path has locked: one symbol, that is no element of a collection, and nothing has got hold of it meanwhile that
// is not followed. A lock that one function of the package takes and another gives back (see Relayed) is never judged.

// A Wait is a call that waits for who holds a lock.
type Wait struct {
	Lock   *domain.Symbol
	Of     string         // the methods by which they hold it, separated by commas; "" is any
	May    bool           // it waits perhaps
	Takes  bool           // it has the lock when it returns
	At     *WaitedDeep    // where the callee waits, nil for the call itself or if that is not known
	holder []*domain.Loan // that certainly hold it here when the call begins
}

// WaitedDeep is the place of a wait in a function that was called.
type WaitedDeep struct {
	Pos token.Pos
	In  string
}

// IsLock reports whether ct is of what takes a lock: a place in what it is called on, and no value.
func IsLock(ct *contract.Contract) bool {
	return slices.ContainsFunc(ct.Claims, func(cl contract.Claim) bool {
		return cl.Verb == contract.Acquire && len(cl.Values) == 0 && cl.Guard != nil
	})
}

// MethodsOf are the names of events, as a wait has them.
func MethodsOf(events []contract.Event) string {
	var names []string
	for _, e := range events {
		name := e.Name
		if e.Prefix {
			name += "*"
		}
		names = append(names, name)
	}
	return strings.Join(names, ",")
}

// isOneOf reports whether the method that is named is among those of a wait.
func isOneOf(name, of string) bool {
	if of == "" {
		return true
	}
	return slices.ContainsFunc(strings.Split(of, ","), func(m string) bool {
		prefix, isPrefix := strings.CutSuffix(m, "*")
		return m == name || isPrefix && strings.HasPrefix(name, prefix)
	})
}

// Holders begins a wait for who holds v, a lock, by one of the methods of; nil if it is not known which lock that is.
func (in *Rules) Holders(st *domain.State, v domain.Value, of string) *Wait {
	s := readAtOnce(in.guardsIn(st, v))
	if s == nil || s.Kind == domain.SymConst {
		return nil
	}
	w := &Wait{Lock: s, Of: of}
	for l, stand := range st.Loans.All() {
		if in.holds(stand, l, w) {
			w.holder = append(w.holder, l)
		}
	}
	return w
}

// holds reports whether l, which stands so, is certainly how the lock that w waits for is held here.
func (in *Rules) holds(stand domain.Standing, l *domain.Loan, w *Wait) bool {
	return l.Reference && stand.Phase == domain.Live && !stand.Reported && !stand.Unsure && !stand.Passed && stand.Owner.One() == w.Lock &&
		!w.Lock.Old && !w.Lock.IsOfElement() && isOneOf(l.What, w.Of) && !in.isRelayed(l)
}

// WaitFor is a call that waits for w: what held the lock when it began, and still does, is held by who waits. Both are
// asked, because a function that the callee calls first may have unlocked it.
func (in *Rules) WaitFor(st *domain.State, c *interp.CallSite, w *Wait) {
	after := in.hangsOnRecover(c) // a panic is no path, and what is held when one comes is not known
	w.May = w.May || after || in.leaving.Has(w.Lock)
	if p, ok := in.lockPath(w.Lock); ok && !p.HasElement() && !after {
		st.AffectPerhaps(w.May || mayBeFree(st, p), summary.Waits, p, summary.Detail{Method: w.Of, Way: summary.ForHolders}, c.Pos)
	}
	for _, l := range w.holder {
		stand, ok := st.Loans.Get(l)
		if ok && in.holds(stand, l, w) && !w.May && !(w.Takes && in.asksMemory(c, l)) {
			in.reportLocked(st, l, c, w)
			return
		}
	}
	if w.Takes { // what is not certain to wait for ever finds it free, most likely
		in.doubtHeld(st, w.Lock, w.Of)
	}
}

// Leaving executes what a callee calls that also releases v, before or after that: meanwhile nobody knows whether it is held.
func (in *Rules) Leaving(v domain.Value, do func()) {
	was := in.leaving
	in.leaving = was.Union(v)
	do()
	in.leaving = was
}

// PassLocks notes that code of which nothing is known here was given s: it may unlock what s leads to.
func (in *Rules) PassLocks(st *domain.State, s *domain.Symbol) {
	if !st.Loans.Held() {
		return
	}
	for l, stand := range st.Loans.All() {
		if !l.Reference || stand.Passed {
			continue
		}
		for o := stand.Owner.One(); o != nil; o = o.Key.Base {
			if o == s {
				stand.Passed = true
				st.Loans.Set(l, stand)
				break
			}
		}
	}
}

// lockPath is what callers call the lock s, a package-level variable included.
func (in *Rules) lockPath(s *domain.Symbol) (summary.Path, bool) {
	if p, ok := s.Path(); ok {
		return p, true
	}
	return in.GlobalPath(s)
}

// Unlocked notes that s, a package-level lock that was not locked here, is unlocked: callers that have it must not count on it.
func (in *Rules) Unlocked(st *domain.State, c *interp.CallSite, s *domain.Symbol) {
	if _, ok := s.Path(); ok || s.Root().Kind != domain.SymGlobal || s.Typ == nil || in.isOwed(st, s) {
		return
	}
	if !in.isCounted(s.Typ) && !in.isCounted(types.NewPointer(s.Typ)) {
		return
	}
	if p, ok := in.GlobalPath(s); ok {
		st.Affect(summary.Moved, p, summary.Detail{}, c.Pos)
	}
}

// hangsOnRecover reports whether c comes only where recover has answered something.
func (in *Rules) hangsOnRecover(c *interp.CallSite) bool {
	fn := c.Site().Parent()
	if fn.Parent() == nil { // who recovers is deferred; a named function has other callers
		return false
	}
	return in.FlowOf(fn).HangsOn(c.Site().Block(), func(cond ssa.Value) bool {
		b, ok := cond.(*ssa.BinOp)
		if !ok {
			return false
		}
		call, ok := b.X.(*ssa.Call)
		if !ok {
			return false
		}
		builtin, ok := call.Call.Value.(*ssa.Builtin)
		return ok && builtin.Name() == "recover"
	})
}

// mayBeFree reports whether this path may have unlocked p, which its callers hold, before it waits for it: it has released
// it, or something that may be it, or has given away what leads to it.
func mayBeFree(st *domain.State, p summary.Path) bool {
	for e := range st.Effects {
		switch summary.EffectKind(e.Kind) {
		case summary.Release:
			return true
		case summary.Moved:
			if strings.HasPrefix(string(p), string(e.Path)) {
				return true
			}
		}
	}
	return false
}

// lockedBy are the loans that s guards on this path. One call may lock now this and now that, in rounds of a loop or on other
// paths, so of a lock they are those by which it is held itself.
func (in *Rules) lockedBy(st *domain.State, s *domain.Symbol) []*domain.Loan {
	loans := in.GuardedBy(st, s)
	if !st.Loans.Held() {
		return loans
	}
	isAnother := func(l *domain.Loan) bool {
		o := st.Loans.At(l).Owner.One()
		return l.Reference && l.IsCount() && o != nil && o != s && !o.IsElement() && !s.IsElement() // see readAtOnce
	}
	if slices.ContainsFunc(loans, isAnother) {
		loans = slices.DeleteFunc(slices.Clone(loans), isAnother)
	}
	for l, stand := range st.Loans.All() {
		if l.Reference && l.IsCount() && stand.Owner.Has(s) && !slices.Contains(loans, l) {
			loans = append(loans, l)
		}
	}
	return loans
}

// waitsForever reports whether a wait for g was reported on this path: what comes after it does not come.
func (in *Rules) waitsForever(st *domain.State, g *domain.Symbol) bool {
	for l, stand := range st.Loans.All() {
		if l.Reference && stand.Reported && stand.Phase == domain.Live && stand.Owner.One() == g {
			return true
		}
	}
	return false
}

// doubtHeld gives up the loans by which g is held here, by one of the methods of, where it is locked again: one of them is most
// likely over. It reports whether there are any.
func (in *Rules) doubtHeld(st *domain.State, g *domain.Symbol, of string) (any bool) {
	for l, stand := range st.Loans.All() {
		if l.Reference && stand.Phase == domain.Live && !stand.Reported && stand.Owner.One() == g && isOneOf(l.What, of) {
			stand.Unsure, any = true, true
			st.Loans.Set(l, stand)
		}
	}
	return any
}

// reportLocked reports that c waits for l, a lock that is held here. Where it is the last round of a loop that has left it
// locked, which unlocks it elsewhere, and nothing deferred would, that is what is wrong.
func (in *Rules) reportLocked(st *domain.State, l *domain.Loan, c *interp.CallSite, w *Wait) {
	isLock := func(s *domain.Symbol) bool {
		return s == w.Lock || w.Lock.Kind == domain.SymContent && w.Lock.Key.Base == s
	}
	if l.Key.Site == any(c.Site()) && in.deferredFor(st, isLock) == nil && in.unlocksToo(c) {
		in.ReportLeak(l, nil)
		in.stickAt(st, l)
		return
	}
	pos, end := in.Names.Start(c.Site())
	if c.Deferred {
		pos, end = c.Pos, token.NoPos
	}
	name := l.Subject()
	related := []diag.Related{{Pos: l.Pos, Message: fmt.Sprintf("%s locks it here", l.What)}}
	if w.At != nil {
		related = append(related, diag.Related{Pos: w.At.Pos, Message: fmt.Sprintf("%s waits for it here", w.At.In)})
	}
	in.Sink.Add(l, diag.Finding{
		Analyzer: "revwait", Pos: pos, End: end,
		Message: fmt.Sprintf("%s waits for the lock %s, which is held here", c.Name(), name),
		Related: related,
	})
	in.stickAt(st, l)
}

// unlocksToo reports whether the function that locks by c has an unlock of such a lock, too.
func (in *Rules) unlocksToo(c *interp.CallSite) bool {
	isRelease := func(cl contract.Claim) bool { return cl.Verb == contract.Release }
	for _, b := range c.Site().Parent().Blocks {
		for _, i := range b.Instrs {
			call, ok := i.(ssa.CallInstruction)
			if !ok || call.Common().StaticCallee() == nil || len(call.Common().Args) == 0 || len(c.ArgTypes) == 0 {
				continue
			}
			m, ok := call.Common().StaticCallee().Object().(*types.Func)
			if !ok || !types.Identical(call.Common().Args[0].Type(), c.ArgTypes[0]) {
				continue
			}
			if ct := in.Contracts.Of(m.Origin()); ct != nil && slices.ContainsFunc(ct.Claims, isRelease) {
				return true
			}
		}
	}
	return false
}

// stickAt notes that no more is to be said of l, which nobody unlocks any more.
func (in *Rules) stickAt(st *domain.State, l *domain.Loan) {
	in.Mark(st, l, st.Loans.At(l))
	if site, ok := l.Key.Site.(ssa.Instruction); ok {
		if in.stuck == nil {
			in.stuck = make(map[ssa.Instruction]bool)
		}
		in.stuck[site] = true
	}
}

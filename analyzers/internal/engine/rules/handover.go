package rules

import (
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// HandOver gives v to a goroutine or channel. Whether that is an escape is
// asked when the loans of v end: a wait may come before.
func (in *Rules) HandOver(st *domain.State, v domain.Value, site ssa.Instruction, how summary.Way) {
	in.HandOverAt(st, v, sitePos(site), how)
}

// HandOverAt is v going to a goroutine or another owner, at pos and in the way that how says: who
// gets it releases it, and may use it for as long as it likes.
func (in *Rules) HandOverAt(st *domain.State, v domain.Value, pos token.Pos, how summary.Way) {
	if isRuntime(in.Pass.Pkg.Path()) {
		return // its goroutines are not what they seem: it runs on other stacks, and waits
	}
	in.MoveGuards(st, v)
	st.Reach(v, func(s *domain.Symbol) {
		if p, ok := s.Path(); ok && gotypes.IsReference(s.Typ) {
			st.Affect(summary.Go, p, summary.Detail{Way: how}, pos)
		}
		in.Ask(st, s)
		for _, l := range s.Loose {
			if in.lent == nil {
				in.lent = make(map[*domain.Loan]bool)
			}
			in.lent[l] = true
		}
		for _, l := range in.heldBy(st, s) {
			if stand, ok := st.Loans.Get(l); ok && stand.Handed == token.NoPos {
				stand.Handed, stand.HandedN, stand.Joined = pos, how.String(), false
				stand.Runner = FunctionsIn(v)
				st.Loans.Set(l, stand)
				if stand.Phase == domain.Ended && !stand.Reported && !stand.Unsure {
					in.reportHanded(st, l, &stand)
					st.Loans.Set(l, stand)
				}
			}
		}
		st.Spill(s.Object())
		st.Divide(in.Machine, s)
		for a, c := range st.Mem.All() {
			if gotypes.IsPointer(s.Typ) && domain.IsWithin(a, s) && gotypes.IsFlag(gotypes.Deref(a.Typ)) { // who has it may set its options
				st.Mem.Set(a, domain.Cell{V: domain.Value{in.OverwrittenAt(pos, a)}, Pos: c.Pos, By: c.By})
			}
		}
	})
}

// HandOverPerhaps is v going to a goroutine or another owner in a callee, for reasons of which those who
// call this function may know more.
func (in *Rules) HandOverPerhaps(st *domain.State, v domain.Value, site ssa.Instruction, how summary.Way) {
	in.MoveGuards(st, v)
	in.PutFar(st, v, site)
	st.Reach(v, func(s *domain.Symbol) {
		if p, ok := s.Path(); ok && gotypes.IsReference(s.Typ) {
			st.AffectPerhaps(true, summary.Go, p, summary.Detail{Way: how}, sitePos(site))
		}
	})
}

// heldBy are the loans of which s is a value that whoever has s can get at; none if s was taken out of
// what is on loan before.
func (in *Rules) heldBy(st *domain.State, s *domain.Symbol) []*domain.Loan {
	if st.IsDetached(s) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(s.AllLoans()), func(l *domain.Loan) bool { return !isHeld(s, l) })
}

// PutFar notes that site put v where it is not followed: into a channel, or somewhere
// into what a package-level variable leads to.
func (in *Rules) PutFar(st *domain.State, v domain.Value, site ssa.Instruction) {
	if st.Loans.Len() == 0 {
		return
	}
	st.Reach(v, func(s *domain.Symbol) {
		for _, l := range in.heldBy(st, s) {
			if stand, ok := st.Loans.Get(l); ok && stand.Far == nil {
				stand.Far = site
				st.Loans.Set(l, stand)
				if stand.Phase == domain.Ended {
					in.doubt(st, site, l, "revescape")
				}
			}
		}
	})
}

// DoubtFar counts, where the function returns, that a value of l stands where it is not followed, and that
// l has perhaps ended.
func (in *Rules) DoubtFar(st *domain.State, l *domain.Loan, stand domain.Standing) {
	if stand.Far != nil && !stand.Reported && !stand.Given && (stand.Unsure || stand.Phase == domain.Moved) {
		in.doubt(st, stand.Far, l, "revescape")
	}
}

// FunctionsIn are the functions among v.
func FunctionsIn(v domain.Value) (out domain.Value) {
	for _, s := range v {
		if s.Kind == domain.SymFunc {
			out = append(out, s)
		}
	}
	return out
}

// Received is a receive from the channel ch: it waits for a goroutine that can
// get at ch. (Of other loans than tokens that is not asked: who cancels a wait
// for them will see to it that nobody uses them.) From a channel that nobody else has comes only what was sent here.
func (in *Rules) Received(st *domain.State, ch domain.Value) {
	in.receivedDone(st, ch)
	in.MayBeReplaced(st)
	if isOwnChannel(ch) {
		return
	}
	var apart domain.Table[*domain.Loan, domain.Standing]
	for l, stand := range st.Loans.All() {
		if l.Token && stand.Handed != token.NoPos && len(stand.Runner) > 0 && !in.getsAt(st, stand.Runner, ch) {
			apart.Set(l, stand)
		}
	}
	in.Joined(st)
	for l, stand := range apart.All() {
		st.Loans.Set(l, stand)
	}
}

// isOwnChannel reports whether ch is a channel that was made here, and that no goroutine and no code out of sight has.
func isOwnChannel(ch domain.Value) bool {
	s := ch.One()
	if s == nil || s.Kind != domain.SymAlloc {
		return false
	}
	made, ok := s.Key.Site.(*ssa.MakeChan)
	return ok && interp.IsLocal(made)
}

// receivedDone moves what cancels a context that is found to be done: nothing of that is left.
func (in *Rules) receivedDone(st *domain.State, ch domain.Value) {
	s := ch.One()
	if s == nil || s.Kind != domain.SymFresh {
		return
	}
	done, ok := s.Key.Site.(*ssa.Call)
	if !ok || !done.Call.IsInvoke() || done.Call.Method.Name() != "Done" || !gotypes.IsContext(done.Call.Value.Type()) || !st.Knows(done.Call.Value) {
		return
	}
	ctx := in.Eval(st, done.Call.Value).One()
	for l, stand := range st.Loans.All() {
		by, ok := l.Key.Site.(*ssa.Call)
		if !ok || stand.Phase != domain.Live || !in.Cancels(l) {
			continue
		}
		f := by.Call.StaticCallee()
		parent := f != nil && f.Pkg != nil && f.Pkg.Pkg.Path() == "context" && by.Call.Args[0] == done.Call.Value
		if parent || ctx != nil && !ctx.Old && ctx.Key.Site == any(by) {
			stand.Phase = domain.Moved
			st.Loans.Set(l, stand)
			in.LoseSight(l)
		}
	}
}

// Cancels reports whether the guard of l is a function, as that which cancels a context is.
func (in *Rules) Cancels(l *domain.Loan) bool {
	return slices.ContainsFunc(in.GuardsOf(l), func(s *domain.Symbol) bool { return s.Typ != nil && gotypes.IsFunc(s.Typ) })
}

// getsAt reports whether the functions fns may use the channel ch: what they
// capture leads to it, or to what it came from.
func (in *Rules) getsAt(st *domain.State, fns, ch domain.Value) bool {
	reached := make(map[*domain.Symbol]bool)
	st.Reach(fns, func(s *domain.Symbol) { reached[s] = true })
	comesFrom := func(v domain.Value) bool {
		return len(v) == 0 || slices.ContainsFunc(v, func(s *domain.Symbol) bool {
			for ; s != nil; s = s.Key.Base {
				if reached[s] {
					return true
				}
			}
			return false
		})
	}
	for _, s := range ch {
		call, ok := s.Key.Site.(*ssa.Call)
		if s.Kind != domain.SymFresh || !ok {
			if s.Kind == domain.SymFresh || comesFrom(domain.Value{s}) {
				return true
			}
			continue
		}
		operands := call.Call.Args
		if call.Call.IsInvoke() {
			operands = append(operands[:len(operands):len(operands)], call.Call.Value)
		}
		for _, o := range operands {
			if gotypes.IsReference(o.Type()) && (!st.Knows(o) || comesFrom(in.Eval(st, o))) {
				return true
			}
		}
	}
	return len(ch) == 0
}

// Joined is a wait: goroutines that were given a value may have ended.
func (in *Rules) Joined(st *domain.State) {
	for l, stand := range st.Loans.All() {
		if stand.Handed != token.NoPos && stand.Keeper == nil {
			stand.Handed, stand.Joined = token.NoPos, true
			st.Loans.Set(l, stand)
		}
	}
	var moved []domain.Effect
	for e := range st.Effects {
		if e.Kind == domain.EffectKind(summary.Go) {
			delete(st.OwnEffects(), e)
			moved = append(moved, e)
		}
	}
	for _, e := range moved { // by now it may have released it, or put something else there
		st.Affect(summary.Moved, e.Path, summary.Detail{}, token.NoPos)
		if e.Way == summary.OnChannel { // perhaps nobody has received it
			st.Affect(summary.Kept, e.Path, summary.Detail{To: "?"}, token.NoPos)
		}
	}
	st.Affect(summary.Join, "", summary.Detail{}, token.NoPos)
}

// Ask notes that code which is not followed was given s, and may have found out of it
// whether a loan is there.
func (in *Rules) Ask(st *domain.State, s *domain.Symbol) {
	for l, stand := range st.Loans.All() {
		if stand.Phase == domain.Unchecked && l.Cond.One() == s && !stand.Asked {
			stand.Asked = true
			st.Loans.Set(l, stand)
		}
	}
}

// isRuntime reports whether path is of the packages that make Go itself run.
func isRuntime(path string) bool {
	return path == "runtime" || strings.HasPrefix(path, "internal/runtime/")
}

package rules

import (
	"go/ast"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
)

// FindEscapes reports the ended loans whose values stand in memory that
// outlives fn, or are returned. Variables of the functions around fn are asked
// when they are read ([interpreter.readStale]).
func (in *Rules) FindEscapes(st *domain.State, fn *ssa.Function, results []domain.Value, ret *ssa.Return) {
	in.reportReturned(st, fn, results, ret)
	if IsMain(fn) {
		return // the program ends, and all that could look
	}
	failed := in.failure(st, fn, results) >= 0
	within := len(st.Frames) > 1 // the function around it may still clear what is on a loan of its own
	for _, a := range in.SortedCells(st) {
		c, ok := st.Mem.Get(a)
		if !ok || c.By == nil || !in.outlives(st, a, fn) {
			continue
		}
		if st.IsDetached(a.Object()) {
			continue // an array that a field held: nobody may be able to get at it any more
		}
		owner := in.ownersOf(a)
		takenBack := a.Object().Kind == domain.SymGlobal && (in.isTakenBack(c.By) || isReplacedAround(fn, a))
		st.ReachFrom(c.V, []domain.Cell{c}, func(s *domain.Symbol, chain []domain.Cell) {
			for _, l := range s.AllLoans() {
				if within && l.Scope != fn {
					continue
				}
				stand, ok := st.Loans.Get(l)
				harmless := takenBack || ok && (in.isHarmless(l, a) || in.isLeftIn(fn, l, a))
				harmless = harmless || stand.Parked && stand.Phase == domain.Ended && (failed || in.isOwnGuard(l))
				if ok && isHeld(s, l) && (isPerhaps(chain) || harmless || in.mayHaveEnded(st, l, stand)) {
					in.doubt(st, c.By, l, "revescape")
				}
				if isPerhaps(chain) || harmless || !ok || stand.Phase != domain.Ended || stand.Reported || stand.Unsure || !isHeld(s, l) || st.IsDetached(s) || in.isPart(s, l, chain) {
					continue
				}
				if slices.ContainsFunc(owner, func(o *domain.Loan) bool { return o == l || o.LentWith(l) }) && !l.Token {
					continue
				}
				if l.Kind == domain.Borrowed && isIn(a, stand.Owner) {
					continue // what its owner keeps of it is the owner's own
				}
				in.reportStored(st, l, whereStored(l, chain))
			}
		})
	}
}

// IsMain reports whether the program ends with fn.
func IsMain(fn *ssa.Function) bool {
	return fn.Name() == "main" && fn.Pkg != nil && fn.Pkg.Pkg.Name() == "main" && fn.Parent() == nil && fn.Signature.Recv() == nil
}

// isOwnGuard reports whether a guard of l is a value of it as well, a file say: who has that may find that it is closed,
// and what stands beside it goes with it.
func (in *Rules) isOwnGuard(l *domain.Loan) bool {
	return slices.ContainsFunc(in.GuardsOf(l), func(g *domain.Symbol) bool { return interp.ContainsLoan(g.Loans, l) })
}

// isIn reports whether the memory at a is a part of owner, or of what that leads to. What stands beside
// the owner, in a struct of which both are parts, is not.
func isIn(a *domain.Symbol, owner domain.Value) bool {
	for ; a != nil; a = a.Key.Base {
		if owner.Has(a) {
			return true
		}
	}
	return false
}

// mayHaveEnded reports whether l has perhaps ended, or has, and that was reported of another place where
// a value of it stands; or stands where the caller may have taken it away again.
func (in *Rules) mayHaveEnded(st *domain.State, l *domain.Loan, stand domain.Standing) bool {
	switch {
	case stand.Reported:
		return stand.Phase == domain.Ended
	case stand.Unsure:
		return true
	case stand.Phase == domain.Moved:
		return !stand.Parked && !stand.Given
	}
	return l.Kind == domain.Borrowed && stand.Phase == domain.Live && in.isOwnerDoubtful(st, stand.Owner)
}

// ownersOf are the loans that end what stands at a: those on the object that a is in, and those on
// what a held when it was lent. Of a place that was lent it is the place that ends, whatever is put there
// (decision 50).
func (in *Rules) ownersOf(a *domain.Symbol) []*domain.Loan {
	owners := a.Object().AllLoans()
	if held := in.HeldAtEntry(a); held != nil {
		owners = append(slices.Clip(owners), held.Loans...)
	}
	return owners
}

// ReadStale is a read of the variable at addrs. What a callback left in it has
// outlived its scope: that is found where it was stored.
func (in *Rules) ReadStale(st *domain.State, addrs, v domain.Value) {
	a := addrs.One()
	if a == nil || a.Object().Kind != domain.SymAlloc || !st.HasEndedScope() {
		return
	}
	c, ok := st.Mem.Get(a)
	if !ok {
		return
	}
	st.ReachFrom(v, []domain.Cell{c}, func(s *domain.Symbol, chain []domain.Cell) {
		if len(chain) > 1 && s.Kind != domain.SymConst && v.One() != nil && v.One().Kind == domain.SymAlloc {
			return // a pointer was read, not yet what it leads to
		}
		for _, l := range s.AllLoans() {
			stand, ok := st.Loans.Get(l)
			if isPerhaps(chain) || !ok || stand.Phase != domain.Ended || stand.Reported || stand.Unsure || !isHeld(s, l) || st.IsDetached(s) || l.Scope == nil && !l.FromScope {
				continue
			}
			by := whereStored(l, chain)
			if by.By == nil || len(by.V) > 1 || st.Top().Fn == l.Scope || isOwnVariable(by.By) {
				continue
			}
			in.reportStored(st, l, by)
		}
	})
}

// isOwnVariable reports whether by is how a parameter comes into its own variable, where closures find it: nobody has
// written that down, so what is wrong is the look.
func isOwnVariable(by ssa.Instruction) bool {
	store, ok := by.(*ssa.Store)
	if !ok {
		return false
	}
	_, given := store.Val.(*ssa.Parameter)
	variable, local := store.Addr.(*ssa.Alloc)
	if !given || !local {
		return false
	}
	loop, ok := store.Parent().Syntax().(*ast.RangeStmt)
	return ok && loop.Tok == token.DEFINE && variable.Pos() < loop.X.Pos() || store.Pos() == token.NoPos
}

// isTakenBack reports whether what another package's function, called by site, keeps in
// a variable of that package may be let go of there: the function around calls it
// again, or defers another function of that package (trace.Start and trace.Stop).
func (in *Rules) isTakenBack(site ssa.Instruction) bool {
	c, ok := site.(ssa.CallInstruction)
	if !ok {
		return false
	}
	f := c.Common().StaticCallee()
	if f == nil || f.Pkg == nil || f.Pkg.Pkg == in.Pass.Pkg {
		return false
	}
	for _, b := range site.Parent().Blocks {
		for _, i := range b.Instrs {
			d, ok := i.(ssa.CallInstruction)
			if !ok || i == site {
				continue
			}
			g := d.Common().StaticCallee()
			if _, deferred := i.(*ssa.Defer); g != nil && g.Pkg == f.Pkg && (g == f || deferred) {
				return true
			}
		}
	}
	return false
}

// isReplacedAround reports whether fn is a function literal, and something else is put at a, in a package variable, by the function
// around it or by another literal there: whether that comes after fn is not asked.
func isReplacedAround(fn *ssa.Function, a *domain.Symbol) bool {
	g, ok := a.Object().Key.Site.(*ssa.Global)
	if !ok || fn.Parent() == nil {
		return false
	}
	top := fn
	for top.Parent() != nil {
		top = top.Parent()
	}
	var replaces func(f *ssa.Function) bool
	replaces = func(f *ssa.Function) bool {
		for _, b := range f.Blocks {
			for _, i := range b.Instrs {
				if store, ok := i.(*ssa.Store); ok && f != fn && isPlaceIn(store.Addr, g, a) {
					return true
				}
			}
		}
		return slices.ContainsFunc(f.AnonFuncs, replaces)
	}
	return replaces(top)
}

// isPlaceIn reports whether addr is a place in g, the same as a where that is a field.
func isPlaceIn(addr ssa.Value, g *ssa.Global, a *domain.Symbol) bool {
	field, ok := addr.(*ssa.FieldAddr)
	if !ok {
		return addr == g
	}
	return field.X == g && (a.Kind != domain.SymAddr || a.Key.Base.Kind != domain.SymGlobal || a.Key.Index == field.Field)
}

// isPerhaps reports whether it is not certain that the cells of chain lead to
// what they seem to lead to.
func isPerhaps(chain []domain.Cell) bool {
	return slices.ContainsFunc(chain, func(c domain.Cell) bool { return c.Perhaps })
}

// IsFromScope reports whether one of v was lent to a callback, or taken from
// what was.
func IsFromScope(v domain.Value) bool {
	for _, s := range v {
		if slices.ContainsFunc(s.AllLoans(), func(l *domain.Loan) bool { return l.Scope != nil || l.FromScope }) {
			return true
		}
	}
	return false
}

// whereStored picks, of the cells that lead to a value of l, the one that a
// person would call the store: the first that was filled after the access
// began. What was there before is where it was put in the end.
func whereStored(l *domain.Loan, chain []domain.Cell) domain.Cell {
	for _, c := range chain {
		if c.Pos > l.Pos && c.Pos != token.NoPos {
			return c
		}
	}
	return chain[len(chain)-1]
}

// outlives reports whether the memory at a can be read after fn has returned.
func (in *Rules) outlives(st *domain.State, a *domain.Symbol, fn *ssa.Function) bool {
	o := a.Object()
	if o.Old {
		return false
	}
	switch o.Kind {
	case domain.SymParam:
		// A captured variable is read by the function around, or by nobody: that is
		// asked where it is read.
		return o.Key.Index < len(in.Root.Params)
	case domain.SymGlobal:
		return true
	case domain.SymContent: // what a token points to is its owner's
		return o.Root().Kind == domain.SymParam || o.Root().Kind == domain.SymGlobal || o.Root().IsToken()
	case domain.SymFresh:
		return slices.ContainsFunc(o.Loans, func(l *domain.Loan) bool { // another access that goes on
			stand, ok := st.Loans.Get(l)
			dropped := l.Kind == domain.Acquired && fn == in.Root // by this function, for nobody has moved it
			return ok && stand.Phase == domain.Live && l.Scope != fn && !dropped
		})
	}
	return false
}

package domain

import (
	"go/token"
	"go/types"
	"slices"
	"strconv"

	"golang.org/x/tools/go/ssa"
)

// Which conditions are asked more than once: paths are told apart by them.

// maxAsked is how often a condition may be asked to tell paths apart: a switch of many cases asks
// one number in each, and leaves by one.
const maxAsked = 8

// Forget notes the conditions that are asked again and came out differently on st and on other, before the two
// are merged because there are too many paths: what they decide in common with where the loans stand is lost.
// Those are the loans that do not stand alike on all paths.
func (st *State) Forget(other *State, paths []*State) {
	for l, stand := range st.Loans.All() {
		elsewhere := func(p *State) bool { return p.Loans.At(l).Phase != stand.Phase }
		if !stand.Mixed && (elsewhere(other) || slices.ContainsFunc(paths, elsewhere)) {
			stand.Mixed = true
			st.Loans.Set(l, stand)
		}
	}
	for _, side := range []*State{st, other} {
		for s, c := range side.Asked.All() {
			if (st.Facts.At(s)^other.Facts.At(s))&(IsTrue|IsFalse) != 0 {
				st.Forgotten.Set(s, c)
			}
		}
	}
}

// AskedAgain reports whether more than one branch of the function, of those around it, or of
// the function literals in these asks cond, a variable or a comparison of two.
func (f *Flow) AskedAgain(cond ssa.Value) bool {
	if f.asks == nil {
		outermost := f.fn
		for outermost.Parent() != nil {
			outermost = outermost.Parent()
		}
		f.asks = make(map[string]int)
		countAsked(outermost, f.asks)
	}
	k := conditionKey(cond)
	return k != "" && f.asks[k] > 1 && f.asks[k] <= maxAsked
}

func countAsked(fn *ssa.Function, asks map[string]int) {
	for _, b := range fn.Blocks {
		if n := len(b.Instrs); n > 0 {
			if i, ok := b.Instrs[n-1].(*ssa.If); ok {
				asks[conditionKey(i.Cond)]++
			}
		}
	}
	for _, literal := range fn.AnonFuncs {
		countAsked(literal, asks)
	}
}

// AnyLive reports whether the condition, or a variable that it is made of, is read
// at or after the start of b. What a function literal captures counts as the variable that it is.
func (f *Flow) AnyLive(b *ssa.BasicBlock, cond ssa.Value) bool {
	if f.LiveIn[b][cond] {
		return true
	}
	switch c := cond.(type) {
	case *ssa.UnOp:
		return f.AnyLive(b, c.X)
	case *ssa.BinOp:
		return f.AnyLive(b, c.X) || f.AnyLive(b, c.Y)
	case *ssa.FieldAddr:
		return f.AnyLive(b, c.X)
	case *ssa.FreeVar:
		v := bindingOf(c)
		return v != nil && f.AnyLive(b, v)
	case *ssa.Alloc: // a deferred literal that captures it may read it at the end
		return slices.ContainsFunc(*c.Referrers(), func(r ssa.Instruction) bool {
			_, ok := r.(*ssa.MakeClosure)
			return ok
		})
	}
	return false
}

// conditionKey spells a condition the same wherever it asks the same; what it
// cannot spell it leaves empty.
func conditionKey(cond ssa.Value) string {
	for {
		not, ok := cond.(*ssa.UnOp)
		if !ok || not.Op != token.NOT {
			break
		}
		cond = not.X
	}
	if c, ok := cond.(*ssa.BinOp); ok {
		if key, ok := comparedKey(c); ok {
			return key
		}
		return spell(c.X) + c.Op.String() + spell(c.Y)
	}
	return spell(cond)
}

// comparedKey spells the operands of c where they are numbers or strings: one comparison of
// them may decide another.
func comparedKey(c *ssa.BinOp) (string, bool) {
	t, isBasic := c.X.Type().Underlying().(*types.Basic)
	if !isBasic || t.Info()&types.IsOrdered == 0 {
		return "", false
	}
	if _, ok := c.X.(*ssa.Const); ok {
		return "#" + spell(c.Y), true
	}
	if _, ok := c.Y.(*ssa.Const); ok {
		return "#" + spell(c.X), true
	}
	x, y := spell(c.X), spell(c.Y)
	return min(x, y) + "#" + max(x, y), true
}

// spell names v by the variable that it is loaded from. (Names of registers are those of their
// function: two of different functions may have one. Then paths are told apart that need not be.)
func spell(v ssa.Value) string {
	switch v := v.(type) {
	case *ssa.UnOp:
		if v.Op == token.MUL {
			return "*" + spell(v.X)
		}
	case *ssa.FieldAddr:
		return spell(v.X) + "." + strconv.Itoa(v.Field)
	case *ssa.Field:
		return spell(v.X) + "." + strconv.Itoa(v.Field)
	case *ssa.FreeVar:
		if b := bindingOf(v); b != nil {
			return spell(b)
		}
	}
	return v.Name()
}

// IsOf reports whether the condition is asked in fn, or of a variable of fn that a literal captures.
func IsOf(cond ssa.Value, fn *ssa.Function) bool {
	if cond.Parent() == fn {
		return true
	}
	switch c := cond.(type) {
	case *ssa.UnOp:
		return IsOf(c.X, fn)
	case *ssa.BinOp:
		return IsOf(c.X, fn) || IsOf(c.Y, fn)
	case *ssa.FieldAddr:
		return IsOf(c.X, fn)
	case *ssa.FreeVar:
		b := bindingOf(c)
		return b != nil && IsOf(b, fn)
	}
	return false
}

// bindingOf is what the function literal of v captures as v, nil if it is made in several places.
func bindingOf(v *ssa.FreeVar) (out ssa.Value) {
	fn := v.Parent()
	refs := fn.Referrers()
	if refs == nil {
		return nil
	}
	for _, r := range *refs {
		mc, ok := r.(*ssa.MakeClosure)
		if !ok || out != nil {
			return nil
		}
		for i, x := range fn.FreeVars {
			if x == v {
				out = mc.Bindings[i]
			}
		}
	}
	return out
}

package domain

import (
	"go/token"
	"go/types"
	"slices"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/gotypes"
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

// asks is how often a condition is asked: by branches, and by functions to which it is passed.
type asks struct{ branches, callees int }

// AskedAgain reports whether more than one branch of the function, of those around it, or of
// the function literals in these asks cond, a variable or a comparison of two. So does a function that
// cond is passed to.
func (f *Flow) AskedAgain(cond ssa.Value) bool {
	if f.asked == nil {
		outermost := f.fn
		for outermost.Parent() != nil {
			outermost = outermost.Parent()
		}
		f.asked = make(map[string]asks)
		countAsked(outermost, f.asked)
	}
	k := conditionKey(cond)
	n := f.asked[k]
	all := n.branches + n.callees
	return k != "" && (all > 1 && all <= maxAsked || n.branches > 1 && n.branches <= maxAsked)
}

func countAsked(fn *ssa.Function, asked map[string]asks) {
	for _, b := range fn.Blocks {
		for _, i := range b.Instrs {
			switch i := i.(type) {
			case *ssa.If:
				k := conditionKey(i.Cond)
				n := asked[k]
				n.branches++
				asked[k] = n
			case ssa.CallInstruction:
				for _, arg := range i.Common().Args {
					for _, cond := range Passed(arg) {
						k := conditionKey(cond)
						n := asked[k]
						n.callees++
						asked[k] = n
					}
				}
			}
		}
	}
	for _, literal := range fn.AnonFuncs {
		countAsked(literal, asked)
	}
}

// Passed are the conditions that arg may be: itself, or what a || b joins. None if it is no bool.
func Passed(arg ssa.Value) (conds []ssa.Value) {
	if !IsTracked(arg) || !gotypes.IsBoolean(arg.Type()) {
		return nil
	}
	phi, ok := arg.(*ssa.Phi)
	if !ok {
		return []ssa.Value{arg}
	}
	for _, e := range phi.Edges {
		if _, isPhi := e.(*ssa.Phi); IsTracked(e) && !isPhi {
			conds = append(conds, e)
		}
	}
	return append(conds, arg)
}

// AnyLive reports whether the condition, or a variable that it is made of, is read
// at or after the start of b. What a function literal captures counts as the variable that it is.
func (f *Flow) AnyLive(b *ssa.BasicBlock, cond ssa.Value) bool {
	if f.LiveIn[b][cond] || f.isJoined(b, cond) {
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

// isJoined reports whether what cond decided is read at or after the start of b: a || b, or a && b, which was kept.
func (f *Flow) isJoined(b *ssa.BasicBlock, cond ssa.Value) bool {
	if f.joined == nil {
		f.joined = make(map[ssa.Value][]*ssa.Phi)
		for _, b := range f.fn.Blocks {
			f.addJoined(b)
		}
	}
	return slices.ContainsFunc(f.joined[cond], func(phi *ssa.Phi) bool { return phi.Block() == b || f.LiveIn[b][phi] })
}

// addJoined adds the bools that are joined at the start of b, by the conditions that decide which one it is.
func (f *Flow) addJoined(b *ssa.BasicBlock) {
	for _, i := range b.Instrs {
		phi, ok := i.(*ssa.Phi)
		if !ok {
			return
		}
		if !gotypes.IsBoolean(phi.Type()) {
			continue
		}
		for _, p := range b.Preds {
			if asks, ok := p.Instrs[len(p.Instrs)-1].(*ssa.If); ok {
				f.joined[asks.Cond] = append(f.joined[asks.Cond], phi)
			}
		}
	}
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

// IsAssignedOnce reports whether a is the address of a variable of a function that is written to in one place only, as a parameter is
// where a function literal captures it: whoever reads it afterwards reads the same.
func IsAssignedOnce(a ssa.Value) bool {
	if v, ok := a.(*ssa.FreeVar); ok {
		a = bindingOf(v)
	}
	v, ok := a.(*ssa.Alloc)
	return ok && writes(v) == 1
}

// writes counts the stores to the variable at a, in function literals, too; it is more than one where the address goes elsewhere.
func writes(a ssa.Value) (n int) {
	for _, r := range *a.Referrers() {
		switch r := r.(type) {
		case *ssa.Store:
			if r.Val == a {
				return 2
			}
			n++
		case *ssa.UnOp, *ssa.DebugRef:
		case *ssa.MakeClosure:
			for i, b := range r.Bindings {
				if b == a {
					n += writes(r.Fn.(*ssa.Function).FreeVars[i])
				}
			}
		default:
			return 2
		}
	}
	return n
}

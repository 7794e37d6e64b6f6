package domain

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Fixed are the package-level variables of one package that hold what their
// initialisation put there, for good: they are not exported, no function of the
// package assigns to them, and none takes their address. The ones that code in
// assembly or a linkname directive mentions must not be among them. Nor is a pointer, interface or
// function that nobody sets and nobody compares with nil: who uses it so knows of
// something that sets it, in another build or in a package that is to come.
type Fixed map[*ssa.Global]fixed

// A fixed variable holds a constant (or its zero value, if that is nil), or an
// interface value of which the dynamic type is known.
type fixed struct {
	value   *ssa.Const
	dynamic types.Type
}

// FindFixed looks through the functions of pkg for the variables that are
// fixed. elsewhere reports whether code that is no Go mentions a variable.
func FindFixed(pkg *ssa.Package, elsewhere func(name string) bool) Fixed {
	out := make(Fixed)
	for _, m := range pkg.Members {
		if g, ok := m.(*ssa.Global); ok && g.Object() != nil && !token.IsExported(g.Name()) && !elsewhere(g.Name()) {
			out[g] = fixed{}
		}
	}
	stored, tested := make(map[*ssa.Global]bool), make(map[*ssa.Global]bool)
	var ops []*ssa.Value
	visitFunctions(pkg, func(fn *ssa.Function) {
		for _, b := range fn.Blocks {
			for _, i := range b.Instrs {
				ops = i.Operands(ops[:0])
				for _, op := range ops {
					g, ok := (*op).(*ssa.Global)
					if !ok {
						continue
					}
					if load, ok := i.(*ssa.UnOp); ok && load.Op == token.MUL {
						tested[g] = tested[g] || isTested(load)
						continue
					}
					s, ok := i.(*ssa.Store)
					if !ok || s.Addr != g || s.Val == ssa.Value(g) || stored[g] || fn.Name() != "init" || fn.Parent() != nil {
						delete(out, g)
						continue
					}
					stored[g] = true
					switch v := s.Val.(type) {
					case *ssa.Const:
						if _, ok := out[g]; ok {
							out[g] = fixed{value: v}
						}
					case *ssa.MakeInterface:
						if _, ok := out[g]; ok {
							out[g] = fixed{dynamic: v.X.Type()}
						}
					default:
						delete(out, g)
					}
				}
			}
		}
	})
	for g := range out {
		if !stored[g] && !tested[g] && mustBeSet(g.Object().Type()) {
			delete(out, g)
		}
	}
	return out
}

// isTested reports whether v is compared with something.
func isTested(v ssa.Value) bool {
	return slices.ContainsFunc(*v.Referrers(), func(i ssa.Instruction) bool {
		c, ok := i.(*ssa.BinOp)
		return ok && (c.Op == token.EQL || c.Op == token.NEQ)
	})
}

// mustBeSet reports whether a variable of type t is of no use as nil but to be compared.
func mustBeSet(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Interface, *types.Signature:
		return true
	}
	return false
}

// visitFunctions calls visit for the functions, methods and literals of pkg.
func visitFunctions(pkg *ssa.Package, visit func(*ssa.Function)) {
	var all func(fn *ssa.Function)
	all = func(fn *ssa.Function) {
		if fn == nil {
			return
		}
		visit(fn)
		for _, a := range fn.AnonFuncs {
			all(a)
		}
	}
	for _, m := range pkg.Members {
		switch m := m.(type) {
		case *ssa.Function:
			all(m)
		case *ssa.Type:
			if n, ok := types.Unalias(m.Type()).(*types.Named); ok && n.Obj().Pkg() == pkg.Pkg {
				for f := range n.Methods() {
					all(pkg.Prog.FuncValue(f))
				}
			}
		}
	}
}

// fixedAt is what the fixed variable g holds; not ok if g is not fixed.
func (m *Machine) fixedAt(a *Symbol, t types.Type) (Value, bool) {
	g, ok := a.Key.Site.(*ssa.Global)
	if !ok || a.Kind != SymGlobal {
		return nil, false
	}
	f, ok := m.Fixed[g]
	switch {
	case !ok:
		return nil, false
	case f.dynamic != nil:
		return Value{m.content(a, f.dynamic)}, true
	case f.value != nil:
		return Value{m.Constant(f.value)}, true
	}
	return m.Zero(t), true
}

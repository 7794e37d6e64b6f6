package rules

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// isOwnState reports whether site looks at an unexported field of a handle, or
// calls a method of it that has no contract, in the package that declares it:
// that is how the package itself keeps track of whether the handle is over.
func (in *Rules) isOwnState(site ssa.Instruction) bool {
	switch i := site.(type) {
	case *ssa.UnOp:
		f, ok := i.X.(*ssa.FieldAddr)
		return ok && in.isOwnState(f)
	case *ssa.Store:
		f, ok := i.Addr.(*ssa.FieldAddr)
		return ok && in.isOwnState(f)
	case *ssa.FieldAddr:
		v, ok := gotypes.FieldOf(i.X.Type(), i.Field).(*types.Var)
		return ok && !v.Exported() && in.isOwnHandle(i.X.Type())
	case ssa.CallInstruction:
		fn := i.Common().StaticCallee()
		return fn != nil && fn.Signature.Recv() != nil && in.isOwnHandle(fn.Signature.Recv().Type()) && in.Contracts.Of(interp.Real(fn).Object()) == nil
	}
	return false
}

// isOwnHandle reports whether t is a handle that this package declares.
func (in *Rules) isOwnHandle(t types.Type) bool {
	return gotypes.PackageOf(t) == in.Pass.Pkg && in.IsHandleType(t)
}

// isHandle reports whether values of type n are released by a method of theirs.
func (in *Rules) isHandle(n *types.Named) bool {
	methods := n.Origin().Methods()
	if i, ok := n.Origin().Underlying().(*types.Interface); ok {
		methods = i.Methods()
	}
	for m := range methods {
		if in.releasesItself(m) {
			return true
		}
	}
	return false
}

// releasesItself reports whether the method m releases its receiver.
func (in *Rules) releasesItself(m *types.Func) bool {
	c := in.Contracts.Of(m)
	return c != nil && slices.ContainsFunc(c.Claims, func(c contract.Claim) bool {
		return c.Verb == contract.Release && len(c.Values) > 0 && c.Values[0].Root == contract.Recv
	})
}

// Promotes reports whether a method that releases t is one of its field i, which it
// embeds.
func (in *Rules) Promotes(t types.Type, i int) bool {
	if t == nil {
		return false
	}
	str, ok := gotypes.Deref(t).Underlying().(*types.Struct)
	if !ok || i < 0 || i >= str.NumFields() || !str.Field(i).Embedded() {
		return false
	}
	n, ok := types.Unalias(gotypes.Deref(str.Field(i).Type())).(*types.Named)
	if !ok {
		return false
	}
	for m := range n.Origin().Methods() {
		if in.releasesItself(m) {
			found, index, _ := types.LookupFieldOrMethod(t, true, m.Pkg(), m.Name())
			f, ok := found.(*types.Func)
			return ok && f.Origin() == m && index[0] == i
		}
	}
	return false
}

// isObjectGuard reports whether values of type t are themselves what a call
// on them acquires: one of which nothing was acquired is not an empty guard.
func (in *Rules) isObjectGuard(t types.Type) bool {
	return in.isCounted(t) || in.isCounted(types.NewPointer(t))
}

// hasMethod reports whether what s was when it was acquired has the method that
// c calls, if that is one of an interface: what a pool gives as any is not
// given back by its Close.
func (in *Rules) hasMethod(s *domain.Symbol, c *interp.CallSite) bool {
	f, ok := c.Obj.(*types.Func)
	if !ok || s.Typ == nil || !types.IsInterface(s.Typ) {
		return true
	}
	recv := f.Signature().Recv()
	if recv == nil || !types.IsInterface(recv.Type()) {
		return true
	}
	m, _, _ := types.LookupFieldOrMethod(s.Typ, false, in.Pass.Pkg, f.Name())
	return m != nil
}

// isCounted reports whether values of type t can be acquired again: of such
// only the loans seen here are followed.
func (in *Rules) isCounted(t types.Type) bool {
	if t == nil {
		return false
	}
	return known(&in.counted, t, in.canBeAcquired)
}

func (in *Rules) canBeAcquired(t types.Type) bool {
	set := types.NewMethodSet(t)
	for i := range set.Len() {
		c := in.Contracts.Of(set.At(i).Obj())
		if c != nil && slices.ContainsFunc(c.Claims, func(c contract.Claim) bool {
			return c.Verb == contract.Acquire && slices.ContainsFunc(guardPaths(&c), func(p contract.Path) bool { return p.Root == contract.Recv })
		}) {
			return true
		}
	}
	return false
}

// IsHandleType reports whether values of type t have a method that releases
// them, of their own or of what they embed: the other methods leave that to it.
func (in *Rules) IsHandleType(t types.Type) bool {
	return known(&in.handles, t, in.isHandleType)
}

// known is what find answers of t, which it is asked once.
func known(answers *map[types.Type]bool, t types.Type, find func(types.Type) bool) bool {
	is, ok := (*answers)[t]
	if !ok {
		is = find(t)
		if *answers == nil {
			*answers = make(map[types.Type]bool)
		}
		(*answers)[t] = is
	}
	return is
}

func (in *Rules) isHandleType(t types.Type) bool {
	n, ok := types.Unalias(gotypes.Deref(t)).(*types.Named)
	if !ok || in.isHandle(n) {
		return ok
	}
	str, ok := n.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for i := range str.NumFields() {
		if str.Field(i).Embedded() && in.Promotes(types.NewPointer(n), i) {
			return true
		}
	}
	return false
}

package contract

import "go/types"

// implements reports whether t has all methods of the interface type, or, if
// that is generic, of some instance of it.
func implements(t types.Type, iface types.Type) bool {
	n, ok := types.Unalias(iface).(*types.Named)
	if ok && n.TypeParams().Len() > 0 {
		if iface = instanceFor(t, n); iface == nil {
			return false
		}
	}
	return types.Implements(t, iface.Underlying().(*types.Interface))
}

// instanceFor is the instance of a generic interface that t could implement:
// its type arguments are read off the methods that t has. Nil if there is none.
func instanceFor(t types.Type, generic *types.Named) types.Type {
	generic = generic.Origin()
	args := make([]types.Type, generic.TypeParams().Len())
	iface := generic.Underlying().(*types.Interface)
	for m := range iface.Methods() {
		obj, _, _ := types.LookupFieldOrMethod(t, true, m.Pkg(), m.Name())
		have, ok := obj.(*types.Func)
		if !ok || !infer(args, m.Type(), have.Type()) {
			return nil
		}
	}
	for _, arg := range args {
		if arg == nil {
			return nil // a parameter that no method speaks of
		}
	}
	inst, err := types.Instantiate(nil, generic, args, true)
	if err != nil {
		return nil
	}
	return inst
}

// infer fits the type have to want, in which the type parameters of args may
// stand. What it does not look into, types.Implements compares later.
func infer(args []types.Type, want, have types.Type) bool {
	want, have = types.Unalias(want), types.Unalias(have)
	if p, ok := want.(*types.TypeParam); ok && p.Index() < len(args) {
		if args[p.Index()] == nil {
			args[p.Index()] = have
		}
		return types.Identical(args[p.Index()], have)
	}
	switch w := want.(type) {
	case *types.Pointer:
		h, ok := have.(*types.Pointer)
		return ok && infer(args, w.Elem(), h.Elem())
	case *types.Slice:
		h, ok := have.(*types.Slice)
		return ok && infer(args, w.Elem(), h.Elem())
	case *types.Array:
		h, ok := have.(*types.Array)
		return ok && infer(args, w.Elem(), h.Elem())
	case *types.Chan:
		h, ok := have.(*types.Chan)
		return ok && infer(args, w.Elem(), h.Elem())
	case *types.Map:
		h, ok := have.(*types.Map)
		return ok && infer(args, w.Key(), h.Key()) && infer(args, w.Elem(), h.Elem())
	case *types.Signature:
		h, ok := have.(*types.Signature)
		return ok && inferTuple(args, w.Params(), h.Params()) && inferTuple(args, w.Results(), h.Results())
	case *types.Named:
		h, ok := have.(*types.Named)
		if !ok || h.TypeArgs().Len() != w.TypeArgs().Len() {
			return false
		}
		for i := range w.TypeArgs().Len() {
			if !infer(args, w.TypeArgs().At(i), h.TypeArgs().At(i)) {
				return false
			}
		}
	}
	return true
}

func inferTuple(args []types.Type, want, have *types.Tuple) bool {
	if want.Len() != have.Len() {
		return false
	}
	for i := range want.Len() {
		if !infer(args, want.At(i).Type(), have.At(i).Type()) {
			return false
		}
	}
	return true
}

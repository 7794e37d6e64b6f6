package contract

import (
	"go/types"
	"slices"
)

// namesake is the contract that a method of an interface has by its name and types. Who
// asks for an interface with Do(*http.Request) (*http.Response, error) asks for something like
// an http.Client, and what it gives is closed as what a client gives. So the method has what
// the methods of that name and those types acquire, of the types of the package
// from which a result is: of those that implement the interface, if any do. Where they differ,
// as a database and a transaction do, it has what asks for most: who takes both has to do right by
// both (decision 48).
func (s *Set) namesake(m *types.Func) *Contract {
	if recv := m.Signature().Recv(); recv != nil && types.IsInterface(recv.Type()) {
		return s.namesakeOn(recv.Type(), m)
	}
	return nil
}

// OfCall is the contract of m when it is called on a value of the type t. Whom an interface may stand for
// depends on all of its methods: what transactions have may embed what databases have, too.
func (s *Set) OfCall(m types.Object, t types.Type) *Contract {
	c := s.Of(m)
	if f, ok := m.(*types.Func); ok && c != nil && c.namesake && types.IsInterface(t) && !types.Identical(t.Underlying(), f.Signature().Recv().Type().Underlying()) {
		return s.namesakeOn(t, f)
	}
	return c
}

func (s *Set) namesakeOn(iface types.Type, m *types.Func) *Contract {
	for v := range m.Signature().Results().Variables() {
		pkg := packageOf(v.Type())
		if pkg == nil || pkg == m.Pkg() || !inCatalogue(pkg) {
			continue
		}
		if c := s.namesakeIn(pkg, iface, m); c != nil {
			return c
		}
	}
	return nil
}

// packageOf is the package whose name t is, or points to.
func packageOf(t types.Type) *types.Package {
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if n, ok := t.(*types.Named); ok {
		return n.Obj().Pkg()
	}
	return nil
}

func (s *Set) namesakeIn(pkg *types.Package, iface types.Type, m *types.Func) (out *Contract) {
	var implementing bool
	for _, name := range pkg.Scope().Names() {
		t, ok := pkg.Scope().Lookup(name).(*types.TypeName)
		if !ok || !t.Exported() || t.IsAlias() {
			continue
		}
		like, ok := methodNamed(t.Type(), m)
		if !ok {
			continue
		}
		c := s.acquired(like, types.Identical(like.Type(), m.Type()))
		if c == nil {
			continue
		}
		implements := implementsAll(t.Type(), iface)
		switch {
		case out == nil || implements && !implementing:
			out = c
		case implementing && !implements:
		case asksForLess(out, c):
			out = c
		}
		implementing = implementing || implements
	}
	return out
}

// methodNamed is the method that t, or a pointer to it, has of the name and types of m, but for a
// context that m may want first.
func methodNamed(t types.Type, m *types.Func) (*types.Func, bool) {
	obj, _, _ := types.LookupFieldOrMethod(t, true, m.Pkg(), m.Name())
	like, ok := obj.(*types.Func)
	return like, ok && (types.Identical(like.Type(), m.Type()) || types.Identical(like.Type(), withoutContext(m.Signature())))
}

// withoutContext is sig without the context that it wants first; sig itself if it wants none.
func withoutContext(sig *types.Signature) *types.Signature {
	params := slices.Collect(sig.Params().Variables())
	if len(params) == 0 || types.TypeString(params[0].Type(), nil) != "context.Context" {
		return sig
	}
	return types.NewSignatureType(nil, nil, nil, types.NewTuple(params[1:]...), sig.Results(), sig.Variadic())
}

// implementsAll reports whether t, or a pointer to it, can stand where iface is asked for.
func implementsAll(t, iface types.Type) bool {
	i, ok := iface.Underlying().(*types.Interface)
	if !ok {
		return false
	}
	return types.Implements(t, i) || !types.IsInterface(t) && types.Implements(types.NewPointer(t), i)
}

// acquired is what the contract of a method says its caller acquires, without an owner: nil if
// that is nothing, or if something else goes with it. What it borrows from a parameter goes with it
// where the namesake has the same parameters.
func (s *Set) acquired(m *types.Func, same bool) *Contract {
	c := s.Of(m)
	if c == nil || len(c.Claims) == 0 {
		return nil
	}
	out := &Contract{Origin: c.Origin, namesake: true}
	for _, claim := range c.Claims {
		if claim.Verb == Borrow && claim.When == nil && len(claim.Places) == 0 && ofResults(claim) {
			if same && claim.From.Root == Param {
				out.Claims = append(out.Claims, claim)
			}
			continue
		}
		if claim.Verb != Acquire || claim.When != nil || !ofResults(claim) {
			return nil
		}
		claim.From = nil
		out.Claims = append(out.Claims, claim)
	}
	if !slices.ContainsFunc(out.Claims, func(c Claim) bool { return c.Verb == Acquire }) {
		return nil
	}
	return out
}

// ofResults reports whether a claim speaks of results alone.
func ofResults(c Claim) bool {
	return (c.Guard == nil || c.Guard.Root == Result) && !slices.ContainsFunc(c.Values, func(p Path) bool { return p.Root != Result })
}

// asksForLess reports whether what c acquires need not be released, other than what d does.
func asksForLess(c, d *Contract) bool {
	optional := func(c Claim) bool { return c.Optional }
	return slices.ContainsFunc(c.Claims, optional) && !slices.ContainsFunc(d.Claims, optional)
}

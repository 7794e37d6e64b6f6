package contract

import (
	"cmp"
	"go/types"
	"slices"
)

// A Bound says that the body of a function is bound by a claim on the method
// of an interface that it implements, or on the func type, field or variable
// that it becomes a value of.
type Bound struct {
	Claim     *Claim
	Interface string       // for messages: io.Writer, http.HandlerFunc
	Object    types.Object // that has the claim
}

// A binding is a method of an interface that has scoped claims.
type binding struct {
	method *types.Func
	iface  types.Type // named, unless it is written where it is used
	label  string
	claims []*Claim
}

// ScopedBy lists the scoped claims that bind the body of fn: those of the func
// types that it becomes in this package, and, if it is a concrete method, those
// on the methods of that name of the interfaces in sight which its type
// implements.
func (s *Set) ScopedBy(fn *types.Func) []Bound {
	if s == nil || fn == nil {
		return nil
	}
	out := slices.Clone(s.handlers().declared[fn.Origin()])
	recv := fn.Signature().Recv()
	if recv == nil || types.IsInterface(recv.Type()) {
		return out
	}
	// A method of T is one of *T too, and the methods that T lacks for the
	// interface may be there.
	t := recv.Type()
	if _, ok := t.(*types.Pointer); !ok {
		t = types.NewPointer(t)
	}
	for _, b := range s.bindings() {
		if b.method.Name() != fn.Name() || !implements(t, b.iface) {
			continue
		}
		for _, c := range b.claims {
			out = append(out, Bound{c, b.label, b.method})
		}
	}
	return out
}

// bindings lists the interface methods in sight that bind implementers: of
// this package, of what it imports, directly or not, and of the user's stubs.
func (s *Set) bindings() []binding {
	s.bindOnce.Do(func() {
		seen := make(map[*types.Func]bool)
		add := func(obj types.Object) {
			f, ok := obj.(*types.Func)
			if !ok || seen[f] {
				return
			}
			seen[f] = true
			if b, ok := s.binding(f); ok {
				s.bound = append(s.bound, b)
			}
		}
		for obj := range s.own {
			add(obj)
		}
		for obj := range s.user {
			add(obj)
		}
		for _, f := range s.pass.AllObjectFacts() {
			add(f.Object)
		}
		for _, pkg := range s.imports.all() {
			for obj := range s.catalogued(pkg) {
				add(obj)
			}
		}
		slices.SortFunc(s.bound, func(a, b binding) int {
			return cmp.Compare(a.method.FullName(), b.method.FullName())
		})
	})
	return s.bound
}

func (s *Set) binding(f *types.Func) (binding, bool) {
	recv := f.Signature().Recv()
	if recv == nil {
		return binding{}, false
	}
	if !types.IsInterface(recv.Type()) {
		return binding{}, false
	}
	b := binding{method: f, iface: recv.Type(), label: nameOf(recv.Type())}
	if c := s.Of(f); c != nil {
		for i := range c.Claims {
			if c.Claims[i].Verb == Scoped {
				b.claims = append(b.claims, &c.Claims[i])
			}
		}
	}
	return b, len(b.claims) > 0
}

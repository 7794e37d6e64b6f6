package contract

import (
	"fmt"
	"go/types"
	"slices"

	"golang.org/x/tools/go/types/typeutil"
)

// unreleasable finds mandatory acquires whose guard no release in sight could
// take: whoever calls them would be told to release, and could not.
//
// What could be taken is judged generously: by types, forwards and backwards,
// since a guard may travel as an interface.
func (s *Set) unreleasable(ours []bound) (out []problem) {
	var numbers typeNumbers
	releasable := make(map[typeIn]bool)
	var takes []taken // by the releases in sight; nil until asked for
	known := false
	for _, b := range ours {
		for i, c := range b.contract.Claims {
			if c.Verb != Acquire || c.Optional {
				continue
			}
			for _, guard := range guardsOf(&c) {
				t := typeAt(b.obj, guard)
				if t == nil || isFunc(t) {
					continue // a func is released by calling it
				}
				if !known {
					takes, known = s.released(), true
				}
				key := typeIn{numbers.of(t), b.obj.Pkg(), false}
				can, asked := releasable[key]
				if !asked {
					can = slices.ContainsFunc(takes, func(r taken) bool { return r.couldBe(t, b.obj) })
					releasable[key] = can
				}
				if !can {
					out = append(out, problem{b.at[i], fmt.Sprintf("no release in sight takes %s, which %s acquires", guard.Text, b.label)})
				}
			}
		}
	}
	return out
}

func guardsOf(c *Claim) []Path {
	if c.Guard != nil {
		return []Path{*c.Guard}
	}
	return c.Values
}

func isFunc(t types.Type) bool { _, ok := t.Underlying().(*types.Signature); return ok }

// A taken is the type of what a release takes.
type taken struct {
	typ types.Type
	by  types.Object
}

// couldBe reports whether the release takes a guard of type t, which a call of
// obj gives, or what t embeds, for then the method is promoted. One that takes
// anything is for what its own package gives.
func (r taken) couldBe(t types.Type, obj types.Object) bool {
	if iface, ok := r.typ.Underlying().(*types.Interface); ok && iface.Empty() && r.by.Pkg() != obj.Pkg() {
		return false
	}
	if couldBe(r.typ, t) || couldBe(t, r.typ) {
		return true
	}
	return r.isMethod() && slices.ContainsFunc(embeddedIn(t, nil), func(t types.Type) bool { return couldBe(r.typ, t) })
}

func (r taken) isMethod() bool {
	f, ok := r.by.(*types.Func)
	return ok && f.Signature().Recv() != nil
}

// embeddedIn adds to out the types that t embeds, at any depth.
func embeddedIn(t types.Type, out []types.Type) []types.Type {
	st, ok := pointee(t).Underlying().(*types.Struct)
	if !ok {
		return out
	}
	for f := range st.Fields() {
		if f.Embedded() && !slices.Contains(out, f.Type()) {
			out = embeddedIn(f.Type(), append(out, f.Type()))
		}
	}
	return out
}

// released lists what releases take: of this package, of what it imports and
// of the user's stubs.
func (s *Set) released() (out []taken) {
	var numbers typeNumbers
	seen := make(map[typeIn]bool)
	add := func(obj types.Object, c *Contract) {
		for _, cl := range c.Claims {
			for _, v := range cl.Values {
				t := typeAt(obj, v)
				if cl.Verb != Release || t == nil {
					continue
				}
				r := taken{t, obj}
				// Many functions with one type of parameter are asked about once.
				if key := (typeIn{numbers.of(t), obj.Pkg(), r.isMethod()}); !seen[key] {
					seen[key] = true
					out = append(out, r)
				}
			}
		}
	}
	for obj, c := range s.own {
		add(obj, c)
	}
	for obj, c := range s.user {
		add(obj, c)
	}
	for _, f := range s.pass.AllObjectFacts() {
		if c, ok := f.Fact.(*fact); ok {
			add(f.Object, &Contract{Claims: c.Claims, Origin: c.Origin})
		}
	}
	for _, pkg := range s.imports.all() {
		for obj, c := range s.catalogued(pkg) {
			add(obj, c)
		}
	}
	return out
}

// A typeIn is a type where a package's functions, or methods, take or give it.
type typeIn struct {
	number   int
	of       *types.Package
	isMethod bool
}

// typeNumbers gives identical types one number.
type typeNumbers struct{ known typeutil.Map }

func (n *typeNumbers) of(t types.Type) int {
	if have, ok := n.known.At(t).(int); ok {
		return have
	}
	n.known.Set(t, n.known.Len())
	return n.known.Len() - 1
}

// couldBe reports whether a value of type x may be had as one of type t: t is
// x, but for pointers and type arguments, or an interface that x implements.
func couldBe(t, x types.Type) bool {
	t, x = pointee(t), pointee(x)
	if iface, ok := t.Underlying().(*types.Interface); ok {
		return types.Implements(x, iface) || types.Implements(types.NewPointer(x), iface)
	}
	return sameName(t, x) || types.ConvertibleTo(x, t)
}

// typeAt is the type of what the path names in a call of obj; nil if the path
// is restricted to other types than the declared one.
func typeAt(obj types.Object, p Path) types.Type {
	sig, ok := obj.Type().Underlying().(*types.Signature)
	if !ok {
		return nil
	}
	var t types.Type
	switch {
	case p.Root == Recv && sig.Recv() != nil:
		t = sig.Recv().Type()
	case p.Root == Param && p.Index < sig.Params().Len():
		t = sig.Params().At(p.Index).Type()
		if sig.Variadic() && p.Index == sig.Params().Len()-1 {
			t = element(t)
		}
	case p.Root == Result && p.Index < sig.Results().Len():
		t = sig.Results().At(p.Index).Type()
	default:
		return nil
	}
	for _, s := range p.Steps {
		if s.Types != nil {
			return nil
		}
		for _, i := range s.Index {
			st, ok := pointee(t).Underlying().(*types.Struct)
			if !ok || i >= st.NumFields() {
				return nil
			}
			t = st.Field(i).Type()
		}
	}
	return t
}

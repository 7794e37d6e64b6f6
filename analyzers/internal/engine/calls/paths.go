package calls

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// What the paths of a summary name at a call.

// value is what path names at the call.
func (a *application) value(path summary.Path, results []domain.Value) domain.Value {
	letter, i, steps := path.Root()
	var v domain.Value
	var t types.Type
	switch letter {
	case 'p':
		if i < len(a.c.Args) {
			v, t = a.c.Args[i], a.c.ArgTypes[i]
		}
	case 'g':
		if len(path) > 1 && i < len(a.of.Globals) {
			g := a.global(a.of.Globals[i])
			if steps == "" {
				return domain.Value{g}
			}
			v, t = domain.Value{g}, g.Typ
			break
		}
		return nil
	case 'r':
		if i < len(results) {
			v, t = results[i], a.c.Sig.Results().At(i).Type()
		}
	}
	return a.follow(v, t, path, steps)
}

// global is the package-level variable called name, with the path of its package.
func (a *application) global(name string) *domain.Symbol {
	in := a.in
	if dot := strings.LastIndexByte(name, '.'); dot >= 0 {
		pkg := in.program.Pkg
		if name[:dot] != pkg.Pkg.Path() {
			pkg = pkg.Prog.ImportedPackage(name[:dot])
		}
		if pkg != nil {
			if g, ok := pkg.Members[name[dot+1:]].(*ssa.Global); ok {
				return in.Intern(domain.SymbolKey{Kind: domain.SymGlobal, Site: g}, g.Type(), nil)
			}
		}
	}
	return in.Intern(domain.SymbolKey{Kind: domain.SymGlobal, Site: domain.GlobalOf{Site: name}}, pointerToAny, nil)
}

// follow takes the steps with which path ends, from v, of type t.
func (a *application) follow(v domain.Value, t types.Type, path, steps summary.Path) domain.Value {
	m := a.in.Machine
	keep := func() {}
	if a.found != nil {
		for rest := steps; len(rest) > 0; {
			_, _, rest = rest.Next()
			if n, ok := a.found[path[:len(path)-len(rest)]]; ok {
				v, t, steps = n.v, n.t, rest
			}
		}
		keep = func() { a.found[path[:len(path)-len(steps)]] = named{v, t} }
	}
	for ; len(steps) > 0 && len(v) > 0; keep() {
		field, load, rest := steps.Next()
		steps = rest
		if s := v.One(); s != nil && s.Typ != nil && (t == nil || types.IsInterface(t)) {
			if t = s.Typ; s.HeldType() != nil {
				t = s.HeldType()
			}
		}
		if t == nil {
			return nil
		}
		if load {
			t = gotypes.Deref(t)
			v = a.st.Load(m, domain.ReadBy{Call: a.c.Site(), Path: path[:len(path)-len(steps)]}, v, t)
			continue
		}
		if field <= domain.CaptureIndex {
			return nil
		}
		ft, isAddr := partType(t, field)
		if ft == nil {
			return nil
		}
		if !isAddr {
			v, t = a.st.Part(m, v, field, ft), ft
			continue
		}
		var addrs domain.Value
		if field == domain.ElementIndex {
			if slots, ok := a.st.Slots(m, v, ft); ok {
				v, t = slots, types.NewPointer(ft)
				continue
			}
			a.st.Blur(m, v)
		}
		for _, s := range v {
			if !s.IsNil() {
				addrs = addrs.Union(domain.Value{m.Address(s, field, types.NewPointer(ft))})
			}
		}
		v, t = addrs, types.NewPointer(ft)
	}
	return v
}

// typeAt is the type of what path names at the call, nil if nobody can say.
func (a *application) typeAt(path summary.Path) types.Type {
	letter, i, steps := path.Root()
	if letter != 'p' || i >= len(a.c.ArgTypes) {
		return nil
	}
	return typeAlong(a.c.ArgTypes[i], steps)
}

// partType is the type of field (or element) i of t, and whether a path to it
// leads to its address.
func partType(t types.Type, i int) (part types.Type, isAddr bool) {
	u := t.Underlying()
	if p, ok := u.(*types.Pointer); ok {
		u, isAddr = p.Elem().Underlying(), true
	}
	switch u := u.(type) {
	case *types.Struct:
		if i >= 0 && i < u.NumFields() {
			return u.Field(i).Type(), isAddr
		}
	case *types.Array:
		return u.Elem(), isAddr
	case *types.Slice:
		return u.Elem(), true
	case *types.Map:
		return u.Elem(), true
	}
	return nil, false
}

package rules

import (
	"go/types"
	"slices"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// ArgIndex is the place of parameter i among the arguments of c.
func (in *Rules) ArgIndex(c *interp.CallSite, i int) int {
	if c.HasRecv {
		i++
	}
	return min(i, len(c.Args)-1)
}

// PathValue is what the path p of a contract names in the call c.
func (in *Rules) PathValue(st *domain.State, c *interp.CallSite, p contract.Path, results []domain.Value) domain.Value {
	var v domain.Value
	var t types.Type
	switch p.Root {
	case contract.Recv:
		if len(c.Args) > 0 && c.HasRecv {
			v, t = c.Args[0], c.ArgTypes[0]
		} else if len(c.Callee) > 0 {
			return in.structAround(c)
		}
	case contract.Param:
		i := in.ArgIndex(c, p.Index)
		if i < 0 {
			return nil
		}
		v, t = c.Args[i], c.ArgTypes[i]
		if in.IsVariadic(c, p) {
			if elem, ok := t.Underlying().(*types.Slice); ok {
				var each domain.Value
				for _, a := range in.Elements(st, v, elem.Elem()) {
					each = each.Union(st.LoadOne(in.Machine, c.Site(), a, elem.Elem()))
				}
				v, t = each, elem.Elem()
			}
		}
	case contract.Result:
		if p.Index < len(results) {
			v, t = results[p.Index], c.Sig.Results().At(p.Index).Type()
		}
	}
	v, _ = in.Steps(st, c.Site(), v, t, p)
	return v
}

// IsVariadic reports whether p names each of a call's variadic arguments.
func (in *Rules) IsVariadic(c *interp.CallSite, p contract.Path) bool {
	return c.Sig.Variadic() && p.Root == contract.Param && p.Index == c.Sig.Params().Len()-1
}

// structAround is the struct whose func field is called.
func (in *Rules) structAround(c *interp.CallSite) domain.Value {
	for _, s := range c.Callee {
		if s.Kind == domain.SymContent && s.Key.Base.Kind == domain.SymAddr {
			return domain.Value{s.Key.Base.Key.Base}
		}
	}
	return nil
}

// Steps follows the fields and type filters of p from v.
func (in *Rules) Steps(st *domain.State, site any, v domain.Value, t types.Type, p contract.Path) (domain.Value, types.Type) {
	for _, step := range p.Steps {
		if len(step.Types) > 0 {
			var out domain.Value
			for _, s := range v {
				if s.Typ != nil && slices.Contains(step.Types, types.TypeString(s.Typ, nil)) {
					out = append(out, s)
				}
			}
			v = out
			continue
		}
		for _, i := range step.Index {
			if t == nil {
				return nil, nil
			}
			str, ok := gotypes.Deref(t).Underlying().(*types.Struct)
			if !ok || i >= str.NumFields() {
				return nil, nil
			}
			ft := str.Field(i).Type()
			if _, ptr := t.Underlying().(*types.Pointer); ptr {
				var addrs domain.Value
				for _, s := range v {
					if !s.IsNil() {
						addrs = addrs.Union(domain.Value{in.Address(s, i, types.NewPointer(ft))})
					}
				}
				v = st.Load(in.Machine, site, addrs, ft)
			} else {
				v = st.Part(in.Machine, v, i, ft)
			}
			t = ft
		}
	}
	if p.Deref && t != nil {
		et := gotypes.Deref(t)
		for _, s := range v {
			if s.Typ != nil && gotypes.IsPointer(s.Typ) {
				if _, ptr := s.Typ.Underlying().(*types.Pointer); ptr {
					et = gotypes.Deref(s.Typ)
				}
			}
		}
		v, t = st.Load(in.Machine, site, v, et), et
	}
	return v, t
}

// addressOf is the variable that the path p of a contract names, *x or x.F.
func (in *Rules) addressOf(st *domain.State, c *interp.CallSite, p contract.Path) *domain.Symbol {
	if p.Deref {
		p.Deref = false
		return in.PathValue(st, c, p, nil).One()
	}
	n := len(p.Steps)
	if n == 0 || len(p.Steps[n-1].Index) == 0 {
		return nil
	}
	step := p.Steps[n-1]
	p.Steps = append(slices.Clone(p.Steps[:n-1]), contract.Step{Index: step.Index[:len(step.Index)-1]})
	base := in.PathValue(st, c, p, nil).One()
	if base == nil || base.Typ == nil {
		return nil
	}
	str, ok := gotypes.Deref(base.Typ).Underlying().(*types.Struct)
	i := step.Index[len(step.Index)-1]
	if _, ptr := base.Typ.Underlying().(*types.Pointer); !ok || !ptr || i >= str.NumFields() {
		return nil
	}
	return in.Address(base, i, types.NewPointer(str.Field(i).Type()))
}

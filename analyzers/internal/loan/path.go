package loan

import (
	"go/types"
	"slices"

	"github.com/revlint/revlint/analyzers/internal/contract"
)

// pathValue is what the path p of a contract names in the call c.
func (in *interpreter) pathValue(st *state, c *callSite, p contract.Path, results []value) value {
	var v value
	var t types.Type
	switch p.Root {
	case contract.Recv:
		if len(c.args) > 0 && c.hasRecv {
			v, t = c.args[0], c.argTypes[0]
		} else if len(c.callee) > 0 {
			return in.structAround(c)
		}
	case contract.Param:
		i := in.argIndex(c, p.Index)
		if i < 0 {
			return nil
		}
		v, t = c.args[i], c.argTypes[i]
		if in.isVariadic(c, p) {
			if elem, ok := t.Underlying().(*types.Slice); ok {
				var each value
				for _, a := range in.elements(v, elem.Elem()) {
					each = each.union(st.loadOne(in.machine, c.site(), a, elem.Elem()))
				}
				v, t = each, elem.Elem()
			}
		}
	case contract.Result:
		if p.Index < len(results) {
			v, t = results[p.Index], c.sig.Results().At(p.Index).Type()
		}
	}
	v, _ = in.steps(st, c.site(), v, t, p)
	return v
}

// isVariadic reports whether p names each of a call's variadic arguments.
func (in *interpreter) isVariadic(c *callSite, p contract.Path) bool {
	return c.sig.Variadic() && p.Root == contract.Param && p.Index == c.sig.Params().Len()-1
}

// structAround is the struct whose func field is called.
func (in *interpreter) structAround(c *callSite) value {
	for _, s := range c.callee {
		if s.kind == symContent && s.key.base.kind == symAddr {
			return value{s.key.base.key.base}
		}
	}
	return nil
}

// steps follows the fields and type filters of p from v.
func (in *interpreter) steps(st *state, site any, v value, t types.Type, p contract.Path) (value, types.Type) {
	for _, step := range p.Steps {
		if len(step.Types) > 0 {
			var out value
			for _, s := range v {
				if s.typ != nil && slices.Contains(step.Types, types.TypeString(s.typ, nil)) {
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
			str, ok := deref(t).Underlying().(*types.Struct)
			if !ok || i >= str.NumFields() {
				return nil, nil
			}
			ft := str.Field(i).Type()
			if _, ptr := t.Underlying().(*types.Pointer); ptr {
				var addrs value
				for _, s := range v {
					if !s.isNil() {
						addrs = addrs.union(value{in.address(s, i, types.NewPointer(ft))})
					}
				}
				v = st.load(in.machine, site, addrs, ft)
			} else {
				v = st.part(in.machine, v, i, ft)
			}
			t = ft
		}
	}
	if p.Deref && t != nil {
		et := deref(t)
		for _, s := range v {
			if s.typ != nil && isPointer(s.typ) {
				if _, ptr := s.typ.Underlying().(*types.Pointer); ptr {
					et = deref(s.typ)
				}
			}
		}
		v, t = st.load(in.machine, site, v, et), et
	}
	return v, t
}

// addressOf is the variable that the path p of a contract names, *x or x.F.
func (in *interpreter) addressOf(st *state, c *callSite, p contract.Path) *symbol {
	if p.Deref {
		p.Deref = false
		return in.pathValue(st, c, p, nil).one()
	}
	n := len(p.Steps)
	if n == 0 || len(p.Steps[n-1].Index) == 0 {
		return nil
	}
	step := p.Steps[n-1]
	p.Steps = append(slices.Clone(p.Steps[:n-1]), contract.Step{Index: step.Index[:len(step.Index)-1]})
	base := in.pathValue(st, c, p, nil).one()
	if base == nil || base.typ == nil {
		return nil
	}
	str, ok := deref(base.typ).Underlying().(*types.Struct)
	i := step.Index[len(step.Index)-1]
	if _, ptr := base.typ.Underlying().(*types.Pointer); !ok || !ptr || i >= str.NumFields() {
		return nil
	}
	return in.address(base, i, types.NewPointer(str.Field(i).Type()))
}

package calls

import (
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// What a result holds that is an interface. A summary names the dynamic type on each way out; a caller goes by that
// where all ways out that have something agree, and where it can get at the type and at all methods that the interface
// has. Then a guard within is found in its field, and a method that is called is the one of the type. Elsewhere the
// interface itself is the guard, if methods of it end what is within, as the callee has seen (see endable).

// heldIn are the types of what the results hold that are interfaces, on the way out at e; nil where callers could do nothing with that:
// they want a struct with a name of its package, or a pointer to one.
func (in *Calls) heldIn(e interp.Exit) []types.Type {
	held := make([]types.Type, len(e.Results))
	for i, r := range e.Results {
		s := r.One()
		result := in.Root.Signature.Results().At(i).Type()
		if s == nil || !isTold(result) || s.Kind == domain.SymAddr || s.Kind == domain.SymDerived {
			continue
		}
		t := in.DynamicType(e.St, s)
		if t == nil && s.Typ != nil && !s.Retyped && !types.IsInterface(s.Typ) && s.Kind != domain.SymConst {
			t = s.Typ // with type parameters
		}
		if t != nil && domain.HasMethods(t, result.Underlying().(*types.Interface)) {
			held[i] = t
		}
	}
	return held
}

// isTold reports whether it is told what a result of type t holds: it is an interface, and no error or context, of which the methods are known.
func isTold(t types.Type) bool {
	return types.IsInterface(t) && !gotypes.IsError(t) && !gotypes.IsContext(t)
}

// handsOut reports whether a method of t, which iface has, hands something on loan to its caller.
func (in *Calls) handsOut(t types.Type, iface *types.Interface) bool {
	for m := range iface.Methods() {
		if obj, _, _ := types.LookupFieldOrMethod(t, false, m.Pkg(), m.Name()); obj != nil && in.program.HandsOut(obj) {
			return true
		}
	}
	return false
}

// HandsOut reports whether f, a method, hands to its caller what that has to release.
func (e *Program) HandsOut(obj types.Object) bool {
	f, ok := obj.(*types.Func)
	if !ok {
		return false
	}
	f = f.Origin()
	if ct := e.Contracts.Of(f); ct != nil {
		return slices.ContainsFunc(ct.Claims, func(cl contract.Claim) bool { return cl.Verb == contract.Acquire })
	}
	s := e.Summaries[e.Prog.FuncValue(f)]
	if f.Pkg() != e.Pass.Pkg {
		s = e.Imported(f)
	}
	return s != nil && slices.ContainsFunc(s.Outcomes, func(o summary.Outcome) bool {
		return slices.ContainsFunc(o.Loans, func(l summary.Loan) bool { return l.Flags&domain.FlagMandatory != 0 })
	})
}

// HandsOutBy reports whether c, a call of a method of an interface, is known to be one of a method that hands out something.
func (e *Program) HandsOutBy(c *ssa.CallCommon) bool {
	v := c.Value
	if x, ok := v.(*ssa.Extract); ok {
		v = x.Tuple
	}
	switch v := v.(type) {
	case *ssa.UnOp:
		at, ok := v.X.(*ssa.FieldAddr)
		if !ok {
			return false
		}
		t := e.HeldFields[gotypes.FieldOf(at.X.Type(), at.Field)]
		if t == nil {
			return false
		}
		m, _, _ := types.LookupFieldOrMethod(t, true, e.Pass.Pkg, c.Method.Name())
		return m != nil && e.HandsOut(m)
	case *ssa.Call:
		f := v.Call.StaticCallee()
		if f == nil {
			return false
		}
		s := e.Summaries[interp.Real(f)]
		if obj, ok := interp.Real(f).Object().(*types.Func); ok && obj.Pkg() != e.Pass.Pkg {
			s = e.Imported(obj)
		}
		return s != nil && slices.ContainsFunc(s.Outcomes, func(o summary.Outcome) bool {
			return slices.ContainsFunc(o.Results, func(r summary.Result) bool { return r.Type != "" })
		})
	}
	return false
}

// nameHeld says what the results hold, of which something on this way out stands inside, a loan, or what was passed, or of which a method
// hands out something.
func (in *Calls) nameHeld(o *summary.Outcome, held []types.Type) {
	for i, t := range held {
		if t != nil && in.handsOut(t, in.Root.Signature.Results().At(i).Type().Underlying().(*types.Interface)) {
			o.Results[i].Type = domain.HeldName(t)
		}
	}
	inside := func(p summary.Path) {
		if letter, i, steps := p.Root(); letter == 'r' && steps != "" && i < len(held) && held[i] != nil {
			o.Results[i].Type = domain.HeldName(held[i])
		}
	}
	for _, l := range o.Loans {
		for _, p := range l.Values {
			inside(p)
		}
		for _, p := range l.Guards {
			inside(p)
		}
	}
	for _, e := range o.Effects {
		if e.Kind == summary.Store {
			inside(e.To)
		}
	}
}

// hold says of results, which are new, what they hold.
func (a *application) hold(results []domain.Value) {
	for i, v := range results {
		s := v.One()
		if t := a.c.Sig.Results().At(i).Type(); s == nil || !isTold(t) {
			continue
		}
		h := a.heldBy(i)
		switch {
		case h.Type == nil:
			s.HoldsAny()
		case s.Held == nil:
			s.Held = &h
		case s.Held.Type == nil || !types.Identical(s.Held.Type, h.Type):
			s.HoldsAny()
		}
	}
}

// heldBy is what result i of the callee holds where it is not nil; of no type if that is not known.
func (a *application) heldBy(i int) domain.Held {
	key := heldKey{a.of, i}
	h, known := a.in.held[key]
	if !known {
		h = a.findHeld(i)
		if a.in.held == nil {
			a.in.held = make(map[heldKey]domain.Held)
		}
		a.in.held[key] = h
	}
	return h
}

// A heldKey is a result of a function, by its summary.
type heldKey struct {
	of     *summary.Summary
	result int
}

func (a *application) findHeld(i int) domain.Held {
	iface, ok := a.c.Sig.Results().At(i).Type().Underlying().(*types.Interface)
	if !ok {
		return domain.Held{}
	}
	name := ""
	for _, o := range a.of.Outcomes {
		if i >= len(o.Results) || o.Results[i].Fact&summary.Nil != 0 {
			continue
		}
		r := o.Results[i]
		if r.Type == "" || name != "" && name != r.Type {
			return domain.Held{}
		}
		name = r.Type
	}
	h := a.in.program.heldNamed(name, iface)
	if h.Type == nil || !domain.HasMethods(h.Type, iface) {
		return domain.Held{}
	}
	for _, o := range a.of.Outcomes {
		if slices.ContainsFunc(o.Loans, func(l summary.Loan) bool { return !isEndedWithin(l, i, h) }) {
			return domain.Held{}
		}
	}
	return h
}

// isEndedWithin reports whether a caller can follow the guards of l that lie in result i, which holds h: it finds them there, and
// nothing but methods that by their names do so ends them. Of what is opaque, one is enough that it finds: methods
// end it by no other path (see endsInSight).
func isEndedWithin(l summary.Loan, i int, h domain.Held) bool {
	whole := summary.Path("r" + strconv.Itoa(i))
	found, lost := 0, 0
	for _, p := range l.Guards {
		letter, n, steps := p.Root()
		switch {
		case letter != 'r' || n != i || steps == "":
		case !slices.Contains(l.Outside, whole):
			return false
		case typeAlong(h.Type, steps) == nil:
			lost++
		default:
			found++
		}
	}
	return lost == 0 || h.Opaque && found > 0
}

// endsInSight reports whether s, the summary of a method of a t, says of each thing that it does within its receiver
// where that is, as far as t tells.
func endsInSight(s *summary.Summary, t types.Type) bool {
	inSight := func(p summary.Path) bool {
		letter, i, steps := p.Root()
		return letter != 'p' || i != 0 || typeAlong(t, steps) != nil
	}
	return !slices.ContainsFunc(s.Outcomes, func(o summary.Outcome) bool {
		return slices.ContainsFunc(o.Effects, func(e summary.Effect) bool {
			switch e.Kind {
			case summary.Deref, summary.Event, summary.Waits, summary.Join, summary.Late, summary.Write, summary.Fill:
				return false
			}
			return !inSight(e.Path) || !inSight(e.To)
		})
	})
}

// isHolder reports whether p is the receiver of c, an interface that holds something of a known type: a contract
// of the interface says nothing of what is inside of that.
func (in *Calls) isHolder(c *interp.CallSite, p contract.Path) bool {
	if p.Root != contract.Recv || len(p.Steps) > 0 || !c.Instr.Common().IsInvoke() || len(c.Args) == 0 {
		return false
	}
	return slices.ContainsFunc(c.Args[0], func(s *domain.Symbol) bool { return s.Held != nil && s.Held.Type != nil })
}

// guardsOf are the paths to the guards of t, as far as it is known here what they lead through.
func (a *application) guardsOf(t summary.Loan, results []domain.Value) []summary.Path {
	if len(t.Outside) == 0 {
		return t.Guards
	}
	var out []summary.Path
	for _, p := range t.Guards {
		letter, i, steps := p.Root()
		if letter == 'r' && steps != "" && i < len(results) && types.IsInterface(a.c.Sig.Results().At(i).Type()) {
			s := results[i].One()
			if s == nil || s.HeldType() == nil {
				return t.Outside
			}
			if s.IsOpaque() && typeAlong(s.HeldType(), steps) == nil {
				continue
			}
		}
		out = append(out, p)
	}
	return out
}

// heldNamed is the type that [domain.HeldName] calls name, if its package is in sight; of no
// type if it is not. What has a name in its package alone may not be told to others: then there is a type that stands for it, with
// the methods of iface, of which there have to be summaries, and fields of which the types are not known.
func (e *Program) heldNamed(name string, iface *types.Interface) domain.Held {
	base, isPointer := strings.CutPrefix(name, "*")
	dot := strings.LastIndexByte(base, '.')
	if dot < 0 {
		return domain.Held{}
	}
	pkg := e.packageAt(base[:dot])
	if pkg == nil {
		return domain.Held{}
	}
	var h domain.Held
	if n, ok := pkg.Scope().Lookup(base[dot+1:]).(*types.TypeName); ok {
		h.Type = n.Type()
		named, ok := h.Type.(*types.Named)
		h.Generic = ok && named.TypeParams().Len() > 0
	} else if pkg == e.Pass.Pkg {
		return h
	} else if h.Type, ok = e.standsFor(pkg, base[dot+1:], iface, isPointer); !ok {
		return domain.Held{}
	} else {
		h.Opaque = true
	}
	if isPointer {
		h.Type = types.NewPointer(h.Type)
	}
	return h
}

// standsFor is a type that stands for the one called name of pkg; not ok if methods of iface have no summaries, or do
// what nobody here can follow.
func (e *Program) standsFor(pkg *types.Package, name string, iface *types.Interface, isPointer bool) (types.Type, bool) {
	var fields []*types.Var
	for i := range maxOpaqueFields {
		fields = append(fields, types.NewField(token.NoPos, pkg, "f"+strconv.Itoa(i), types.NewInterfaceType(nil, nil), false))
	}
	n := types.NewNamed(types.NewTypeName(token.NoPos, pkg, name, nil), types.NewStruct(fields, nil), nil)
	var recv types.Type = n
	if isPointer {
		recv = types.NewPointer(n)
	}
	for m := range iface.Methods() {
		sig := m.Signature()
		f := types.NewFunc(token.NoPos, pkg, m.Name(), types.NewSignatureType(types.NewVar(token.NoPos, pkg, "", recv), nil, nil, sig.Params(), sig.Results(), sig.Variadic()))
		n.AddMethod(f)
		if s := e.Imported(f); s == nil || !endsInSight(s, recv) {
			return nil, false
		}
	}
	return n, true
}

// maxOpaqueFields is of how many fields it is followed what they hold, where the type is not known.
const maxOpaqueFields = 16

// packageAt is the package with that path that the package under analysis is, or imports, directly or not.
func (e *Program) packageAt(path string) *types.Package {
	if e.imported == nil {
		e.imported = make(map[string]*types.Package)
		var add func(p *types.Package)
		add = func(p *types.Package) {
			if e.imported[p.Path()] != nil {
				return
			}
			e.imported[p.Path()] = p
			for _, q := range p.Imports() {
				add(q)
			}
		}
		add(e.Pass.Pkg)
	}
	return e.imported[path]
}

package interp

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// Builtin performs the call of a predeclared function.
func (in *Interp) Builtin(st *domain.State, i *ssa.Call, b *ssa.Builtin) []*domain.State {
	var args []domain.Value
	for _, a := range i.Call.Args {
		args = append(args, in.Eval(st, a))
	}
	out := domain.Value{in.Fresh(i, 0, i.Type())}
	switch b.Name() {
	case "append":
		out = in.append(st, i, args)
	case "copy":
		in.Up.Use(st, args[0], i)
		in.Up.Use(st, args[1], i)
		in.Up.Write(st, args[0], i)
		in.copyElements(st, i, args[0], args[1])
	case "delete", "clear":
		if in.deleteExact(st, args) {
			break
		}
		st.Blur(in.Machine, args[0])
		in.Up.Write(st, args[0], i)
		in.overwritten(st, args[0], i) // which entry goes is not followed: it may be the one that matters
		in.removed(st, args[0], i)
	case "min", "max":
		out = nil
		for _, a := range args {
			out = out.Union(a)
		}
	case "String", "StringData", "Slice", "SliceData", "Add": // of package unsafe: the same memory
		out = in.derive(st, i, args[0])
	case "ssa:wrapnilchk":
		out = args[0]
	case "len":
		if n := in.counts(st, args[0], i.Type()); n != nil {
			out = n
			break
		}
		if in.isNothing(st, args[0]) {
			out = domain.Value{in.Integer(0, i.Type())}
			break
		}
		if s := args[0].One(); s != nil && !s.Old && s.Kind != domain.SymConst && (s.Kind == domain.SymParam || domain.IsGivenSlice(s) || gotypes.IsString(s.Typ)) {
			if _, isMap := i.Call.Args[0].Type().Underlying().(*types.Map); !isMap {
				out = domain.Value{in.Fresh(domain.LengthOf{Of: s}, 0, i.Type())}
			}
		}
	case "recover", "panic", "print", "println", "cap", "close", "complex", "real", "imag":
		if b.Name() == "panic" {
			return nil
		}
	}
	if _, ok := i.Type().(*types.Tuple); !ok {
		st.Top().Env.Set(i, in.Bounded(i, out, i.Type()))
	}
	return []*domain.State{st}
}

// counts are the lengths, of type t, that v may have, a collection of which it is known which it
// may be, and what each holds; nil if that is not known.
func (in *Interp) counts(st *domain.State, v domain.Value, t types.Type) (out domain.Value) {
	for _, s := range v {
		n, ok := st.Count(domain.Value{s})
		if !ok && !s.IsNil() {
			return nil
		}
		out = out.Union(domain.Value{in.Integer(int64(n), t)})
	}
	return out
}

// append is dst with the elements of more. Bytes are copied; what the
// elements point to is not. The result may be dst, or a copy of it: it is on
// the loans of dst.
func (in *Interp) append(st *domain.State, i *ssa.Call, args []domain.Value) domain.Value {
	dst := args[0]
	slice := gotypes.SliceOf(i.Type())
	if slice == nil || len(args) < 2 {
		return dst
	}
	in.Up.Use(st, args[1], i)
	in.Up.AppendTo(st, dst, i.Call.Args[0], i)
	elem := slice.Elem()
	if out, ok := in.appendExact(st, i, args, elem); ok {
		return out
	}
	st.Blur(in.Machine, args[0])
	st.Blur(in.Machine, args[1])
	out := in.Intern(domain.SymbolKey{Kind: domain.SymAlloc, Site: domain.Appended{Call: i}}, i.Type(), nil)
	if gotypes.IsReference(elem) {
		var v domain.Value
		for _, src := range args {
			for _, s := range src {
				if s.Kind == domain.SymConst {
					continue
				}
				v = v.Union(st.LoadOne(in.Machine, i, in.Address(s, domain.ElementIndex, types.NewPointer(elem)), elem))
			}
		}
		in.Keep(st, in.Elements(st, domain.Value{out}, elem), v, i)
	}
	// Appending to what is on loan, or to a caller's slice, may write there.
	for _, s := range dst {
		if len(s.AllLoans()) > 0 || s.Root().Kind == domain.SymParam {
			in.Keep(st, in.Elements(st, domain.Value{s}, elem), st.Mem.At(in.Address(out, domain.ElementIndex, types.NewPointer(elem))).V, i)
			d := in.Derived(i, dst, i.Type())
			in.ShareElements(st, d, domain.Value{out})
			return domain.Value{d}
		}
	}
	return domain.Value{out}
}

// otherRoom doubts the loans of what append gave, whose capacity is room, where that is not
// what there was: so one finds out that it is new memory.
func (in *Interp) otherRoom(st *domain.State, room, was ssa.Value) {
	c, ok := room.(*ssa.Call)
	if _, isConst := was.(*ssa.Const); !ok || isConst || !isBuiltin(c, "cap") || !domain.IsTracked(c.Call.Args[0]) || !st.Knows(c.Call.Args[0]) {
		return
	}
	s := in.Eval(st, c.Call.Args[0]).One()
	if s == nil || s.Kind != domain.SymDerived {
		return
	}
	if by, ok := s.Key.Site.(*ssa.Call); !ok || !isBuiltin(by, "append") {
		return
	}
	for _, l := range s.AllLoans() {
		if stand, ok := st.Loans.Get(l); ok {
			stand.Unsure = true
			st.Loans.Set(l, stand)
			in.LoseSight(l)
		}
	}
}

func isBuiltin(c *ssa.Call, name string) bool {
	b, ok := c.Call.Value.(*ssa.Builtin)
	return ok && b.Name() == name
}

// copyElements copies what the elements of src point to.
func (in *Interp) copyElements(st *domain.State, i *ssa.Call, dst, src domain.Value) {
	slice, ok := i.Call.Args[0].Type().Underlying().(*types.Slice)
	if !ok || !gotypes.IsReference(slice.Elem()) || gotypes.IsString(i.Call.Args[1].Type()) {
		return
	}
	elem := slice.Elem()
	for _, a := range in.Elements(st, src, elem) {
		in.Keep(st, in.Elements(st, dst, elem), st.LoadOne(in.Machine, i, a, elem), i)
	}
}

// removed notes that i has perhaps taken an element out of v, a collection of the callers': what they put there may be gone.
func (in *Interp) removed(st *domain.State, v domain.Value, i *ssa.Call) {
	s := v.One()
	if s == nil || s.Typ == nil || s.ReachedFrom() == nil {
		return
	}
	t, ok := s.Typ.Underlying().(interface{ Elem() types.Type })
	if !ok || !gotypes.IsReference(t.Elem()) {
		return
	}
	at := in.Address(s, domain.ElementIndex, types.NewPointer(t.Elem()))
	if _, ok := st.Mem.Get(at); !ok {
		st.Mem.Set(at, domain.Cell{V: st.At(in.Machine, at).Union(domain.Value{in.OverwrittenAt(i, at)}), Pos: i.Pos(), By: i, Perhaps: true})
	}
}

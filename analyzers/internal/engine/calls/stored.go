package calls

import (
	"go/token"
	"go/types"
	"slices"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// What a function leaves in memory that its callers can reach, as effects of its summary.

// storedInResults tells which parameters stand in the objects that are
// returned, and where.
func (in *Calls) storedInResults(st *domain.State, names map[*domain.Symbol][]summary.Path) (out []summary.Effect) {
	lost := make(map[summary.Path]bool) // where something may be of which nothing is known
	for s, ps := range names {
		if !s.IsLost() || s.Kind != domain.SymFresh || len(s.AllLoans()) > 0 {
			continue
		}
		for _, to := range ps {
			lost[to] = true
		}
	}
	for s, ps := range names {
		p, ok := s.Path()
		if !ok || !gotypes.IsReference(s.Typ) {
			continue
		}
		for _, to := range ps {
			// An address that holds it, or the field of a struct.
			letter, i, steps := to.Root()
			if letter != 'r' || steps == "" {
				continue
			}
			if hasCapture(steps) {
				if !gotypes.IsFunc(in.Root.Signature.Results().At(i).Type()) { // see alias
					out = append(out, summary.Effect{Kind: summary.Moved, Path: p})
				}
				continue
			}
			out = append(out, summary.Effect{Kind: summary.Store, Path: p, Detail: summary.Detail{To: to.Place()}, May: lost[to]})
		}
	}
	return out
}

// storedInParameters tells what stands in the caller's memory at the exit that
// was not there at the entry.
func (in *Calls) storedInParameters(st *domain.State) (out []summary.Effect) {
	for a, c := range st.Mem.All() {
		to, ok := a.Path()
		if c.Perhaps && isRemoval(c.By) {
			if !ok {
				to, ok = in.fromGlobal(a)
			}
			if ok && a.Depth <= 2 {
				out = append(out, summary.Effect{Kind: summary.Write, Path: to, May: true})
			}
			continue
		}
		if c.By != nil && !c.Perhaps && in.IsPlaceOfGlobal(a) {
			if path, ok := in.fromGlobal(a); ok || a.Kind == domain.SymGlobal {
				out = append(out, in.storedInGlobal(st, a, c, path)...)
				continue
			}
		}
		if a.Kind == domain.SymField {
			continue
		}
		if !gotypes.IsReference(gotypes.Deref(a.Typ)) {
			if !ok {
				to, ok = in.fromGlobal(a)
			}
			if ok && isFlag(a, c) {
				out = append(out, summary.Effect{Kind: summary.Write, Path: to, Detail: testIn(c.V), May: len(c.V) > 1 || c.Perhaps})
			}
			continue
		}
		if a.Root().Kind == domain.SymGlobal && c.By != nil && c.Perhaps {
			if path, ok := in.fromGlobal(a); ok && in.IsPlaceOfGlobal(a) {
				out = append(out, summary.Effect{Kind: summary.Write, Path: path, May: true})
			}
		}
		if !ok || a.Depth > 2 {
			out = append(out, in.keptFar(st, a, c.V)...)
		}
		if !ok {
			continue
		}
		if a.Depth > 2 { // too far away for a caller to follow
			for _, s := range c.V {
				if p, ok := s.Path(); ok && gotypes.IsReference(s.Typ) && s.Key.Base != a {
					out = append(out, summary.Effect{Kind: summary.Moved, Path: p})
				}
			}
			continue
		}
		may := len(c.V) > 1
		for _, s := range c.V {
			switch p, ok := s.Path(); {
			case s.Kind == domain.SymContent && s.Key.Base == a:
			case ok && gotypes.IsReference(s.Typ):
				out = append(out, summary.Effect{Kind: summary.Store, Path: p, Detail: summary.Detail{To: to}, May: may})
				if isShortened(s, p, to) {
					out = append(out, summary.Effect{Kind: summary.Write, Path: p.Field(domain.ElementIndex), May: true})
				}
			case a.Key.Index == domain.ElementIndex && c.Perhaps && s.IsLost():
				out = append(out, summary.Effect{Kind: summary.Write, Path: to, May: true})
			case a.Key.Index != domain.ElementIndex && a.Depth <= 1:
				if parts := in.storedParts(st, s, to); len(parts) > 0 && !may {
					out = append(out, parts...)
					break
				}
				out = append(out, summary.Effect{Kind: summary.Write, Path: to, May: may})
				fallthrough
			default:
				st.Reach(domain.Value{s}, func(x *domain.Symbol) {
					if p, ok := x.Path(); ok && x != s && gotypes.IsReference(x.Typ) {
						out = append(out, summary.Effect{Kind: summary.Store, Path: p, Detail: summary.Detail{To: to}, May: true})
					}
				})
			}
		}
	}
	return out
}

// isFlag reports whether a flag or a counter was stored at a: conditions of the caller rest on
// what it holds.
func isFlag(a *domain.Symbol, c domain.Cell) bool {
	return gotypes.IsFlag(gotypes.Deref(a.Typ)) && c.By != nil && a.Depth <= 1 && !a.IsElement()
}

// isRemoval reports whether by takes an element out of a collection.
func isRemoval(by ssa.Instruction) bool {
	c, ok := by.(*ssa.Call)
	if !ok {
		return false
	}
	b, ok := c.Call.Value.(*ssa.Builtin)
	return ok && (b.Name() == "delete" || b.Name() == "clear")
}

// testIn says which test for nil, of something that callers have a name for, is among v; or of which flag of theirs v is
// a copy, or the opposite.
func testIn(v domain.Value) summary.Detail {
	if s := v.One(); s != nil {
		method := summary.Copied
		if s.Kind == domain.SymCompare && s.Key.Op == token.NOT {
			s, method = s.Key.Base, summary.Negated
		}
		if p, ok := s.Path(); ok && s.Typ != nil && gotypes.IsBoolean(s.Typ) {
			return summary.Detail{To: p, Method: method}
		}
	}
	for _, s := range v {
		if s.Kind != domain.SymCompare || s.Key.Op != token.EQL && s.Key.Op != token.NEQ || s.Key.With == nil {
			continue
		}
		x := s.Key.Base
		if x.IsNil() {
			x = s.Key.With
		} else if !s.Key.With.IsNil() {
			continue
		}
		if p, ok := x.Path(); ok {
			return summary.Detail{To: p, Method: s.Key.Op.String()}
		}
	}
	return summary.Detail{}
}

// storedParts tells what of the struct s, which was put at to as a whole, stands in its
// fields now. None: it is no struct of which the fields are known.
func (in *Calls) storedParts(st *domain.State, s *domain.Symbol, to summary.Path) (out []summary.Effect) {
	t, ok := structOf(s)
	if !ok || !in.holdsGuards(st, s, t) && !in.holdsNamed(st, s, t) {
		return nil
	}
	for i := range t.NumFields() {
		ft := t.Field(i).Type()
		if !gotypes.IsReference(ft) {
			continue
		}
		e := summary.Effect{Kind: summary.Write, Path: to.Field(i)}
		if x := st.Part(in.Machine, domain.Value{s}, i, ft).One(); x != nil {
			if p, ok := x.Path(); ok {
				e = summary.Effect{Kind: summary.Store, Path: p, Detail: summary.Detail{To: to.Field(i)}}
			}
		}
		out = append(out, e)
	}
	return out
}

// structOf is the type of s where that is a struct.
func structOf(s *domain.Symbol) (*types.Struct, bool) {
	if s.Typ == nil {
		return nil, false
	}
	t, ok := s.Typ.Underlying().(*types.Struct)
	return t, ok
}

// holdsGuards reports whether a field of the struct s is a value or guard of a loan.
func (in *Calls) holdsGuards(st *domain.State, s *domain.Symbol, t *types.Struct) bool {
	for i := range t.NumFields() {
		for _, x := range st.Part(in.Machine, domain.Value{s}, i, t.Field(i).Type()) {
			if len(x.Guards) > 0 || len(x.Loans) > 0 {
				return true
			}
		}
	}
	return false
}

// holdsNamed reports whether a field of the struct s is a reference that callers have a name for: it may
// be a value or guard of a loan of theirs.
func (in *Calls) holdsNamed(st *domain.State, s *domain.Symbol, t *types.Struct) bool {
	for i := range t.NumFields() {
		ft := t.Field(i).Type()
		if !gotypes.IsReference(ft) {
			continue
		}
		if x := st.Part(in.Machine, domain.Value{s}, i, ft).One(); x != nil {
			if _, ok := x.Path(); ok {
				return true
			}
		}
	}
	return false
}

// storedInGlobal tells what of the parameters stands at a, a package-level variable or a field of what one leads to, which
// callers know by path, or that something else does.
func (in *Calls) storedInGlobal(st *domain.State, a *domain.Symbol, c domain.Cell, path summary.Path) (out []summary.Effect) {
	may := len(c.V) > 1
	stored := false
	for _, s := range c.V {
		if p, ok := s.Path(); ok && gotypes.IsReference(s.Typ) {
			out = append(out, summary.Effect{Kind: summary.Store, Path: p, Detail: summary.Detail{To: path}, May: may})
			stored = true
			continue
		}
		st.Reach(domain.Value{s}, func(x *domain.Symbol) { // what was appended, say
			if p, ok := x.Path(); ok && x != s && gotypes.IsReference(x.Typ) {
				out = append(out, summary.Effect{Kind: summary.Store, Path: p, Detail: summary.Detail{To: path}, May: true})
			}
		})
	}
	if !stored && (gotypes.IsReference(gotypes.Deref(a.Typ)) || isFlag(a, c)) {
		out = append(out, summary.Effect{Kind: summary.Write, Path: path, May: may})
	}
	return out
}

// fromGlobal is the path to a from the package-level variable that it was reached from.
func (in *Calls) fromGlobal(a *domain.Symbol) (summary.Path, bool) {
	switch a.Kind {
	case domain.SymGlobal:
		p := in.globalPath(a)
		return p, p != "g"
	case domain.SymAddr:
		p, ok := in.fromGlobal(a.Key.Base)
		return p.Field(a.Key.Index), ok
	case domain.SymContent:
		p, ok := in.fromGlobal(a.Key.Base)
		return p.Load(), ok
	}
	return "", false
}

// globalPath names the package-level variable at a.
func (in *Calls) globalPath(a *domain.Symbol) summary.Path {
	var name string
	switch g := a.Key.Site.(type) {
	case *ssa.Global:
		name = g.Pkg.Pkg.Path() + "." + g.Name()
	case domain.GlobalOf:
		name, _ = g.Site.(string)
	}
	if name == "" {
		return "g"
	}
	i := slices.Index(in.globals, name)
	if i < 0 {
		i = len(in.globals)
		in.globals = append(in.globals, name)
	}
	return summary.Path("g" + strconv.Itoa(i))
}

// keptFar tells what of the parameters stands at a, which was reached from
// another parameter over more loads than a caller can follow.
func (in *Calls) keptFar(st *domain.State, a *domain.Symbol, v domain.Value) (out []summary.Effect) {
	root := a.ReachedFrom()
	if root == nil {
		return nil
	}
	to, ok := root.Path()
	if !ok {
		to = "g"
	}
	st.Reach(v, func(s *domain.Symbol) {
		if p, ok := s.Path(); ok && s.Root() != root && gotypes.IsReference(s.Typ) {
			out = append(out, summary.Effect{Kind: summary.Kept, Path: p, Detail: summary.Detail{To: to}})
		}
	})
	return out
}

// isShortened reports whether s, which p names and which is put at to, is a part of the slice that was there: what was the
// first of its elements, or the last, need not be that any more.
func isShortened(s *domain.Symbol, p, to summary.Path) bool {
	if s.Cut == domain.Uncut || p != to.Load() || s.Typ == nil {
		return false
	}
	t := gotypes.SliceOf(s.Typ)
	return t != nil && gotypes.IsReference(t.Elem())
}

package calls

import (
	"go/types"
	"slices"
	"strings"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// store repeats a store of one parameter into another, at to, or out of sight. What there was nowhere at the call
// may be somewhere by now: other stores have made it.
func (a *application) store(e summary.Effect, v, to domain.Value) {
	if e.To == "?" {
		a.in.MoveGuards(a.st, v)
		a.in.UnknownStore(a.st, v)
		for _, s := range v {
			if p, ok := s.Path(); ok {
				a.st.Affect(summary.Store, p, summary.Detail{To: "?"}, a.c.Pos)
			}
		}
		return
	}
	if len(to) == 0 {
		to = a.value(e.To, nil)
	}
	if e.To == "g" {
		to = domain.Value{a.in.Address(a.someGlobal(), 0, pointerToAny)}
	}
	if len(to) == 0 && e.To.IsGlobal() {
		a.keepFar(summary.Effect{Kind: summary.Kept, Path: e.Path, Detail: summary.Detail{To: "g"}}, v)
		return
	}
	if len(to) == 0 && a.gather(e, v) {
		return
	}
	if e.May {
		for _, t := range to {
			if t.IsNil() {
				continue // there the callee has not put it
			}
			have := a.st.At(a.in.Machine, t)
			a.st.Mem.Set(t, domain.Cell{V: a.in.Bounded(t, have.Union(v), gotypes.Deref(t.Typ)), Pos: a.c.Pos, By: a.c.Site()})
		}
		a.in.Kept(a.st, to, v, a.c.Site())
		a.in.MoveGuards(a.st, v)
		a.hidden(to, v)
		a.buried(to, v)
		return
	}
	a.in.Keep(a.st, to, v, a.c.Site())
}

// hidden tells the callers of the function that v, which they passed, is somewhere within
// what stands at to now: where that can be closed, v is closed with it, and nobody
// sees that.
func (a *application) hidden(to, v domain.Value) {
	for _, s := range v {
		p, ok := s.Path()
		if !ok || s.Typ == nil {
			continue
		}
		for _, t := range to {
			if t.Typ != nil && a.in.releasesLike(gotypes.Deref(t.Typ), s.Typ) {
				a.st.Affect(summary.Moved, p, summary.Detail{}, a.c.Pos)
			}
		}
	}
}

// buried tells the callers of the function that it has lost sight of what the functions among v capture: they are somewhere
// in what stands at to, and may be called there.
func (a *application) buried(to, v domain.Value) {
	for _, s := range v {
		if s.Kind != domain.SymFunc || !slices.ContainsFunc(to, func(t *domain.Symbol) bool { return t.Typ != nil && !gotypes.IsFunc(gotypes.Deref(t.Typ)) }) {
			continue
		}
		a.st.Reach(domain.Value{s}, func(x *domain.Symbol) {
			if p, ok := x.Path(); ok && gotypes.IsReference(x.Typ) {
				a.st.Affect(summary.Moved, p, summary.Detail{}, a.c.Pos)
			}
		})
	}
}

// releasesLike reports whether t has a method with the name of one that releases an s.
func (in *Calls) releasesLike(t, s types.Type) bool {
	pair := [2]types.Type{t, s}
	is, known := in.program.likes[pair]
	if !known {
		is = in.findsLike(t, s)
		if in.program.likes == nil {
			in.program.likes = make(map[[2]types.Type]bool)
		}
		in.program.likes[pair] = is
	}
	return is
}

func (in *Calls) findsLike(t, s types.Type) bool {
	for m := range types.NewMethodSet(s).Methods() {
		f, ok := m.Obj().(*types.Func)
		if !ok {
			continue
		}
		ct := in.Contracts.Of(f.Origin())
		if ct == nil || !slices.ContainsFunc(ct.Claims, func(cl contract.Claim) bool { return cl.Verb == contract.Release }) {
			continue
		}
		if o, _, _ := types.LookupFieldOrMethod(t, true, in.Pass.Pkg, f.Name()); o != nil {
			return true
		}
	}
	return false
}

// gather repeats a store of v into an element of a collection that is empty at the
// call: the callee makes a new one, which stands where the empty one stood. What it
// put where nothing is known to be is out of sight.
func (a *application) gather(e summary.Effect, v domain.Value) bool {
	path, isElement := strings.CutSuffix(string(e.To), string(summary.Path("").Field(domain.ElementIndex)))
	path, isLoaded := strings.CutSuffix(path, "*")
	at := a.value(summary.Path(path), nil).One()
	if !isElement || !isLoaded || at == nil || at.IsNil() || at.Typ == nil || !gotypes.IsPointer(at.Typ) {
		a.in.MoveGuards(a.st, v)
		a.in.UnknownStore(a.st, v)
		return true
	}
	t := gotypes.Deref(at.Typ)
	elem, ok := t.Underlying().(interface{ Elem() types.Type })
	if !ok {
		return false
	}
	made := a.in.Fresh(a.c.Site(), domain.ElementIndex, t)
	if len(v) == 0 {
		if len(a.st.Mem.At(a.in.Address(made, domain.ElementIndex, types.NewPointer(elem.Elem()))).V) > 0 {
			return true // what was put there besides is known
		}
		v = domain.Value{a.in.Unknown(a.c.Site(), elem.Elem())}
	}
	now := domain.Value{made}
	if e.May {
		now = now.Union(a.st.At(a.in.Machine, at))
	}
	a.in.Keep(a.st, domain.Value{at}, now, a.c.Site())
	a.in.Keep(a.st, domain.Value{a.in.Address(made, domain.ElementIndex, types.NewPointer(elem.Elem()))}, v, a.c.Site())
	return true
}

// someGlobal is some variable of the callee's package.
func (a *application) someGlobal() *domain.Symbol {
	return a.in.Intern(domain.SymbolKey{Kind: domain.SymGlobal, Site: domain.GlobalOf{Site: a.c.Site()}}, nil, nil)
}

// keepFar puts v somewhere into what e.To leads to. Of tokens that is asked
// about: other things are put into collections to be taken out in time.
func (a *application) keepFar(e summary.Effect, v domain.Value) {
	in, st := a.in, a.st
	in.MoveGuards(st, v)
	in.PutFar(st, v, a.c.Site())
	keep := func(to summary.Path) {
		st.Reach(v, func(s *domain.Symbol) {
			if p, ok := s.Path(); ok && gotypes.IsReference(s.Typ) {
				st.Affect(summary.Kept, p, summary.Detail{To: to}, a.c.Pos)
			}
		})
	}
	switch e.To {
	case "g":
		in.KeepTokens(st, v, a.someGlobal(), a.c)
		keep("g")
		return
	case "?": // on a channel
		keep("?")
		return
	}
	for _, to := range a.value(e.To, nil) {
		o := to.Object()
		switch {
		case o.IsToken():
		case st.IsOwn(o):
			in.UnknownStore(st, v)
		case to.ReachedFrom() != nil:
			in.KeepTokens(st, v, to, a.c)
			if root, ok := to.ReachedFrom().Path(); ok {
				keep(root)
			}
		}
	}
}

package calls

import (
	"go/types"
	"slices"
	"strings"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/engine/rules"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// isPayable reports whether a caller can pay the debt of l: its guard is a result, or
// stands where the caller can get at it, or in an object that has a method which by its name
// ends things. A cancel function in an unexported field of what lives as long as
// the program is nobody's debt. Nor is one for what other packages make, and perhaps
// never start: a method or function that ends it may be there, and there is nothing to end.
func (in *Calls) isPayable(l *domain.Loan, names map[*domain.Symbol][]summary.Path) bool {
	byMethod := !in.Cancels(l)
	for s, paths := range names {
		if interp.ContainsLoan(s.Guards, l) && slices.ContainsFunc(paths, func(p summary.Path) bool { return in.canPay(p, byMethod) }) {
			return true
		}
	}
	return false
}

// canPay reports whether a caller can pay what p names; byMethod says that a method that ends
// what holds it is enough.
func (in *Calls) canPay(p summary.Path, byMethod bool) bool {
	letter, i, steps := p.Root()
	results := in.Root.Signature.Results()
	if letter != 'r' || i >= results.Len() {
		return true
	}
	for t := results.At(i).Type(); steps != ""; {
		field, load, rest := steps.Next()
		steps = rest
		switch {
		case load:
			t = gotypes.Deref(t)
			continue
		case field <= domain.CaptureIndex: // a closure, to be called
			return byMethod
		case field < 0 || isLocal(t) || byMethod && hasEnding(t):
			return true
		}
		f, ok := gotypes.FieldOf(t, field).(*types.Var)
		if !ok || !f.Exported() {
			return false
		}
		t = f.Type()
	}
	return true
}

// endable says where callers can end the guard that paths name. What an interface with such a
// method as Close holds is ended by that; what a reader holds that has none is ended
// where else it stands, and goes where the reader goes.
// What results hold is of the types in held, where there is one.
func (in *Calls) endable(paths []summary.Path, names map[*domain.Symbol][]summary.Path, held []types.Type) []summary.Path {
	var ends, hides []summary.Path
	for _, p := range paths {
		at, t := in.throughInterface(p, held)
		switch {
		case t == nil:
			ends = append(ends, p)
		case hasEnding(t) && in.endsWhenAsked(at, names):
			ends = append(ends, at)
		case hasEnding(t):
			return paths
		default:
			hides = append(hides, at)
		}
	}
	if len(ends) == 0 {
		return paths
	}
	return append(ends, hides...)
}

// throughInterface is the beginning of p that names an interface in which the rest lies, and
// the type of that; nil if there is none. What a result holds is of the type in held, if there is one.
func (in *Calls) throughInterface(p summary.Path, held []types.Type) (summary.Path, types.Type) {
	letter, i, steps := p.Root()
	results := in.Root.Signature.Results()
	if letter != 'r' || i >= results.Len() {
		return "", nil
	}
	t := results.At(i).Type()
	if i < len(held) && held[i] != nil {
		t = held[i]
	}
	for steps != "" {
		if types.IsInterface(t) {
			return p[:len(p)-len(steps)], t
		}
		field, load, rest := steps.Next()
		steps = rest
		if load {
			t = gotypes.Deref(t)
			continue
		}
		of, ok := gotypes.Deref(t).Underlying().(*types.Struct)
		if !ok || field < 0 || field >= of.NumFields() {
			return "", nil
		}
		if f := of.Field(field).Type(); gotypes.IsPointer(t) {
			t = types.NewPointer(f) // the address of the field
		} else {
			t = f
		}
	}
	return "", nil
}

// endsWhenAsked reports whether what at names ends nothing but in methods that by their names
// do: a reader that closes its file at the end needs no Close.
func (in *Calls) endsWhenAsked(at summary.Path, names map[*domain.Symbol][]summary.Path) bool {
	known := false
	for s, paths := range names {
		if !slices.Contains(paths, at) {
			continue
		}
		t := s.Typ
		if held := s.HeldType(); held != nil {
			t = held
		}
		if t == nil || types.IsInterface(t) {
			return false
		}
		known = true
		for m := range types.NewMethodSet(t).Methods() {
			f, ok := m.Obj().(*types.Func)
			if ok && f.Pkg() == in.Pass.Pkg && !isEnding(f.Name()) && in.mayEnd(f) {
				return false
			}
		}
	}
	return known
}

// mayEnd reports whether the method f calls anything that by its name ends things, or that nobody here sees.
func (in *Calls) mayEnd(f *types.Func) bool {
	for _, fn := range in.Declared {
		if fn.Object() == f.Origin() {
			return rules.CallsNamed(fn, isEnding)
		}
	}
	return true
}

// isLocal reports whether t is a type that only its package names, which can get at its
// fields.
func isLocal(t types.Type) bool {
	n, ok := types.Unalias(gotypes.Deref(t)).(*types.Named)
	return !ok || !n.Obj().Exported()
}

// hasEnding reports whether t has a method that by its name ends it.
func hasEnding(t types.Type) bool {
	if !gotypes.IsPointer(t) {
		t = types.NewPointer(t)
	}
	for m := range types.NewMethodSet(t).Methods() {
		if isEnding(m.Obj().Name()) {
			return true
		}
	}
	if p, ok := t.(*types.Pointer); ok {
		if i, ok := p.Elem().Underlying().(*types.Interface); ok {
			for m := range i.Methods() {
				if isEnding(m.Name()) {
					return true
				}
			}
		}
	}
	return false
}

// endings are the words with which names of methods begin that end their receiver.
var endings = []string{
	"abort", "cancel", "cleanup", "close", "destroy", "detach", "disconnect", "dispose", "finish", "free", "kill", "quit", "release",
	"rollback", "shut", "stop", "teardown", "terminate", "unlock",
}

func isEnding(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc(endings, func(e string) bool { return strings.HasPrefix(name, e) })
}

package stubgen

import (
	"fmt"
	"go/types"
	"iter"
	"slices"
	"strings"
)

// guess says of the package what its names and types suggest.
func (g *generator) guess() {
	functions := g.functions()
	g.pools(functions)
	g.held(functions)
	for _, f := range functions {
		g.acquires(f)
	}
	for _, f := range functions {
		g.counts(f)
	}
	for _, f := range functions {
		if g.releases[f] {
			again := ""
			if releases[f.Name()] {
				again = " idempotent"
			}
			g.say(f, "", "release %s%s", g.itemOf(f).names.recv, again)
		}
	}
	for _, f := range functions {
		g.callbacks(f)
	}
}

// receiverOf is the type that f is a method of; nil if it is none.
func receiverOf(f *types.Func) *types.TypeName {
	if r := f.Signature().Recv(); r != nil {
		if n := namedOf(r.Type()); n != nil {
			return n.Obj()
		}
	}
	return nil
}

// isRelease reports whether f is a method by which its receiver is given back:
// it is called so, and neither takes nor gives anything of weight.
func isRelease(f *types.Func) bool {
	_, ok := releases[f.Name()]
	sig := f.Signature()
	return ok && f.Exported() && !isHalf(f) && allOf(sig.Results(), isPlain) && allOf(sig.Params(), func(t types.Type) bool {
		return isPlain(t) || isContext(t) || sig.Variadic() && t == sig.Params().At(sig.Params().Len()-1).Type()
	})
}

func allOf(tuple *types.Tuple, is func(types.Type) bool) bool {
	for v := range tuple.Variables() {
		if !is(v.Type()) {
			return false
		}
	}
	return true
}

// isPlain reports whether t is a number, a string, a bool or an error.
func isPlain(t types.Type) bool {
	_, ok := t.Underlying().(*types.Basic)
	return ok || isError(t)
}

func isError(t types.Type) bool {
	return types.Identical(t, types.Universe.Lookup("error").Type())
}

func isContext(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "context" && n.Obj().Name() == "Context"
}

// isHandle reports whether a value of type t has to be given back, by a method
// of its own: one of this package, or the Close of an io.Closer, which the
// catalogue knows.
func (g *generator) isHandle(t types.Type) bool {
	n := namedOf(t)
	if n == nil {
		return false
	}
	if isCloser(t) {
		return true
	}
	return len(g.releasesOf(n)) > 0
}

// releasesOf are the methods by which a value of the type is given back, as far
// as a stub can speak of them: its own, and of an interface those that it has
// from others. What a struct embeds is a part, with which it is not released.
func (g *generator) releasesOf(n *types.Named) (out []*types.Func) {
	if n == nil || n.Obj().Pkg() != g.pkg || !n.Obj().Exported() {
		return nil
	}
	for f := range methodsOf(n) {
		f = f.Origin()
		of := receiverOf(f)
		isPart := of != n.Obj() && !types.IsInterface(n)
		if isRelease(f) && of != nil && !isPart && of.Pkg() == g.pkg && of.Exported() && (!g.isTaken(f) || g.described[labelOf(f)]) {
			out = append(out, f)
		}
	}
	return out
}

// methodsOf are all methods that a value of the type has, or a pointer to one.
func methodsOf(n *types.Named) iter.Seq[*types.Func] {
	var t types.Type = n
	if !types.IsInterface(n) {
		t = types.NewPointer(n)
	}
	return func(yield func(*types.Func) bool) {
		set := types.NewMethodSet(t)
		for i := range set.Len() {
			if f, ok := set.At(i).Obj().(*types.Func); ok && !yield(f) {
				return
			}
		}
	}
}

// isCloser reports whether t is an interface whose Close is that of io.Closer.
func isCloser(t types.Type) bool {
	if !types.IsInterface(t) {
		return false
	}
	obj, _, _ := types.LookupFieldOrMethod(t, false, nil, "Close")
	return obj != nil && obj.Pkg() != nil && obj.Pkg().Path() == "io"
}

// isGuard reports whether t does nothing but to be released.
func (g *generator) isGuard(t types.Type) bool {
	if !g.isHandle(t) {
		return false
	}
	for f := range methodsOf(namedOf(t)) {
		if f.Exported() && !isRelease(f) {
			return false
		}
	}
	return true
}

// isReleaseFunc reports whether t is a function by which something is given back. It may want a context.
func isReleaseFunc(t types.Type) bool {
	sig, ok := t.Underlying().(*types.Signature)
	return ok && sig.Params().Len() < 2 && allOf(sig.Params(), isContext) && (sig.Results().Len() == 0 || sig.Results().Len() == 1 && isError(sig.Results().At(0).Type()))
}

// acquires says what the caller of f has to give back.
func (g *generator) acquires(f *types.Func) {
	if g.items[f] != nil {
		return // to a pool, or a place in something
	}
	sig := f.Signature()
	results := sig.Results()
	var values, guards, handles []int
	for i := range results.Len() {
		switch t := results.At(i).Type(); {
		case isError(t):
		case i > 0 && i == results.Len()-1 && isBool(t):
		case i > 0 && (isReleaseFunc(t) || g.isGuard(t)):
			guards = append(guards, i)
		default:
			values = append(values, i)
			if g.isHandle(t) {
				handles = append(handles, i)
			}
		}
	}
	n := g.itemOf(f).names
	var directive string
	switch {
	case len(guards) == 1 && len(values) > 0 && len(handles) == 0:
		held := []string{"_"} // a context is of use when it is cancelled
		if !isContext(results.At(values[0]).Type()) {
			held = nil
			for _, i := range values {
				held = append(held, n.results[i])
			}
		}
		directive = fmt.Sprintf("acquire %s guard %s", strings.Join(held, ", "), n.results[guards[0]])
		handles = guards
	case len(values) == 1 && values[0] == 0 && isReleaseFunc(results.At(0).Type()) && len(guards) == 0 && gives(f.Name(), locking):
		directive = "acquire _ guard " + n.results[0]
	case len(handles) > 0 && g.isAcquiring(f, results.At(handles[0]).Type()):
		var held []string
		for _, i := range handles {
			held = append(held, n.results[i])
		}
		directive = "acquire " + strings.Join(held, ", ")
	case len(handles) == 0 && len(values) == 0 && len(guards) == 1 && results.Len() == 1 && g.isAcquiring(f, results.At(guards[0]).Type()):
		directive = "acquire " + n.results[guards[0]]
		handles = guards
	default:
		return
	}
	directive += g.owner(f, n) + g.condition(f, n)
	why := ""
	for _, i := range handles {
		if n := namedOf(results.At(i).Type()); n != nil {
			if by := g.isGivenBack(n); len(by) > 0 {
				why = fmt.Sprintf("%s has %s.", n.Obj().Name(), enumerate(by))
			}
		}
	}
	g.say(f, why, "%s", directive)
}

// isGivenBack notes that the releases of the type are wanted, and names them.
func (g *generator) isGivenBack(n *types.Named) (by []string) {
	for _, f := range g.releasesOf(n) {
		g.releases[f] = true
		by = append(by, f.Name())
	}
	return by
}

func isBool(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

func enumerate(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// isAcquiring reports whether f, which gives a t, gives one that has to be
// released by its caller, and not one that is somebody's already.
func (g *generator) isAcquiring(f *types.Func, t types.Type) bool {
	sig := f.Signature()
	for v := range sig.Params().Variables() {
		if types.Identical(v.Type(), t) {
			return false // it hands on what it was given
		}
	}
	fails := sig.Results().Len() > 1
	if sig.Recv() != nil && !fails {
		if receiverOf(f) == namedOf(t).Obj() {
			return gives(f.Name(), copying)
		}
		if first, _ := verb(f.Name()); first == "Get" && sig.Params().Len() == 0 {
			return false // an accessor
		}
	}
	return fails || gives(f.Name(), acquiring)
}

// owner is the clause that names what f is a method of, if that ends itself.
func (g *generator) owner(f *types.Func, n names) string {
	sig := f.Signature()
	if sig.Recv() == nil || !g.isHandle(sig.Recv().Type()) || gives(f.Name(), []string{"Accept", "Clone", "Dial", "Dup"}) {
		return ""
	}
	g.isGivenBack(namedOf(sig.Recv().Type()))
	return " from " + n.recv
}

// condition is the clause that says when f gives anything.
func (g *generator) condition(f *types.Func, n names) string {
	results := f.Signature().Results()
	last := results.Len() - 1
	switch first, _ := verb(f.Name()); {
	case last > 0 && isError(results.At(last).Type()):
		return fmt.Sprintf(" if %s == nil", n.results[last])
	case last > 0 && isBool(results.At(last).Type()):
		return " if " + n.results[last]
	case first == "Try" && isNilable(results.At(0).Type()):
		return fmt.Sprintf(" if %s != nil", n.results[0])
	}
	return ""
}

func isNilable(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Interface, *types.Slice, *types.Map, *types.Chan, *types.Signature:
		return true
	}
	return false
}

// counts says which methods take one more reference.
func (g *generator) counts(f *types.Func) {
	sig := f.Signature()
	if sig.Recv() == nil || g.items[f] != nil || !slices.Contains(counts, f.Name()) || !g.isHandle(sig.Recv().Type()) || sig.Params().Len() > 0 || sig.Results().Len() > 1 {
		return
	}
	n := g.itemOf(f).names
	directive := "acquire " + n.recv
	if sig.Results().Len() == 1 {
		if !isBool(sig.Results().At(0).Type()) {
			return
		}
		directive += " if " + n.results[0]
	}
	g.isGivenBack(namedOf(sig.Recv().Type()))
	g.say(f, "One more reference, which is released like the first.", "%s", directive)
}

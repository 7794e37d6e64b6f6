package stubgen

import (
	"fmt"
	"go/types"
	"slices"
	"strings"
)

// pools finds functions that take back what others give: Get and Put,
// AcquireRequest and ReleaseRequest, as methods of a pool or on their own.
func (g *generator) pools(functions []*types.Func) {
	for _, back := range functions {
		first, rest := verb(back.Name())
		way, ok := givingBack[first]
		if !ok {
			continue
		}
		given := operand(back)
		if given < 0 {
			continue
		}
		t := back.Signature().Params().At(given).Type()
		var from []*types.Func
		for _, f := range functions {
			if gave, i := givenBy(f, t); i >= 0 && receiverOf(f) == receiverOf(back) && gives(f.Name(), way.gives) && (gave == rest || g.isOwn(t)) {
				from = append(from, f)
			}
		}
		if len(from) == 0 {
			continue
		}
		n := g.itemOf(back).names
		to := ""
		if n.recv != "" {
			to = " to " + n.recv
		}
		g.say(back, "It takes what "+enumerate(namesOf(from))+" "+give(len(from))+".", "release %s%s", n.params[given], to)
		for _, f := range from {
			if g.items[f] != nil {
				continue
			}
			g.gives(f, t, back, way)
		}
	}
}

// gives says that f gives a t, which goes back by way of back.
func (g *generator) gives(f *types.Func, t types.Type, back *types.Func, way giveBack) {
	n := g.itemOf(f).names
	_, i := givenBy(f, t)
	var clauses strings.Builder
	if n.recv != "" {
		fmt.Fprintf(&clauses, " from %s", n.recv)
	}
	if way.dropped {
		clauses.WriteString(" optional")
	}
	g.say(f, "What it gives goes back with "+back.Name()+".", "acquire %s%s%s", n.results[i], clauses.String(), g.condition(f, n))
}

func give(n int) string {
	if n == 1 {
		return "gives"
	}
	return "give"
}

func namesOf(functions []*types.Func) (out []string) {
	for _, f := range functions {
		out = append(out, f.Name())
	}
	return out
}

// operand is the first parameter of f that is no context; -1 if there is none.
func operand(f *types.Func) int {
	params := f.Signature().Params()
	for i := range params.Len() {
		if t := params.At(i).Type(); !isContext(t) {
			if isPlain(t) || f.Signature().Variadic() && i == params.Len()-1 {
				return -1
			}
			return i
		}
	}
	return -1
}

// givenBy is the result of f that is a t, and what f gives by its name; -1 if
// there is none.
func givenBy(f *types.Func, t types.Type) (what string, result int) {
	_, what = verb(f.Name())
	results := f.Signature().Results()
	for i := range results.Len() {
		if types.Identical(results.At(i).Type(), t) {
			return what, i
		}
	}
	return what, -1
}

// isOwn reports whether t is a type of this package: what gives one and what
// takes one belong together by that alone.
func (g *generator) isOwn(t types.Type) bool {
	n := namedOf(t)
	return n != nil && n.Obj().Pkg() == g.pkg
}

// callbacks says of functions that call what they are given, before they
// return, that what they pass is for that call alone.
func (g *generator) callbacks(f *types.Func) {
	sig := f.Signature()
	if !gives(f.Name(), calling) || sig.Variadic() || !allOf(sig.Results(), isPlain) {
		return // what returns anything else, an option say, keeps the function
	}
	n := g.itemOf(f).names
	for i := range sig.Params().Len() {
		t := sig.Params().At(i).Type()
		fn, ok := t.Underlying().(*types.Signature)
		if !ok {
			continue
		}
		inner := namesFor(fn)
		var lent []string
		for j := range fn.Params().Len() {
			if g.isLent(fn.Params().At(j).Type()) {
				lent = append(lent, inner.params[j])
			}
		}
		named := namedOf(t)
		switch {
		case len(lent) == 0:
		case named == nil && types.Unalias(t) == t:
			g.say(f, "", "scoped %s(%s)", n.params[i], strings.Join(lent, ", "))
		case named != nil && named.Obj().Pkg() == g.pkg && named.Obj().Exported() && g.items[named.Obj()] == nil:
			g.say(named.Obj(), f.Name()+" takes one.", "scoped %s", strings.Join(lent, ", "))
		}
	}
}

// isLent reports whether a function that gets a t probably must not keep it: a
// pointer or interface of this package, or bytes.
func (g *generator) isLent(t types.Type) bool {
	if s, ok := types.Unalias(t).(*types.Slice); ok {
		b, ok := s.Elem().Underlying().(*types.Basic)
		return ok && b.Kind() == types.Byte
	}
	_, isPointer := types.Unalias(t).(*types.Pointer)
	return g.isOwn(t) && (isPointer || types.IsInterface(t)) && !isError(t) && !slices.Contains([]string{"Option", "Options"}, namedOf(t).Obj().Name())
}

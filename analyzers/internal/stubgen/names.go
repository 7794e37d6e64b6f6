package stubgen

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// names are those that a stub gives to the parts of a signature. They are the
// real ones as far as these can be spoken of.
type names struct {
	recv            string
	params, results []string
	speaks          bool // a directive speaks of the results
}

// A namer gives names that are unlike each other.
type namer struct {
	used []string
	next map[string]int
}

// reserved are words that a directive could take for something else.
var reserved = []string{
	"_", "self", "return", "guard", "from", "of", "to", "until", "optional", "lax", "brief", "once", "deep", "whole", "prefix", "idempotent", "when",
}

func (n *namer) name(wanted string) string {
	name := wanted
	for slices.Contains(reserved, name) || slices.Contains(n.used, name) || token.IsKeyword(name) || name == "" {
		n.next[wanted]++
		name = fmt.Sprintf("%s%d", wanted, n.next[wanted])
	}
	n.used = append(n.used, name)
	return name
}

// namesFor names the parts of a signature: first those that have names.
func namesFor(sig *types.Signature) names {
	if sig == nil {
		return names{}
	}
	nm := &namer{next: make(map[string]int)}
	out := names{params: make([]string, sig.Params().Len()), results: make([]string, sig.Results().Len())}
	recv := sig.Recv()
	isMethod := recv != nil && !types.IsInterface(recv.Type())
	each := func(do func(v *types.Var, into *string)) {
		if isMethod {
			do(recv, &out.recv)
		}
		for i := range sig.Params().Len() {
			do(sig.Params().At(i), &out.params[i])
		}
		for i := range sig.Results().Len() {
			do(sig.Results().At(i), &out.results[i])
		}
	}
	isNamed := func(v *types.Var) bool { return v.Name() != "" && v.Name() != "_" && v.Name() != "self" }
	each(func(v *types.Var, into *string) {
		if isNamed(v) {
			*into = nm.name(v.Name())
		}
	})
	// A receiver comes first, so that it does not get a number.
	each(func(v *types.Var, into *string) {
		if !isNamed(v) {
			wanted := nameByType(v.Type())
			if v.Kind() == types.ResultVar && wanted == "fn" && isReleaseFunc(v.Type()) {
				wanted = "release"
			}
			*into = nm.name(wanted)
		}
	})
	if recv != nil && !isMethod {
		out.recv = "self"
	}
	return out
}

// nameByType is a name for a value of the type.
func nameByType(t types.Type) string {
	switch t := types.Unalias(t).(type) {
	case *types.Pointer:
		return nameByType(t.Elem())
	case *types.Named:
		switch obj := t.Obj(); {
		case obj.Pkg() == nil && obj.Name() == "error":
			return "err"
		case obj.Pkg() != nil && obj.Pkg().Path() == "context" && obj.Name() == "Context":
			return "ctx"
		default:
			return lowered(strings.TrimSuffix(obj.Name(), "Func"))
		}
	case *types.Basic:
		switch {
		case t.Info()&types.IsBoolean != 0:
			return "ok"
		case t.Info()&types.IsInteger != 0:
			return "n"
		case t.Info()&types.IsString != 0:
			return "s"
		}
	case *types.Slice:
		if b, ok := t.Elem().Underlying().(*types.Basic); ok && b.Kind() == types.Byte {
			return "data"
		}
		return nameByType(t.Elem()) + "s"
	case *types.Map:
		return "m"
	case *types.Chan:
		return "c"
	case *types.Signature:
		return "fn"
	case *types.Interface:
		return "x"
	case *types.TypeParam:
		return strings.ToLower(t.Obj().Name())
	}
	return "v"
}

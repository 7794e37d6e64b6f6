package contract

import (
	"fmt"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"github.com/revlint/revlint/internal/nearest"
)

// Messages about a name that there is not end in what would be right.

func verbHint(word string) string {
	return nearest.Hint(word, slices.Sorted(maps.Keys(verbRules)))
}

// nameHint tells how a directive on d comes to a name: by another one, or by
// names for results that have none. (The same for parameters, which have names.)
func (d *declaration) nameHint(word string) string {
	if hint := nearest.Hint(word, d.names()); hint != "" {
		return hint
	}
	if slices.ContainsFunc(d.results, func(n named) bool { return n.name != "" }) {
		return ""
	}
	meant := slices.IndexFunc(d.results, func(n named) bool { return canBeNil(n.typ) && !isErrorType(n.typ) })
	var list []string
	for i, n := range d.results {
		name := fmt.Sprintf("r%d", i)
		switch {
		case i == max(meant, 0) && token.IsIdentifier(word): // "return" is none
			name = word
		case i == len(d.results)-1 && isErrorType(n.typ):
			name = "err"
		}
		list = append(list, name+" "+d.env.typeText(n.typ))
	}
	switch len(list) {
	case 0:
		return ""
	case 1:
		return ": name the result: (" + list[0] + ")"
	}
	return ": name the results: (" + strings.Join(list, ", ") + ")"
}

func isErrorType(t types.Type) bool {
	return types.Identical(t, types.Universe.Lookup("error").Type())
}

// fieldHint looks among the fields of t, promoted ones as well.
func fieldHint(t types.Type, word string) string {
	var names []string
	var visit func(t types.Type, depth int)
	visit = func(t types.Type, depth int) {
		st, ok := pointee(t).Underlying().(*types.Struct)
		if !ok || depth > 3 {
			return
		}
		for f := range st.Fields() {
			names = append(names, f.Name())
			if f.Embedded() {
				visit(f.Type(), depth+1)
			}
		}
	}
	visit(t, 0)
	return nearest.Hint(word, names)
}

func methodHint(t types.Type, word string) string {
	return nearest.Hint(word, methodNames(t))
}

// declarationHint looks for what a stub calls T or T.Name among what pkg has.
func declarationHint(pkg *types.Package, label string) string {
	owner, name, isMember := strings.Cut(label, ".")
	if !isMember {
		return nearest.Hint(label, pkg.Scope().Names())
	}
	t := lookupType(pkg.Scope(), owner)
	if t == nil {
		return nearest.Hint(owner, pkg.Scope().Names())
	}
	names := methodNames(t)
	if st, ok := t.Underlying().(*types.Struct); ok {
		for f := range st.Fields() {
			names = append(names, f.Name())
		}
	}
	return nearest.Hint(name, names)
}

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

// maxHints bounds how many names a file's mistakes are compared with: beyond it, they
// are told without what was meant, or many mistakes about a large package would
// take hours.
const maxHints = 200_000

// hint is nearest.Hint among n names, within the bound.
func (env *environment) hint(word string, n int, names func() []string) string {
	if env.asked += n; env.asked > maxHints {
		return ""
	}
	return nearest.Hint(word, names())
}

// nameHint tells how a directive on d comes to a name: by another one, or by
// names for results that have none. (The same for parameters, which have names.)
func (d *declaration) nameHint(word string) string {
	if hint := d.env.hint(word, len(d.params)+len(d.results)+1, d.names); hint != "" {
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
func (env *environment) fieldHint(t types.Type, word string) string {
	return env.hint(word, memberCount(t), func() (names []string) {
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
		return names
	})
}

func (env *environment) methodHint(t types.Type, word string) string {
	return env.hint(word, memberCount(t), func() []string { return methodNames(t) })
}

// declarationHint looks for what a stub calls T or T.Name among what its package has.
func (env *environment) declarationHint(label string) string {
	scope := env.pkg.Scope()
	owner, name, isMember := strings.Cut(label, ".")
	t := lookupType(scope, owner)
	if !isMember || t == nil {
		return env.hint(owner, scope.Len(), scope.Names)
	}
	return env.hint(name, memberCount(t), func() []string {
		names := methodNames(t)
		if st, ok := t.Underlying().(*types.Struct); ok {
			for f := range st.Fields() {
				names = append(names, f.Name())
			}
		}
		return names
	})
}

// memberCount is about how many fields and methods t has.
func memberCount(t types.Type) int {
	t = pointee(t)
	n := 1
	if named, ok := types.Unalias(t).(*types.Named); ok {
		n += named.NumMethods()
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		n += u.NumFields()
	case *types.Interface:
		n += u.NumMethods()
	}
	return n
}

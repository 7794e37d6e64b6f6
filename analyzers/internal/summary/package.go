package summary

import (
	"cmp"
	"go/types"
	"slices"
)

// A Package is the summaries of one package's functions as they travel to importers: a fact about the
// package, and not one about each function, because a driver writes and reads the facts of all that a package
// imports, directly or not, and spends more on each fact than on what is in it.
type Package struct{ Data string }

// AFact marks Package as a fact about a package.
func (*Package) AFact() {}

func (p *Package) String() string { return "summaries of functions" }

// A Named is the summary of the function that is called so in its package, see [Name].
type Named struct {
	Name string
	*Encoded
}

// Name is what a Package calls f: "F", or "T.M" for a method.
func Name(f *types.Func) string {
	recv := f.Signature().Recv()
	if recv == nil {
		return f.Name()
	}
	t := types.Unalias(recv.Type())
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if n, ok := t.(*types.Named); ok {
		return n.Obj().Name() + "." + f.Name()
	}
	return "." + f.Name() // of an interface without a name, which has no body
}

// NewPackage puts summaries together, in any order. The same summaries give the same bytes.
func NewPackage(all []Named) *Package {
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b Named) int { return cmp.Compare(a.Name, b.Name) })
	c := &coder{}
	list(c, &all, (*coder).named)
	return &Package{string(c.out)}
}

// All returns the summaries in the order of their names, none if they are broken.
func (p *Package) All() []Named {
	c, all := &coder{decodes: true, in: p.Data}, []Named(nil)
	list(c, &all, (*coder).named)
	if c.broken || len(c.in) > 0 {
		return nil
	}
	return all
}

func (c *coder) named(n *Named) {
	if n.Encoded == nil {
		n.Encoded = new(Encoded)
	}
	text(c, &n.Name)
	text(c, &n.Data)
}

package contract

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
)

// A Mistake is what is wrong with a stub, and where in its text.
type Mistake struct {
	Offset  int
	Message string
}

// Mistakes finds what is wrong with a user's stub for pkg, as a run of the
// analyzers would. What pkg imports is what is in sight.
func Mistakes(pkg *types.Package, src []byte) (out []Mistake) {
	fset := token.NewFileSet()
	s, problems := parseStub(fset, pkg.Name()+".go", src)
	if s != nil {
		imports := importsOf(pkg)
		b := bindStub(s, pkg, imports, true)
		set := &Set{
			pass: &analysis.Pass{
				Pkg:               pkg,
				AllObjectFacts:    func() []analysis.ObjectFact { return nil },
				ImportPackageFact: func(*types.Package, analysis.Fact) bool { return false },
			},
			user:    make(map[types.Object]*Contract),
			stubs:   make(map[*types.Package]map[types.Object]*Contract),
			imports: imports,
		}
		for _, x := range b.bound {
			if set.user[x.obj] != nil {
				problems = append(problems, problem{x.at[0], "another declaration has directives for " + x.label})
			}
			set.user[x.obj] = x.contract
		}
		problems = slices.Concat(problems, b.problems, set.unreleasable(b.bound))
	}
	for _, p := range problems {
		offset := 0
		if p.pos.IsValid() {
			offset = fset.Position(p.pos).Offset
		}
		out = append(out, Mistake{offset, p.msg})
	}
	return out
}

// An Offer is a stub that the catalogue has.
type Offer struct {
	Source []byte
	Off    string // why it is off; "" if it is on
}

// Offers are the stubs that the catalogue has for a package, on or off; of
// several for different versions, those for the version of its module.
func Offers(pkg *types.Package, version string) (out []Offer) {
	for _, name := range slices.Concat(enabled, disabled()) {
		if !slices.Contains(pathsOf(name), pkg.Path()) {
			continue
		}
		s, err := embedded(token.NewFileSet(), name)
		if err != nil || !s.build || !s.covers(version, pkg.GoVersion()) {
			continue
		}
		src, err := catalogueFiles.ReadFile("_catalogue/" + name + ".go")
		if err == nil {
			out = append(out, Offer{src, whyOff(s.file)})
		}
	}
	return out
}

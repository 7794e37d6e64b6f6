package contract

import (
	"embed"
	"fmt"
	"go/token"
	"go/types"
	"sync"
)

// The catalogue describes other people's packages, as their own documentation
// does in prose. The folder's name keeps the go command from building it.
//
//go:embed _catalogue
var catalogueFiles embed.FS

// catalogue is what the embedded stubs that are on say, by the path of the
// package.
var catalogue = sync.OnceValue(func() map[string][]*stub {
	out := make(map[string][]*stub)
	fset := token.NewFileSet()
	for _, name := range enabled {
		s, err := embedded(fset, name)
		if err != nil {
			panic(err) // a test reads them all
		}
		if s.build {
			out[s.path] = append(out[s.path], s)
		}
	}
	return out
})

// embedded reads a stub of the catalogue.
func embedded(fset *token.FileSet, name string) (*stub, error) {
	src, err := catalogueFiles.ReadFile("_catalogue/" + name + ".go")
	if err != nil {
		return nil, err
	}
	s, problems := parseStub(fset, name+".go", src)
	if len(problems) > 0 {
		return nil, fmt.Errorf("%v: %s", fset.Position(problems[0].pos), problems[0].msg)
	}
	return s, nil
}

// inCatalogue reports whether the catalogue speaks of pkg.
func inCatalogue(pkg *types.Package) bool { return len(catalogue()[pkg.Path()]) > 0 }

// catalogueOf are the contracts that the catalogue has for pkg. The version is
// that of its module, if it is told. A declaration that does not fit the
// package is dropped: it has changed, and what its contract is now nobody knows.
// Misfits counts those.
func catalogueOf(pkg *types.Package, version string, imports *imports) (out map[types.Object]*Contract, misfits int) {
	out = make(map[types.Object]*Contract)
	for _, s := range catalogue()[pkg.Path()] {
		if !s.covers(version, pkg.GoVersion()) {
			continue
		}
		b := bindStub(s, pkg, imports, false)
		for _, x := range b.bound {
			out[x.obj] = x.contract
		}
		if pkg.Complete() {
			misfits += len(b.problems)
		}
	}
	return out, misfits
}

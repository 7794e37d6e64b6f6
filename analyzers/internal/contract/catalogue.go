package contract

import (
	"embed"
	"fmt"
	"go/token"
	"go/types"
	"strings"
	"sync"
)

// The catalogue describes other people's packages, as their own documentation
// does in prose. The folder's name keeps the go command from building it.
//
//go:embed _catalogue
var catalogueFiles embed.FS

// catalogue is what the embedded stubs that are on say, by the path of the
// package. A stub is parsed when its package is first asked about: go vet runs
// a process for each package, and most meet few of them.
var catalogue = sync.OnceValue(func() map[string]func() []*stub {
	names := make(map[string][]string)
	for _, name := range enabled {
		for _, path := range pathsOf(name) {
			names[path] = append(names[path], name)
		}
	}
	out := make(map[string]func() []*stub)
	for path, names := range names {
		out[path] = sync.OnceValue(func() (stubs []*stub) {
			for _, name := range names {
				s, err := embedded(token.NewFileSet(), name)
				if err != nil {
					panic(err) // a test reads them all
				}
				if s.build {
					stubs = append(stubs, s)
				}
			}
			return stubs
		})
	}
	return out
})

// pathOf is the package that a stub of the catalogue is for, by its first line.
func pathOf(name string) string { return pathsOf(name)[0] }

// pathsOf are pathOf, and the paths that this package has had besides.
func pathsOf(name string) (paths []string) {
	src, err := catalogueFiles.ReadFile("_catalogue/" + name + ".go")
	if err != nil {
		panic(err)
	}
	header, _, _ := strings.Cut(string(src), "\n")
	words := strings.Fields(header)
	paths = words[1:2:2]
	if len(words) > 2 && words[2] == "also" {
		for _, w := range words[3:] {
			if w == "since" || w == "before" {
				break
			}
			paths = append(paths, w)
		}
	}
	return paths
}

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
func inCatalogue(pkg *types.Package) bool { return catalogue()[pkg.Path()] != nil }

// catalogueOf are the contracts that the catalogue has for pkg, which is in it.
// The version is that of its module, if it is told. A declaration that does not
// fit the package is dropped, and counted: it has changed, and what its contract
// is now nobody knows.
func catalogueOf(pkg *types.Package, version string, imports *imports) (out map[types.Object]*Contract, misfits int) {
	out = make(map[types.Object]*Contract)
	for _, s := range catalogue()[pkg.Path()]() {
		if !s.covers(version, pkg.GoVersion()) {
			continue
		}
		b := bindStub(s, pkg, imports, false)
		if s.path != pkg.Path() && !b.releases() {
			continue // what is acquired there is given back in other ways
		}
		for _, x := range b.bound {
			out[x.obj] = x.contract
		}
		if pkg.Complete() && s.path == pkg.Path() {
			misfits += len(b.problems)
		}
	}
	return out, misfits
}

package contract

import (
	"embed"
	"fmt"
	"go/token"
	"go/types"
	"io/fs"
	"slices"
	"sync"
)

// The catalogue describes other people's packages, as their own documentation
// does in prose. The folder's name keeps the go command from building it.
//
//go:embed _catalogue
var catalogueFiles embed.FS

// catalogue is what the embedded stubs say, by the path of the package.
var catalogue = sync.OnceValue(func() map[string][]*stub {
	out := make(map[string][]*stub)
	fset := token.NewFileSet()
	names, err := fs.Glob(catalogueFiles, "_catalogue/*.go")
	if err != nil {
		panic(err)
	}
	for _, name := range names {
		src, err := catalogueFiles.ReadFile(name)
		if err != nil {
			panic(err)
		}
		s, build, problems := parseStub(fset, name, src)
		if len(problems) > 0 {
			panic(fmt.Sprintf("catalogue: %s: %s", name, problems[0].msg)) // a test reads them all
		}
		if build && slices.Contains(enabled, s.path) {
			s.lenient = true
			out[s.path] = append(out[s.path], s)
		}
	}
	return out
})

// catalogueOf are the contracts of the catalogue for pkg, of the version of
// its module that is told. What does not fit the package is dropped.
func catalogueOf(pkg *types.Package, version string, packages func(string) *types.Package) map[types.Object]*Contract {
	stubs := catalogue()[pkg.Path()]
	if len(stubs) == 0 {
		return nil
	}
	out := make(map[types.Object]*Contract)
	for _, s := range stubs {
		if s.covers(version) {
			var dropped []problem
			bindStub(s, pkg, packages, out, &dropped)
		}
	}
	return out
}

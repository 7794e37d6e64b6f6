package contract

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/revlint/revlint/analyzers/internal/diag"
)

// userStubs is the folder, at the root of a module, in which a user's stubs
// are. The go command passes it over.
const userStubs = ".revlint"

// stubHeader is the line by which a stub names its package.
var stubHeader = regexp.MustCompile(`(?m)^//revlint:package[ \t]+(\S+)`)

// readUserStubs binds the user's stubs, which apply where the packages of the
// user's module use what they describe. They change no fact: what another
// module's packages are told of their imports stays as it is.
func readUserStubs(o *diag.Options, pass *analysis.Pass, s *Set, problems *[]problem) ([]bound, error) {
	if moduleVersion(pass) != "" {
		return nil, nil // a dependency's module, which its authors describe
	}
	root := rootOf(o, pass)
	if root == "" {
		return nil, nil
	}
	names, err := filepath.Glob(filepath.Join(root, userStubs, "*.go"))
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	var all []bound
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if m := stubHeader.FindSubmatch(src); m != nil && o.Everything && s.imports.find(string(m[1])) == nil {
			// The driver caches what is found here without regard to what the stub
			// says: it is for a package out of reach.
			s.unseen = true
			continue
		}
		st, found := parseStub(pass.Fset, name, src)
		*problems = append(*problems, found...)
		if st == nil || !st.build {
			continue
		}
		if st.versioned.IsValid() {
			*problems = append(*problems, problem{st.versioned, "a user's stub is for the version in use: it takes no also, since or before"})
		}
		pkg := s.imports.find(st.path)
		if pkg == nil {
			s.unseen = true
			continue // other packages of the module may use it
		}
		b := bindStub(st, pkg, s.imports, true)
		if pkg.Complete() || pkg == pass.Pkg {
			// Of a package that is imported by way of another, export data may
			// hold a part alone; who imports it reports what it has not.
			*problems = append(*problems, b.problems...)
		}
		for _, x := range b.bound {
			if s.user[x.obj] != nil {
				*problems = append(*problems, problem{x.at[0], "another stub, or another declaration, has directives for " + x.label})
				continue
			}
			s.user[x.obj] = x.contract
		}
		if b.dropsAll.IsValid() {
			s.dropped[st.path] = b.dropsAll
		}
		all = append(all, b.bound...)
	}
	return all, nil
}

// rootOf is the root of the package's module. Files that cgo has written are
// elsewhere, so each file is asked.
func rootOf(o *diag.Options, pass *analysis.Pass) string {
	for _, f := range pass.Files {
		if root := moduleRoot(filepath.Dir(pass.Fset.Position(f.Package).Filename)); root != "" {
			return root
		}
	}
	if o.Dir != "" {
		return moduleRoot(o.Dir)
	}
	return ""
}

// moduleRoot is the nearest folder at or above dir that holds a go.mod.
func moduleRoot(dir string) string {
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			return ""
		}
		dir = up
	}
}

package contract

import (
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/tools/go/analysis"
)

// userStubs is the folder, at the root of a module, in which a user's stubs
// are. The go command passes it over.
const userStubs = ".revlint"

// readUserStubs binds the user's stubs, which apply where the packages of the
// user's module use what they describe. They change no fact: what another
// module's packages are told of their imports stays as it is.
func readUserStubs(pass *analysis.Pass, s *Set, problems *[]problem) ([]bound, error) {
	if moduleVersion(pass) != "" || len(pass.Files) == 0 {
		return nil, nil // a dependency's module, which its authors describe
	}
	root := moduleRoot(filepath.Dir(pass.Fset.File(pass.Files[0].FileStart).Name()))
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
		st, found := parseStub(pass.Fset, name, src)
		*problems = append(*problems, found...)
		if st == nil || !st.build {
			continue
		}
		if st.versioned.IsValid() {
			*problems = append(*problems, problem{st.versioned, "a user's stub is for the version in use: it takes no since or before"})
		}
		pkg := s.imports.find(st.path)
		if pkg == nil {
			s.unseen = true
			continue // other packages of the module may use it
		}
		b := bindStub(st, pkg, s.imports, true)
		*problems = append(*problems, b.problems...)
		for _, x := range b.bound {
			s.user[x.obj] = x.contract
		}
		if b.dropsAll {
			s.dropped[st.path] = true
		}
		all = append(all, b.bound...)
	}
	return all, nil
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

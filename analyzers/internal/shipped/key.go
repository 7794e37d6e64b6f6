package shipped

import (
	"crypto/sha256"
	"fmt"
	"go/types"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// A Fact is on a package of the standard library: the key under which its summaries are
// kept, which covers the sources of all that it imports.
type Fact struct{ Key string }

// AFact marks Fact as a fact about a package.
func (*Fact) AFact() {}

func (f *Fact) String() string { return "sources " + f.Key }

// Key returns the key of the package that is analysed, and tells importers of it. There is
// none for a package that is not of the standard library or imports one that is not,
// or of which a file cannot be read.
func Key(pass *analysis.Pass) (key string, ok bool) {
	if !isStandard(pass) {
		return "", false
	}
	hash := sha256.New()
	word := types.Typ[types.Uintptr]
	fmt.Fprintf(hash, "%s %s %d %d\n", pass.Pkg.Path(), pass.Pkg.GoVersion(), pass.TypesSizes.Sizeof(word), pass.TypesSizes.Alignof(types.Typ[types.Int64]))
	imports := slices.Clone(pass.Pkg.Imports())
	slices.SortFunc(imports, func(p, q *types.Package) int { return strings.Compare(p.Path(), q.Path()) })
	for _, p := range imports {
		if p == types.Unsafe {
			continue
		}
		var f Fact
		if !pass.ImportPackageFact(p, &f) {
			return "", false
		}
		fmt.Fprintf(hash, "%s %s\n", p.Path(), f.Key)
	}
	var files []string
	for _, f := range pass.Files {
		files = append(files, pass.Fset.File(f.FileStart).Name())
	}
	for _, name := range append(files, pass.OtherFiles...) {
		data, err := pass.ReadFile(name)
		if err != nil {
			return "", false
		}
		data = lineDirective.ReplaceAll(data, nil)
		fmt.Fprintf(hash, "%s %d\n%s", filepath.Base(name), len(data), data)
	}
	key = fmt.Sprintf("%x", hash.Sum(nil)[:16])
	pass.ExportPackageFact(&Fact{key})
	return key, true
}

// lineDirective is a line of a file that cgo wrote. It says where the sources lie, which
// differs from machine to machine.
var lineDirective = regexp.MustCompile(`(?m)^//line .*$`)

// isStandard reports whether the package can be one of the standard library: no module is
// known of it, and it is not what lies in files that were named one by one. That it is none
// of those that are kept is for its key to say.
func isStandard(pass *analysis.Pass) bool {
	first, _, _ := strings.Cut(pass.Pkg.Path(), "/")
	return (pass.Module == nil || pass.Module.Path == "") && len(pass.Files) > 0 &&
		!strings.Contains(first, ".") && pass.Pkg.Path() != "command-line-arguments"
}

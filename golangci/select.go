package golangci

import (
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/revlint/revlint/analyzers"
	"github.com/revlint/revlint/internal/front/config"
)

// enabled reports whether any finding of the analyzer is wanted.
func (p *plugin) enabled(analyzer string) bool {
	return (len(p.settings.Enable) == 0 || slices.Contains(p.settings.Enable, analyzer)) &&
		!slices.Contains(p.settings.Disable, analyzer)
}

// selective returns an analyzer like a that reports only what is wanted.
func (p *plugin) selective(a *analysis.Analyzer) *analysis.Analyzer {
	selective := *a
	selective.Run = func(pass *analysis.Pass) (any, error) {
		filtered := *pass
		filtered.Report = func(d analysis.Diagnostic) {
			if p.wanted(pass, &d) {
				pass.Report(d)
			}
		}
		return a.Run(&filtered)
	}
	return &selective
}

// wanted applies strict, exclude and tests. The engine's option of strictness is
// for all packages at once, so what it adds in packages that are not strict is
// told by its category and dropped.
func (p *plugin) wanted(pass *analysis.Pass, d *analysis.Diagnostic) bool {
	name := pass.Fset.Position(d.Pos).Filename
	file, err := filepath.Rel(config.RootOf(filepath.Dir(name)), name)
	if err != nil {
		file = name
	}
	file = filepath.ToSlash(file)
	if d.Category == analyzers.Unproved && !p.strict(pass.Module, path.Dir(file)) {
		return false
	}
	if !p.settings.Tests && strings.HasSuffix(file, "_test.go") {
		return false
	}
	return !slices.ContainsFunc(p.settings.Exclude, func(e config.Exclude) bool {
		return e.Match(file, pass.Analyzer.Name, d.Message)
	})
}

// strict reports whether the package in the module's folder, and so its tests,
// are analysed strictly.
func (p *plugin) strict(module *analysis.Module, folder string) bool {
	return module != nil && p.settings.StrictFor(module.Path, path.Join(module.Path, folder))
}

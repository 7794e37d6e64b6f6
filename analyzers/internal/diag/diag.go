// Package diag is what stands between the engine's findings and the
// diagnostics that drivers print.
package diag

import (
	"go/parser"
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// A Finding is one violation the engine proved, worded for people.
type Finding struct {
	Analyzer string    // name of the analyzer that reports it
	Pos, End token.Pos // no End: that of the expression or statement at Pos
	Message  string    // one sentence, without the analyzer's name
	Related  []Related
	Fixes    []analysis.SuggestedFix
	Unproved bool // nothing is known to be wrong: reported only if [Options.Strict] is set
	Hint     bool // nothing is wrong: found only if [Options.Hints] is set
}

// A Related position tells part of a finding's story: where the access
// began, how the value got where it is, where the access ended. In order.
type Related struct {
	Pos, End token.Pos // as of a Finding
	Message  string
}

// Report reports the findings that belong to pass's analyzer and are not
// suppressed; the analyzer must require Directives. The message ends in the
// analyzer's name, for go vet prints no names.
func Report(o *Options, pass *analysis.Pass, findings []Finding) {
	suppressions := pass.ResultOf[Directives].(*Suppressions)
	for _, f := range findings {
		if f.Analyzer != pass.Analyzer.Name || o.Skips(pass.Fset, f.Pos) || suppressions.hide(f.Analyzer, f.Pos) {
			continue
		}
		if f.Unproved && !o.Strict && !o.Everything {
			continue // but a suppression of it is not stale: it is for strict runs
		}
		if !f.End.IsValid() {
			f.End = Extent(pass, f.Pos)
		}
		d := analysis.Diagnostic{
			Pos:            f.Pos,
			End:            f.End,
			Category:       category(f),
			Message:        f.Message + " (" + f.Analyzer + ")",
			SuggestedFixes: f.Fixes,
		}
		if displaced(pass.Fset, f.Pos) {
			d.SuggestedFixes = nil
		}
		for _, r := range f.Related {
			if !r.End.IsValid() {
				r.End = Extent(pass, r.Pos)
			}
			d.Related = append(d.Related, analysis.RelatedInformation{Pos: r.Pos, End: r.End, Message: r.Message})
		}
		pass.Report(d)
	}
}

// Categories of diagnostics that not every driver wants. The category of all
// others is the name of their analyzer.
const (
	Unproved     = "unproved"     // nothing is known to be wrong
	Hint         = "hint"         // nothing is wrong, but it can be had cheaper
	Unreleasable = "unreleasable" // no release is in sight: it may be in a stub for a package that is not
)

func category(f Finding) string {
	switch {
	case f.Unproved:
		return Unproved
	case f.Hint:
		return Hint
	}
	return f.Analyzer
}

// displaced reports whether pos, by a //line directive, is said to be in
// another file than it is, as in what cgo and goyacc generate. Drivers would
// make an edit there in that other file, at the offset in this one.
func displaced(fset *token.FileSet, pos token.Pos) bool {
	return fset.PositionFor(pos, false).Filename != fset.PositionFor(pos, true).Filename
}

// Analyzer makes the analyzer called name with the documentation doc, for o. It reports
// those of the engine's findings that bear its name.
func Analyzer(o *Options, name, doc string, engine *analysis.Analyzer, findings func(result any) []Finding) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name:     name,
		Doc:      doc,
		URL:      "https://pkg.go.dev/github.com/revlint/revlint/analyzers/" + name,
		Requires: []*analysis.Analyzer{Directives, engine},
		Run: func(pass *analysis.Pass) (any, error) {
			Report(o, pass, findings(pass.ResultOf[engine]))
			return nil, nil
		},
	}
}

// Doc returns the section "# Analyzer name" of the package comment in source, a
// doc.go, as x/tools' internal/analysisinternal.ExtractDoc does for the
// analyzers of go vet.
func Doc(source, name string) string {
	f, err := parser.ParseFile(token.NewFileSet(), "doc.go", source, parser.ParseComments|parser.PackageClauseOnly)
	if err != nil || f.Doc == nil {
		panic("no package comment for analyzer " + name)
	}
	_, section, ok := strings.Cut(f.Doc.Text(), "# Analyzer "+name+"\n\n")
	if !ok {
		panic("no section for analyzer " + name)
	}
	if i := strings.Index(section, "\n# "); i >= 0 {
		section = section[:i]
	}
	return strings.TrimSpace(strings.TrimPrefix(section, name+":"))
}

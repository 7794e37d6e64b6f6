package golangci

import (
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/ctrlflow"
)

// golangci-lint caches the issues of a package by the names of the analyzers,
// and the facts of an analyzer by its name: beside its own version and
// configuration, and the package's source, nothing else counts. What we find,
// and the engine's facts, depend on the user's stubs, too. So a hash of these
// is made part of names: of an analyzer that has no other purpose, and of those
// that have facts. The names of the latter are never printed.

// nameFacts adds the hash to the names of the analyzers that have facts, of
// those listed and all that they require. The analyzer of contracts keeps its
// name, for users see it, and since its facts are the same for all users; those that
// are not ours keep theirs, too.
func nameFacts(list []*analysis.Analyzer, hash string) {
	seen := make(map[*analysis.Analyzer]bool)
	var name func(list []*analysis.Analyzer)
	name = func(list []*analysis.Analyzer) {
		for _, a := range list {
			if seen[a] {
				continue
			}
			seen[a] = true
			name(a.Requires)
			if len(a.FactTypes) > 0 && a.Name != contractAnalyzer && a != ctrlflow.Analyzer {
				a.Name += "_" + hash
			}
		}
	}
	name(list)
}

package golangci

import "golang.org/x/tools/go/analysis"

// golangci-lint caches the issues of a package by the names of the analyzers,
// and the facts of an analyzer by its name: beside its own version and
// configuration, and the package's source, nothing else counts. What we find,
// and the engine's facts, depend on the user's stubs, too. So a hash of these
// is made part of names: of an analyzer that has no other purpose, and of those
// that have facts. The names of the latter are never printed.

// renamed keeps the names that analyzers had before nameFacts.
var renamed = make(map[*analysis.Analyzer]string)

// nameFacts adds the hash to the names of the analyzers that have facts, of
// those listed and all that they require. The analyzer of contracts keeps its
// name, for users see it, and since its facts are the same for all users.
func nameFacts(required []*analysis.Analyzer, hash string) {
	for _, a := range required {
		nameFacts(a.Requires, hash)
		if len(a.FactTypes) == 0 || a.Name == contractAnalyzer {
			continue
		}
		if _, ok := renamed[a]; !ok {
			renamed[a] = a.Name
		}
		a.Name = renamed[a] + "_" + hash
	}
}

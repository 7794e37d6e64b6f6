package analyzers_test

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"

	"github.com/revlint/revlint/analyzers"
	"github.com/revlint/revlint/analyzers/internal/corpus"
	"github.com/revlint/revlint/analyzers/internal/engine"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// What facts may cost. A driver keeps them all: those of a program's every
// dependency are read again for each package that imports it.
const (
	maxFact    = 8 << 10 // bytes, of one function
	maxAverage = 200     // bytes, over all functions
)

// TestFacts holds the summaries of the corpus, and of the part of the standard
// library that it needs, to a budget, and compares those of two runs: a fact
// that differs from run to run would make drivers analyse importers anew.
func TestFacts(t *testing.T) {
	first, again := encodedFacts(t, analyzers.All), encodedFacts(t, analyzers.All)
	total := 0
	for _, name := range slices.Sorted(maps.Keys(first)) {
		total += len(first[name])
		if len(first[name]) > maxFact {
			t.Errorf("the summary of %s takes %d bytes, more than %d", name, len(first[name]), maxFact)
		}
		if !bytes.Equal(first[name], again[name]) {
			t.Errorf("the summary of %s is another one in a second run:\n%q\n%q", name, first[name], again[name])
		}
	}
	if len(first) != len(again) {
		t.Errorf("%d summaries, in a second run %d", len(first), len(again))
	}
	if len(first) < 1000 {
		t.Errorf("only %d summaries: is the standard library among them?", len(first))
	}
	if average := total / len(first); average > maxAverage {
		t.Errorf("%d bytes a summary, more than %d", average, maxAverage)
	}
	t.Logf("%d summaries, %d bytes", len(first), total)
}

// encodedFacts are the summaries of each function, as they are written down for importers.
func encodedFacts(t *testing.T, list []*analysis.Analyzer) map[string][]byte {
	t.Helper()
	c := corpus.Load(t, nil, "passingcallbacks", "summaries/...", "closers")
	graph, err := checker.Analyze(list, c.Packages, nil)
	if err != nil {
		t.Fatal(err)
	}
	facts := make(map[string][]byte)
	for act := range graph.All() {
		if act.Analyzer.Name != engine.Analyzer.Name {
			continue
		}
		for _, f := range act.AllPackageFacts() {
			p, ok := f.Fact.(*summary.Package)
			if !ok || f.Package != act.Package.Types {
				continue
			}
			for _, n := range p.All() {
				facts[fmt.Sprintf("%s.%s (%s)", f.Package.Path(), n.Name, act.Package.ID)] = []byte(n.Data)
			}
		}
	}
	return facts
}

// TestShipped compares what the engine finds out about the standard library with what it
// takes from an archive of that, which must be the same, of the same functions, and which it
// must take.
func TestShipped(t *testing.T) {
	learned := make(map[string][]byte)
	var mu sync.Mutex
	first := analyzers.New(analyzers.NewOptions())
	first.Options.Learn = func(key string, summaries []byte) {
		mu.Lock()
		defer mu.Unlock()
		learned[key] = summaries
	}
	computed := encodedFacts(t, first.Checks)
	var archive bytes.Buffer
	if err := analyzers.WriteShipped(&archive, learned); err != nil {
		t.Fatal(err)
	}
	if err := analyzers.CheckShipped(archive.Bytes()); err != nil {
		t.Fatal(err)
	}
	again := analyzers.New(analyzers.NewOptions())
	asked, given := 0, 0
	again.Options.Known = func(key string) []byte {
		mu.Lock()
		defer mu.Unlock()
		asked++
		if learned[key] != nil {
			given++
		}
		return learned[key]
	}
	again.Options.Learn = func(string, []byte) { t.Error("a package was analysed of which the summaries were known") }
	recalled := encodedFacts(t, again.Checks)
	if asked != given || given < 50 {
		t.Errorf("%d of %d packages were known", given, asked)
	}
	if len(recalled) != len(computed) {
		t.Errorf("%d summaries recalled, %d computed", len(recalled), len(computed))
	}
	for _, name := range slices.Sorted(maps.Keys(computed)) {
		if !bytes.Equal(computed[name], recalled[name]) {
			t.Errorf("the summary of %s is another one when it is recalled:\n%q\n%q", name, computed[name], recalled[name])
		}
	}
}

package analyzers_test

import (
	"flag"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/revlint/revlint/analyzers"
	"github.com/revlint/revlint/analyzers/internal/corpus"
)

var familyFlag = flag.String("corpus.family", "", "run only the families of the corpus that match this `regexp`")

// families are those that -corpus.family asks for.
func families(t *testing.T) []string {
	t.Helper()
	wanted, err := regexp.Compile("^(?:" + *familyFlag + ")$")
	if err != nil {
		t.Fatalf("-corpus.family: %v", err)
	}
	var matching []string
	for _, family := range corpus.Families(t) {
		if *familyFlag == "" || wanted.MatchString(family) {
			matching = append(matching, family)
		}
	}
	if len(matching) == 0 {
		t.Fatalf("-corpus.family=%s: there is no such family", *familyFlag)
	}
	return matching
}

// TestCorpus compares the findings of all analyzers with the labels of testdata/src.
func TestCorpus(t *testing.T) {
	asked := families(t)
	patterns := asked
	if *familyFlag == "" {
		patterns = nil // all, and lib too, where nothing may be found
	}
	run := corpus.Analyze(t, analyzers.All, nil, patterns...)
	unexpected, missing, scores := run.Compare(t)
	of := func(lines []string, family string) (mine []string) {
		for _, line := range lines {
			if strings.HasPrefix(line, family+"/") {
				mine = append(mine, line)
			}
		}
		return mine
	}
	if patterns == nil {
		asked = append(asked, "lib")
	}
	for _, family := range asked {
		t.Run(family, func(t *testing.T) {
			for _, f := range of(unexpected, family) {
				t.Errorf("unexpected: %s", f)
			}
			for _, l := range of(missing, family) {
				t.Errorf("missing:    %s", l)
			}
		})
	}

	var total corpus.Score
	t.Logf("%-12s %5s %5s  %13s  %s", "family", "bad", "ok", "found", "false alarms")
	for _, family := range slices.Sorted(maps.Keys(scores)) {
		s, bad, ok := scores[family], 0, 0
		bad, ok = run.Count(family)
		t.Logf("%-12s %5d %5d  %4d of %4d   %d", family, bad, ok, s.Found, s.Wanted, s.Unexpected)
		total.Wanted += s.Wanted
		total.Found += s.Found
		total.Unexpected += s.Unexpected
	}
	t.Logf("%-12s %12s %4d of %4d   %d", "all", "", total.Found, total.Wanted, total.Unexpected)
}

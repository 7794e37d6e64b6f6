package report

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// Every reason in the table of docs/engine.md has its cure there and here, and
// there are no others.
func TestCures(t *testing.T) {
	doc, err := os.ReadFile("../../../../docs/engine.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, ok := strings.Cut(string(doc), "| reason | what it means | what makes it proved |\n|---|---|---|\n")
	if !ok {
		t.Fatal("docs/engine.md has no table of reasons")
	}
	table, _, _ = strings.Cut(table, "\n\n")
	documented := make(map[string]string)
	for row := range strings.Lines(table) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(row), "|"), "|")
		if len(cells) != 3 {
			t.Fatalf("not a row: %s", row)
		}
		documented[strings.TrimSpace(cells[0])] = strings.TrimSpace(cells[2])
	}
	for _, reason := range slices.Sorted(maps.Keys(documented)) {
		if got := Cure(reason); got != documented[reason] {
			t.Errorf("%s: %q, documented %q", reason, got, documented[reason])
		}
	}
	for reason := range cures {
		if documented[reason] == "" {
			t.Errorf("%s: not documented", reason)
		}
	}
}

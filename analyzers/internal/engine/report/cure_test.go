package report

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
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

// Every reason that the rules give has a cure: those that are written where they
// are counted, and those that have a name.
func TestReasonsHaveCures(t *testing.T) {
	reason := regexp.MustCompile(`(?m)Reason: "([^"]+)"|^const \w+ = "(it[ s][^"]+|an earlier[^"]+|too complex)"|return "(it is [^"]+|paths or [^"]+)"`)
	found := 0
	for _, dir := range []string{".", "..", "../rules", "../calls", "../interp"} {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range reason.FindAllStringSubmatch(string(src), -1) {
				found++
				if r := m[1] + m[2] + m[3]; Cure(r) == "" {
					t.Errorf("%s: %q has no cure here", file, r)
				}
			}
		}
	}
	if found < len(cures) {
		t.Errorf("%d reasons found in the sources, and %d cures", found, len(cures))
	}
}

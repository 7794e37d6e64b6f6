package main

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// root is the folder that the names of files begin at.
const root = "../.."

// A row is one of a table whose last column says which tests show it.
type row struct {
	page, promise string
	tests         []string // as folder.Test
}

var testLink = regexp.MustCompile(`\[((?:Test|Example)\w*)\]\(([^)]*_test\.go)\)`)

// rows reads the tables of a page.
func rows(t *testing.T, page string) (all []row) {
	text, err := os.ReadFile(filepath.Join(root, page))
	if err != nil {
		t.Fatal(err)
	}
	var head []string
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "|") {
			head = nil
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		switch {
		case head == nil:
			head = cells
		case strings.Trim(line, "|-") == "" || !slices.Contains(head, "shown by"):
		default:
			r := row{page: page, promise: cells[0]}
			if head[0] == "system" {
				r.promise = cells[1]
			}
			for _, l := range testLink.FindAllStringSubmatch(cells[slices.Index(head, "shown by")], -1) {
				r.tests = append(r.tests, path.Join(path.Dir(page), path.Dir(l[2]))+"."+l[1])
			}
			all = append(all, r)
		}
	}
	return all
}

// TestEachRowHasAMutant: each row of the tables of systems names a test, and there is a mutant that takes away what the row promises and
// that one of its tests dies of (go run ./internal/mutate -named shows that).
func TestEachRowHasAMutant(t *testing.T) {
	all := slices.Concat(rows(t, "docs/systems.md"), rows(t, "docs/systems-comparison.md"))
	if len(all) < 70 {
		t.Errorf("only %d rows", len(all))
	}
	known := make(map[string]bool)
	for _, r := range all {
		known[r.promise] = true
		has := false
		for _, m := range namedMutants {
			if !slices.Contains(m.rows, r.promise) {
				continue
			}
			folder, test := m.place()
			if slices.Contains(r.tests, folder+"."+test) {
				has = true
			} else {
				t.Errorf("%s: %q: %s is none of its tests, %q", r.page, r.promise, m.test, r.tests)
			}
		}
		if !has {
			t.Errorf("%s: no mutant for %q, whose tests are %q", r.page, r.promise, r.tests)
		}
	}
	for _, m := range namedMutants {
		for _, promise := range m.rows {
			if !known[promise] {
				t.Errorf("%s: no row promises %q", m.name, promise)
			}
		}
	}
}

// TestNamedMutantsFit: what they replace stands in its file, once, and no two have one name.
func TestNamedMutantsFit(t *testing.T) {
	names := make(map[string]bool)
	for _, m := range namedMutants {
		if names[m.name] {
			t.Errorf("two are named %q", m.name)
		}
		names[m.name] = true
		text, err := os.ReadFile(filepath.Join(root, m.file))
		if err != nil {
			t.Error(err)
			continue
		}
		for _, e := range m.edits {
			if n := strings.Count(string(text), e[0]); n != 1 {
				t.Errorf("%s: %q stands %d times in %s", m.name, e[0], n, m.file)
			}
		}
	}
}

package book

import (
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

var never = regexp.MustCompile("(?m)^\\| `([^`]+)` \\| `([^`]+)` \\| ")

// What docs/architecture.md says is never imported is not imported, directly or not.
func TestNever(t *testing.T) {
	rows := never.FindAllStringSubmatch(read(t, "docs/architecture.md"), -1)
	if len(rows) < 8 {
		t.Fatalf("only %d rows", len(rows))
	}
	imports := imports(t)
	for _, row := range rows {
		for _, name := range row[1:] {
			if _, ok := imports[name]; !ok {
				t.Errorf("there is no package %s", name)
			}
		}
		if way := wayTo(imports, row[1], row[2], nil); way != nil {
			t.Errorf("%s imports %s, by way of %v", row[1], row[2], way)
		}
	}
}

// wayTo finds how from comes to import to, nil if it does not. tried are packages from which there is no way.
func wayTo(imports map[string][]string, from, to string, tried map[string]bool) []string {
	if tried == nil {
		tried = make(map[string]bool)
	}
	tried[from] = true
	for _, next := range imports[from] {
		if next == to {
			return []string{from, to}
		}
		if !tried[next] {
			if way := wayTo(imports, next, to, tried); way != nil {
				return slices.Insert(way, 0, from)
			}
		}
	}
	return nil
}

// namedInFile is a link whose text is a name, and which leads to the file that declares it.
var namedInFile = regexp.MustCompile("\\[`(\\w+)`\\]\\(([^)]+\\.go)\\)")

// Names that link to a file are declared there.
func TestNamedFunctions(t *testing.T) {
	n := 0
	for _, page := range []string{"docs/architecture.md", "CONTRIBUTING.md"} {
		for _, m := range namedInFile.FindAllStringSubmatch(read(t, page), -1) {
			n++
			file := filepath.Join(filepath.Dir(page), m[2])
			if !regexp.MustCompile(`(?m)^(?:func (?:\([^)]*\) )?|var |type )` + m[1] + `\b`).MatchString(read(t, file)) {
				t.Errorf("%s: %s does not declare %s", page, file, m[1])
			}
		}
	}
	if n < 10 {
		t.Errorf("only %d names", n)
	}
}

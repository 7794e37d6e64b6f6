package analyzers_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

const (
	decisionsFolder   = "../testdata/src/contracts"
	decisionsDocument = "../docs/contracts.md"
)

// TestDecisions asks for a program that breaks, and for one that keeps, each
// decision which docs/contracts.md lists. Whether they are judged as their
// labels say, TestCorpus compares.
func TestDecisions(t *testing.T) {
	listed := listedDecisions(t)
	if want := 55; listed != want {
		t.Errorf("%d decisions in %s, want %d", listed, decisionsDocument, want)
	}
	broken, kept := decisionPrograms(t)
	for n := 1; n <= listed; n++ {
		if broken[n] == 0 || kept[n] == 0 {
			t.Errorf("decision %d: %d programs that break it, %d that keep it", n, broken[n], kept[n])
		}
		delete(broken, n)
		delete(kept, n)
	}
	for _, rest := range []map[int]int{broken, kept} {
		for n := range rest {
			t.Errorf("a program for decision %d, which is not listed", n)
		}
	}
}

// listedDecisions is how many decisions the reference lists, one after the other.
func listedDecisions(t *testing.T) (n int) {
	text, err := os.ReadFile(decisionsDocument)
	if err != nil {
		t.Fatal(err)
	}
	_, section, ok := strings.Cut(string(text), "\n## Decisions\n")
	if !ok {
		t.Fatalf("%s has no decisions", decisionsDocument)
	}
	section, _, _ = strings.Cut(section, "\n## ")
	for _, m := range regexp.MustCompile(`(?m)^([0-9]+)\. \*\*`).FindAllStringSubmatch(section, -1) {
		if n++; m[1] != strconv.Itoa(n) {
			t.Errorf("decision %s stands where %d should", m[1], n)
		}
	}
	return n
}

var (
	// aboutDecisions begins the comment before a program.
	aboutDecisions = regexp.MustCompile(`^Decisions? ([0-9]+(?:(?:, | and )[0-9]+)*): `)
	number         = regexp.MustCompile(`[0-9]+`)
	// decisionLabel is one of the corpus; a known miss shows nothing.
	decisionLabel = regexp.MustCompile(`// (want|missed:) rev`)
)

// decisionPrograms counts, by decision, the functions with a label, and those without.
func decisionPrograms(t *testing.T) (broken, kept map[int]int) {
	files, err := filepath.Glob(filepath.Join(decisionsFolder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	broken, kept = make(map[int]int), make(map[int]int)
	for _, name := range files {
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			label := labelIn(f, fn)
			m := aboutDecisions.FindStringSubmatch(fn.Doc.Text())
			if m == nil {
				if label != "" {
					t.Errorf("%s: %s has a label, and no decision", fset.Position(fn.Pos()), fn.Name.Name)
				}
				continue
			}
			for _, digits := range number.FindAllString(m[1], -1) {
				n, err := strconv.Atoi(digits)
				if err != nil {
					t.Fatal(err)
				}
				switch label {
				case "":
					kept[n]++
				case "want":
					broken[n]++
				}
			}
		}
	}
	return broken, kept
}

// labelIn is the kind of the labels in fn: "want" if there is one, else that
// of a known miss, else none.
func labelIn(f *ast.File, fn *ast.FuncDecl) (kind string) {
	for _, group := range f.Comments {
		if group.Pos() < fn.Pos() || fn.End() < group.Pos() {
			continue
		}
		for _, comment := range group.List {
			if m := decisionLabel.FindStringSubmatch(comment.Text); m != nil && kind != "want" {
				kind = m[1]
			}
		}
	}
	return kind
}

package contract

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// The catalogue is compared with the modules that it describes, which are
// more than a plain go test should need. CI asks for it.
var withModules = flag.Bool("catalogue", false, "compare the catalogue with the modules that testdata/catalogue requires")

// examples is the module with a broken and a correct use of each row.
const examples = "../../../testdata/catalogue"

// without says why rows have no examples.
var without = map[string]string{
	"M63": "is of functions that are not exported", "M65": "is of functions that are not exported",
}

// experiments are compiled by themselves: they build the standard library anew.
var experiments = []string{"arenas", "jsonv2"}

// needModules skips a test that needs modules, unless it is asked for.
func needModules(t *testing.T) {
	t.Helper()
	if !*withModules {
		t.Skip("without -catalogue")
	}
}

// Each stub fits the library, in the version that the examples are compiled
// with, each declaration and directive.
func TestCatalogueFitsModules(t *testing.T) {
	needModules(t)
	fset := token.NewFileSet()
	stubs := make(map[string][]*stub)
	for _, name := range stubNames(t) {
		s, err := embedded(fset, name)
		if err != nil {
			t.Fatal(err)
		}
		if s.build {
			stubs[s.path] = append(stubs[s.path], s)
		}
	}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedTypes | packages.NeedImports | packages.NeedDeps, Dir: examples},
		slices.Sorted(maps.Keys(stubs))...)
	if err != nil {
		t.Fatal(err)
	}
	for _, pkg := range pkgs {
		for _, e := range pkg.Errors {
			t.Errorf("%s: %v", pkg.PkgPath, e)
		}
		for _, s := range stubs[pkg.PkgPath] {
			compareStub(t, fset, s, pkg.Types)
		}
		delete(stubs, pkg.PkgPath)
	}
	for path := range stubs {
		t.Errorf("%s was not loaded", path)
	}
}

// revlint finds in the examples what their labels say, and nothing else, with
// all of the catalogue on: what is off is put into .revlint/ of a copy of the
// module, as a user would.
func TestCatalogueExamples(t *testing.T) {
	needModules(t)
	revlint := filepath.Join(t.TempDir(), "revlint")
	if out, err := exec.Command("go", "build", "-o", revlint, "../../../cmd/revlint").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(examples)); err != nil {
		t.Fatal(err)
	}
	switchOn(t, filepath.Join(dir, userStubs))
	t.Run("all", func(t *testing.T) {
		compareExamples(t, dir, revlint, "", "./...")
	})
	for _, e := range experiments {
		t.Run(e, func(t *testing.T) {
			compareExamples(t, dir, revlint, "GOEXPERIMENT="+e, "./"+map[string]string{"arenas": "arena", "jsonv2": "jsontext"}[e])
		})
	}
}

// switchOn copies the stubs that are off. A user's stub is for the version in
// use, and takes no since or before; nor does it speak of what is not exported.
func switchOn(t *testing.T, to string) {
	t.Helper()
	if err := os.Mkdir(to, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range stubNames(t) {
		if slices.Contains(enabled, name) || name == "natspool" || name == "quic" {
			continue
		}
		src, err := catalogueFiles.ReadFile("_catalogue/" + name + ".go")
		if err != nil {
			t.Fatal(err)
		}
		_, body, _ := bytes.Cut(src, []byte("\n"))
		text := fmt.Appendf(nil, "%spackage %s\n%s", prefix, pathOf(name), body)
		if err := os.WriteFile(filepath.Join(to, name+".go"), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// compareExamples runs revlint on packages of the examples and compares what
// it finds with their labels.
func compareExamples(t *testing.T, dir, revlint, env, pattern string) {
	t.Helper()
	list := exec.Command("go", "list", "-f", "{{$d := .Dir}}{{range .GoFiles}}{{$d}}/{{.}}\n{{end}}", pattern)
	list.Dir, list.Env = dir, append(os.Environ(), env)
	files, err := list.Output()
	if err != nil {
		t.Fatal(failure(err))
	}
	wanted, misses := make(map[string]bool), make(map[string]bool)
	for name := range strings.FieldsSeq(string(files)) {
		labels(t, dir, name, wanted, misses)
	}
	if len(wanted) == 0 {
		t.Fatal("no labels")
	}
	run := exec.Command(revlint, "-f", "json", pattern)
	run.Dir, run.Env = dir, list.Env
	out, err := run.Output()
	if code := run.ProcessState.ExitCode(); code != 1 {
		t.Fatalf("exit status %d, %v", code, failure(err))
	}
	var report struct {
		Findings []struct {
			File, Analyzer, Message string
			Line                    int
		}
	}
	if err := json.Unmarshal(out, &report); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	found := make(map[string]bool)
	for _, f := range report.Findings {
		place := fmt.Sprintf("%s:%d %s", f.File, f.Line, f.Analyzer)
		found[place] = true
		if misses[place] {
			t.Errorf("%s is found now: it is to become a want", place)
		} else if !wanted[place] {
			t.Errorf("unexpected: %s: %s", place, f.Message)
		}
	}
	for place := range wanted {
		if !found[place] {
			t.Errorf("missing: %s", place)
		}
	}
	t.Logf("%d wanted, %d known misses", len(wanted), len(misses))
}

// failure is an error of a command, with what it said.
func failure(err error) error {
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return fmt.Errorf("%w\n%s", err, exit.Stderr)
	}
	return err
}

// exampleLabel is the end of a line on which something is to be found, or
// should be and is not yet.
var exampleLabel = regexp.MustCompile(`// (want|missed:)((?: rev[a-z]+)+)$`)

// labels adds the labels of a file.
func labels(t *testing.T, dir, name string, wanted, misses map[string]bool) {
	t.Helper()
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	short, err := filepath.Rel(dir, name)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(src)) {
		n++
		m := exampleLabel.FindStringSubmatch(strings.TrimSpace(line))
		if m == nil {
			if strings.Contains(line, "// want ") || strings.Contains(line, "// missed:") {
				t.Errorf("%s:%d: a label that cannot be read", short, n)
			}
			continue
		}
		into := wanted
		if m[1] != "want" {
			into = misses
		}
		for analyzer := range strings.FieldsSeq(m[2]) {
			into[fmt.Sprintf("%s:%d %s", filepath.ToSlash(short), n, analyzer)] = true
		}
	}
}

// row is the number of a row of the catalogue: S for the standard library, M
// for modules.
var row = regexp.MustCompile(`\b[SM][0-9]+\b`)

// Each row that a stub speaks of has a broken and a correct example.
func TestCatalogueRowsHaveExamples(t *testing.T) {
	var rows []string
	for _, name := range stubNames(t) {
		src, err := catalogueFiles.ReadFile("_catalogue/" + name + ".go")
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row.FindAllString(string(src), -1)...)
	}
	slices.Sort(rows)
	rows = slices.Compact(rows)
	broken, correct := make(map[string]bool), make(map[string]bool)
	err := filepath.WalkDir(examples, func(name string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".go" {
			return err
		}
		return exampleRows(name, broken, correct)
	})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, r := range rows {
		switch {
		case without[r] != "":
			if broken[r] || correct[r] {
				t.Errorf("%s has examples after all", r)
			}
		case !broken[r] || !correct[r]:
			t.Errorf("%s: broken example %t, correct example %t", r, broken[r], correct[r])
		default:
			n++
		}
	}
	if n < 70 {
		t.Errorf("examples for %d rows of %d", n, len(rows))
	}
	t.Logf("examples for %d rows of %d", n, len(rows))
}

// exampleRows notes the rows of which a file has a function that is broken,
// and one that is correct. The comment before a function, or before a statement
// that has one, begins with the row.
func exampleRows(name string, broken, correct map[string]bool) error {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	var about []string // rows, by line: of the comment that was last
	var starts []token.Pos
	for _, g := range f.Comments {
		if head, _, ok := strings.Cut(g.Text(), ":"); ok && row.FindString(head) == head {
			about, starts = append(about, head), append(starts, g.Pos())
		}
	}
	for i, r := range about {
		end := f.FileEnd
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		label := slices.ContainsFunc(f.Comments, func(g *ast.CommentGroup) bool {
			return starts[i] < g.Pos() && g.Pos() < end && exampleLabel.MatchString(g.List[len(g.List)-1].Text)
		})
		if label {
			broken[r] = true
		} else {
			correct[r] = true
		}
	}
	return nil
}

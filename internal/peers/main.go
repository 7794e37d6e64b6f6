// Peers runs revlint over the test data of other analyzers, and prints for each of their functions in which either
// says something: what they say, what revlint says, and who is right.
//
//	go run ./internal/peers > docs/peers.md
//
// The suites are downloaded as modules, at the versions below. Who is right was judged by reading; the judgements
// are in judged.tsv, and a case without one is printed as such.
package main

import (
	"bufio"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

//go:embed judged.tsv
var judged string

//go:embed about.md
var about string

// A suite is the test data of an analyzer.
type suite struct {
	name, module, folder string
	imports              []string // of the test data's own packages, which only GOPATH would find
}

var suites = []suite{
	{"bodyclose", "github.com/timakin/bodyclose@v0.0.0-20260723120731-857993a2939c", "passes/bodyclose/testdata/src", []string{"handledresponse"}},
	{"rowserrcheck", "github.com/jingyugao/rowserrcheck@v1.1.1", "passes/rowserr/testdata/src", nil},
	{"lostcancel", "golang.org/x/tools@v0.52.0", "go/analysis/passes/lostcancel/testdata/src", nil},
}

// A function is one case: what is said between its first line and its last.
type function struct {
	name        string
	first, last int
	theirs      []string
	ours        []string
}

func main() {
	log.SetFlags(0)
	dir, err := os.MkdirTemp("", "peers")
	if err != nil {
		log.Fatal(err)
	}
	err = run(dir)
	if err := errors.Join(err, os.RemoveAll(dir)); err != nil {
		log.Fatal(err)
	}
}

func run(dir string) error {
	revlint := filepath.Join(dir, "revlint.exe")
	if err := command(".", "go", "build", "-o", revlint, "./cmd/revlint"); err != nil {
		return err
	}
	out := bufio.NewWriter(os.Stdout)
	fmt.Fprint(out, about)
	verdicts := verdicts()
	for _, s := range suites {
		work := filepath.Join(dir, s.name)
		if err := s.copyTo(work); err != nil {
			return err
		}
		files, err := cases(work)
		if err != nil {
			return err
		}
		if err := find(revlint, work, files); err != nil {
			return err
		}
		s.print(out, files, verdicts)
	}
	return out.Flush()
}

func command(dir, name string, args ...string) error {
	c := exec.Command(name, args...)
	c.Dir, c.Stderr = dir, os.Stderr
	return c.Run()
}

// copyTo copies the test data into a module of its own.
func (s *suite) copyTo(work string) error {
	c := exec.Command("go", "mod", "download", "-json", s.module)
	c.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
	text, err := c.Output()
	if err != nil {
		return fmt.Errorf("%s: %w: %s", s.module, err, text)
	}
	var m struct{ Dir string }
	if err := json.Unmarshal(text, &m); err != nil {
		return err
	}
	if err := os.CopyFS(work, os.DirFS(filepath.Join(m.Dir, s.folder))); err != nil {
		return err
	}
	for _, p := range s.imports {
		err := edit(work, func(text string) string { return strings.ReplaceAll(text, strconv.Quote(p), strconv.Quote("peers/"+p)) })
		if err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(work, "go.mod"), []byte("module peers\n\ngo 1.26\n"), 0o666)
}

// edit changes all Go files below work.
func edit(work string, change func(string) string) error {
	return each(work, func(name string) error {
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if err := os.Chmod(name, 0o666); err != nil {
			return err
		}
		return os.WriteFile(name, []byte(change(string(text))), 0o666)
	})
}

func each(work string, do func(name string) error) error {
	return filepath.WalkDir(work, func(name string, d os.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".go" {
			return err
		}
		return do(name)
	})
}

var want = regexp.MustCompile("// ?want .*$")

// cases lists the functions by file, with what is wanted of the other analyzer there.
func cases(work string) (map[string][]*function, error) {
	files := make(map[string][]*function)
	err := each(work, func(name string) error {
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		short, err := filepath.Rel(work, name)
		if err != nil {
			return err
		}
		short = filepath.ToSlash(short)
		for _, d := range f.Decls {
			first := fset.Position(d.Pos()).Line
			fn := &function{name: fmt.Sprintf("line %d", first), first: first, last: fset.Position(d.End()).Line}
			if d, ok := d.(*ast.FuncDecl); ok && d.Name.Name != "_" {
				fn.name = d.Name.Name
			}
			for _, g := range f.Comments {
				line := fset.Position(g.Pos()).Line
				if want.MatchString(g.List[0].Text) && fn.first <= line && line <= fn.last {
					fn.theirs = append(fn.theirs, strconv.Itoa(line))
				}
			}
			files[short] = append(files[short], fn)
		}
		return nil
	})
	return files, err
}

// find adds what revlint finds.
func find(revlint, work string, files map[string][]*function) error {
	c := exec.Command(revlint, "-f", "json", "./...")
	c.Dir, c.Stderr, c.Env = work, os.Stderr, append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
	out, err := c.Output()
	if code := c.ProcessState.ExitCode(); code != 0 && code != 1 {
		return fmt.Errorf("revlint in %s: %w", work, err)
	}
	var report struct {
		Findings []struct {
			File, Analyzer string
			Line           int
		}
	}
	if err := json.Unmarshal(out, &report); err != nil {
		return err
	}
	for _, f := range report.Findings {
		for _, fn := range files[f.File] {
			if fn.first <= f.Line && f.Line <= fn.last {
				fn.ours = append(fn.ours, fmt.Sprintf("%d %s", f.Line, f.Analyzer))
			}
		}
	}
	return nil
}

// verdicts are who is right and why, by suite, file and function.
func verdicts() map[string][2]string {
	out := make(map[string][2]string)
	for line := range strings.Lines(judged) {
		if f := strings.Split(strings.TrimSpace(line), "\t"); len(f) == 3 {
			out[f[0]] = [2]string{f[1], f[2]}
		}
	}
	return out
}

func (s *suite) print(out *bufio.Writer, files map[string][]*function, verdicts map[string][2]string) {
	fmt.Fprintf(out, "\n## %s\n\n`%s`\n\n| case | %s | revlint | right | why |\n|---|---|---|---|---|\n", s.name, s.module, s.name)
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	silent := 0
	count := make(map[string]int)
	for _, name := range names {
		for _, fn := range files[name] {
			if len(fn.theirs)+len(fn.ours) == 0 {
				silent++
				continue
			}
			v, ok := verdicts[s.name+" "+name+" "+fn.name]
			switch {
			case ok:
			case len(fn.theirs) > 0 && len(fn.ours) > 0:
				v = [2]string{"both", ""}
			default:
				v = [2]string{"not judged", ""}
			}
			count[v[0]]++
			fmt.Fprintf(out, "| %s %s | %s | %s | %s | %s |\n", name, fn.name, strings.Join(fn.theirs, ", "), strings.Join(fn.ours, ", "), v[0], v[1])
		}
	}
	fmt.Fprintf(out, "\nBoth are silent on %d more functions. Right where something is said:", silent)
	for _, who := range []string{"both", "revlint", s.name, "neither", "not judged"} {
		if count[who] > 0 {
			fmt.Fprintf(out, " %s %d;", who, count[who])
		}
	}
	fmt.Fprintln(out)
}

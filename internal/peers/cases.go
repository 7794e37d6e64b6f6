package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
)

// A function is one case: what is said between its first line and its last.
type function struct {
	name        string
	first, last int
	theirs      []string
	ours        []string
}

// Files are the functions of a suite, by file.
type files map[string][]*function

var (
	want     = regexp.MustCompile("// ?want .*$")
	expected = regexp.MustCompile(`(?m)(\w+\.go):(\d+):`)
)

// cases adds the functions of module, with what is wanted of the other analyzer there: by comments, or by the
// output that one suite keeps in a file. Files are named below base.
func (all files) cases(module, base string) error {
	wanted, err := expectedResults(module)
	if err != nil {
		return err
	}
	return each(module, func(name string) error {
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		short, err := filepath.Rel(module, name)
		if err != nil {
			return err
		}
		short = filepath.ToSlash(short)
		lines := wanted[short]
		for _, g := range f.Comments {
			if want.MatchString(g.List[0].Text) {
				lines = append(lines, fset.Position(g.Pos()).Line)
			}
		}
		for _, d := range f.Decls {
			first := fset.Position(d.Pos()).Line
			fn := &function{name: fmt.Sprintf("line %d", first), first: first, last: fset.Position(d.End()).Line}
			if d, ok := d.(*ast.FuncDecl); ok && d.Name.Name != "_" {
				fn.name = d.Name.Name
			}
			for _, line := range lines {
				if fn.first <= line && line <= fn.last {
					fn.theirs = append(fn.theirs, strconv.Itoa(line))
				}
			}
			all[base+short] = append(all[base+short], fn)
		}
		return nil
	})
}

// expectedResults reads the lines that the file expected_results.txt of module names, by file.
func expectedResults(module string) (map[string][]int, error) {
	text, err := os.ReadFile(filepath.Join(module, "expected_results.txt"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	lines := make(map[string][]int)
	for _, m := range expected.FindAllStringSubmatch(string(text), -1) {
		line, err := strconv.Atoi(m[2])
		if err != nil {
			return nil, err
		}
		lines[m[1]] = append(lines[m[1]], line)
	}
	return lines, nil
}

// find adds what revlint finds in module.
func (all files) find(revlint, module, base string) error {
	c := exec.Command(revlint, "-f", "json", "./...")
	c.Dir, c.Stderr, c.Env = module, os.Stderr, append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
	out, err := c.Output()
	if code := c.ProcessState.ExitCode(); code != 0 && code != 1 {
		return fmt.Errorf("revlint in %s: %w", module, err)
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
		for _, fn := range all[base+f.File] {
			if fn.first <= f.Line && f.Line <= fn.last {
				fn.ours = append(fn.ours, fmt.Sprintf("%d %s", f.Line, f.Analyzer))
			}
		}
	}
	return nil
}

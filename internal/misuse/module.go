package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

const source = "testdata/src"

// A module is a copy of the packages in testdata/src, with mutants in it.
type module struct {
	root, dir string // of the project, and of the copy
	files     []file
}

// A file is one to which mutants were added.
type file struct {
	path    string
	text    string // without them
	mutants []*mutant
}

// write makes the copy, and returns the mutants.
func (m *module) write(only string) (all []*mutant, err error) {
	if err := os.CopyFS(filepath.Join(m.dir, source), os.DirFS(filepath.Join(m.root, source))); err != nil {
		return nil, err
	}
	text := "module github.com/revlint/revlint\n\ngo 1.26.0\n\nrequire github.com/revlint/revlint/revocable v0.0.0\n\nreplace github.com/revlint/revlint/revocable => " + filepath.Join(m.root, "revocable") + "\n"
	if err := os.WriteFile(filepath.Join(m.dir, "go.mod"), []byte(text), 0o600); err != nil {
		return nil, err
	}
	dirs, err := families(m.dir, only)
	if err != nil {
		return nil, err
	}
	for _, dir := range dirs {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			return nil, err
		}
		name := ""
		for _, path := range files {
			mutants, pkg, err := m.mutate(path)
			if err != nil {
				return nil, err
			}
			all, name = append(all, mutants...), pkg
		}
		if name == "" {
			continue
		}
		vars := "package " + name + "\n\nvar (\n\tmisuse  bool\n\tmisused any\n)\n\nfunc Misuse(b bool) any { misuse = b; return misused }\n"
		if err := os.WriteFile(filepath.Join(dir, "misuse.go"), []byte(vars), 0o600); err != nil {
			return nil, err
		}
	}
	return all, m.save()
}

// label matches what says that something is wrong, or not known.
var label = regexp.MustCompile(`// (want|missed:|answer:)`)

// mutate makes the mutants of the functions in a file.
func (m *module) mutate(path string) (all []*mutant, pkg string, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, "", err
	}
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, path, text, parser.SkipObjectResolution)
	if err != nil {
		return nil, "", err
	}
	dir, err := filepath.Rel(m.dir, filepath.Dir(path))
	if err != nil {
		return nil, "", err
	}
	offset := func(p token.Pos) int { return fset.Position(p).Offset }
	for _, d := range f.Decls {
		decl, ok := d.(*ast.FuncDecl)
		if !ok || decl.Body == nil || label.Match(text[offset(decl.Pos()):offset(decl.End())]) || strings.HasPrefix(decl.Name.Name, "bad") || decl.Name.Name == "main" || decl.Name.Name == "init" {
			continue
		}
		fn := &function{FuncDecl: decl, text: func(n ast.Node) string { return string(text[offset(n.Pos()):offset(n.End())]) }}
		if fn.look(); len(fn.releases) == 0 {
			continue
		}
		for _, o := range operators {
			for _, edits := range o.edits(fn) {
				name := fmt.Sprintf("%sMisuse%d", decl.Name.Name, len(all))
				edits = append(edits, edit{decl.Name.Pos(), decl.Name.End(), name})
				slices.SortFunc(edits, func(a, b edit) int { return int(b.from - a.from) })
				out, first := string(text[offset(decl.Pos()):offset(decl.End())]), offset(decl.Pos())
				for _, e := range edits {
					out = out[:offset(e.from)-first] + e.becomes + out[offset(e.to)-first:]
				}
				// Where a statement's text is replaced whole, what follows on its line is its comment.
				formatted, err := format.Source([]byte(out))
				if err != nil {
					continue
				}
				all = append(all, &mutant{operator: o.name, of: place{dir, decl.Name.Name}, place: place{dir, name}, text: string(formatted)})
			}
		}
	}
	m.files = append(m.files, file{path, string(text), all})
	return all, f.Name.Name, nil
}

// save writes the files.
func (m *module) save() error {
	for _, f := range m.files {
		var b strings.Builder
		b.WriteString(f.text)
		for _, mu := range f.mutants {
			b.WriteString("\n" + mu.text + "\n")
		}
		if err := os.WriteFile(f.path, []byte(b.String()), 0o600); err != nil {
			return err
		}
	}
	return nil
}

var compileError = regexp.MustCompile(`(?m)^(?:vet: )?(\S+\.go):(\d+):\d+: `)

// compiling leaves out the mutants that do not compile.
func (m *module) compiling(mutants []*mutant) ([]*mutant, error) {
	for range 5 {
		cmd := exec.Command("go", "build", "-gcflags=-e", "./"+source+"/...")
		cmd.Dir, cmd.Env = m.dir, append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")
		out, err := cmd.CombinedOutput()
		if err == nil {
			return mutants, nil
		}
		bad := make(map[*mutant]bool)
		for _, match := range compileError.FindAllStringSubmatch(string(out), -1) {
			line, _ := strconv.Atoi(match[2])
			if mu := m.at(filepath.Join(m.dir, match[1]), line); mu != nil {
				bad[mu] = true
			}
		}
		if len(bad) == 0 {
			return nil, fmt.Errorf("%w\n%s", err, out)
		}
		isBad := func(mu *mutant) bool { return bad[mu] }
		mutants = slices.DeleteFunc(mutants, isBad)
		for i := range m.files {
			m.files[i].mutants = slices.DeleteFunc(slices.Clone(m.files[i].mutants), isBad)
		}
		if err := m.save(); err != nil {
			return nil, err
		}
	}
	return nil, errors.New("the mutants do not compile")
}

// at is the mutant in a line of the file at path, nil if none is.
func (m *module) at(path string, line int) *mutant {
	for _, f := range m.files {
		if f.path != path {
			continue
		}
		at := strings.Count(f.text, "\n") + 1
		for _, mu := range f.mutants {
			at++
			end := at + strings.Count(mu.text, "\n")
			if line >= at && line <= end {
				return mu
			}
			at = end + 1
		}
	}
	return nil
}

// findings counts what revlint says of each function.
func (m *module) findings(flags ...string) (map[place]int, error) {
	tool := filepath.Join(m.dir, "revlint.exe")
	build := exec.Command("go", "build", "-o", tool, "./cmd/revlint")
	build.Dir = m.root
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w: %s", err, out)
	}
	cmd := exec.Command(tool, append(flags, "-f", "json", "./"+source+"/...")...)
	cmd.Dir, cmd.Env = m.dir, append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")
	var out, failures bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &failures
	err := cmd.Run()
	if exit := new(exec.ExitError); err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
		return nil, fmt.Errorf("revlint: %w: %s", err, failures.String())
	}
	var said struct {
		Findings []struct{ File, Function string }
	}
	if err := json.Unmarshal(out.Bytes(), &said); err != nil {
		return nil, err
	}
	counts := make(map[place]int)
	for _, f := range said.Findings {
		name := f.Function[strings.LastIndex(f.Function, ".")+1:]
		counts[place{filepath.Dir(f.File), name}]++
	}
	return counts, nil
}

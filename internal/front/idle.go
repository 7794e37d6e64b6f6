package front

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/revlint/revlint/internal/front/config"
	"github.com/revlint/revlint/internal/nearest"
)

// What has no effect is mostly a slip of the pen: a stub for a package that
// nothing imports, an exclude that matches nothing. Either is told, with its
// place; the exit code is not changed, for either may be of use tomorrow.

// A note tells of something without effect.
type note struct {
	Span
	message string
}

func (n note) String() string { return n.place() + ": " + n.message }

// stubPackage is the line of a stub that says for which package it is.
var stubPackage = regexp.MustCompile(`(?m)^//revlint:package[ \t]+(\S+)`)

// A stubFile is one of a user's stubs, and where it names its package.
type stubFile struct {
	Span
	path string // of the package
}

// stubsAt finds the stubs of the module at root. One that names no package is
// an error.
func stubsAt(root string) ([]stubFile, error) {
	files, err := filepath.Glob(filepath.Join(root, config.StubFolder, "*.go"))
	if err != nil {
		return nil, err
	}
	var stubs []stubFile
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		at := stubPackage.FindSubmatchIndex(src)
		if at == nil {
			return nil, fmt.Errorf("%s:1:1: a stub begins with //revlint:package and an import path", shortPath(file))
		}
		line := 1 + bytes.Count(src[:at[0]], []byte("\n"))
		place := Span{File: file, Line: line, Column: 1 + at[2] - at[0], EndLine: line, EndColumn: 1 + at[3] - at[0]}
		stubs = append(stubs, stubFile{place, string(src[at[2]:at[3]])})
	}
	return stubs, nil
}

// checkStubs finds which of the user's stubs, in the module at root, are for
// packages that do not exist, and which for packages that nothing in the module
// imports, directly or not. Either has no effect.
func checkStubs(ctx context.Context, root, tags string) (stubs []stubFile, missing, unused []note, err error) {
	stubs, err = stubsAt(root)
	if err != nil || len(stubs) == 0 {
		return nil, nil, nil, err
	}
	type listed struct {
		ImportPath string
		Error      *struct{ Err string }
	}
	list := func(args ...string) (map[string]*listed, error) {
		args = append([]string{"list", "-e", "-json=ImportPath,Error"}, args...)
		if tags != "" {
			args = slices.Insert(args, 1, "-tags="+tags)
		}
		cmd := exec.CommandContext(ctx, "go", args...)
		cmd.Dir = root
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("go list: %v %s", err, bytes.TrimSpace(stderr.Bytes()))
		}
		packages := make(map[string]*listed)
		for in := json.NewDecoder(bytes.NewReader(out)); ; {
			p := new(listed)
			if err := in.Decode(p); err == io.EOF {
				return packages, nil
			} else if err != nil {
				return nil, fmt.Errorf("go list: %v", err)
			}
			packages[p.ImportPath] = p
		}
	}
	inUse, err := list("-deps", "-test", "--", "./...")
	if err != nil {
		return nil, nil, nil, err
	}
	args := []string{"--"}
	for _, s := range stubs {
		args = append(args, s.path)
	}
	named, err := list(args...)
	if err != nil {
		return nil, nil, nil, err
	}
	for _, s := range stubs {
		// A package for other systems is one all the same.
		p := named[s.path]
		switch {
		case p != nil && p.Error != nil && !strings.Contains(p.Error.Err, "build constraints exclude all Go files"):
			why, _, _ := strings.Cut(p.Error.Err, "; to add it:")
			if before, _, ok := strings.Cut(why, " is not in std "); ok { // and the folder
				why = before + " is not in std"
			}
			missing = append(missing, note{s.Span, why + pathHint(s.path, inUse)})
		case inUse[s.path] == nil:
			unused = append(unused, note{s.Span, fmt.Sprintf("nothing here imports %s, so this stub has no effect%s", s.path, pathHint(s.path, inUse))})
		}
	}
	return stubs, missing, unused, nil
}

// startIdleStubs begins to look, while packages are analysed, for stubs without
// effect. The function that it returns waits for what was found: nothing where
// that could not be found out, for then the run tells why.
func startIdleStubs(ctx context.Context, s *selection, tags string) func() []note {
	found := make([][]note, len(s.configs))
	var looking sync.WaitGroup
	for i, root := range slices.Sorted(maps.Keys(s.configs)) {
		looking.Go(func() {
			_, missing, unused, err := checkStubs(ctx, root, tags)
			if err == nil {
				found[i] = append(missing, unused...)
			}
		})
	}
	return func() []note {
		looking.Wait()
		return slices.Concat(found...)
	}
}

// pathHint asks for the package that was meant: one that is written much alike,
// or another major version.
func pathHint[T any](path string, inUse map[string]T) string {
	var paths []string
	for p := range inUse {
		if base, version, ok := cutMajor(p); ok && path == base {
			return fmt.Sprintf(": did you mean %q?", base+"/"+version)
		}
		paths = append(paths, p)
	}
	slices.Sort(paths)
	return nearest.Hint(path, paths)
}

var major = regexp.MustCompile(`^(.+)/(v[0-9]+)$`)

func cutMajor(path string) (base, version string, ok bool) {
	if m := major.FindStringSubmatch(path); m != nil {
		return m[1], m[2], true
	}
	return "", "", false
}

// idleExcludes tells which excludes match nothing: no file at all, or, where
// everything was analysed, no finding.
func (s *selection) idleExcludes(everything func(root string) bool) (notes []note, err error) {
	for root, c := range s.configs {
		var files map[string]bool
		for i, e := range c.Exclude {
			at := Span{File: c.File, Line: e.Line, Column: e.Column, EndLine: e.Line, EndColumn: e.Column}
			if e.Path != "" {
				if files == nil {
					if files, err = goFiles(root); err != nil {
						return nil, err
					}
				}
				if hint, ok := coversNothing(&e, files); ok {
					notes = append(notes, note{at, fmt.Sprintf("no Go file here matches the path %q of this exclude%s", e.Path, hint)})
					continue
				}
			}
			if everything(root) && !s.hits[root][i] {
				notes = append(notes, note{at, "this exclude matches no finding of this run"})
			}
		}
	}
	slices.SortFunc(notes, func(a, b note) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return notes, nil
}

// coversNothing reports whether the path of e covers none of the files, which
// are slash-separated paths, or folders with files: then with what was meant.
func coversNothing(e *config.Exclude, files map[string]bool) (hint string, ok bool) {
	var names []string
	for name, isFolder := range files {
		switch {
		case isFolder:
			if e.Covers(name) {
				hint = fmt.Sprintf(": did you mean %q, the folder?", strings.TrimSuffix(e.Path, "/")+"/**")
			}
			names = append(names, name)
		case e.Covers(name):
			return "", false
		default:
			names = append(names, name)
		}
	}
	if hint == "" {
		slices.Sort(names)
		folder, rest := e.Path, ""
		for _, end := range []string{"/...", "/**", "/"} {
			if f, ok := strings.CutSuffix(e.Path, end); ok {
				folder, rest = f, end
				break
			}
		}
		if name := nearest.Of(folder, names); name != "" {
			hint = fmt.Sprintf(": did you mean %q?", name+rest)
		} else if files[folder] {
			hint = fmt.Sprintf(": did you mean %q, the folder?", folder+"/**")
		}
	}
	return hint, true
}

// goFiles lists the Go files of the module at root, and the folders that have
// some, at any depth, as true; neither those of modules below it nor of stubs.
func goFiles(root string) (map[string]bool, error) {
	files := make(map[string]bool)
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			if errors.Is(err, fs.ErrPermission) {
				return fs.SkipDir
			}
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		if d.IsDir() {
			if rel != "." && (strings.HasPrefix(d.Name(), ".") || config.RootOf(name) != root) {
				return fs.SkipDir
			}
			return nil
		}
		if filepath.Ext(name) == ".go" {
			rel = filepath.ToSlash(rel)
			files[rel] = false
			for dir := filepath.ToSlash(filepath.Dir(rel)); dir != "."; dir = filepath.ToSlash(filepath.Dir(dir)) {
				files[dir] = true
			}
		}
		return nil
	})
	return files, err
}

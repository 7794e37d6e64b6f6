package front

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"slices"

	"github.com/rogpeppe/go-internal/diff"
)

// applyFixes applies the first fix of every finding that has one, or prints
// what that would change. It takes the findings that are fixed from r, and
// reports whether anything was to be changed.
//
// A fix is applied as a whole or not at all; one that touches what another
// has changed waits for the next run, and generated files are let be.
func (f *front) applyFixes(r *report, printDiff bool) (changed bool, err error) {
	edits := make(map[string][]Edit)
	var rest []*Finding
	for _, d := range r.findings {
		if len(d.Fixes) > 0 && !Generated(d.File) && addFix(edits, d.Fixes[0]) {
			changed = true
		} else {
			rest = append(rest, d)
		}
	}
	fixed := len(r.findings) - len(rest)
	files := slices.Sorted(maps.Keys(edits))
	contents := make(map[string][]byte) // all are made before any is written
	for _, name := range files {
		before, err := os.ReadFile(name)
		if err != nil {
			return false, err
		}
		after, err := edited(name, before, edits[name])
		if err != nil {
			return false, fmt.Errorf("-fix: %v", err)
		}
		contents[name] = after
		if printDiff {
			short := shortPath(name)
			if _, err := f.stdout.Write(diff.Diff("a/"+short, before, "b/"+short, after)); err != nil {
				return false, err
			}
		}
	}
	if printDiff {
		return changed, nil
	}
	for _, name := range files {
		if err := rewrite(name, contents[name]); err != nil {
			return false, fmt.Errorf("-fix: %v", err)
		}
	}
	r.findings = rest
	if changed {
		fmt.Fprintf(f.stderr, "revlint: fixed %s in %s\n", count(fixed, "finding"), count(len(files), "file"))
	}
	return changed, nil
}

// addFix adds the edits of fix to those of each file, unless one overlaps
// with an edit of another fix. The same edit twice (an import that two fixes
// need) is one.
func addFix(edits map[string][]Edit, fix Fix) bool {
	for _, e := range fix.Edits {
		for _, other := range edits[e.File] {
			if e != other && e.Start <= other.End && other.Start <= e.End {
				return false
			}
		}
	}
	for _, e := range fix.Edits {
		if !slices.Contains(edits[e.File], e) {
			edits[e.File] = append(edits[e.File], e)
		}
	}
	return len(fix.Edits) > 0
}

// Generated reports whether a file says that it is generated: the next
// generation would undo a fix.
func Generated(file string) bool {
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments|parser.PackageClauseOnly)
	return err == nil && ast.IsGenerated(f)
}

// edited returns the file's content with the edits made, formatted. It
// refuses edits that do not leave Go code.
func edited(name string, before []byte, edits []Edit) ([]byte, error) {
	slices.SortFunc(edits, func(a, b Edit) int { return cmp.Compare(a.Start, b.Start) })
	var after bytes.Buffer
	end := 0
	for _, e := range edits {
		if e.Start < end || e.End < e.Start || e.End > len(before) {
			return nil, fmt.Errorf("%s has changed since it was analysed", shortPath(name))
		}
		after.Write(before[end:e.Start])
		after.WriteString(e.New)
		end = e.End
	}
	after.Write(before[end:])
	formatted, err := format.Source(after.Bytes())
	if err != nil {
		return nil, fmt.Errorf("%s: the fixes do not leave Go code, so nothing is changed: %v", shortPath(name), err)
	}
	return formatted, nil
}

// rewrite replaces a file's content and keeps its permissions.
func rewrite(name string, content []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_TRUNC, 0)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Close())
}

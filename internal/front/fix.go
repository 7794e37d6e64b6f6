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
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// A fixPlan says what -fix would do.
type fixPlan struct {
	edits map[string][]Edit // by file
	fixed []*Finding
	left  []*Finding
	why   map[string]int // how many are left, by reason
}

// Reasons why a finding is left alone.
const (
	noFix     = "no fix is known"
	generated = "in a generated file"
	overlaps  = "another fix is at the same place: run -fix again"
)

// planFixes takes the first fix of every finding that has one. A fix is applied
// as a whole or not at all; one that touches what another has changed waits for
// the next run, and generated files are let be.
func planFixes(findings []*Finding) *fixPlan {
	p := &fixPlan{edits: make(map[string][]Edit), why: make(map[string]int)}
	for _, d := range findings {
		reason := ""
		switch {
		case len(d.Fixes) == 0:
			reason = noFix
		case Generated(d.File):
			reason = generated
		case !addFix(p.edits, d.Fixes[0]):
			reason = overlaps
		}
		if reason == "" {
			p.fixed = append(p.fixed, d)
		} else {
			p.left = append(p.left, d)
			p.why[reason]++
		}
	}
	return p
}

// PlanFixes returns the edits by which -fix would mend findings, in no order, and
// how many it would.
func PlanFixes(findings []*Finding) (edits []Edit, fixed int) {
	p := planFixes(findings)
	for _, file := range slices.Sorted(maps.Keys(p.edits)) {
		edits = append(edits, p.edits[file]...)
	}
	return edits, len(p.fixed)
}

// applyFixes applies the first fix of every finding that has one, or prints
// what that would change. It takes the findings that are fixed from r, tells
// which are left alone and why, and reports whether anything was to be changed.
func (f *front) applyFixes(r *report, printDiff bool) (changed bool, err error) {
	plan := planFixes(r.findings)
	files := slices.Sorted(maps.Keys(plan.edits))
	contents := make(map[string][]byte) // all are made before any is written
	for _, name := range files {
		before, err := os.ReadFile(name)
		if err != nil {
			return false, err
		}
		after, err := edited(name, before, plan.edits[name])
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
	if !printDiff {
		for _, name := range files {
			if err := rewrite(name, contents[name]); err != nil {
				return false, fmt.Errorf("-fix: %v", err)
			}
		}
		r.findings = plan.left
		if len(plan.fixed) > 0 {
			fmt.Fprintf(f.stderr, "revlint: fixed %s in %s\n", count(len(plan.fixed), "finding"), count(len(files), "file"))
		}
	}
	if len(plan.left) > 0 {
		var reasons []string
		for _, reason := range []string{overlaps, generated, noFix} {
			if n := plan.why[reason]; n > 0 {
				reasons = append(reasons, fmt.Sprintf("%d: %s", n, reason))
			}
		}
		fmt.Fprintf(f.stderr, "revlint: left %s alone (%s)\n", count(len(plan.left), "finding"), strings.Join(reasons, "; "))
	}
	return len(plan.fixed) > 0, nil
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

// Mended returns the files that a fix changes, as they are with it, by name.
func (x *Fix) Mended() (map[string]string, error) {
	edits := make(map[string][]Edit)
	addFix(edits, *x)
	mended := make(map[string]string)
	for name, edits := range edits {
		before, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		after, err := edited(name, before, edits)
		if err != nil {
			return nil, err
		}
		mended[name] = string(after)
	}
	return mended, nil
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

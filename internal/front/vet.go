package front

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/revlint/revlint/analyzers"
	"github.com/revlint/revlint/internal/front/config"
)

// A vetRun is one run of go vet with ourselves as its tool.
type vetRun struct {
	dir      string   // where the patterns hold; "": the working directory
	flags    []string // for the units
	tags     string
	patterns []string
	overlay  map[string]string     // by file: what stands there in place of what is saved
	analysed func(isAsked bool)    // called for each unit; may be nil
	tests    func(dir string) bool // tells whether the test files of the package in dir are looked at; nil: all are
}

// A vetResult is what go vet had to say.
type vetResult struct {
	findings []*Finding
	stats    []packageStats
	lists    []string // of contracts, as the units tell them
	text     string   // what is no JSON: warnings, and why packages failed
	failed   bool
	analysed int // number of packages and test variants
}

// run runs go vet. An error means that it could not be run; that packages
// could not be analysed is part of the result.
//
// The go command gives up when it cannot even load one of the packages, say
// because an import is not to be found. What can be loaded is then analysed
// without that one.
func (v *vetRun) run(ctx context.Context) (*vetResult, error) {
	left, patterns, err := v.leaveTests(ctx)
	if err != nil {
		return nil, err
	}
	if len(patterns) == 0 {
		return &vetResult{}, nil
	}
	layer, err := v.writeOverlay(left)
	if err != nil {
		return nil, err
	}
	defer layer.remove()
	r, err := v.vet(ctx, patterns, layer)
	if err != nil || !r.failed || r.analysed > 0 {
		return r, err
	}
	if trouble := v.storageTrouble(ctx); trouble != "" {
		r.text += trouble
		return r, nil
	}
	loadable, err := v.loadable(ctx, patterns, layer)
	if err != nil || len(loadable) == 0 {
		return r, nil // which says what is wrong
	}
	rest, err := v.vet(ctx, loadable, layer)
	if err != nil {
		return nil, err
	}
	rest.failed = true
	rest.text = r.text + rest.text
	return rest, nil
}

// loadable returns the import paths, among those that the patterns stand for,
// of the packages that have no error themselves, in their tests or in what
// either imports; none if no package at all has such an error, for then
// something else is wrong.
func (v *vetRun) loadable(ctx context.Context, patterns []string, layer *overlay) ([]string, error) {
	type listed struct {
		ImportPath, ForTest string
		Incomplete          bool
	}
	all, err := goList[listed](ctx, v, patterns, append(layer.flags, "-test", "-json=ImportPath,ForTest,Incomplete")...)
	if err != nil {
		return nil, err
	}
	var packages []string
	broken := make(map[string]bool)
	for _, p := range all {
		switch {
		case p.Incomplete:
			broken[cmp.Or(p.ForTest, p.ImportPath)] = true
		case p.ForTest == "" && !strings.HasSuffix(p.ImportPath, ".test") && p.ImportPath != "command-line-arguments":
			packages = append(packages, p.ImportPath)
		}
	}
	if len(broken) == 0 {
		return nil, nil
	}
	return slices.DeleteFunc(packages, func(p string) bool { return broken[p] }), nil
}

// vet runs go vet once.
func (v *vetRun) vet(ctx context.Context, patterns []string, layer *overlay) (*vetResult, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	stubs, err := v.stubKeys(ctx, patterns, layer)
	if err != nil {
		return nil, err
	}
	args := slices.Concat([]string{"vet", "-json", "-vettool=" + self, everythingFlag}, v.flags, layer.flags, stubs.flags)
	if v.tags != "" {
		args = append(args, "-tags="+v.tags)
	}
	if asked := v.standard(patterns); len(asked) > 0 {
		args = append(args, anewFlag+strings.Join(asked, ","))
	}
	args = append(append(args, "--"), patterns...)
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = v.dir
	cmd.Env = append(cmd.Environ(), frontVariable+"=1")
	endAlone(cmd)
	cmd.WaitDelay = 5 * time.Second
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	stderr, err := cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}

	var asked map[string]bool
	var asking sync.WaitGroup
	asking.Go(func() { asked = v.asked(ctx, patterns) })

	// Since Go 1.25 the JSON comes on standard output and all else on standard
	// error; before, everything came on standard error. So both are read alike.
	r := &vetResult{}
	var parsers [2]vetParser
	var wg sync.WaitGroup
	for i, stream := range []io.Reader{stdout, stderr} {
		wg.Go(func() {
			parsers[i].analysed = v.analysed
			parsers[i].wanted = func(id string) bool {
				asking.Wait()
				return isAsked(asked, id)
			}
			parsers[i].parse(stream)
		})
	}
	wg.Wait()
	err = cmd.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return nil, err
	}
	r.failed = err != nil
	var text strings.Builder
	for _, p := range parsers {
		if p.err != nil {
			return nil, fmt.Errorf("reading the output of go vet: %v", p.err)
		}
		r.findings = append(r.findings, p.findings...)
		r.stats = append(r.stats, p.stats...)
		r.lists = append(r.lists, p.lists...)
		text.WriteString(p.text.String())
		r.failed = r.failed || p.failed
		r.analysed += p.count
	}
	r.text = tidyFailures(text.String())
	layer.rename(r)
	// A release may be in a stub for what the package does not import.
	r.findings = slices.DeleteFunc(r.findings, func(f *Finding) bool { return f.Category == analyzers.Unreleasable && stubs.short[f.Package] })
	r.findings = sortFindings(r.findings)
	r.stats = onceEach(r.stats)
	return r, nil
}

// standard returns those of the patterns that may stand for packages of the standard library:
// what is shipped of those has no findings. It is better asked in vain, where a module has a
// path without a dot, than answered by the go command, which takes a while.
func (v *vetRun) standard(patterns []string) []string {
	if dir, err := filepath.Abs(v.dir); err == nil && config.ModulePath(config.RootOf(dir)) == "std" {
		return []string{"std"}
	}
	return slices.DeleteFunc(slices.Clone(patterns), func(p string) bool {
		first, _, _ := strings.Cut(filepath.ToSlash(p), "/")
		return first == "" || strings.HasSuffix(p, ".go") || strings.Contains(first, ".") && first != "..."
	})
}

// asked returns the import paths that the patterns stand for; nil if that
// cannot be found out.
func (v *vetRun) asked(ctx context.Context, patterns []string) map[string]bool {
	packages, err := goList[struct{ ImportPath string }](ctx, v, patterns, "-json=ImportPath")
	if err != nil {
		return nil
	}
	asked := make(map[string]bool)
	for _, p := range packages {
		asked[p.ImportPath] = true
	}
	return asked
}

// isAsked reports whether the unit called id is a package that was asked for,
// or of its tests: "p", "p [p.test]" and "p_test". The others are analysed for
// what importers must know of them.
func isAsked(asked map[string]bool, id string) bool {
	if asked == nil {
		return true
	}
	path, _, _ := strings.Cut(id, " ")
	return asked[path] || asked[strings.TrimSuffix(path, "_test")]
}

// A vetParser takes the output of go vet -json apart: JSON objects, one per
// package and each beginning and ending with a line of its own, among lines
// of text.
type vetParser struct {
	analysed func(isAsked bool) // called for each unit; may be nil
	wanted   func(string) bool  // tells whether the unit of that name is; nil: all are

	findings []*Finding
	stats    []packageStats
	lists    []string
	text     strings.Builder
	failed   bool
	count    int // of objects
	err      error
}

func (p *vetParser) parse(r io.Reader) {
	in := bufio.NewReader(r)
	var object []byte // of which the end is still to come
	for {
		line, err := in.ReadBytes('\n')
		switch {
		case object == nil && !bytes.HasPrefix(line, []byte("{")):
			if !bytes.HasPrefix(line, []byte("# [")) { // repeats the line above, "# package"
				p.text.Write(line)
			}
		default:
			object = append(object, line...)
			// The last line of an object is its only one that begins with }.
			if bytes.HasPrefix(line, []byte("}")) || bytes.HasPrefix(line, []byte("{}")) {
				p.object(object)
				object = nil
			}
		}
		if err != nil {
			p.text.Write(object)
			if err != io.EOF {
				p.err = err
			}
			return
		}
	}
}

// vetDiagnostic is x/tools' form of an analysis.Diagnostic.
type vetDiagnostic struct {
	Category           string
	Posn, End, Message string
	SuggestedFixes     []struct {
		Message string
		Edits   []struct {
			Filename   string
			Start, End int
			New        string
		}
	} `json:"suggested_fixes"`
	Related []struct{ Posn, End, Message string }
}

// object reads what one unit printed: package → analyzer → diagnostics.
func (p *vetParser) object(data []byte) {
	var tree map[string]map[string]json.RawMessage
	if err := json.Unmarshal(data, &tree); err != nil {
		p.text.Write(data) // some other program's braces
		return
	}
	units := len(tree) // none where nothing was found, whichever unit it was
	maps.DeleteFunc(tree, func(id string, _ map[string]json.RawMessage) bool { return p.wanted != nil && !p.wanted(id) })
	isAsked := units == 0 || len(tree) > 0
	if p.analysed != nil {
		p.analysed(isAsked)
	}
	if !isAsked {
		return
	}
	p.count++
	for id, results := range tree {
		pkg, _, _ := strings.Cut(id, " ") // "p [p.test]"
		for analyzer, result := range results {
			var diagnostics []vetDiagnostic
			if err := json.Unmarshal(result, &diagnostics); err != nil {
				// Our units never report errors so, but end.
				fmt.Fprintf(&p.text, "# %s\nanalyzer %s failed: %s\n", id, analyzer, result)
				p.failed = true
				continue
			}
			for _, d := range diagnostics {
				switch analyzer {
				case statsAnalyzer:
					p.stats = append(p.stats, parseStats(pkg, d.Message))
				case listAnalyzer:
					p.lists = append(p.lists, d.Message)
				default:
					p.findings = append(p.findings, d.finding(pkg, analyzer))
				}
			}
		}
	}
}

func (d *vetDiagnostic) finding(pkg, analyzer string) *Finding {
	f := &Finding{Analyzer: analyzer, Category: d.Category, Package: pkg, Message: d.Message, Span: parseSpan(d.Posn, d.End)}
	for _, r := range d.Related {
		f.Related = append(f.Related, Related{Message: r.Message, Span: parseSpan(r.Posn, r.End)})
	}
	for _, s := range d.SuggestedFixes {
		fix := Fix{Message: s.Message}
		for _, e := range s.Edits {
			fix.Edits = append(fix.Edits, Edit{File: e.Filename, Start: e.Start, End: e.End, New: e.New})
		}
		f.Fixes = append(f.Fixes, fix)
	}
	return f
}

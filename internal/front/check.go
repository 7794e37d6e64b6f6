package front

import (
	"context"
	"io"

	"golang.org/x/tools/go/analysis"

	"github.com/revlint/revlint/internal/front/config"
)

// A Request says what Check analyses.
type Request struct {
	Dir      string            // where the patterns hold
	Patterns []string          // of packages
	Overlay  map[string]string // by file: what stands there in place of what is saved
	// Progress is called, if it is not nil, whenever more is analysed: n of total
	// packages, what they import included. The total is 0 until it is known.
	Progress func(n, total int)
}

// A Result is what Check has found.
type Result struct {
	Findings []*Finding // those that the configuration wants, sorted and graded
	Failures string     // why packages could not be analysed, as the go command tells it; "" if all could
	Accesses []*Access  // to what is on loan, all of them
	Calls    []*ContractCall
	Analysed map[string]bool // the folders of the packages that were analysed
}

// Check does for programs what the command does for people: it analyses
// packages. It runs its own executable as the vet tool, so Main must be what that
// calls.
//
// An error means that nothing could be analysed: a mistake in the
// configuration, say, which begins with file, line and column.
func Check(ctx context.Context, q Request, analyzers []*analysis.Analyzer) (*Result, error) {
	selection, err := newSelection(q.Dir, &options{}, configurable(analyzers))
	if err != nil {
		return nil, err
	}
	v := &vetRun{dir: q.Dir, patterns: q.Patterns, overlay: q.Overlay, tests: selection.leavesTests()}
	if q.Progress != nil {
		v.analysed = v.counted(ctx, q.Progress)
	}
	result, err := v.run(ctx)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return selection.result(ctx, result)
}

// Told does what Check does where there is no go command: somebody else has run
// the units of packages of the module at root, with -everything and -json, and
// units is what they have printed.
func Told(ctx context.Context, units io.Reader, root string, analyzers []*analysis.Analyzer) (*Result, error) {
	c, err := config.Load(root, configurable(analyzers))
	if err != nil {
		return nil, err
	}
	var p vetParser
	p.parse(units)
	if p.err != nil {
		return nil, p.err
	}
	selection := &selection{options: &options{}, configs: map[string]*config.Config{root: c}, hits: make(map[string]map[int]bool)}
	return selection.result(ctx, &vetResult{
		findings: sortFindings(p.findings), stats: onceEach(p.stats),
		text: p.text.String(), failed: p.failed || p.count == 0,
	})
}

// result is what programs are told of a run.
func (s *selection) result(ctx context.Context, v *vetResult) (*Result, error) {
	r := &Result{Analysed: make(map[string]bool)}
	if v.failed {
		r.Failures = v.text
	}
	for _, p := range v.stats {
		r.Accesses = append(r.Accesses, p.told...)
		r.Calls = append(r.Calls, p.calls...)
		r.Analysed[p.dir] = true
	}
	var err error
	r.Findings, err = s.filter(ctx, v.findings)
	return r, err
}

// counted returns a function that counts units, and tells progress of them.
func (v *vetRun) counted(ctx context.Context, progress func(n, total int)) func(bool) {
	p := &progressCount{}
	go func() {
		if packages, err := v.listDeps(ctx, v.patterns); err == nil {
			p.set(len(packages))
		}
	}()
	return func(bool) { progress(p.add()) }
}

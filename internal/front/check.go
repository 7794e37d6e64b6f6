package front

import (
	"context"

	"golang.org/x/tools/go/analysis"
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
	v := &vetRun{dir: q.Dir, patterns: q.Patterns, overlay: q.Overlay}
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
	r := &Result{Analysed: make(map[string]bool)}
	if result.failed {
		r.Failures = result.text
	}
	for _, s := range result.stats {
		r.Accesses = append(r.Accesses, s.told...)
		r.Calls = append(r.Calls, s.calls...)
		r.Analysed[s.dir] = true
	}
	r.Findings, err = selection.filter(ctx, result.findings)
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

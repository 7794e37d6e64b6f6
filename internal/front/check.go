package front

import (
	"context"

	"golang.org/x/tools/go/analysis"
)

// A Result is what Check has found.
type Result struct {
	Findings []*Finding // those that the configuration wants, sorted and graded
	Failures string     // why packages could not be analysed, as the go command tells it; "" if all could
}

// Check does for programs what the command does for people: it analyses the
// packages that the patterns stand for in the directory dir. It runs its own
// executable as the vet tool, so Main must be what that calls.
//
// An error means that nothing could be analysed: a mistake in the
// configuration, say, which begins with file, line and column.
func Check(ctx context.Context, dir string, patterns []string, analyzers []*analysis.Analyzer) (*Result, error) {
	selection, err := newSelection(dir, &options{}, configurable(analyzers))
	if err != nil {
		return nil, err
	}
	result, err := (&vetRun{dir: dir, patterns: patterns}).run(ctx)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r := &Result{}
	if result.failed {
		r.Failures = result.text
	}
	r.Findings, err = selection.filter(ctx, result.findings)
	return r, err
}

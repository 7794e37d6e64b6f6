package front

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"

	"golang.org/x/tools/go/analysis"
)

// front is one run of the command for people.
type front struct {
	analyzers      []*analysis.Analyzer
	stdout, stderr *os.File
}

// A report is what there is to print.
type report struct {
	findings  []*Finding
	stats     []packageStats // with -stats
	failures  string         // why packages could not be analysed, as the go command tells it
	failed    bool
	notes     []note              // of what has no effect
	packages  map[string][]string // those analysed, and for what each imports the catalogue has contracts that are off
	analyzers []*analysis.Analyzer
}

var errInterrupted = errors.New("interrupted")

// formats are the ways to print a report.
var formats = map[string]func(w io.Writer, r *report) error{
	"text":       printText,
	"json":       printJSON,
	"sarif":      printSARIF,
	"checkstyle": printCheckstyle,
	"github":     printGitHub,
	"gitlab":     printGitLab,
	"junit":      printJUnit,
	"teamcity":   printTeamCity,
}

func (f *front) run(args []string) (code int, err error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	defer func() {
		if err != nil && ctx.Err() != nil {
			err = errInterrupted // whatever that has made fail
		}
	}()
	o, err := parseOptions(args)
	if err != nil {
		return exitFailed, err
	}
	if o.dir != "" {
		if err := os.Chdir(o.dir); err != nil {
			return exitFailed, fmt.Errorf("-C: %v", err)
		}
	}
	switch {
	case o.help:
		return f.help(ctx, o)
	case o.version:
		return f.printVersion(ctx, o)
	case o.explain != "":
		return exitClean, explain(f.stdout, f.analyzers, o.explain)
	}
	if c, err := o.command(); err != nil {
		return exitFailed, err
	} else if c != nil {
		return c.run(f, ctx, o)
	}
	if err := o.check(f.analyzers); err != nil {
		return exitFailed, err
	}
	return f.lint(ctx, o)
}

// version is that of the module, as the go command recorded it.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// vet has the packages that o names analysed, by units with the flags given,
// and tells on a terminal how far it is. Test files are looked at as tests says;
// all are, if that is nil.
func (f *front) vet(ctx context.Context, o *options, flags []string, tests func(dir string) bool) (*vetResult, error) {
	v := &vetRun{flags: flags, tags: o.tags, patterns: o.patterns, tests: tests}
	if len(v.patterns) == 0 {
		v.patterns = []string{"."}
	}
	progress := startProgress(f.stderr, func() int {
		packages, err := v.listDeps(ctx, v.patterns)
		if err != nil {
			return 0
		}
		return len(packages)
	})
	v.analysed = progress.analysed
	result, err := v.run(ctx)
	progress.stop()
	if err == nil {
		err = ctx.Err()
	}
	return result, err
}

// lint analyses packages and prints what was found.
func (f *front) lint(ctx context.Context, o *options) (code int, err error) {
	selection, err := newSelection("", o, configurable(f.analyzers))
	if err != nil {
		return exitFailed, err
	}
	idle := startIdleStubs(ctx, selection, o.tags)
	result, err := f.vet(ctx, o, o.unit, selection.leavesTests())
	if err != nil {
		return exitFailed, err
	}

	r := &report{failures: result.text, failed: result.failed, packages: make(map[string][]string), analyzers: f.analyzers}
	for _, s := range result.stats {
		pkg := strings.TrimSuffix(s.pkg, "_test")
		r.packages[pkg] = append(r.packages[pkg], s.off...)
	}
	if o.stats {
		for _, s := range result.stats {
			if !selection.testsIn(s.dir) {
				s = s.withoutTests()
			}
			r.stats = append(r.stats, s)
		}
	}
	if r.failed {
		r.failures += o.commandHint()
	}
	locateFunctions(result.findings)
	if r.findings, err = selection.filter(ctx, result.findings); err != nil {
		return exitFailed, err
	}
	if r.notes, err = selection.idleExcludes(func(root string) bool { return !r.failed && o.everything(root) }); err != nil {
		return exitFailed, err
	}
	r.notes = append(r.notes, idle()...)
	if o.baseline != "" {
		if r.findings, err = f.applyBaseline(o.baseline, r); err != nil {
			return exitFailed, err
		}
	}
	changed := false
	if o.fix || o.diff {
		if changed, err = f.applyFixes(r, o.diff); err != nil {
			return exitFailed, err
		}
	}
	if !o.diff {
		if err := f.print(o, r); err != nil {
			return exitFailed, err
		}
	}
	fmt.Fprint(f.stderr, r.failures)
	for _, n := range r.notes {
		fmt.Fprintf(f.stderr, "%v\n", n)
	}

	mistaken := slices.ContainsFunc(r.findings, func(d *Finding) bool { return d.Analyzer == contractAnalyzer })
	switch {
	case r.failed || mistaken:
		return exitFailed, nil
	case o.diff && changed, !o.diff && len(r.findings) > 0:
		return exitFindings, nil
	}
	return exitClean, nil
}

// print prints r on standard output, with frames if that is a terminal.
func (f *front) print(o *options, r *report) error {
	write := formats[o.format]
	if o.format == "text" && isTerminal(f.stdout) {
		write = (&framePrinter{color: os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb", files: make(sources)}).print
	}
	var out strings.Builder
	if err := write(&out, r); err != nil {
		return err
	}
	if o.stats && o.format == "text" {
		if len(r.findings) > 0 {
			out.WriteString("\n")
		}
		if err := printStats(&out, r.stats); err != nil {
			return err
		}
	}
	_, err := io.WriteString(f.stdout, out.String())
	return err
}

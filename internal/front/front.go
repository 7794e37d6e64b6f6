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

	"golang.org/x/tools/go/analysis"

	"github.com/revlint/revlint/internal/front/config"
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
	analyzers []*analysis.Analyzer
}

// formats are the ways to print a report.
var formats = map[string]func(w io.Writer, r *report) error{
	"text":       printText,
	"json":       printJSON,
	"sarif":      printSARIF,
	"checkstyle": printCheckstyle,
	"github":     printGitHub,
}

func (f *front) run(args []string) (code int, err error) {
	o, err := parseOptions(args)
	if err != nil {
		return exitFailed, err
	}
	if o.dir != "" {
		if err := os.Chdir(o.dir); err != nil {
			return exitFailed, fmt.Errorf("-C: %v", err)
		}
	}
	switch command := strings.Join(o.patterns, " "); {
	case o.help || command == "help":
		printHelp(f.stdout, f.analyzers)
		return exitClean, nil
	case o.version || command == "version":
		fmt.Fprintln(f.stdout, "revlint version", version())
		return exitClean, nil
	case o.explain != "":
		return exitClean, explain(f.stdout, f.analyzers, o.explain)
	case len(o.patterns) > 0 && o.patterns[0] == "contracts":
		o.patterns = o.patterns[1:]
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
		defer stop()
		return f.contracts(ctx, o)
	case command == "config check":
		return exitClean, f.checkConfig()
	case command == "config" || strings.HasPrefix(command, "config "):
		return exitFailed, errors.New("there is only revlint config check")
	}
	if err := o.check(f.analyzers); err != nil {
		return exitFailed, err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	return f.lint(ctx, o)
}

// version is that of the module, as the go command recorded it.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// checkConfig checks the configuration of every main module, and whether its
// stubs are for packages that exist; what they say is checked by each run.
func (f *front) checkConfig() error {
	roots, err := config.Roots()
	if err != nil {
		return err
	}
	if len(roots) == 0 {
		return errors.New("config check: no go.mod here or above")
	}
	for _, root := range roots {
		c, err := config.Load(root, configurable(f.analyzers))
		if err != nil {
			return err
		}
		if c.File == "" {
			fmt.Fprintf(f.stdout, "%s: no %s\n", shortPath(root), config.FileName)
		} else {
			fmt.Fprintf(f.stdout, "%s: ok\n", shortPath(c.File))
		}
		stubs, err := checkStubs(root)
		if err != nil {
			return err
		}
		for _, file := range stubs {
			fmt.Fprintf(f.stdout, "%s: the package exists\n", shortPath(file))
		}
	}
	return nil
}

// vet has the packages that o names analysed, by units with the flags given,
// and tells on a terminal how far it is.
func (f *front) vet(ctx context.Context, o *options, flags []string) (*vetResult, error) {
	v := &vetRun{flags: flags, tags: o.tags, patterns: o.patterns}
	if len(v.patterns) == 0 {
		v.patterns = []string{"."}
	}
	progress := startProgress(f.stderr)
	v.analysed = progress.analysed
	result, err := v.run(ctx)
	progress.stop()
	if err == nil && ctx.Err() != nil {
		err = errors.New("interrupted")
	}
	return result, err
}

// lint analyses packages and prints what was found.
func (f *front) lint(ctx context.Context, o *options) (code int, err error) {
	selection, err := newSelection("", o, configurable(f.analyzers))
	if err != nil {
		return exitFailed, err
	}
	result, err := f.vet(ctx, o, o.unit)
	if err != nil {
		return exitFailed, err
	}

	r := &report{stats: result.stats, failures: result.text, failed: result.failed, analyzers: f.analyzers}
	locateFunctions(result.findings)
	if r.findings, err = selection.filter(ctx, result.findings); err != nil {
		return exitFailed, err
	}
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

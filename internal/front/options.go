package front

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/revlint/revlint/analyzers"
	"github.com/revlint/revlint/analyzers/checks"
	"github.com/revlint/revlint/internal/nearest"
)

// options are what the command line asks for.
type options struct {
	format   string
	explain  string
	fix      bool
	diff     bool
	rev      string // -new-from-rev
	baseline string
	tests    *bool // nil: as the configuration says
	strict   *bool // likewise
	hints    *bool
	tags     string
	dir      string
	enable   list
	disable  list
	stats    bool
	version  bool
	help     bool

	given    []string // names of the flags given
	unit     []string // flags for the units
	patterns []string
}

// list is a flag whose values are separated by commas; it may be repeated.
type list []string

func (l *list) String() string { return strings.Join(*l, ",") }
func (l *list) Set(s string) error {
	for name := range strings.SplitSeq(s, ",") {
		if name = strings.TrimSpace(name); name != "" {
			*l = append(*l, name)
		}
	}
	return nil
}

// newFlagSet defines all flags. Those of the analyzers are defined by them, so
// that there is one place; but for -dump it is the front that heeds them, for
// units tell it everything.
func newFlagSet(o *options) *flag.FlagSet {
	fs := flag.NewFlagSet("revlint", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.StringVar(&o.format, "f", "text", "print findings as `format`: "+strings.Join(formatNames(), ", "))
	fs.StringVar(&o.explain, "explain", "", "print the documentation of the analyzer `name`")
	fs.BoolVar(&o.fix, "fix", false, "apply the suggested fixes, then print the findings that have none")
	fs.BoolVar(&o.diff, "diff", false, "print what -fix would change and change nothing")
	fs.StringVar(&o.rev, "new-from-rev", "", "print only findings on lines changed since the git `revision`")
	fs.StringVar(&o.baseline, "baseline", "", "print only findings that are not in `file`; write it if it does not exist")
	fs.StringVar(&o.tags, "tags", "", "comma-separated `list` of build tags")
	fs.StringVar(&o.dir, "C", "", "change to `directory` first")
	fs.Var(&o.enable, "enable", "comma-separated `list` of the only analyzers whose findings are printed")
	fs.Var(&o.disable, "disable", "comma-separated `list` of analyzers whose findings are not printed")
	for _, name := range []string{"V", "version"} {
		fs.BoolVar(&o.version, name, false, "print the version")
	}
	for _, name := range []string{"h", "help"} {
		fs.BoolVar(&o.help, name, false, "print this help")
	}
	analyzers.NewOptions().RegisterFlags(fs)
	return fs
}

// parseOptions reads the command line. Flags may stand after patterns, too.
func parseOptions(args []string) (*options, error) {
	o := &options{}
	fs := newFlagSet(o)
	for len(args) > 0 {
		if err := fs.Parse(args); err != nil {
			if name, ok := strings.CutPrefix(err.Error(), "flag provided but not defined: "); ok {
				var names []string
				fs.VisitAll(func(f *flag.Flag) { names = append(names, "-"+f.Name) })
				hint := nearest.Hint("-"+strings.TrimLeft(name, "-"), names)
				return nil, fmt.Errorf("unknown flag %s%s (revlint help lists the flags)", name, hint)
			}
			return nil, err
		}
		rest := fs.Args()
		if i := len(args) - len(rest); i > 0 && args[i-1] == "--" {
			o.patterns = append(o.patterns, rest...)
			break
		}
		if len(rest) == 0 {
			break
		}
		o.patterns = append(o.patterns, rest[0])
		args = rest[1:]
	}
	var empty error
	fs.Visit(func(f *flag.Flag) {
		o.given = append(o.given, f.Name)
		on := f.Value.String() == "true"
		switch f.Name {
		case "tests":
			o.tests = &on
		case "strict":
			o.strict = &on
		case "hints":
			o.hints = &on
		case "stats":
			o.stats = on
		case "dump":
			// The go command keeps what a tool says for the same flags, but for what goes to standard error.
			o.unit = append(o.unit, "-dump="+f.Value.String()+"#"+strconv.FormatInt(time.Now().UnixNano(), 36))
		case "C", "baseline", "explain", "f", "new-from-rev":
			if f.Value.String() == "" { // say, a variable that is not set
				empty = fmt.Errorf("-%s: the value is empty", f.Name)
			}
		}
	})
	if empty != nil {
		return nil, empty
	}
	return o, nil
}

// check finds options that make no sense.
func (o *options) check(analyzers []*analysis.Analyzer) error {
	if _, ok := formats[o.format]; !ok {
		return fmt.Errorf("-f: unknown format %q%s", o.format, nearest.List(o.format, formatNames()))
	}
	names := configurable(analyzers)
	for flag, values := range map[string][]string{"-enable": o.enable, "-disable": o.disable} {
		for _, name := range values {
			if !slices.Contains(names, name) {
				return fmt.Errorf("%s: unknown analyzer %q%s", flag, name, nearest.List(name, names))
			}
		}
	}
	switch {
	case o.diff && o.format != "text":
		return fmt.Errorf("-diff prints a diff, so it does not go with -f %s", o.format)
	case o.rev != "" && o.baseline != "":
		return errors.New("-new-from-rev and -baseline each say which findings are new: use one of them")
	}
	return nil
}

// everything reports whether all packages of the module at root are analysed, and
// all that is found in them is asked for.
func (o *options) everything(root string) bool {
	for _, name := range o.given {
		if !slices.Contains([]string{"f", "fix", "diff", "baseline", "C", "stats", "strict"}, name) {
			return false
		}
	}
	dir, err := os.Getwd()
	return err == nil && dir == root && slices.Contains(o.patterns, "./...")
}

func formatNames() []string { return slices.Sorted(maps.Keys(formats)) }

// printHelp prints the flags and the analyzers.
func printHelp(w io.Writer, analyzers []*analysis.Analyzer) {
	fmt.Fprint(w, `Revlint finds lifetime misuse of revocable handles: resources used after
their access ended, kept beyond it, not checked, not released.

usage:
`)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprint(table, "  revlint [flags] [packages]\tcheck packages (none: the current directory)\n")
	for _, c := range commands() {
		fmt.Fprintf(table, "  revlint %s\t%s\n", strings.TrimSpace(c.name+" "+c.args), c.does)
	}
	fmt.Fprint(table, "  revlint lsp\tserve an editor, by the language server protocol\n")
	fmt.Fprint(table, "  go vet -vettool=$(which revlint) [packages]\tcheck packages wherever go vet runs already\n")
	table.Flush()
	fmt.Fprint(w, `
exit codes: 0 nothing found, 1 findings, 2 something could not be analysed,
130 interrupted

flags:
`)
	fs := newFlagSet(&options{})
	fs.SetOutput(w)
	fs.PrintDefaults()
	fmt.Fprint(w, "\nanalyzers (-explain name tells more):\n")
	for _, a := range analyzers {
		if a.Name == statsAnalyzer {
			continue
		}
		title, _, _ := strings.Cut(a.Doc, "\n")
		fmt.Fprintf(w, "  %-11s %s\n", a.Name, title)
	}
	fmt.Fprint(w, `
To hide a finding, say why, on its line or alone on the line above it:
  //lint:ignore revuse,revescape reason
  //nolint:revlint // reason
`)
}

// explain prints the documentation of the analyzer called name.
func explain(w io.Writer, analyzers []*analysis.Analyzer, name string) error {
	var names []string
	for _, a := range analyzers {
		if a.Name == name {
			fmt.Fprintf(w, "%s: %s\n", a.Name, strings.TrimSpace(a.Doc))
			if c := checks.Of(a); c != nil {
				fmt.Fprintf(w, "\nRight:\n\n\t%s\n", strings.ReplaceAll(c.Doc.After, "\n", "\n\t"))
				if c.Fix != "" {
					fmt.Fprintf(w, "\n-fix %s.\n", c.Fix)
				}
			}
			if a.URL != "" {
				fmt.Fprintf(w, "\n%s\n", a.URL)
			}
			return nil
		}
		if a.Name != statsAnalyzer {
			names = append(names, a.Name)
		}
	}
	return fmt.Errorf("-explain: unknown analyzer %q%s", name, nearest.List(name, names))
}

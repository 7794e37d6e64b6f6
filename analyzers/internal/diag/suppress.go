package diag

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/revlint/revlint/internal/nearest"
)

// Suppression happens here, inside the analyzers, and not in a driver: so the
// front, a bare go vet, golangci-lint and an editor all hide the same findings.
//
// Two spellings are understood:
//
//	//lint:ignore revuse,revescape reason
//	//nolint:revlint // reason
//
// The first is staticcheck's (with //lint:file-ignore for a whole file), the
// second golangci-lint's. Both stand at the end of a line, or alone on the
// line above it; they cover that line and whatever statement, declaration or
// other piece of syntax begins there, to its end. A reason is asked for, and a
// suppression that hides nothing is reported, by the analyzer that
// NewSuppress makes.

// Directives finds the suppressions of a package, for Report to honour.
var Directives = &analysis.Analyzer{
	Name:       "directives",
	Doc:        "find the comments that suppress findings of revlint",
	Run:        func(pass *analysis.Pass) (any, error) { return parseSuppressions(pass.Fset, pass.Files), nil },
	ResultType: reflect.TypeFor[*Suppressions](),
}

// Suppressions are the suppressing comments of a package. Analyzers that run
// in parallel may use them at once.
type Suppressions struct {
	fset   *token.FileSet
	all    []*suppression            // in the order of the files
	byFile map[string][]*suppression // the same, by file name

	mu sync.Mutex // guards the hits of every suppression
}

// A suppression is one comment that hides findings.
type suppression struct {
	pos, end token.Pos
	text     string   // the directive without its reason, as written
	example  string   // how a reason is written
	names    []string // the checks it lists; "revlint" and "all" stand for every one
	reason   string
	meant    string // how the directive is written that this is not, for a blank in it; "": this is one

	from, to int             // the lines that it covers
	hits     map[string]bool // by name: it hid a finding
}

// hide reports whether a suppression covers a finding of the analyzer at pos,
// and remembers that it did. Lines are those of the file itself, not those
// that a //line directive claims.
func (s *Suppressions) hide(analyzer string, pos token.Pos) bool {
	p := s.fset.PositionFor(pos, false)
	s.mu.Lock()
	defer s.mu.Unlock()
	hidden := false
	for _, d := range s.byFile[p.Filename] {
		if p.Line < d.from || d.to < p.Line {
			continue
		}
		for _, name := range d.names {
			if covers(name, analyzer) {
				d.hits[name] = true
				hidden = true
			}
		}
	}
	return hidden
}

// covers reports whether name, as listed in a suppression, means the analyzer.
// As in staticcheck, names may be patterns ("rev*") and their case is free.
func covers(name, analyzer string) bool {
	if name == everything || name == tool {
		return true
	}
	ok, err := path.Match(name, analyzer)
	return ok && err == nil
}

const (
	tool       = "revlint" // what golangci-lint calls all our analyzers together
	everything = "all"     // every linter there is
)

// NewSuppress makes the analyzer that reports suppressions without a reason
// and suppressions that hide nothing, once all reporters have run.
func NewSuppress(o *Options, reporters []*analysis.Analyzer) *analysis.Analyzer {
	names := make([]string, len(reporters))
	for i, a := range reporters {
		names[i] = a.Name
	}
	return &analysis.Analyzer{
		Name: "suppress",
		Doc: `check that every suppression of revlint gives its reason and hides something

A comment //lint:ignore revuse,revescape reason, or //nolint:revlint // reason,
hides the findings of its line and of the statement or declaration that begins
there. Without a reason nobody can tell later whether it still holds; and one
that hides nothing any more would hide the next mistake.`,
		URL:      "https://pkg.go.dev/github.com/revlint/revlint/analyzers",
		Requires: append([]*analysis.Analyzer{Directives}, reporters...),
		Run: func(pass *analysis.Pass) (any, error) {
			reportSuppressions(o, pass, pass.ResultOf[Directives].(*Suppressions), names)
			return nil, nil
		},
	}
}

func reportSuppressions(o *Options, pass *analysis.Pass, s *Suppressions, analyzers []string) {
	report := func(d *suppression, message string) {
		pass.Report(analysis.Diagnostic{
			Pos:      d.pos,
			End:      d.end,
			Category: pass.Analyzer.Name,
			Message:  d.text + " " + message + " (" + pass.Analyzer.Name + ")",
		})
	}
	for _, d := range s.all {
		if o.Skips(pass.Fset, d.pos) {
			continue
		}
		if d.meant != "" {
			if slices.ContainsFunc(d.names, func(name string) bool { return speaksOf(name, analyzers) }) {
				report(d, "hides nothing: write "+d.meant+", without a blank")
			}
			continue
		}
		var ours, stale []string
		for _, name := range d.names {
			if meant := mistyped(name, analyzers); meant != "" {
				what := "hides nothing"
				if len(d.names) > 1 {
					what += " of " + name
				}
				report(d, fmt.Sprintf("%s: did you mean %q?", what, meant))
				continue
			}
			// "all" and patterns like "*" speak to every linter: that they
			// hide nothing of ours does not make them stale.
			if name != tool && !slices.Contains(analyzers, name) {
				continue
			}
			ours = append(ours, name)
			if !d.hits[name] {
				stale = append(stale, name)
			}
		}
		if d.reason == "" && (len(ours) > 0 || len(d.hits) > 0) {
			report(d, "gives no reason: write "+d.example)
		}
		switch {
		case len(stale) == 0:
		case len(stale) == len(d.names):
			report(d, "hides nothing: remove it")
		default:
			report(d, "hides nothing of "+strings.Join(stale, " and ")+": remove that name")
		}
	}
}

// mistyped is the name of ours that somebody may have meant who wrote name; ""
// if it is a name of ours, or none that resembles one.
func mistyped(name string, analyzers []string) string {
	ours := append([]string{tool}, analyzers...)
	if name == everything || slices.Contains(ours, name) || slices.Contains(neighbours, name) || strings.ContainsAny(name, `*?[\`) {
		return ""
	}
	return nearest.Of(name, ours)
}

// neighbours are linters of others whose names resemble ours.
var neighbours = []string{"revive"}

// speaksOf reports whether name, as listed in a suppression, means one of our
// analyzers, or was to.
func speaksOf(name string, analyzers []string) bool {
	return name == tool || mistyped(name, analyzers) != "" ||
		name != everything && slices.ContainsFunc(analyzers, func(a string) bool { return covers(name, a) })
}

// parseSuppressions finds all suppressing comments, ours or not: which
// analyzers there are is known only to the drivers.
func parseSuppressions(fset *token.FileSet, files []*ast.File) *Suppressions {
	s := &Suppressions{fset: fset, byFile: make(map[string][]*suppression)}
	for _, f := range files {
		var lines *syntaxLines // made when first needed: few files suppress anything
		for _, group := range f.Comments {
			for _, c := range group.List {
				d, wholeFile := parseSuppression(c.Text)
				if d == nil {
					continue
				}
				if lines == nil {
					lines = newSyntaxLines(fset, f)
				}
				d.pos, d.end = c.Pos(), c.End()
				d.hits = make(map[string]bool)
				if d.meant != "" {
					s.all = append(s.all, d) // and hides nothing
					continue
				}
				if wholeFile {
					d.from, d.to = 1, fset.File(f.FileStart).LineCount()
				} else {
					d.from, d.to = lines.covered(c, group)
				}
				name := fset.PositionFor(c.Pos(), false).Filename
				s.all = append(s.all, d)
				s.byFile[name] = append(s.byFile[name], d)
			}
		}
	}
	return s
}

// parseSuppression reads one comment; nil if it suppresses nothing.
func parseSuppression(comment string) (d *suppression, wholeFile bool) {
	text, ok := strings.CutPrefix(comment, "//")
	if !ok {
		return nil, false
	}
	for _, command := range []string{"lint:ignore", "lint:file-ignore"} {
		if rest, ok := strings.CutPrefix(text, command); ok && (rest == "" || rest[0] == ' ' || rest[0] == '\t') {
			list, reason, _ := strings.Cut(strings.TrimSpace(rest), " ")
			if list == "" {
				return nil, false // it names no check, so it is none of ours
			}
			directive := "//" + command + " " + list
			return &suppression{
				text:    directive,
				example: directive + " reason",
				names:   splitNames(list),
				reason:  strings.Trim(reason, "/ \t"),
			}, command == "lint:file-ignore"
		}
	}

	if m := blankIgnore.FindStringSubmatch(comment); m != nil {
		return &suppression{text: m[1], meant: "//lint:" + m[2], names: splitNames(m[3])}, false
	}

	// golangci-lint allows blanks and slashes before nolint and another
	// comment after it; a tab begins a code example in a doc comment.
	text = strings.TrimLeft(text, "/ ")
	rest, ok := strings.CutPrefix(text, "nolint")
	if !ok || rest != "" && rest[0] != ':' && rest[0] != ' ' {
		return nil, false
	}
	list, reason, _ := strings.Cut(rest, "//")
	names := []string{everything}
	if after, ok := strings.CutPrefix(list, ":"); ok {
		names = splitNames(after)
	}
	directive := "//nolint"
	if names[0] != everything {
		directive += ":" + strings.Join(names, ",")
	} else {
		names = names[:1] // what follows "all" adds nothing
	}
	return &suppression{
		text:    directive,
		example: directive + " // reason",
		names:   names,
		reason:  strings.TrimSpace(reason),
	}, false
}

// blankIgnore matches staticcheck's directives with a blank in them: a comment
// like any other. After a tab it is an example in a doc comment.
var blankIgnore = regexp.MustCompile(`^(// *lint: *((?:file-)?ignore))[ \t]+(\S+)`)

// splitNames splits a list at its commas; a name ends at its first blank.
func splitNames(list string) []string {
	names := strings.Split(list, ",")
	for i, name := range names {
		name, _, _ = strings.Cut(strings.TrimSpace(name), " ")
		names[i] = strings.ToLower(name)
	}
	return names
}

// syntaxLines says where the code of a file is.
type syntaxLines struct {
	line func(token.Pos) int
	to   map[int]int  // line on which some syntax begins → last line of the longest such
	code map[int]bool // lines on which some syntax begins or ends
}

func newSyntaxLines(fset *token.FileSet, f *ast.File) *syntaxLines {
	l := &syntaxLines{
		line: func(p token.Pos) int { return fset.PositionFor(p, false).Line },
		to:   make(map[int]int),
		code: make(map[int]bool),
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n.(type) {
		case nil:
			return false
		case *ast.Comment, *ast.CommentGroup:
			return false
		}
		if n.Pos().IsValid() && n.End() > n.Pos() {
			from, to := l.line(n.Pos()), l.line(n.End()-1)
			l.to[from] = max(l.to[from], to)
			l.code[from], l.code[to] = true, true
		}
		return true
	})
	return l
}

// covered returns the lines that the suppression c covers: its own, if code
// stands before it, else the one after its group of comments; and in both
// cases whatever begins there, to its end.
func (l *syntaxLines) covered(c *ast.Comment, group *ast.CommentGroup) (from, to int) {
	from = l.line(c.Pos())
	if !l.code[from] {
		from = l.line(group.End()-1) + 1
	}
	return from, max(from, l.to[from])
}

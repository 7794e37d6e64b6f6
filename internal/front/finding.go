package front

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/revlint/revlint/internal/front/config"
)

// Names of the analyzers that report on the analysis and not on the code.
const (
	contractAnalyzer = "contract"   // mistakes in contracts: they fail the run and nothing hides them
	statsAnalyzer    = "statistics" // figures, one "finding" a package; "stats" would clash with the flag, for unitchecker makes a flag of every name
)

// configurable returns the names of the analyzers that can be enabled,
// disabled and graded.
func configurable(analyzers []*analysis.Analyzer) []string {
	var names []string
	for _, a := range analyzers {
		if a.Name != contractAnalyzer && a.Name != statsAnalyzer {
			names = append(names, a.Name)
		}
	}
	return names
}

// A Finding is one diagnostic of a package, with all that the formats show.
type Finding struct {
	Analyzer string
	Category string // analyzers.Unproved and its like, or the analyzer's name
	Package  string // import path
	Function string // that encloses it: "Name" or "Type.Name"; "" outside of any
	Message  string // ends in the analyzer's name in parentheses
	Severity config.Severity
	Span
	Related []Related
	Fixes   []Fix
}

// A Span is a piece of a file. Lines and columns count from 1, columns in
// bytes; End is its start again where only that is known.
type Span struct {
	File               string // absolute
	Line, Column       int
	EndLine, EndColumn int
}

// Related is one step of a finding's story.
type Related struct {
	Message string
	Span
}

// A Fix is a set of edits that belong together.
type Fix struct {
	Message string
	Edits   []Edit
}

// An Edit replaces the bytes [Start, End) of a file.
type Edit struct {
	File       string
	Start, End int
	New        string
}

// parseSpan makes a Span of positions as analyzers print them:
// "file:line:column", of which column, or line and column, may be missing.
func parseSpan(start, end string) Span {
	s := Span{}
	s.File, s.Line, s.Column = parsePosition(start)
	s.EndLine, s.EndColumn = s.Line, s.Column
	if file, line, column := parsePosition(end); file == s.File && (line > s.Line || line == s.Line && column > s.Column) {
		s.EndLine, s.EndColumn = line, column
	}
	return s
}

func parsePosition(s string) (file string, line, column int) {
	file = s
	var numbers []int
	for len(numbers) < 2 {
		i := strings.LastIndexByte(file, ':')
		if i < 0 {
			break
		}
		n, err := strconv.Atoi(file[i+1:])
		if err != nil {
			break
		}
		numbers = append(numbers, n)
		file = file[:i]
	}
	switch len(numbers) {
	case 2:
		return file, numbers[1], numbers[0]
	case 1:
		return file, numbers[0], 0
	}
	return file, 0, 0
}

// sortFindings orders findings by place and drops repetitions: the variants
// of a package that tests are compiled with report the same things.
func sortFindings(findings []*Finding) []*Finding {
	compare := func(a, b *Finding) int {
		return cmp.Or(
			strings.Compare(a.File, b.File),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column),
			strings.Compare(a.Analyzer, b.Analyzer),
			strings.Compare(a.Message, b.Message),
		)
	}
	slices.SortStableFunc(findings, compare)
	return slices.CompactFunc(findings, func(a, b *Finding) bool { return compare(a, b) == 0 })
}

// shortPath returns file relative to the working directory, or file where
// that is shorter.
func shortPath(file string) string {
	if !filepath.IsAbs(file) {
		return file
	}
	dir, err := os.Getwd()
	if err != nil {
		return file
	}
	if rel, err := filepath.Rel(dir, file); err == nil && len(rel) < len(file) {
		return rel
	}
	return file
}

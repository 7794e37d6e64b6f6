package corpus

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A Place is where an analyzer reports.
type Place struct {
	File     string // relative to testdata/src
	Line     int
	Analyzer string
}

// A Finding is one report; a label stands for one whose message is left open.
type Finding struct {
	Place
	Message string
}

func (f Finding) String() string {
	if f.Message == "" {
		return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Analyzer)
	}
	return fmt.Sprintf("%s:%d: %s: %s", f.File, f.Line, f.Analyzer, f.Message)
}

// family is the first folder of the file's name.
func (f Finding) family() string {
	family, _, _ := strings.Cut(f.File, "/")
	return family
}

// A label is the end of a comment: which kind, and names of analyzers.
var label = regexp.MustCompile(`// (want\b|missed:)(.*)$`)

// The kinds of labels.
const (
	want   = "want"    // must be found
	missed = "missed:" // a known miss: should be found, and is not yet
)

// parseLabel returns the kind of a label and its names, none for an ordinary comment.
func parseLabel(comment string) (kind string, names []string, err error) {
	m := label.FindStringSubmatch(comment)
	if m == nil {
		return "", nil, nil
	}
	kind, names = m[1], strings.Fields(m[2])
	if len(names) == 0 {
		return "", nil, fmt.Errorf("a label without a name")
	}
	for _, name := range names {
		if !slices.Contains(Names, name) {
			return "", nil, fmt.Errorf("a label with %q: no analyzer has this name", name)
		}
	}
	return kind, names, nil
}

// Names are the names a label may have.
var Names = []string{"revnil", "revuse", "revescape", "revrelease", "revleak", "revbound", "revwait"}

// labels returns what the labels of one kind say of the known analyzers.
func (c *Corpus) labels(t testing.TB, kind string, known map[string]bool) []Finding {
	t.Helper()
	var labelled []Finding
	for _, p := range c.Packages {
		for _, file := range p.Syntax {
			for _, group := range file.Comments {
				for _, comment := range group.List {
					pos := p.Fset.Position(comment.Pos())
					is, names, err := parseLabel(comment.Text)
					if err != nil {
						t.Errorf("%v: %v", pos, err)
					}
					for _, name := range names {
						if is == kind && known[name] {
							labelled = append(labelled, Finding{Place: Place{c.shorten(pos.Filename), pos.Line, name}})
						}
					}
				}
			}
		}
	}
	sortFindings(labelled)
	return labelled
}

// A tally counts how labels and findings agree.
type tally struct{ wanted, met, unexpected int }

func (a *tally) add(b tally) {
	a.wanted += b.wanted
	a.met += b.met
	a.unexpected += b.unexpected
}

func (a tally) String() string {
	return fmt.Sprintf("%d wanted, %d of them missing, %d unexpected", a.wanted, a.wanted-a.met, a.unexpected)
}

// difference compares two sorted lists, each place as often as it occurs, and
// returns a line for each that stands in one of them alone.
func difference(wanted, found []Finding) ([]string, tally) {
	var lines []string
	count := tally{wanted: len(wanted)}
	for len(wanted) > 0 || len(found) > 0 {
		order := 0
		switch {
		case len(found) == 0:
			order = -1
		case len(wanted) == 0:
			order = +1
		default:
			order = comparePlaces(wanted[0].Place, found[0].Place)
		}
		switch {
		case order < 0:
			lines = append(lines, "missing    "+wanted[0].String())
			wanted = wanted[1:]
		case order > 0:
			lines = append(lines, "unexpected "+found[0].String())
			count.unexpected++
			found = found[1:]
		default:
			count.met++
			wanted, found = wanted[1:], found[1:]
		}
	}
	return lines, count
}

func comparePlaces(a, b Place) int {
	return cmp.Or(
		strings.Compare(a.File, b.File),
		cmp.Compare(a.Line, b.Line),
		strings.Compare(a.Analyzer, b.Analyzer),
	)
}

func sortFindings(list []Finding) {
	slices.SortFunc(list, func(a, b Finding) int {
		return cmp.Or(comparePlaces(a.Place, b.Place), strings.Compare(a.Message, b.Message))
	})
}

// sortedFamilies returns the families that occur in the lists.
func sortedFamilies(lists ...[]Finding) []string {
	var names []string
	for _, list := range lists {
		for _, f := range list {
			names = append(names, f.family())
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func ofFamily(list []Finding, family string) []Finding {
	var of []Finding
	for _, f := range list {
		if f.family() == family {
			of = append(of, f)
		}
	}
	return of
}

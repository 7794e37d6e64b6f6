package front

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
)

// packageStats says how the accesses of a package were judged.
type packageStats struct {
	pkg      string
	off      []string      // packages that it imports, for which the catalogue has contracts that are off
	tests    *packageStats // what of these is of test files; nil: not known
	told     []*Access
	calls    []*ContractCall
	dir      string         // of the package
	Proved   int            `json:"proved"`
	Violated int            `json:"violated"`
	Unknown  int            `json:"unknown"`
	Reasons  map[string]int `json:"reasons"` // for the unknown ones
}

// parseStats reads the message of the analyzer statistics: JSON and " (stats)".
// What is not that counts as nothing, visibly: under a reason of its own.
func parseStats(pkg, message string) packageStats {
	var s packageStats
	if err := json.Unmarshal([]byte(strings.TrimSuffix(message, " (stats)")), &s); err != nil {
		s = packageStats{Reasons: map[string]int{"unreadable figures: " + message: 1}}
	}
	parseTold(&s, strings.TrimSuffix(message, " (stats)"))
	s.pkg = pkg
	return s
}

// onceEach drops what is counted twice: a package is analysed on its own, for
// its importers, and with its tests, which has the most of it.
func onceEach(stats []packageStats) []packageStats {
	most := make(map[string]int) // index in once
	var once []packageStats
	for _, s := range stats {
		i, ok := most[s.pkg]
		switch {
		case !ok:
			most[s.pkg] = len(once)
			once = append(once, s)
		case s.accesses() > once[i].accesses():
			once[i] = s
		}
	}
	return once
}

func (s *packageStats) accesses() int { return s.Proved + s.Violated + s.Unknown }

// printStats writes a table of all packages, their sum, and the reasons.
func printStats(w io.Writer, stats []packageStats) error {
	byPackage := make(map[string]packageStats)
	total := packageStats{pkg: "total", Reasons: make(map[string]int)}
	for _, s := range stats {
		p := byPackage[s.pkg]
		p.pkg = s.pkg
		p.add(s)
		byPackage[s.pkg] = p
		total.add(s)
		for reason, n := range s.Reasons {
			if n > 0 {
				total.Reasons[reason] += n
			}
		}
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "proved\tviolated\tunknown\t  package")
	rows := slices.SortedFunc(maps.Values(byPackage), func(a, b packageStats) int { return strings.Compare(a.pkg, b.pkg) })
	for _, s := range append(rows, total) {
		fmt.Fprintf(table, "%d\t%d\t%d\t  %s\n", s.Proved, s.Violated, s.Unknown, s.pkg)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	if len(total.Reasons) == 0 {
		return nil
	}
	fmt.Fprintln(w, "\nwhy unknown:")
	reasons := slices.SortedFunc(maps.Keys(total.Reasons), func(a, b string) int {
		return cmp.Or(-cmp.Compare(total.Reasons[a], total.Reasons[b]), strings.Compare(a, b))
	})
	for _, r := range reasons {
		if _, err := fmt.Fprintf(w, "%6d  %s\n", total.Reasons[r], r); err != nil {
			return err
		}
	}
	return nil
}

// withoutTests are the figures of what is not in test files.
func (s packageStats) withoutTests() packageStats {
	t := s.tests
	if t == nil {
		return s
	}
	s.Proved, s.Violated, s.Unknown = s.Proved-t.Proved, s.Violated-t.Violated, s.Unknown-t.Unknown
	reasons := make(map[string]int)
	for reason, n := range s.Reasons {
		if n -= t.Reasons[reason]; n > 0 {
			reasons[reason] = n
		}
	}
	s.Reasons = reasons
	return s
}

func (s *packageStats) add(t packageStats) {
	s.Proved += t.Proved
	s.Violated += t.Violated
	s.Unknown += t.Unknown
}

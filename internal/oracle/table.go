package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/revlint/revlint/internal/oracle/twin/core"
)

// A row sums up the accesses of one construct.
type row struct{ accesses, right, wrong, found, silent, alarms, unknown int }

func (r *row) add(a *access) {
	if a.grade&(core.OK|core.Primary) == 0 {
		return
	}
	r.accesses++
	if a.right() {
		r.right++
		if a.unknown {
			r.unknown++
		}
	}
	if a.wrong() {
		r.wrong++
		if a.found != nil {
			r.found++
		}
		if a.silent() {
			r.silent++
		}
	}
}

func (r *row) recall() float64 { return ratio(r.found, r.wrong) }

// blurred is the percentage of what is right that is unknown.
func (r *row) blurred() float64 { return 100 * ratio(r.unknown, max(1, r.right)) }

// missed names the bars that r does not reach.
func (r *row) missed(silent, alarms int, recall, unknown float64) (names []string) {
	miss := func(format string, args ...any) { names = append(names, fmt.Sprintf(format, args...)) }
	if r.silent > silent {
		miss("%d wrong accesses are passed over, bar %d", r.silent, silent)
	}
	if r.alarms > alarms {
		miss("%d false alarms, bar %d", r.alarms, alarms)
	}
	if r.recall() < recall {
		miss("recall %.3f, bar %.3f", r.recall(), recall)
	}
	if r.blurred() > unknown {
		miss("%.1f%% unknown, bar %.1f%%", r.blurred(), unknown)
	}
	return names
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

// total sums up all accesses.
func (v *verdict) total() *row {
	t := newTally()
	t.add(v)
	return &t.all
}

// A tally sums up verdicts.
type tally struct {
	constructs, classes    map[string]*row
	reasons                map[string]int // of what is right and unknown; an access may have several
	all                    row
	programs, runs, capped int
}

func newTally() *tally {
	return &tally{constructs: make(map[string]*row), classes: make(map[string]*row), reasons: make(map[string]int)}
}

// add adds the figures of v.
func (t *tally) add(v *verdict) {
	get := func(m map[string]*row, name string) *row {
		if m[name] == nil {
			m[name] = &row{}
		}
		return m[name]
	}
	for _, a := range v.accesses {
		t.all.add(a)
		get(t.classes, cmp.Or(string(a.class), "right")).add(a)
		for _, tag := range a.tags {
			get(t.constructs, tag).add(a)
		}
		if a.unknown && a.right() {
			for _, why := range a.why {
				t.reasons[cmp.Or(why, "the function is too complex")]++
			}
		}
	}
	for _, f := range v.alarms {
		t.all.alarms++
		get(t.classes, f.Analyzer).alarms++
		for _, tag := range f.tags {
			get(t.constructs, tag).alarms++
		}
	}
	t.programs += v.programs
	t.runs += v.runs
	t.capped += v.capped
}

// print writes the table: by construct, by class and, for false alarms, analyzer, and of all.
func (t *tally) print(w io.Writer) {
	line := func(name string, r *row) {
		fmt.Fprintf(w, "%-40s %8d %7d %7d %7.3f %7d %7d %7.1f%%\n", name, r.accesses, r.wrong, r.found, r.recall(), r.silent, r.alarms,
			r.blurred())
	}
	fmt.Fprintf(w, "%-40s %8s %7s %7s %7s %7s %7s %8s\n", "", "accesses", "wrong", "found", "recall", "silent", "alarms", "unknown")
	for _, rows := range []map[string]*row{t.constructs, t.classes} {
		for _, name := range slices.Sorted(maps.Keys(rows)) {
			line(name, rows[name])
		}
		fmt.Fprintln(w)
	}
	for _, why := range slices.SortedFunc(maps.Keys(t.reasons), func(a, b string) int {
		return cmp.Or(cmp.Compare(t.reasons[b], t.reasons[a]), cmp.Compare(a, b))
	}) {
		fmt.Fprintf(w, "unknown, though right: %6d  %s\n", t.reasons[why], why)
	}
	line("all", &t.all)
	fmt.Fprintf(w, "%d programs, %d runs; %d programs were not run in all ways\n", t.programs, t.runs, t.capped)
}

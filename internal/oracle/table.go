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
type row struct{ accesses, wrong, found, silent, alarms, unknown int }

func (r *row) add(a *access) {
	if a.grade&(core.OK|core.Primary) == 0 {
		return
	}
	r.accesses++
	if a.unknown && !a.wrong() {
		r.unknown++
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
func (r *row) blurred() float64 { return 100 * ratio(r.unknown, max(1, r.accesses-r.wrong)) }

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
	r := &row{alarms: len(v.alarms)}
	for _, a := range v.accesses {
		r.add(a)
	}
	return r
}

// print writes the table.
func (v *verdict) print(w io.Writer) {
	rows := make(map[string]*row)
	classes := make(map[string]*row)
	get := func(m map[string]*row, name string) *row {
		if m[name] == nil {
			m[name] = &row{}
		}
		return m[name]
	}
	for _, a := range v.accesses {
		get(classes, cmp.Or(string(a.class), "right")).add(a)
		for _, t := range a.tags {
			get(rows, t).add(a)
		}
	}
	for _, f := range v.alarms {
		get(classes, f.Analyzer).alarms++
		for _, t := range f.tags {
			get(rows, t).alarms++
		}
	}
	line := func(name string, r *row) {
		fmt.Fprintf(w, "%-36s %8d %7d %7d %7.3f %7d %7d %7.1f%%\n", name, r.accesses, r.wrong, r.found, r.recall(), r.silent, r.alarms,
			r.blurred())
	}
	fmt.Fprintf(w, "%-36s %8s %7s %7s %7s %7s %7s %8s\n", "construct", "accesses", "wrong", "found", "recall", "silent", "alarms", "unknown")
	for _, name := range slices.Sorted(maps.Keys(rows)) {
		line(name, rows[name])
	}
	fmt.Fprintln(w)
	for _, name := range slices.Sorted(maps.Keys(classes)) {
		line(name, classes[name])
	}
	fmt.Fprintln(w)
	line("all", v.total())
	fmt.Fprintf(w, "%d programs, %d runs, %d programs not run in all ways\n", v.programs, v.runs, v.capped)
}

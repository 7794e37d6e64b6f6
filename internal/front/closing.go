package front

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// printClosing writes what remains to be said on a terminal: how much was found,
// what to do about it, and what was not looked at.
func printClosing(w io.Writer, r *report) {
	if len(r.findings) == 0 {
		fmt.Fprintf(w, "nothing found in %s\n", count(len(r.packages), "package"))
	} else {
		packages, analyzers := make(map[string]bool), make(map[string]bool)
		for _, f := range r.findings {
			packages[f.Package], analyzers[f.Analyzer] = true, true
		}
		line := fmt.Sprintf("%s in %s", count(len(r.findings), "finding"), count(len(packages), "package"))
		if n := len(planFixes(r.findings).fixed); n > 0 {
			line += fmt.Sprintf("; -fix mends %d", n)
		}
		names := slices.Sorted(maps.Keys(analyzers))
		switch len(names) {
		case 1:
			line += "; -explain " + names[0] + " tells more"
		default:
			line += "; -explain NAME tells more: " + strings.Join(names, ", ")
		}
		fmt.Fprintln(w, line)
	}
	if off := r.off(); len(off) > 0 {
		fmt.Fprintf(w, "contracts that revlint has, but off, for what is used here: %s (revlint contracts tells why, revlint contracts enable PKG puts them on)\n", strings.Join(off, ", "))
	}
}

// off lists the packages that are used in what was analysed, and for which the
// catalogue has contracts that are off.
func (r *report) off() []string {
	off := make(map[string]bool)
	for _, paths := range r.packages {
		for _, path := range paths {
			off[path] = true
		}
	}
	return slices.Sorted(maps.Keys(off))
}

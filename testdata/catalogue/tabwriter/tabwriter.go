// Package tabwriter has the examples for the standard library's text/tabwriter.
package tabwriter

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// S61: the table is never printed.
func lost(out io.Writer, names map[string]int) {
	w := tabwriter.NewWriter(out, 0, 8, 1, ' ', 0) // want revleak
	for name, n := range names {
		fmt.Fprintf(w, "%s\t%d\n", name, n)
	}
}

// S61: flushed.
func printed(out io.Writer, names map[string]int) error {
	w := tabwriter.NewWriter(out, 0, 8, 1, ' ', 0)
	for name, n := range names {
		fmt.Fprintf(w, "%s\t%d\n", name, n)
	}
	return w.Flush()
}

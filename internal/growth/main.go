// Growth measures how the work of the engine grows with the size of what it analyses.
//
//	go run ./internal/growth [-shape regexp] [-page docs/performance.md -svg docs/growth.svg]
//
// It makes programs of one shape each, in three sizes, and counts the statements that
// the engine executes for them: with the coverage counters of the go command, and never
// by the clock. So two runs count the same, whatever else the machine does. What the
// standard library does for the engine is not counted. The exponent is that of the last
// doubling: 1 is linear.
package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/revlint/revlint/internal/page"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("growth: ")
	chosen := flag.String("shape", "", "measure only the shapes whose name matches this `regexp`")
	into := flag.String("page", "", "write the table into this `file`, between its marks")
	svg := flag.String("svg", "", "draw into this `file`")
	flag.Parse()
	if err := run(*chosen, *into, *svg); err != nil {
		log.Fatal(err)
	}
}

func run(chosen, into, svg string) (err error) {
	only, err := regexp.Compile(chosen)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "growth-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	counter, err := newCounter(dir, ".")
	if err != nil {
		return err
	}
	var all []*growth
	for _, s := range shapes {
		if !only.MatchString(s.name) {
			continue
		}
		g, err := counter.measure(s)
		if err != nil {
			return err
		}
		all = append(all, g)
	}
	var text strings.Builder
	writeTable(&text, all)
	fmt.Print(text.String())
	if into != "" {
		if err := page.Replace(into, "growth", text.String()); err != nil {
			return err
		}
	}
	if svg == "" {
		return nil
	}
	f, err := os.Create(svg)
	if err != nil {
		return err
	}
	return errors.Join(plot(f, all), f.Close())
}

// writeTable writes what was measured, worst first.
func writeTable(w io.Writer, all []*growth) {
	sorted := slices.SortedStableFunc(slices.Values(all), func(a, b *growth) int { return cmp.Compare(b.exponent(), a.exponent()) })
	fmt.Fprint(w, "| what grows | sizes | thousand statements executed | exponent | bar |\n|---|---|---|---|---|\n")
	for _, g := range sorted {
		fmt.Fprintf(w, "| %s | %d, %d, %d | %.0f, %.0f, %.0f | %.2f | %.2f |\n", g.name, g.sizes[0], g.sizes[1], g.sizes[2],
			float64(g.work[0])/1000, float64(g.work[1])/1000, float64(g.work[2])/1000, g.exponent(), g.bar)
	}
}

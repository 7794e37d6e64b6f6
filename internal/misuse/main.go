// Command misuse puts one mistake at a time into correct functions, and counts what revlint says of each.
//
//	go run ./internal/misuse                          a table by operator
//	go run ./internal/misuse -show silent             the mutants of which nothing is said, too
//	go run ./internal/misuse -silent 20 -found 80     fails if of more than 20 % nothing is said, or fewer than 80 % are found
//
// The functions are those of testdata/src in which no label says that something is wrong, and that release
// something that they have acquired. A mutant stands beside its function, under a name of its own, so one run of revlint is enough.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	show := flag.String("show", "", "print the mutants of this `verdict`: found, unknown, silent")
	only := flag.String("family", "", "only the families whose name contains `text`")
	var bars bars
	flag.Float64Var(&bars.silent, "silent", 100, "the `percentage` of mutants of which nothing may be said")
	flag.Float64Var(&bars.found, "found", 0, "the `percentage` of mutants that must be found")
	flag.Parse()
	if err := run(*only, *show, bars); err != nil {
		fmt.Fprintln(os.Stderr, "misuse:", err)
		os.Exit(2)
	}
}

// A verdict is what is said of a mutant.
type verdict string

const (
	found   verdict = "found"   // a finding that its function does not have
	unknown verdict = "unknown" // -strict says that it cannot prove something
	silent  verdict = "silent"
)

// bars are what a run must reach, in percent of the mutants.
type bars struct{ silent, found float64 }

func run(only, show string, bars bars) error {
	root, err := os.Getwd()
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "misuse")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	m := &module{root: root, dir: work}
	mutants, err := m.write(only)
	if err != nil {
		return err
	}
	made := len(mutants)
	if mutants, err = m.compiling(mutants); err != nil {
		return err
	}
	findings, err := m.findings()
	if err != nil {
		return err
	}
	doubts, err := m.findings("-strict")
	if err != nil {
		return err
	}
	counts := make(map[string]map[verdict]int)
	of, all := 0, make(map[verdict]float64)
	for _, mu := range mutants {
		if findings[mu.of] > 0 {
			continue // there is something wrong with it already, or with how it was chosen
		}
		v := silent
		switch {
		case findings[mu.place] > 0:
			v = found
		case doubts[mu.place] > 0:
			v = unknown
		}
		if counts[mu.operator] == nil {
			counts[mu.operator] = make(map[verdict]int)
		}
		counts[mu.operator][v]++
		all[v]++
		of++
		if string(v) == show {
			fmt.Printf("%s: %s, %s\n%s\n\n", v, mu.operator, mu.place, mu.text)
		}
	}
	fmt.Printf("%d mutants, of %d that were made, compile and are of functions in which nothing is found\n\n| operator | mutants | found | unknown | silent |\n|---|---|---|---|---|\n", of, made)
	for _, o := range operators {
		c := counts[o.name]
		fmt.Printf("| %s | %d | %d | %d | %d |\n", o.does, c[found]+c[unknown]+c[silent], c[found], c[unknown], c[silent])
	}
	share := func(v verdict) float64 { return 100 * all[v] / float64(max(of, 1)) }
	fmt.Printf("\n%.1f %% found, %.1f %% unknown, of %.1f %% nothing is said\n", share(found), share(unknown), share(silent))
	if of == 0 || share(silent) > bars.silent || share(found) < bars.found {
		return fmt.Errorf("the bars are at most %g %% of which nothing is said, and at least %g %% found", bars.silent, bars.found)
	}
	return nil
}

// A place is a function of a package.
type place struct{ dir, function string }

func (p place) String() string { return p.dir + ", " + p.function }

// A mutant is a function with a mistake in it.
type mutant struct {
	operator string
	of       place // the function without
	place
	text string
}

// families are the folders with packages below testdata/src that are chosen.
func families(root, only string) ([]string, error) {
	var out []string
	err := filepath.WalkDir(filepath.Join(root, source), func(path string, d os.DirEntry, err error) error {
		if err == nil && d.IsDir() && strings.Contains(path, only) && !strings.Contains(path, filepath.Join(source, "lib")) && !slices.Contains(out, path) {
			out = append(out, path)
		}
		return err
	})
	return out, err
}

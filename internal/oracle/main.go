// Command oracle compares what revlint says of random programs with what is wrong with them, which is known because they
// are run. See README.md.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"

	"github.com/revlint/revlint/internal/oracle/gen"
)

var (
	count  = flag.Int("n", 3000, "how many programs")
	seed   = flag.Uint64("seed", 1, "which programs: the same seed makes the same ones")
	first  = flag.Int("first", 0, "the index of the first program")
	keep   = flag.String("keep", "", "keep the module with the programs in this `directory`")
	show   = flag.String("show", "", "print the disagreements of which the kind begins so: silent, \"missed leak\", alarm, …")
	shrink = flag.Int("shrink", 0, "make the programs of so many disagreements of each kind smaller, and print them")
)

// The bars: what is asked of revlint. Where it does not get there yet, say in .ci/run where it is.
var bars = struct {
	silent, alarms  *int
	recall, unknown *float64
}{
	flag.Int("silent", 0, "bar: so many wrong accesses of which -strict says nothing"),
	flag.Int("alarms", 0, "bar: so many false alarms"),
	flag.Float64("recall", 0.97, "bar: this part of the wrong accesses is found"),
	flag.Float64("unknown", 8, "bar: so many percent of the right accesses are unknown under -strict"),
}

func main() {
	flag.Parse()
	r, err := oracle()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	if missed := r.missed(*bars.silent, *bars.alarms, *bars.recall, *bars.unknown); len(missed) > 0 {
		fmt.Println("bars missed: " + strings.Join(missed, ", "))
		os.Exit(1)
	}
}

// oracle does what the flags say.
func oracle() (*row, error) {
	dir := *keep
	if dir == "" {
		var err error
		if dir, err = os.MkdirTemp("", "oracle"); err != nil {
			return nil, err
		}
		defer os.RemoveAll(dir)
	}
	b, err := newBench(dir)
	if err != nil {
		return nil, err
	}
	t := newTally()
	var ds []disagreement
	seen := make(map[string]int)
	for done := 0; done < *count; done += batch {
		v, err := b.try(generate(*seed, *first+done, min(batch, *count-done)))
		if err != nil {
			return nil, err
		}
		t.add(v)
		for _, d := range v.disagreements() {
			kind := d.class() + d.own()
			if seen[kind]++; *show == "" && *shrink == 0 || !strings.HasPrefix(d.class(), *show) || *shrink > 0 && seen[kind] > *shrink {
				continue
			}
			ds = append(ds, d)
		}
	}
	t.print(os.Stdout)
	if *shrink > 0 {
		if err := b.shrink(ds); err != nil {
			return nil, err
		}
	}
	for _, d := range ds {
		d.show(os.Stdout)
	}
	return &t.all, nil
}

// batch is how many programs are in the module at a time.
const batch = 3000

// generate makes n programs of seed, from the index first on.
func generate(seed uint64, first, n int) []*gen.Program {
	var out []*gen.Program
	for i := range n {
		out = append(out, gen.Make(seed, first+i))
	}
	return out
}

// Command mutate breaks packages in small ways, one at a time, and runs their tests: a test suite is as good as the
// mutants that it notices. It prints those that survive.
//
//	go run ./internal/mutate ./revocable/...
//	go run ./internal/mutate -named
//
// Those that may survive are listed in survivors.txt, each with the reason. Exit 0: no others survive; 1: some do, or one that is
// listed does not any more; 2: could not run. All of them take about an hour on two processors; -sample n tries n of
// them, chosen at random.
package main

import (
	"flag"
	"fmt"
	"go/token"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"
)

func main() {
	sample := flag.Int("sample", 0, "try so many `mutants`, chosen at random; 0: all")
	seed := flag.Uint64("seed", 0, "choose as in the run that printed this `number`; 0: anew")
	only := flag.String("only", "", "try only mutants whose name contains `text`")
	list := flag.Bool("list", false, "print the operators and the names of the mutants, and run nothing")
	timeout := flag.Duration("timeout", 10*time.Second, "what tests get beside twenty times the time that they take; a mutant that makes them hang is noticed")
	name := flag.Bool("named", false, "try those that were thought of beforehand, each with the test that is there on its account; no packages")
	flag.Parse()
	if *name && flag.NArg() == 0 {
		work, err := os.MkdirTemp("", "mutate")
		if err == nil {
			var survived bool
			survived, err = tryNamed(work, *only)
			os.RemoveAll(work)
			if err == nil && survived {
				os.Exit(1)
			}
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "mutate:", err)
			os.Exit(2)
		}
		return
	}
	if flag.NArg() == 0 {
		fmt.Fprintln(os.Stderr, "mutate: which packages?")
		os.Exit(2)
	}
	if *seed == 0 {
		*seed = rand.Uint64()
	}
	survived, err := mutate(flag.Args(), *only, *sample, *seed, *list, *timeout)
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(2)
	case survived:
		os.Exit(1)
	}
}

func mutate(patterns []string, only string, sample int, seed uint64, list bool, timeout time.Duration) (unexpected bool, err error) {
	fset := token.NewFileSet()
	pkgs, err := load(patterns, fset)
	if err != nil {
		return false, err
	}
	known, err := readSurvivors("internal/mutate/survivors.txt")
	if err != nil {
		return false, err
	}
	var mutants []*mutant
	for _, p := range pkgs {
		mutants = append(mutants, p.mutants(fset)...)
	}
	mutants = slices.DeleteFunc(mutants, func(m *mutant) bool { return !strings.Contains(m.name(), only) })
	if list {
		for _, o := range operators {
			fmt.Printf("%-16s %s\n", o.name, o.does)
		}
		for _, m := range mutants {
			fmt.Println(m.name())
		}
		return false, nil
	}
	if sample > 0 && sample < len(mutants) {
		rand.New(rand.NewPCG(seed, 0)).Shuffle(len(mutants), func(i, j int) { mutants[i], mutants[j] = mutants[j], mutants[i] })
		mutants = mutants[:sample]
		fmt.Printf("-seed %d\n", seed)
	}
	number(pkgs, mutants)
	r := &run{timeout: timeout}
	if r.work, err = os.MkdirTemp("", "mutate"); err != nil {
		return false, err
	}
	defer os.RemoveAll(r.work)
	if err := r.build(pkgs, mutants); err != nil {
		return false, err
	}

	counts := make(tally)
	reasoned := 0
	// More than there are processors, because those that hang need none.
	err = r.all(mutants, 3*runtime.GOMAXPROCS(0), func(m *mutant, v verdict) {
		if counts[v]++; counts.all()%100 == 0 {
			fmt.Fprintf(os.Stderr, "%d of %d\n", counts.all(), len(mutants))
		}
		name := m.name()
		reason, listed := known[name]
		switch {
		case v == survives && !listed:
			fmt.Printf("survives  %s\n", name)
			unexpected = true
		case v == survives:
			reasoned++
		case listed && v == noticed && !strings.HasPrefix(reason, "sometimes: "): // one that hangs may be a busy machine's
			fmt.Printf("noticed, although it is listed: %s\n", name)
			unexpected = true
		}
	})
	if err != nil {
		return false, err
	}
	fmt.Printf("%d mutants: %d noticed by a test, %d by the compiler, %d hang, %d survive, %d of them for a reason that is listed\n",
		len(mutants), counts[noticed], counts[invalid], counts[hangs], counts[survives], reasoned)
	if sample == 0 && only == "" {
		names, files := make(map[string]bool), make(map[string]bool)
		for _, m := range mutants {
			names[m.name()] = true
			files[strings.Fields(m.name())[0]] = true
		}
		for name := range known {
			if files[strings.Fields(name)[0]] && !names[name] {
				fmt.Printf("listed, but there is none of that name: %s\n", name)
				unexpected = true
			}
		}
	}
	return unexpected, nil
}

// A tally counts verdicts.
type tally map[verdict]int

func (t tally) all() (n int) {
	for _, c := range t {
		n += c
	}
	return n
}

// Command mutate breaks packages in small ways, one at a time, and runs their tests: a test suite is as good as the
// mutants that it notices. It prints those that survive.
//
//	go run ./internal/mutate ./revocable/...
//
// Those that may survive are listed in survivors.txt, each with the reason. Exit 0: no others survive; 1: some do, or one that is
// listed does not any more; 2: could not run. A mutant takes some seconds, all of them about an hour; -sample n
// tries n of them, chosen at random.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

func main() {
	sample := flag.Int("sample", 0, "try so many `mutants`, chosen at random; 0: all")
	seed := flag.Uint64("seed", 0, "choose as in the run that printed this `number`; 0: anew")
	only := flag.String("only", "", "try only mutants whose name contains `text`")
	list := flag.Bool("list", false, "print the operators and the names of the mutants, and run nothing")
	timeout := flag.Duration("timeout", 30*time.Second, "when tests that hang are ended; a mutant that makes them is noticed")
	flag.Parse()
	if flag.NArg() == 0 {
		fmt.Fprintln(os.Stderr, "mutate: which packages?")
		os.Exit(2)
	}
	if *seed == 0 {
		*seed = rand.Uint64()
	}
	r := &run{timeout: *timeout}
	survived, err := r.all(flag.Args(), *only, *sample, *seed, *list)
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(2)
	case survived:
		os.Exit(1)
	}
}

type run struct {
	timeout time.Duration
	work    string // a folder for what is broken
}

func (r *run) all(patterns []string, only string, sample int, seed uint64, list bool) (unexpected bool, err error) {
	pkgs, err := load(patterns)
	if err != nil {
		return false, err
	}
	known, err := readSurvivors("internal/mutate/survivors.txt")
	if err != nil {
		return false, err
	}
	var mutants []mutant
	for _, p := range pkgs {
		ms, err := p.mutants()
		if err != nil {
			return false, err
		}
		mutants = append(mutants, ms...)
	}
	mutants = slices.DeleteFunc(mutants, func(m mutant) bool { return !strings.Contains(m.name(), only) })
	if list {
		for _, o := range operators {
			fmt.Printf("%-16s %s\n", o.name, o.does)
		}
		for _, m := range mutants {
			fmt.Println(m.name())
		}
		return false, nil
	}
	if r.work, err = os.MkdirTemp("", "mutate"); err != nil {
		return false, err
	}
	defer os.RemoveAll(r.work)
	for _, p := range pkgs { // that nothing fails for another reason
		if verdict, out := r.test(p, ""); verdict != survives {
			return false, fmt.Errorf("%s fails although nothing is broken:\n%s", p.ImportPath, out)
		}
	}
	if sample > 0 && sample < len(mutants) {
		rand.New(rand.NewPCG(seed, 0)).Shuffle(len(mutants), func(i, j int) { mutants[i], mutants[j] = mutants[j], mutants[i] })
		mutants = mutants[:sample]
		fmt.Printf("-seed %d\n", seed)
	}

	counts := make(map[verdict]int)
	survivors := make(map[string]bool)
	for _, m := range mutants {
		v, err := r.try(m)
		if err != nil {
			return false, err
		}
		counts[v]++
		name := m.name()
		reason, listed := known[name]
		switch {
		case v == survives && !listed:
			fmt.Printf("survives  %s\n", name)
			unexpected = true
		case v == survives:
			survivors[name] = true
		case listed && v != invalid && !strings.HasPrefix(reason, "sometimes: "):
			fmt.Printf("noticed, although it is listed: %s\n", name)
			unexpected = true
		}
	}
	fmt.Printf("%d mutants: %d noticed by a test, %d by the compiler, %d hang, %d survive, %d of them for a reason that is listed\n",
		len(mutants), counts[noticed], counts[invalid], counts[hangs], counts[survives], len(survivors))
	if sample == 0 && only == "" {
		names := make(map[string]bool)
		for _, m := range mutants {
			names[m.name()] = true
		}
		for name := range known {
			if !names[name] {
				fmt.Printf("listed, but there is none of that name: %s\n", name)
				unexpected = true
			}
		}
	}
	return unexpected, nil
}

// A verdict is what became of a mutant.
type verdict int

const (
	survives verdict = iota
	noticed
	hangs
	invalid // it does not compile
)

// try breaks the package as m says, and tests it and then those that import it.
func (r *run) try(m mutant) (verdict, error) {
	broken := filepath.Join(r.work, "broken.go")
	if err := os.WriteFile(broken, m.source(), 0o600); err != nil {
		return 0, err
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {m.file.path: broken}})
	if err != nil {
		return 0, err
	}
	replace := filepath.Join(r.work, "overlay.json")
	if err := os.WriteFile(replace, overlay, 0o600); err != nil {
		return 0, err
	}
	for _, p := range append([]*pkg{m.file.pkg}, m.file.pkg.importers...) {
		if v, _ := r.test(p, replace); v != survives {
			return v, nil
		}
	}
	return survives, nil
}

func (r *run) test(p *pkg, overlay string) (verdict, string) {
	ctx, cancel := context.WithTimeout(context.Background(), r.timeout+time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "go", "test", "-overlay="+overlay, "-vet=off", "-ldflags=-s -w", "-short", "-failfast", "-count=1", "-timeout="+r.timeout.String(), p.ImportPath)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	switch text := string(out); {
	case err == nil:
		return survives, text
	case !errors.As(err, &exit):
		return invalid, err.Error()
	case strings.Contains(text, "[build failed]") || strings.Contains(text, "[setup failed]"):
		return invalid, text
	case strings.Contains(text, "panic: test timed out") || ctx.Err() != nil:
		return hangs, text + "(it hangs)"
	default:
		return noticed, text
	}
}

// readSurvivors reads the names of mutants that may survive, each with its reason in the lines before, which begin
// with "#" and hold up to the next empty line.
func readSurvivors(name string) (map[string]string, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	known := make(map[string]string)
	var reason []string
	names := false
	for i, line := range strings.Split(string(text), "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
			reason, names = nil, false
		case strings.HasPrefix(line, "#") && !names:
			reason = append(reason, strings.TrimSpace(line[1:]))
		case strings.HasPrefix(line, "#"):
			return nil, fmt.Errorf("%s:%d: an empty line belongs before the reason", name, i+1)
		case len(reason) == 0:
			return nil, fmt.Errorf("%s:%d: %s has no reason", name, i+1, line)
		default:
			known[line], names = strings.Join(reason, " "), true
		}
	}
	return known, nil
}

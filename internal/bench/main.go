// Command bench measures package revocable beside its peers, in one run, and prints the figures as
// Markdown: what an access costs on one processor and on two that share the object, what real work
// around it makes of that, how soon Revoke returns, and what a million providers take.
//
// Only ratios mean anything. Workers are pinned, samples are taken in turns and disturbed ones are
// dropped (on Linux; elsewhere the figures are rough). On a busy machine ask for more rounds.
//
//	go run -C internal/bench . -svg ../../docs/performance.svg
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"time"
)

func main() {
	rounds := flag.Int("rounds", 60, "samples of each peer")
	svg := flag.String("svg", "", "also draw the ratios into this `file`")
	flag.Parse()
	if flag.NArg() > 0 || *rounds < 1 {
		fmt.Fprintln(os.Stderr, "bench: takes no arguments, and at least one round")
		os.Exit(2)
	}
	if err := run(*rounds, *svg); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(2)
	}
}

func run(rounds int, svg string) error {
	fmt.Printf("%s, %s/%s, GOMAXPROCS %d, %d rounds\n\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.GOMAXPROCS(0), rounds)
	before := debug.SetGCPercent(-1) // the loops allocate nothing, and the collector only disturbs
	columns := []map[string]figure{measure(peers, 1, rounds)}
	if runtime.NumCPU() > 1 {
		columns = append(columns, measure(peers, 2, rounds))
	}
	debug.SetGCPercent(before)

	base := columns[0][floor].median
	if base == 0 {
		return fmt.Errorf("no clean sample of %q in %d rounds: the machine is too busy", floor, rounds)
	}
	fmt.Println("| an enter and a leave | 1 processor, ns | × floor | 2 processors, ns | × floor | clean samples |")
	fmt.Println("|---|---|---|---|---|---|")
	var names []string
	for _, p := range peers {
		names = append(names, p.name)
		fmt.Printf("| %s |", p.name)
		clean := ""
		for i := range 2 {
			if i >= len(columns) || columns[i][p.name].clean == 0 {
				fmt.Print(" – | – |")
				clean += " 0"
				continue
			}
			f := columns[i][p.name]
			fmt.Printf(" %.2f (%.2f–%.2f) | %.2f |", f.median, f.low, f.high, f.median/base)
			clean += fmt.Sprintf(" %d/%d", f.clean, f.taken)
		}
		fmt.Printf("%s |\n", clean)
	}
	bars(columns, base)
	if err := systemBars(rounds); err != nil {
		return err
	}
	neighbours(rounds)

	fmt.Println("\n| revocation | |\n|---|---|")
	fmt.Printf("| from the last Release to Revoke's return, spinning | %v |\n", latency(0, 2000))
	fmt.Printf("| the same, parked | %v |\n", latency(time.Millisecond, 200))
	bytes, took := batch(1_000_000)
	fmt.Printf("| an idle provider | %.1f bytes |\n", bytes)
	fmt.Printf("| RevokeAll of 1,000,000 idle providers | %v |\n", took.Round(time.Millisecond))

	if svg == "" {
		return nil
	}
	f, err := os.Create(svg)
	if err != nil {
		return err
	}
	if err := plot(f, names, base, columns); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// bars prints the ratios that the project promises, and whether this run kept them.
func bars(columns []map[string]figure, base float64) {
	fmt.Println("\n| promise | bar | here | kept |\n|---|---|---|---|")
	line := func(what, bar string, value float64, kept bool) {
		fmt.Printf("| %s | %s | %.2f | %v |\n", what, bar, value, kept)
	}
	alone := columns[0][ours].median / base
	line("TryAccess + Release, 1 processor, × floor", "≤ 1.45", alone, alone <= 1.45)
	plain := columns[0][reader].median / base
	line("Reader's Enter + Leave, 1 processor, × floor", fmt.Sprintf("≤ %.1f", readerBar), plain, plain <= readerBar)
	if len(columns) < 2 || columns[1][ours].clean == 0 || columns[1][rwmutex].clean == 0 {
		return
	}
	shared := columns[1][ours].median
	line("the same, 2 processors, × floor", "≤ 2.0", shared/base, shared/base <= 2)
	line("sync.RWMutex / revocable, 2 processors", "≥ 3", columns[1][rwmutex].median/shared, columns[1][rwmutex].median >= 3*shared)
	line("xsync.RBMutex / revocable, 2 processors", "> 1", columns[1][rbmutex].median/shared, columns[1][rbmutex].median > shared)
}

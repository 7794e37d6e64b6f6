// Peers runs revlint over the test data of other analyzers, and prints for each of their functions in which either
// says something: what they say, what revlint says, and who is right.
//
//	go run ./internal/peers > docs/peers.md
//
// The suites are downloaded at the versions below: as modules, and where the test data are modules of their own, which a
// module leaves out, from git repositories under $GIT (none: https://github.com). Who is right was judged by
// reading; the judgements are in judged.tsv, and a case without one is printed as such.
package main

import (
	"bufio"
	_ "embed"
	"errors"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

//go:embed judged.tsv
var judged string

//go:embed about.md
var about string

//go:embed side.txt
var sideBySide string // made by side.sh and by reading

func main() {
	log.SetFlags(0)
	dir, err := os.MkdirTemp("", "peers")
	if err != nil {
		log.Fatal(err)
	}
	err = run(dir)
	if err := errors.Join(err, os.RemoveAll(dir)); err != nil {
		log.Fatal(err)
	}
}

func run(dir string) error {
	revlint := filepath.Join(dir, "revlint.exe")
	if err := command(".", "go", "build", "-o", revlint, "./cmd/revlint"); err != nil {
		return err
	}
	out := bufio.NewWriter(os.Stdout)
	fmt.Fprint(out, about)
	verdicts := verdicts()
	for _, s := range suites {
		work := filepath.Join(dir, s.name)
		modules, err := s.copyTo(work)
		if err != nil {
			return err
		}
		all := make(files)
		for _, module := range modules {
			short := ""
			if len(modules) > 1 {
				short = filepath.Base(module) + "/"
			}
			if err := all.cases(module, short); err != nil {
				return err
			}
			if err := all.find(revlint, module, short); err != nil {
				return err
			}
		}
		s.print(out, all, verdicts)
	}
	fmt.Fprint(out, sideBySide)
	return out.Flush()
}

func command(dir, name string, args ...string) error {
	c := exec.Command(name, args...)
	c.Dir, c.Stderr = dir, os.Stderr
	return c.Run()
}

// verdicts are who is right and why, by suite, file and function.
func verdicts() map[string][2]string {
	out := make(map[string][2]string)
	for line := range strings.Lines(judged) {
		if f := strings.Split(strings.TrimSpace(line), "\t"); len(f) == 3 {
			out[f[0]] = [2]string{f[1], f[2]}
		}
	}
	return out
}

func (s *suite) print(out *bufio.Writer, all files, verdicts map[string][2]string) {
	fmt.Fprintf(out, "\n## %s\n\n`%s`\n\n| case | %s | revlint | right | why |\n|---|---|---|---|---|\n", s.name, s.source, s.name)
	names := make([]string, 0, len(all))
	for name := range all {
		names = append(names, name)
	}
	slices.Sort(names)
	silent := 0
	count := make(map[string]int)
	for _, name := range names {
		for _, fn := range all[name] {
			if len(fn.theirs)+len(fn.ours) == 0 {
				silent++
				continue
			}
			v, ok := verdicts[s.name+" "+name+" "+fn.name]
			switch {
			case ok:
			case len(fn.theirs) > 0 && len(fn.ours) > 0:
				v = [2]string{"both", ""}
			default:
				v = [2]string{"not judged", ""}
			}
			count[v[0]]++
			fmt.Fprintf(out, "| %s %s | %s | %s | %s | %s |\n", name, fn.name, strings.Join(fn.theirs, ", "), strings.Join(fn.ours, ", "), v[0], v[1])
		}
	}
	fmt.Fprintf(out, "\nBoth are silent on %d more functions. Right where something is said:", silent)
	for _, who := range []string{"both", "revlint", s.name, "neither", "option", "not judged"} {
		if count[who] > 0 {
			fmt.Fprintf(out, " %s %d;", who, count[who])
		}
	}
	fmt.Fprintln(out)
}

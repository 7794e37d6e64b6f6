//go:build unix

// Speed measures what revlint and its peers cost on public modules.
//
//	go run ./internal/speed [-modules regexp] [-tools regexp] [-rounds n] [-page docs/performance.md -svg docs/speed.svg]
//
// The modules, with their versions, are those of modules.tsv, or of the list that -list
// names; they come from the module proxy that the go command is set up for. Each tool
// analyses each of them four times a round: cold (what it has kept is gone, but the go
// command's build cache is warm), warm (again), and after an edit to a leaf and to
// the core: a package that no other of the module imports, and the one that most do.
//
// CPU is that of the command and of all that it starts, and memory that of the largest
// of these processes. Only ratios mean anything, and only on a machine that is quiet.
package main

import (
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/revlint/revlint/internal/page"
)

//go:embed modules.tsv
var modules string

type options struct {
	modules, tools *regexp.Regexp
	list           string
	rounds         int
	limit          time.Duration
	work           string
	golangci       string
	page, svg      string
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("speed: ")
	o := options{modules: regexp.MustCompile(""), tools: regexp.MustCompile("")}
	pattern := func(name, what string, into **regexp.Regexp) {
		flag.Func(name, "measure only the "+what+" whose name matches this `regexp`", func(text string) (err error) {
			*into, err = regexp.Compile(text)
			return err
		})
	}
	pattern("modules", "modules", &o.modules)
	pattern("tools", "tools", &o.tools)
	flag.StringVar(&o.list, "list", "", "measure the modules of this `file`, in the form of modules.tsv")
	flag.IntVar(&o.rounds, "rounds", 5, "`number` of rounds, of which the median counts")
	flag.DurationVar(&o.limit, "limit", 20*time.Minute, "give up on a run after this `time`")
	flag.StringVar(&o.work, "work", "", "the `folder` for copies and caches, some gigabytes; what is there is used again (default: a temporary one)")
	flag.StringVar(&o.golangci, "golangci", "", "the golangci-lint `program` (default: built, in the version of golangci/cmd/custom-gcl)")
	flag.StringVar(&o.page, "page", "", "write the tables into this `file`, between their marks")
	flag.StringVar(&o.svg, "svg", "", "draw into this `file`")
	flag.Parse()
	if err := o.run(); err != nil {
		log.Fatal(err)
	}
}

func (o *options) run() (err error) {
	if o.work == "" {
		if o.work, err = os.MkdirTemp("", "speed-*"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, removeAll(o.work)) }()
	}
	if o.work, err = filepath.Abs(o.work); err != nil {
		return err
	}
	text := modules
	if o.list != "" {
		data, err := os.ReadFile(o.list)
		if err != nil {
			return err
		}
		text = string(data)
	}
	subjects, err := o.parse(text)
	if err != nil {
		return err
	}
	bench, err := newBench(o)
	if err != nil {
		return err
	}
	var results []*result
	var left error // a module that cannot be measured does not stop the others
	for _, s := range subjects {
		r, err := bench.measure(s)
		if err != nil {
			err = fmt.Errorf("%s: %w", s.name, err)
			log.Print(err)
			left = errors.Join(left, err)
			continue
		}
		results = append(results, r)
		// Hours may lie between two of them.
		fmt.Print(r.table())
	}
	if left != nil {
		return errors.New("some modules were not measured: nothing is written")
	}
	report := o.report(results)
	fmt.Print("\n", report)
	if o.page != "" {
		if err := page.Replace(o.page, "speed", report); err != nil {
			return err
		}
	}
	if o.svg == "" {
		return nil
	}
	f, err := os.Create(o.svg)
	if err != nil {
		return err
	}
	return errors.Join(plot(f, results), f.Close())
}

// A subject is what is analysed.
type subject struct {
	name, module string
	patterns     []string
}

func (o *options) parse(text string) (all []subject, err error) {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) != 3 {
			return nil, fmt.Errorf("%q: want a name, a module and packages, with tabs between them", line)
		}
		if o.modules.MatchString(fields[0]) {
			all = append(all, subject{fields[0], fields[1], strings.Fields(fields[2])})
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("no module matches %v", o.modules)
	}
	return all, nil
}

// removeAll removes a folder, also what is read-only in it.
func removeAll(dir string) error {
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			err = os.Chmod(name, 0o777)
		}
		return err
	})
	return errors.Join(err, os.RemoveAll(dir))
}

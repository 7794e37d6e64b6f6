package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis/unitchecker"
)

// counted are the packages whose statements are counted. The command itself is one of
// them because only a program that counts its main package writes its counts.
const counted = "github.com/revlint/revlint/analyzers/internal/...,github.com/revlint/revlint/cmd/revlint"

// A counter runs revlint and counts what it does.
type counter struct{ dir, tool string }

// newCounter builds revlint with counters, in dir; root is the folder of the repository.
func newCounter(dir, root string) (*counter, error) {
	c := &counter{dir, filepath.Join(dir, "revlint.exe")}
	build := exec.Command("go", "build", "-cover", "-covermode=atomic", "-coverpkg="+counted, "-o", c.tool, "./cmd/revlint")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("go build: %v\n%s", err, out)
	}
	return c, nil
}

// A growth is how much work programs of one shape took.
type growth struct {
	shape
	sizes, work [3]int
	unknown     map[string]int // of the largest, by reason
}

// exponent is that of the last doubling.
func (g *growth) exponent() float64 {
	return math.Log2(float64(g.work[2]) / float64(g.work[1]))
}

// measure analyses programs of the shape. What every program takes, with nothing in it
// but the pool, is no part of the work.
func (c *counter) measure(s shape) (*growth, error) {
	base, _, err := c.work(pool)
	if err != nil {
		return nil, err
	}
	g := &growth{shape: s}
	for i := range g.sizes {
		g.sizes[i] = s.n >> (2 - i)
		n, unknown, err := c.work(pool + s.make(g.sizes[i]))
		if err != nil {
			return nil, fmt.Errorf("%s, %d: %w", s.name, g.sizes[i], err)
		}
		g.work[i], g.unknown = n-base, unknown
	}
	return g, nil
}

// work analyses a program and returns how many statements were executed for it, and
// what of it is unknown.
func (c *counter) work(program string) (statements int, unknown map[string]int, err error) {
	dir, err := os.MkdirTemp(c.dir, "program-*")
	if err != nil {
		return 0, nil, err
	}
	defer os.RemoveAll(dir)
	source, config, counts := filepath.Join(dir, "p.go"), filepath.Join(dir, "p.cfg"), filepath.Join(dir, "counts")
	u := unitchecker.Config{ID: "p", Compiler: "gc", Dir: dir, ImportPath: "p", GoVersion: "go1.26", GoFiles: []string{source}, VetxOutput: filepath.Join(dir, "p.vetx")}
	data, err := json.Marshal(u)
	if err != nil {
		return 0, nil, err
	}
	if err := os.WriteFile(config, data, 0o666); err != nil {
		return 0, nil, err
	}
	if err := os.WriteFile(source, []byte(program), 0o666); err != nil {
		return 0, nil, err
	}
	if err := os.Mkdir(counts, 0o777); err != nil {
		return 0, nil, err
	}
	run := exec.Command(c.tool, "-json", "-stats", config)
	run.Dir, run.Env = dir, append(os.Environ(), "GOCOVERDIR="+counts)
	run.Stderr = os.Stderr
	out, err := run.Output()
	if err != nil {
		return 0, nil, fmt.Errorf("revlint: %v", err)
	}
	if unknown, err = reasons(out); err != nil {
		return 0, nil, err
	}
	statements, err = sum(counts)
	return statements, unknown, err
}

// reasons reads why accesses are unknown from what a unit prints, which must have no
// findings: the programs are right.
func reasons(out []byte) (map[string]int, error) {
	var tree map[string]map[string][]struct{ Message string }
	if err := json.Unmarshal(out, &tree); err != nil {
		return nil, fmt.Errorf("%v: %s", err, out)
	}
	var stats struct{ Reasons map[string]int }
	for name, diagnostics := range tree["p"] {
		if name != "statistics" {
			return nil, fmt.Errorf("%s says: %s", name, diagnostics[0].Message)
		}
		if err := json.Unmarshal([]byte(strings.TrimSuffix(diagnostics[0].Message, " (stats)")), &stats); err != nil {
			return nil, err
		}
	}
	return stats.Reasons, nil
}

var block = regexp.MustCompile(`:\S+ (\d+) (\d+)$`)

// sum adds up the statements that the counters in dir have seen executed.
func sum(dir string) (total int, err error) {
	profile := filepath.Join(dir, "profile")
	if out, err := exec.Command("go", "tool", "covdata", "textfmt", "-i="+dir, "-o="+profile).CombinedOutput(); err != nil {
		return 0, fmt.Errorf("go tool covdata: %v\n%s", err, out)
	}
	f, err := os.Open(profile)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if m := block.FindStringSubmatch(lines.Text()); m != nil {
			statements, _ := strconv.Atoi(m[1]) // digits
			times, _ := strconv.Atoi(m[2])
			total += statements * times
		}
	}
	if total == 0 {
		return 0, fmt.Errorf("nothing was counted in %s", dir)
	}
	return total, lines.Err()
}

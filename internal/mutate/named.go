package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A named mutant is one that was thought of, mostly because it is what is easily got wrong. Each has a test that is there on its
// account. Together they take away what each row of the tables of docs/systems.md and docs/systems-comparison.md promises.
type named struct {
	rows  []string // what the rows promise; nil if it is more than they do
	name  string
	file  string
	edits [][2]string // what stands in the file once, and what it becomes
	test  string      // in the file's package; after a package's name, or the way to it, and a dot, in that below or above it
}

// namedMutants are all of them.
var namedMutants = slices.Concat(namedCore, namedDevice, namedSystems, namedDomain)

// place returns the folder of a mutant's test, and the test's name.
func (m named) place() (folder, test string) {
	folder = path.Dir(m.file)
	dot := strings.LastIndex(m.test, ".")
	if dot < 0 {
		return folder, m.test
	}
	pkg, test := m.test[:dot], m.test[dot+1:]
	for up := folder; up != "."; up = path.Dir(up) {
		if path.Base(up) == pkg {
			return up, test
		}
	}
	return path.Join(folder, pkg), test
}

// count is how often the test is run: some mutants are noticed by a race that it does not always lose.
func (m named) count() string {
	if m.test == domainTest { // it does the same each time
		return "-count=1"
	}
	return "-count=20"
}

// tryNamed breaks what each of them says whose name contains only, and runs its test. It reports whether one survives.
func tryNamed(work, only string) (survived bool, err error) {
	for i, m := range namedMutants {
		if !strings.Contains(m.name, only) {
			continue
		}
		path, err := filepath.Abs(m.file)
		if err != nil {
			return false, err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return false, err
		}
		broken := string(text)
		for _, e := range m.edits {
			if strings.Count(broken, e[0]) != 1 {
				return false, fmt.Errorf("%s: %q stands %d times in %s", m.name, e[0], strings.Count(broken, e[0]), m.file)
			}
			broken = strings.Replace(broken, e[0], e[1], 1)
		}
		r := &run{work: work}
		name := filepath.Join(work, fmt.Sprintf("named%d.go", i))
		if err := os.WriteFile(name, []byte(broken), 0o600); err != nil {
			return false, err
		}
		overlay, err := r.overlay("named.json", map[string]string{path: name})
		if err != nil {
			return false, err
		}
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
		folder, test := m.place()
		cmd := exec.CommandContext(ctx, "go", "test", "-overlay="+overlay, "-vet=off", "-failfast", m.count(), "-timeout=2m",
			"-run=^"+test+"$", "./"+folder)
		out, err := cmd.CombinedOutput()
		v, _ := judge(ctx, string(out), err)
		cancel()
		switch v {
		case invalid:
			return false, fmt.Errorf("%s: %s", m.name, out)
		case survives:
			survived = true
			fmt.Printf("survives  %s (%s)\n", m.name, m.test)
		default:
			fmt.Printf("dies      %s (%s)\n", m.name, m.test)
		}
	}
	return survived, nil
}

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// A verdict is what became of a mutant.
type verdict int

const (
	survives verdict = iota
	noticed
	hangs
	invalid // it does not compile
)

// A run tries mutants. Most are in one binary for each package, which is built once and told which mutant to be;
// those that cannot be there are built by themselves.
type run struct {
	timeout time.Duration
	work    string // a folder for what is broken
	tests   map[*pkg]*tests
}

// tests is a test binary that has many mutants. Most of them are noticed by its quick tests.
type tests struct {
	binary      string
	quick, slow turn
	skip        []string // tests that fail though no mutant is in force, because the code was made longer
}

// A turn is some of the tests.
type turn struct {
	skip    []string // those that are none of it
	timeout time.Duration
}

// slow is how long a test takes that is not a quick one.
const slow = 20 * time.Millisecond

// number gives each mutant a number that can be among others in a binary.
func number(pkgs []*pkg, mutants []*mutant) {
	byFile := make(map[*file][]*mutant)
	for _, m := range mutants {
		byFile[m.file] = append(byFile[m.file], m)
	}
	last := 0
	for _, p := range pkgs {
		for _, f := range p.files {
			for _, m := range byFile[f] {
				if m.way != asValue || m.typ != "" {
					last++
					m.number = last
				}
			}
			fits := func(ms []*mutant) bool {
				return p.compiles(f, append(schema(f, ms), "\nvar "+active+" int\n"...))
			}
			if fits(numbered(byFile[f])) {
				continue
			}
			for _, m := range numbered(byFile[f]) {
				if !fits([]*mutant{m}) {
					m.number = 0
				}
			}
		}
	}
}

// numbered are those of ms that have a number.
func numbered(ms []*mutant) []*mutant {
	return slices.DeleteFunc(slices.Clone(ms), func(m *mutant) bool { return m.number == 0 })
}

// build makes the binaries.
func (r *run) build(pkgs []*pkg, mutants []*mutant) error {
	byFile := make(map[*file][]*mutant)
	for _, m := range numbered(mutants) {
		byFile[m.file] = append(byFile[m.file], m)
	}
	replace := make(map[string]string)
	put := func(path string, text []byte) error {
		broken := filepath.Join(r.work, fmt.Sprintf("%d.go", len(replace)))
		replace[path] = broken
		return os.WriteFile(broken, text, 0o600)
	}
	for _, p := range pkgs {
		some := false
		for _, f := range p.files {
			if ms := byFile[f]; len(ms) > 0 {
				some = true
				if err := put(f.path, schema(f, ms)); err != nil {
					return err
				}
			}
		}
		if some {
			if err := put(filepath.Join(p.Dir, "active_mutant.go"), []byte(switchFile(p.types.Name()))); err != nil {
				return err
			}
		}
	}
	overlay, err := r.overlay("schema.json", replace)
	if err != nil {
		return err
	}
	r.tests = make(map[*pkg]*tests)
	for _, p := range pkgs {
		if !p.tested() {
			continue
		}
		t := &tests{binary: filepath.Join(r.work, fmt.Sprintf("test%d", len(r.tests)))}
		r.tests[p] = t
		out, err := exec.Command("go", "test", "-c", "-overlay="+overlay, "-vet=off", "-ldflags=-s -w", "-o", t.binary, p.ImportPath).CombinedOutput()
		if err != nil {
			return fmt.Errorf("%s with all its mutants: %w\n%s", p.ImportPath, err, out)
		}
		if err := r.divide(p, t); err != nil {
			return err
		}
	}
	return nil
}

// divide finds out which tests of p are quick, and which fail, though no mutant is in force.
func (r *run) divide(p *pkg, t *tests) error {
	took := make(map[string]time.Duration)
	for range 3 { // that none is skipped for a moment's reason, and none kept that fails now and then
		v, out := r.execute(p, turn{t.skip, 10 * time.Minute}, 0)
		if v == hangs {
			return fmt.Errorf("%s hangs although no mutant is in force:\n%s", p.ImportPath, out)
		}
		for _, m := range outcome.FindAllStringSubmatch(out, -1) {
			d, _ := time.ParseDuration(m[3])
			took[m[2]] = max(took[m[2]], d)
			if m[1] == "FAIL" {
				t.skip = append(t.skip, m[2])
			}
		}
		if v == noticed && t.skip == nil {
			return fmt.Errorf("%s fails although no mutant is in force:\n%s", p.ImportPath, out)
		}
	}
	slices.Sort(t.skip)
	if t.skip = slices.Compact(t.skip); t.skip != nil {
		fmt.Printf("%s: %s fail when the code is longer; what survives the others is built by itself\n", p.ImportPath, strings.Join(t.skip, ", "))
	}
	t.quick, t.slow = turn{t.skip, r.timeout}, turn{t.skip, r.timeout}
	for name, d := range took {
		if d >= slow {
			t.quick.skip = append(t.quick.skip, name)
			t.slow.timeout += 20 * d
		} else {
			t.slow.skip = append(t.slow.skip, name)
			t.quick.timeout += 20 * d
		}
	}
	return nil
}

// outcome matches what a test of the first level says at its end.
var outcome = regexp.MustCompile(`(?m)^--- (PASS|FAIL|SKIP): (\w+) \(([\d.]+s)\)`)

func (r *run) overlay(name string, replace map[string]string) (string, error) {
	text, err := json.Marshal(map[string]map[string]string{"Replace": replace})
	if err != nil {
		return "", err
	}
	overlay := filepath.Join(r.work, name)
	return overlay, os.WriteFile(overlay, text, 0o600)
}

// execute runs a turn of p's tests with the mutant of that number in force.
func (r *run) execute(p *pkg, some turn, number int) (verdict, string) {
	args := []string{"-test.short", "-test.count=1", "-test.timeout=" + some.timeout.String()}
	if number > 0 {
		args = append(args, "-test.failfast")
	} else {
		args = append(args, "-test.v")
	}
	if some.skip != nil {
		args = append(args, "-test.skip=^("+strings.Join(some.skip, "|")+")$")
	}
	ctx, cancel := context.WithTimeout(context.Background(), some.timeout+10*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, r.tests[p].binary, args...)
	cmd.Dir = p.Dir
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%d", environment, number))
	end := grouped(cmd)
	defer end()
	cmd.Cancel = func() error { end(); return nil }
	cmd.WaitDelay = time.Second // for what others keep open
	out, err := cmd.CombinedOutput()
	return judge(ctx, string(out), err)
}

// judge tells a verdict from how a test ended.
func judge(ctx context.Context, out string, err error) (verdict, string) {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return survives, out
	case strings.Contains(out, "panic: test timed out") || ctx.Err() != nil:
		return hangs, out + "(it hangs)"
	case !errors.As(err, &exit):
		return invalid, err.Error()
	case strings.Contains(out, "[build failed]") || strings.Contains(out, "[setup failed]"):
		return invalid, out
	default:
		return noticed, out
	}
}

// all tries the mutants, some at a time, and tells what became of each, in their order.
func (r *run) all(mutants []*mutant, atOnce int, tell func(*mutant, verdict)) error {
	verdicts := make([]chan verdict, len(mutants))
	for i := range verdicts {
		verdicts[i] = make(chan verdict, 1)
	}
	errs := make(chan error, len(mutants))
	var wg sync.WaitGroup
	next := make(chan int)
	for range atOnce {
		wg.Go(func() {
			for i := range next {
				v, err := r.try(mutants[i])
				if err != nil {
					errs <- err
				}
				verdicts[i] <- v
			}
		})
	}
	go func() {
		for i := range mutants {
			next <- i
		}
		close(next)
	}()
	for i, m := range mutants {
		tell(m, <-verdicts[i])
		select {
		case err := <-errs:
			return err
		default:
		}
	}
	wg.Wait()
	return nil
}

// try breaks the package as m says, and tests it and then those that import it.
func (r *run) try(m *mutant) (verdict, error) {
	if !m.file.pkg.compiles(m.file, m.source()) {
		return invalid, nil
	}
	var alone map[*pkg][]string // what is left to be run with the mutant built by itself; nil for a package: all its tests
	for _, p := range append([]*pkg{m.file.pkg}, m.file.pkg.importers...) {
		if !p.tested() {
			continue
		}
		if t := r.tests[p]; m.number > 0 {
			for _, some := range []turn{t.quick, t.slow} {
				if v, _ := r.execute(p, some, m.number); v != survives {
					return v, nil
				}
			}
		}
		if skip := r.tests[p].skip; m.number == 0 || skip != nil {
			if alone == nil {
				alone = make(map[*pkg][]string)
			}
			if alone[p] = nil; m.number > 0 {
				alone[p] = skip
			}
		}
	}
	if alone == nil {
		return survives, nil
	}
	dir, err := os.MkdirTemp(r.work, "alone")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	broken := filepath.Join(dir, "broken.go")
	if err := os.WriteFile(broken, m.source(), 0o600); err != nil {
		return 0, err
	}
	overlay, err := r.overlay(filepath.Join(filepath.Base(dir), "overlay.json"), map[string]string{m.file.path: broken})
	if err != nil {
		return 0, err
	}
	for _, p := range append([]*pkg{m.file.pkg}, m.file.pkg.importers...) {
		if only, ok := alone[p]; ok {
			if v, _ := r.goTest(p, overlay, only); v != survives {
				return v, nil
			}
		}
	}
	return survives, nil
}

// goTest builds and runs the tests of p, or only some.
func (r *run) goTest(p *pkg, overlay string, only []string) (verdict, string) {
	t := r.tests[p]
	ctx, cancel := context.WithTimeout(context.Background(), t.quick.timeout+t.slow.timeout+5*time.Minute)
	defer cancel()
	args := []string{"test", "-overlay=" + overlay, "-vet=off", "-ldflags=-s -w", "-short", "-failfast", "-count=1", "-timeout=" + (t.quick.timeout + t.slow.timeout).String()}
	if only != nil {
		args = append(args, "-run=^("+strings.Join(only, "|")+")$")
	}
	out, err := exec.CommandContext(ctx, "go", append(args, p.ImportPath)...).CombinedOutput()
	return judge(ctx, string(out), err)
}

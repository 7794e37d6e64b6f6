//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// A bench has the tools built and runs them.
type bench struct {
	*options
	tools       []*tool
	edits       int    // that were made: each is another
	id          string // of this run of the command
	generations int
}

// A tool is one way to analyse packages. Its command is another with each
// generation: what it has kept for the last one is then of no use to it.
type tool struct {
	name    string
	command func(generation string) (args, env []string, err error)
}

// newBench builds the tools.
func newBench(o *options) (*bench, error) {
	b := &bench{options: o, id: strconv.FormatInt(time.Now().UnixNano(), 36)}
	bin := filepath.Join(b.work, "bin")
	if err := os.MkdirAll(bin, 0o777); err != nil {
		return nil, err
	}
	build := func(dir, pkg, name string) (string, error) {
		program := filepath.Join(bin, name)
		cmd := exec.Command("go", "build", "-o", program, pkg)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			return "", fmt.Errorf("go build %s: %v\n%s", pkg, err, out)
		}
		return program, nil
	}
	cacheOf := func(tool, id string) string { return filepath.Join(b.work, "caches", tool+"."+id) }
	for _, t := range []struct {
		name      string
		dir, pkg  string
		program   string // in place of a built one
		arguments func(program, id string) (args, env []string, err error)
	}{
		{"nothing", ".", "./internal/speed/floor", "", func(program, id string) (args, env []string, err error) {
			program, err = generation(program, id)
			return []string{"go", "vet", "-vettool=" + program}, nil, err
		}},
		{"go vet", "", "", "", func(_, id string) (args, env []string, err error) {
			return []string{"go", "vet", "-printf.funcs=speed" + id}, nil, nil
		}},
		{"staticcheck", ".", "honnef.co/go/tools/cmd/staticcheck", "", func(program, id string) (args, env []string, err error) {
			return []string{program}, []string{"STATICCHECK_CACHE=" + cacheOf("staticcheck", id)}, nil
		}},
		{"golangci-lint", "golangci/cmd/custom-gcl", "github.com/golangci/golangci-lint/v2/cmd/golangci-lint", b.golangci, func(program, id string) (args, env []string, err error) {
			return []string{program, "run", "--no-config", "--default=standard", "--output.text.path=" + os.DevNull}, []string{"GOLANGCI_LINT_CACHE=" + cacheOf("golangci", id)}, nil
		}},
		{"revlint", ".", "./cmd/revlint", "", func(program, id string) (args, env []string, err error) {
			program, err = generation(program, id)
			return []string{program}, nil, err
		}},
	} {
		if !b.options.tools.MatchString(t.name) {
			continue
		}
		program := t.program
		if program == "" && t.pkg != "" {
			var err error
			if program, err = build(t.dir, t.pkg, filepath.Base(t.pkg)); err != nil {
				return nil, err
			}
		}
		b.tools = append(b.tools, &tool{t.name, func(id string) ([]string, []string, error) { return t.arguments(program, id) }})
	}
	if len(b.tools) == 0 {
		return nil, fmt.Errorf("no tool matches %v", b.options.tools)
	}
	return b, nil
}

// generation is a copy of a vet tool that the go command takes for another, as it knows
// tools by their content, so that what it has kept of the last one is of no use. (It is
// never in memory as a whole: a process that is started counts as at least as large as
// the one that starts it.)
func generation(program, id string) (name string, err error) {
	name = filepath.Join(filepath.Dir(filepath.Dir(program)), "caches", filepath.Base(program)+"."+id)
	from, err := os.Open(program)
	if err != nil {
		return "", err
	}
	defer from.Close()
	to, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o777)
	if err != nil {
		return "", err
	}
	_, err = io.Copy(to, from)
	if err == nil {
		_, err = to.WriteString(name)
	}
	return name, errors.Join(err, to.Close())
}

// states are in which each tool is measured.
var states = []string{"cold", "warm", "leaf", "core"}

// A sample is what one run took.
type sample struct {
	cpu, wall time.Duration
	memory    int64 // bytes, of the largest process
	failed    bool  // it was given up, or could not analyse everything
}

// A result is what all tools took on one subject.
type result struct {
	*copied
	tools   []string
	samples map[string]map[string][]sample // by tool and state
}

func (b *bench) measure(s subject) (_ *result, err error) {
	c, err := b.fetch(s)
	if err != nil {
		return nil, err
	}
	// All that tools want of the go command's builds is there before any is measured.
	warm := exec.Command("go", append([]string{"vet", "-printf.funcs=speed"}, c.patterns...)...)
	warm.Dir, warm.Env = c.dir, b.environment()
	_ = warm.Run() // its findings are no matter, and what is broken will show
	r := &result{copied: c, samples: make(map[string]map[string][]sample)}
	for _, t := range b.tools {
		r.tools = append(r.tools, t.name)
		r.samples[t.name] = make(map[string][]sample)
	}
	for range b.rounds {
		for _, t := range b.tools { // in turns: what else the machine does hits all alike
			b.generations++
			if err := b.round(r, t, fmt.Sprintf("%s.%d", b.id, b.generations)); err != nil {
				return nil, err
			}
		}
	}
	// Each edit has left the go command some compiled packages: that adds up.
	return r, errors.Join(removeAll(filepath.Join(b.work, "gocache")), removeAll(filepath.Join(b.work, "caches")))
}

// round runs a tool once in each state. The id is its generation.
func (b *bench) round(r *result, t *tool, id string) (err error) {
	if err := os.MkdirAll(filepath.Join(b.work, "caches"), 0o777); err != nil {
		return err
	}
	args, env, err := t.command(id)
	if err != nil {
		return err
	}
	for _, state := range states {
		var e *edited
		switch state {
		case "leaf":
			e = r.leaf
		case "core":
			e = r.core
		}
		if e != nil {
			b.edits++
			if err := e.change(b.edits); err != nil {
				return err
			}
			defer func() { err = errors.Join(err, e.restore()) }()
		} else if state == "leaf" || state == "core" {
			continue
		}
		x := b.sample(r.dir, append(args[:len(args):len(args)], r.patterns...), env)
		r.samples[t.name][state] = append(r.samples[t.name][state], x)
		log.Printf("%s, %s, %s: CPU %.1f s, wall %.1f s, %d MB%s", r.name, t.name, state, x.cpu.Seconds(), x.wall.Seconds(), x.memory>>20, map[bool]string{true: ", FAILED"}[x.failed])
		if x.failed && state == "cold" {
			return nil // the others would fail alike
		}
	}
	return nil
}

// sample runs a command and measures it with all that it starts.
func (b *bench) sample(dir string, args, env []string) (x sample) {
	ctx, cancel := context.WithTimeout(context.Background(), b.limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir, cmd.Env = dir, append(b.environment(), env...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	start := time.Now()
	err := cmd.Run()
	x.wall = time.Since(start)
	var exit *exec.ExitError
	// 1 is that something was found, for all of them.
	x.failed = ctx.Err() != nil || err != nil && !(errors.As(err, &exit) && exit.ExitCode() == 1)
	if x.failed {
		log.Printf("%v: %v\n%.2000s", args, err, stderr.String())
	}
	if cmd.ProcessState != nil {
		x.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		if u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			x.memory = u.Maxrss << 10 // KB, on Linux
		}
	}
	return x
}

// environment is that of all tools: a build cache of their own.
func (b *bench) environment() []string {
	return append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off", "GOCACHE="+filepath.Join(b.work, "gocache"))
}

func (b *bench) output(dir, name string, args ...string) ([]byte, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = dir, b.environment()
	out, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return out, fmt.Errorf("%s: %v\n%s", name, err, exit.Stderr)
	}
	return out, err
}

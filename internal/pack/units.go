package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/version"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"
)

// goVersion is the language that the playground speaks, "go1.26": that of the go
// command at hand.
var goVersion = version.Lang(runtime.Version())

// units runs revlint on packages, one at a time, as the go command does.
type units struct {
	tool  string           // revlint
	out   string           // the folder for what is known of packages
	known map[string]*unit // by import path
}

// A source is a module, by its folder, and patterns for packages there.
type source struct {
	dir      string
	patterns []string
}

// A unit is a package as go list tells of it.
type unit struct {
	ImportPath, Dir string
	GoFiles         []string
	Imports         []string
	ImportMap       map[string]string // where an import is of another path than it says
	DepOnly         bool              // nobody asked for it
	Module          *struct {
		Path, Version, GoVersion string
		Main                     bool
	}

	done chan struct{} // closed when it is analysed, or has failed
}

// facts is the file with what is known of a package.
func (u *units) facts(path string) string {
	return filepath.Join(u.out, filepath.FromSlash(path)+".vetx")
}

// run analyses the packages of s and all that they import, if they are not known
// yet, and returns the paths of those that others may import.
func (u *units) run(s source) (importable []string, err error) {
	listed, err := list(s)
	if err != nil {
		return nil, err
	}
	var fresh []*unit
	for _, p := range listed {
		if !p.DepOnly && !strings.Contains("/"+p.ImportPath+"/", "/internal/") && !strings.HasPrefix(p.ImportPath, "vendor/") {
			importable = append(importable, p.ImportPath)
		}
		if u.known[p.ImportPath] == nil {
			p.done = make(chan struct{})
			u.known[p.ImportPath] = p
			fresh = append(fresh, p)
		}
	}
	var running sync.WaitGroup
	free := make(chan struct{}, runtime.NumCPU())
	failed := make([]error, len(fresh))
	for i, p := range fresh {
		running.Go(func() {
			defer close(p.done)
			for _, path := range p.imports() {
				<-u.known[path].done
			}
			free <- struct{}{}
			defer func() { <-free }()
			failed[i] = u.analyse(p)
		})
	}
	running.Wait()
	return importable, errors.Join(failed...)
}

// list asks the go command for packages that have code. They are those of one system, whatever
// this one is, so that the playground is the same everywhere.
func list(s source) (all []*unit, err error) {
	args := append([]string{"list", "-deps", "-json=ImportPath,Dir,GoFiles,Imports,ImportMap,DepOnly,Module", "--"}, s.patterns...)
	cmd := exec.Command("go", args...)
	cmd.Dir = s.dir
	cmd.Env = append(cmd.Environ(), "CGO_ENABLED=0", "GOOS=linux", "GOARCH=amd64")
	if s.dir != "." { // a module of its own
		cmd.Env = append(cmd.Env, "GOWORK=off")
	}
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %v", err)
	}
	for in := json.NewDecoder(bytes.NewReader(out)); ; {
		p := new(unit)
		if err := in.Decode(p); err == io.EOF {
			return all, nil
		} else if err != nil {
			return nil, err
		}
		if len(p.GoFiles) > 0 && p.ImportPath != "unsafe" {
			all = append(all, p)
		}
	}
}

// importMap is by which path p imports what.
func (p *unit) importMap() map[string]string {
	m := make(map[string]string)
	for _, path := range p.Imports { // as they are, and not as the source says
		m[path] = path
	}
	maps.Copy(m, p.ImportMap)
	return m
}

// imports are the packages that p imports and that are units.
func (p *unit) imports() []string {
	paths := slices.Compact(slices.Sorted(maps.Values(p.importMap())))
	return slices.DeleteFunc(paths, func(path string) bool { return path == "unsafe" })
}

// analyse runs revlint on p, of which it keeps what importers have to know.
func (u *units) analyse(p *unit) error {
	cfg := unitchecker.Config{
		ID: p.ImportPath, Compiler: "gc", Dir: p.Dir, ImportPath: p.ImportPath, GoVersion: goVersion,
		ImportMap: p.importMap(), PackageVetx: make(map[string]string),
		VetxOnly: true, VetxOutput: u.facts(p.ImportPath),
	}
	for _, name := range p.GoFiles {
		cfg.GoFiles = append(cfg.GoFiles, filepath.Join(p.Dir, name))
	}
	for _, path := range p.imports() {
		cfg.PackageVetx[path] = u.facts(path)
	}
	if m := p.Module; m != nil {
		// Nobody develops it there: it has a version, as what is downloaded has.
		cfg.ModulePath, cfg.ModuleVersion = m.Path, m.Version
		cfg.GoVersion = "go" + m.GoVersion
		if m.Main {
			cfg.ModuleVersion = "v0.0.0"
		}
		cfg.Module = &analysis.Module{Path: m.Path, Version: cfg.ModuleVersion, GoVersion: m.GoVersion}
	}
	data, err := json.Marshal(cfg)
	if err != nil {
		return err
	}
	file := strings.TrimSuffix(cfg.VetxOutput, ".vetx") + ".cfg"
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return err
	}
	if err := os.WriteFile(file, data, 0o666); err != nil {
		return err
	}
	if text, err := exec.Command(u.tool, file).CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %v\n%s", p.ImportPath, err, text)
	}
	return nil
}

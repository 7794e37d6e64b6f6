// Package config reads .revlint.yaml, the configuration at the root of a
// module. docs/configuration.md documents every key.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// FileName is the configuration's name, at the root of a main module.
const FileName = ".revlint.yaml"

// A Config is what a .revlint.yaml says. The zero Config, of a module that
// has none, asks for nothing but the defaults.
type Config struct {
	File     string              // where it was read; "" if there is none
	Enable   []string            // the only analyzers whose findings are wanted; empty: all
	Disable  []string            // analyzers whose findings are not wanted
	Severity map[string]Severity // by analyzer; "default" for those not named
	Exclude  []Exclude           // findings not wanted
	Strict   []string            // packages analysed with -strict: import paths, or "./" and a path from the root; "..." as for go list
	Tests    bool                // findings in test files are wanted
	Hints    bool                // -hints for the whole module
}

// A Severity grades findings for the formats that know grades. It has no
// influence on the exit code: what should not fail a run is disabled.
type Severity string

// The severities, worst first.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Note    Severity = "note"
)

// SeverityOf returns the severity of the analyzer's findings.
func (c *Config) SeverityOf(analyzer string) Severity {
	for _, name := range []string{analyzer, "default"} {
		if s, ok := c.Severity[name]; ok {
			return s
		}
	}
	return Error
}

// An Exclude says which findings are not wanted: those to which all that it
// names applies.
type Exclude struct {
	Path         string         // pattern for the file, from the module root: see Covers; empty: any
	Analyzers    []string       // empty: any
	Message      *regexp.Regexp // matches some of the message; nil: any
	Line, Column int            // where the configuration says so
}

// Match reports whether e excludes a finding of the analyzer in the file,
// a slash-separated path from the module root.
func (e *Exclude) Match(file, analyzer, message string) bool {
	return (len(e.Analyzers) == 0 || slices.Contains(e.Analyzers, analyzer)) &&
		(e.Message == nil || e.Message.MatchString(message)) &&
		e.Covers(file)
}

// Covers reports whether the path of e applies to a file, or to a folder as
// such: * stands for any part of a name, ** for any number of folders, {a,b} for
// either, and "/..." at the end, as for the go command, for a folder and all
// below.
func (e *Exclude) Covers(file string) bool {
	if e.Path == "" {
		return true
	}
	pattern := e.Path
	if folder, ok := strings.CutSuffix(pattern, "/..."); ok {
		pattern = folder + "/**"
	}
	if pattern == "..." {
		pattern = "**"
	}
	return doublestar.MatchUnvalidated(pattern, file)
}

// A Mistake is one in a configuration file.
type Mistake struct {
	File string
	Err  error // begins with line and column
}

func (m *Mistake) Error() string { return m.File + ":" + m.Err.Error() }

// Load reads the configuration of the module whose root directory is root. A
// mistake is an error that begins with file, line and column. Analyzers are
// the names that may occur.
func Load(root string, analyzers []string) (*Config, error) {
	file := filepath.Join(root, FileName)
	data, err := readBounded(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		misnamed := strings.TrimSuffix(file, ".yaml") + ".yml"
		if _, err := os.Stat(misnamed); err == nil {
			return nil, fmt.Errorf("%s is not read: its name has to be %s", misnamed, FileName)
		}
		return &Config{Tests: true}, nil
	case err != nil:
		return nil, err
	}
	c, err := Parse(data, analyzers)
	if err != nil {
		return nil, &Mistake{file, err}
	}
	c.File = file
	return c, nil
}

// StrictFor reports whether the package with the import path pkg, of the
// module called module, is to be analysed strictly.
func (c *Config) StrictFor(module, pkg string) bool {
	return slices.ContainsFunc(c.Strict, func(pattern string) bool {
		if pattern == "." || strings.HasPrefix(pattern, "./") {
			pattern = path.Join(module, pattern)
		}
		return matchPackages(pattern, pkg)
	})
}

// matchPackages matches as the go command does: "..." stands for any string,
// and "/..." at the end for nothing, too.
func matchPackages(pattern, pkg string) bool {
	re := regexp.QuoteMeta(pattern)
	re = strings.ReplaceAll(re, `\.\.\.`, `.*`)
	if prefix, ok := strings.CutSuffix(re, `/.*`); ok {
		re = prefix + `(/.*)?`
	}
	return regexp.MustCompile(`^` + re + `$`).MatchString(pkg)
}

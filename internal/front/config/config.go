// Package config reads .revlint.yaml, the configuration at the root of a
// module. docs/configuration.md documents every key.
package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
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
	Path      string         // of the file, from the module root, as for path.Match, or a folder and "/..."; empty: any
	Analyzers []string       // empty: any
	Message   *regexp.Regexp // matches some of the message; nil: any
}

// Match reports whether e excludes a finding of the analyzer in the file,
// a slash-separated path from the module root.
func (e *Exclude) Match(file, analyzer, message string) bool {
	if len(e.Analyzers) > 0 && !slices.Contains(e.Analyzers, analyzer) {
		return false
	}
	if e.Message != nil && !e.Message.MatchString(message) {
		return false
	}
	if e.Path == "" {
		return true
	}
	if folder, ok := strings.CutSuffix(e.Path, "/..."); ok {
		for dir := path.Dir(file); ; dir = path.Dir(dir) {
			if ok, _ := path.Match(folder, dir); ok {
				return true
			}
			if dir == "." || dir == "/" {
				return false
			}
		}
	}
	ok, _ := path.Match(e.Path, file)
	return ok
}

// Load reads the configuration of the module whose root directory is root. A
// mistake is an error that begins with file, line and column. Analyzers are
// the names that may occur.
func Load(root string, analyzers []string) (*Config, error) {
	file := filepath.Join(root, FileName)
	data, err := os.ReadFile(file)
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
		return nil, fmt.Errorf("%s:%w", file, err)
	}
	c.File = file
	return c, nil
}

// Parse is Load for what has been read; an error begins with line and column.
func Parse(data []byte, analyzers []string) (*Config, error) {
	var d document
	err := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict()).Decode(&d)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, located(err)
	}
	if err := d.check(analyzers); err != nil {
		return nil, located(err)
	}
	return d.config(), nil
}

// located puts the position that a YAML error carries before its message.
func located(err error) error {
	var e yaml.Error
	if !errors.As(err, &e) || e.GetToken() == nil {
		return fmt.Errorf("1:1: %w", err)
	}
	message := e.GetMessage()
	if name, ok := strings.CutPrefix(message, "unknown field "); ok {
		message = "unknown key " + name
	}
	at := e.GetToken().Position
	return fmt.Errorf("%d:%d: %s", at.Line, at.Column, message)
}

// A document is a .revlint.yaml as written, with the places of all that can
// be wrong.
type document struct {
	Enable   []text     `yaml:"enable"`
	Disable  []text     `yaml:"disable"`
	Severity severities `yaml:"severity"`
	Exclude  []struct {
		Path      text   `yaml:"path"`
		Analyzers []text `yaml:"analyzers"`
		Message   text   `yaml:"message"`
	} `yaml:"exclude"`
	Strict  []text  `yaml:"strict"`
	Options options `yaml:"options"`
}

type options struct {
	Tests *bool `yaml:"tests"` // nil, where the key or the whole document is missing: true
	Hints bool  `yaml:"hints"`
}

// text is a string that knows where it was written.
type text struct {
	value string
	at    *token.Token
}

func (t *text) UnmarshalYAML(node ast.Node) error {
	s, ok := node.(ast.ScalarNode)
	if !ok || s.Type() == ast.NullType {
		return &yaml.SyntaxError{Message: "want a string", Token: node.GetToken()}
	}
	t.at = node.GetToken()
	t.value = fmt.Sprint(s.GetValue())
	return nil
}

func (t *text) mistake(format string, args ...any) error {
	return &yaml.SyntaxError{Message: fmt.Sprintf(format, args...), Token: t.at}
}

// severities are pairs of an analyzer's name and its severity.
type severities [][2]text

func (s *severities) UnmarshalYAML(node ast.Node) error {
	pairs, ok := node.(ast.MapNode)
	if !ok {
		return &yaml.SyntaxError{Message: "want pairs of an analyzer and its severity", Token: node.GetToken()}
	}
	for it := pairs.MapRange(); it.Next(); {
		var pair [2]text
		for i, n := range []ast.Node{it.Key(), it.Value()} {
			if err := pair[i].UnmarshalYAML(n); err != nil {
				return err
			}
		}
		*s = append(*s, pair)
	}
	return nil
}

// check finds mistakes that the YAML decoder does not.
func (d *document) check(analyzers []string) error {
	known := func(names []text) error {
		for _, name := range names {
			if !slices.Contains(analyzers, name.value) {
				return name.mistake("unknown analyzer %q: there are %s", name.value, strings.Join(analyzers, ", "))
			}
		}
		return nil
	}
	if err := errors.Join(known(d.Enable), known(d.Disable)); err != nil {
		return err
	}
	for _, pair := range d.Severity {
		name, severity := pair[0], pair[1]
		if name.value != "default" {
			if err := known([]text{name}); err != nil {
				return err
			}
		}
		switch Severity(severity.value) {
		case Error, Warning, Note:
		default:
			return severity.mistake("unknown severity %q: there are error, warning, note", severity.value)
		}
	}
	for i, e := range d.Exclude {
		if e.Path.value == "" && len(e.Analyzers) == 0 && e.Message.value == "" {
			return fmt.Errorf("entry %d of exclude names neither path nor analyzers nor message, so it would exclude everything", i+1)
		}
		if err := known(e.Analyzers); err != nil {
			return err
		}
		if _, err := path.Match(e.Path.value, ""); err != nil {
			return e.Path.mistake("malformed path pattern %q", e.Path.value)
		}
		if _, err := regexp.Compile(e.Message.value); err != nil {
			return e.Message.mistake("%v", err)
		}
	}
	for _, s := range d.Strict {
		if s.value == "" || strings.HasPrefix(s.value, "../") || path.IsAbs(s.value) {
			return s.mistake("strict wants import paths, or paths from the module root that begin with ./, not %q", s.value)
		}
	}
	return nil
}

// config drops the places of a document that has been checked.
func (d *document) config() *Config {
	values := func(texts []text) []string {
		var vs []string
		for _, t := range texts {
			vs = append(vs, t.value)
		}
		return vs
	}
	c := &Config{
		Enable:   values(d.Enable),
		Disable:  values(d.Disable),
		Severity: make(map[string]Severity),
		Strict:   values(d.Strict),
		Tests:    d.Options.Tests == nil || *d.Options.Tests,
		Hints:    d.Options.Hints,
	}
	for _, pair := range d.Severity {
		c.Severity[pair[0].value] = Severity(pair[1].value)
	}
	for _, e := range d.Exclude {
		x := Exclude{Path: strings.TrimPrefix(e.Path.value, "./"), Analyzers: values(e.Analyzers)}
		if e.Message.value != "" {
			x.Message = regexp.MustCompile(e.Message.value)
		}
		c.Exclude = append(c.Exclude, x)
	}
	return c
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

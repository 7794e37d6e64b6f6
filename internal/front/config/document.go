package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"github.com/revlint/revlint/internal/nearest"
)

// Parse is Load for what has been read; an error begins with line and column.
func Parse(data []byte, analyzers []string) (*Config, error) {
	if err := checkSize(data); err != nil {
		return nil, err
	}
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
	if _, ok := strings.CutPrefix(message, "unknown field "); ok {
		message = unknownKey(e.GetToken().Value)
	}
	at := e.GetToken().Position
	return fmt.Errorf("%d:%d: %s", at.Line, at.Column, message)
}

// keys are all that a document may have, by what they stand below.
var keys = map[string][]string{
	"":        {"enable", "disable", "severity", "exclude", "strict", "options"},
	"exclude": {"path", "analyzers", "message"},
	"options": {"tests", "hints"},
}

// unknownKey words that there is no such key, and asks for the one that was
// meant: another, or the same in its place.
func unknownKey(name string) string {
	out := fmt.Sprintf("unknown key %q", name)
	var all []string
	for _, parent := range []string{"", "exclude", "options"} {
		if parent != "" && slices.Contains(keys[parent], name) {
			return out + ": it belongs below " + parent
		}
		all = append(all, keys[parent]...)
	}
	return out + nearest.Hint(name, all)
}

// A document is a .revlint.yaml as written, with the places of all that can
// be wrong. keys and docs/revlint.schema.json have the same keys.
type document struct {
	Enable   texts      `yaml:"enable"`
	Disable  texts      `yaml:"disable"`
	Severity severities `yaml:"severity"`
	Exclude  excludes   `yaml:"exclude"`
	Strict   texts      `yaml:"strict"`
	Options  options    `yaml:"options"`
}

// exclude is one entry of the list.
type exclude struct {
	Path      text  `yaml:"path"`
	Analyzers texts `yaml:"analyzers"`
	Message   text  `yaml:"message"`
	at        *token.Token
}

// options is a mapping; nothing at all is an empty one.
type options struct {
	Tests flag `yaml:"tests"` // missing: true
	Hints flag `yaml:"hints"`
}

func mistake(node ast.Node, format string, args ...any) error {
	return &yaml.SyntaxError{Message: fmt.Sprintf(format, args...), Token: node.GetToken()}
}

func isNull(node ast.Node) bool { return node.Type() == ast.NullType }

// texts is a list of strings.
type texts []text

func (t *texts) UnmarshalYAML(node ast.Node) error {
	list, ok := node.(*ast.SequenceNode)
	if !ok {
		if isNull(node) {
			return nil
		}
		return mistake(node, "want a list, as in [%v]", node)
	}
	for _, n := range list.Values {
		var x text
		if err := x.UnmarshalYAML(n); err != nil {
			return err
		}
		*t = append(*t, x)
	}
	return nil
}

// excludes is a list of mappings.
type excludes []exclude

func (e *excludes) UnmarshalYAML(node ast.Node) error {
	list, ok := node.(*ast.SequenceNode)
	if !ok {
		if isNull(node) {
			return nil
		}
		return mistake(node, "want a list of entries, each of which begins with \"-\"")
	}
	for _, n := range list.Values {
		if _, ok := n.(ast.MapNode); !ok {
			return mistake(n, "want an entry with path, analyzers or message")
		}
		type plain exclude // without the methods of exclude
		x := plain{at: n.GetToken()}
		if err := yaml.NodeToValue(n, &x, yaml.Strict()); err != nil {
			return err
		}
		x.at = start(n)
		*e = append(*e, exclude(x))
	}
	return nil
}

// start is the first key of a mapping, the mapping where it has none.
func start(node ast.Node) *token.Token {
	if pairs, ok := node.(ast.MapNode); ok {
		if it := pairs.MapRange(); it.Next() {
			return it.Key().GetToken()
		}
	}
	return node.GetToken()
}

func (o *options) UnmarshalYAML(node ast.Node) error {
	if isNull(node) {
		return nil
	}
	if _, ok := node.(ast.MapNode); !ok {
		return mistake(node, "want tests or hints, each true or false")
	}
	type plain options
	return yaml.NodeToValue(node, (*plain)(o), yaml.Strict())
}

// flag is a switch that knows whether it was written.
type flag struct{ given, on bool }

func (f *flag) UnmarshalYAML(node ast.Node) error {
	switch b, ok := node.(*ast.BoolNode); {
	case ok:
		*f = flag{true, b.Value}
	case !isNull(node):
		return mistake(node, "want true or false, not %v", node)
	}
	return nil
}

// text is a string that knows where it was written.
type text struct {
	value string
	at    *token.Token
}

func (t *text) UnmarshalYAML(node ast.Node) error {
	s, ok := node.(ast.ScalarNode)
	if !ok || s.Type() == ast.NullType {
		return mistake(node, "want a string")
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
		return mistake(node, "want pairs of an analyzer and its severity")
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
				return name.mistake("unknown analyzer %q%s", name.value, nearest.List(name.value, analyzers))
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
			return severity.mistake("unknown severity %q%s", severity.value,
				nearest.List(severity.value, []string{string(Error), string(Warning), string(Note)}))
		}
	}
	for _, e := range d.Exclude {
		if e.Path.value == "" && len(e.Analyzers) == 0 && e.Message.value == "" {
			all := text{at: e.at}
			return all.mistake("this entry of exclude names neither path nor analyzers nor message, so it would exclude everything")
		}
		if err := known(e.Analyzers); err != nil {
			return err
		}
		if !doublestar.ValidatePattern(e.Path.value) {
			return e.Path.mistake("malformed path pattern %q", e.Path.value)
		}
		if strings.HasPrefix(e.Path.value, "../") || path.IsAbs(e.Path.value) {
			return e.Path.mistake("paths are from the module root, so %q is never met", e.Path.value)
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
	values := func(list texts) []string {
		var vs []string
		for _, t := range list {
			vs = append(vs, t.value)
		}
		return vs
	}
	c := &Config{
		Enable:   values(d.Enable),
		Disable:  values(d.Disable),
		Severity: make(map[string]Severity),
		Strict:   values(d.Strict),
		Tests:    !d.Options.Tests.given || d.Options.Tests.on,
		Hints:    d.Options.Hints.on,
	}
	for _, pair := range d.Severity {
		c.Severity[pair[0].value] = Severity(pair[1].value)
	}
	for _, e := range d.Exclude {
		at := e.at
		if e.Path.at != nil {
			at = e.Path.at
		}
		x := Exclude{
			Path: strings.TrimPrefix(e.Path.value, "./"), Analyzers: values(e.Analyzers),
			Line: at.Position.Line, Column: at.Position.Column,
		}
		if e.Message.value != "" {
			x.Message = regexp.MustCompile(e.Message.value)
		}
		c.Exclude = append(c.Exclude, x)
	}
	return c
}

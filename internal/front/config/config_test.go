package config

import (
	"strings"
	"testing"
)

var names = []string{"revuse", "revleak"}

func TestParseErrors(t *testing.T) {
	tests := []struct{ in, want string }{
		{"enabled: [revuse]", `1:1: unknown key "enabled": did you mean "enable"?`},
		{"tests: true", `1:1: unknown key "tests": it belongs below options`},
		{"nonsense: true", `1:1: unknown key "nonsense"`},
		{"\n\noptions:\n  tests: true\n  testing: true\n", `5:3: unknown key "testing"`},
		{"exclude:\n  - paths: x\n", `2:5: unknown key "paths": did you mean "path"?`},
		{"enable: [revuse, revlaek]", `1:18: unknown analyzer "revlaek": did you mean "revleak"?`},
		{"disable:\n  - revuse\n  - nothing\n", `3:5: unknown analyzer "nothing": there are revuse, revleak`},
		{"severity:\n  revlaek: error\n", `2:3: unknown analyzer "revlaek"`},
		{"severity:\n  revleak: errror\n", `2:12: unknown severity "errror": did you mean "error"?`},
		{"severity:\n  revleak: fatal\n", `2:12: unknown severity "fatal": there are error, warning, note`},
		{"severity: error", `1:11: want pairs`},
		{"exclude:\n  - analyzers: [x]\n", `2:17: unknown analyzer "x"`},
		{"exclude:\n  - message: '('\n", `2:14: error parsing regexp`},
		{"exclude:\n  - path: '['\n", `2:11: malformed path pattern`},
		{"exclude:\n  - path: ../x\n", `2:11: paths are from the module root, so "../x" is never met`},
		{"exclude:\n  - {}\n", `2:5: this entry of exclude names neither`},
		{"exclude: gen", `1:10: want a list of entries`},
		{"exclude: [gen]", `1:11: want an entry with path`},
		{"options: yes", `1:10: want tests or hints`},
		{"strict: [../x]", `1:10: strict wants`},
		{"strict: ['']", `1:10: strict wants`},
		{"options:\n  tests: perhaps\n", `2:10: want true or false, not perhaps`},
		{"enable: revuse", `1:9: want a list, as in [revuse]`},
		{"enable: [[revuse]]", `1:10: want a string`},
		{"enable: [revuse\n", `1:9: `},
		{"enable: [revuse]\nenable: [revleak]\n", `2:1: `},
		{"{", `1:1: `},
		{"- enable", `1:1: `},
	}
	for _, test := range tests {
		_, err := Parse([]byte(test.in), names)
		if err != nil && strings.Contains(err.Error(), "config.") {
			t.Errorf("%q: names a type of Go: %q", test.in, err)
		}
		if err == nil {
			t.Errorf("%q: no error, want %q", test.in, test.want)
		} else if !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%q: %q, want %q", test.in, err, test.want)
		}
	}
}

func TestParse(t *testing.T) {
	for _, empty := range []string{"", "\n", "# nothing\n", "---\n", "options:\n", "options: {tests: }\nexclude:\n"} {
		c, err := Parse([]byte(empty), names)
		if err != nil {
			t.Errorf("%q: %v", empty, err)
		} else if !c.Tests || c.Hints || c.SeverityOf("revuse") != Error {
			t.Errorf("%q: %+v", empty, c)
		}
	}
	c, err := Parse([]byte(`
severity: {default: note, revuse: warning}
exclude:
  - path: gen/*.go
  - path: ./vendored/...
    analyzers: [revleak]
  - message: ^x.*leaks
  - path: "**/*_{gen,mock}.go"
  - path: api/**/v1/**
strict: [./internal/..., example.com/other, .]
options: {tests: false, hints: true}
`), names)
	if err != nil {
		t.Fatal(err)
	}
	if c.Tests || !c.Hints {
		t.Errorf("options: %+v", c)
	}
	if c.SeverityOf("revuse") != Warning || c.SeverityOf("revleak") != Note {
		t.Errorf("severity: %v", c.Severity)
	}

	excluded := func(file, analyzer, message string) bool {
		for _, e := range c.Exclude {
			if e.Match(file, analyzer, message) {
				return true
			}
		}
		return false
	}
	for _, test := range []struct {
		file, analyzer, message string
		want                    bool
	}{
		{"gen/a.go", "revuse", "m", true},
		{"gen/deep/a.go", "revuse", "m", false},
		{"a.go", "revuse", "m", false},
		{"vendored/a.go", "revleak", "m", true},
		{"vendored/deep/er/a.go", "revleak", "m", true},
		{"vendored/a.go", "revuse", "m", false},
		{"vendored2/a.go", "revleak", "m", false},
		{"a.go", "revuse", "x leaks", true},
		{"a.go", "revuse", "if x leaks", false},
		{"a_gen.go", "revuse", "m", true},
		{"x/y/a_mock.go", "revuse", "m", true},
		{"x/y/a_mocks.go", "revuse", "m", false},
		{"api/v1/a.go", "revuse", "m", true},
		{"api/x/y/v1/z/a.go", "revuse", "m", true},
		{"api/v2/a.go", "revuse", "m", false},
	} {
		if got := excluded(test.file, test.analyzer, test.message); got != test.want {
			t.Errorf("%s, %s, %q: excluded %t", test.file, test.analyzer, test.message, got)
		}
	}

	for pkg, want := range map[string]bool{
		"example.com/m":              true,
		"example.com/m/x":            false,
		"example.com/m/internal":     true,
		"example.com/m/internal/x/y": true,
		"example.com/m/internalx":    false,
		"example.com/other":          true,
		"example.com/other/x":        false,
	} {
		if got := c.StrictFor("example.com/m", pkg); got != want {
			t.Errorf("%s: strict %t", pkg, got)
		}
	}
}

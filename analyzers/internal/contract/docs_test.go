package contract

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// fencedGo is a block of Go in a document.
var fencedGo = regexp.MustCompile("(?ms)^```go\n(.*?)^```$")

// documented returns the published reference, and the blocks of Go in it.
func documented(t *testing.T) (text string, blocks []string) {
	t.Helper()
	src, err := os.ReadFile("../../../docs/contracts.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range fencedGo.FindAllSubmatch(src, -1) {
		blocks = append(blocks, string(m[1]))
	}
	return string(src), blocks
}

// syntaxes are the directives in a block of Go, which are of the language.
func syntaxes(t *testing.T, block string) (out []*syntax) {
	t.Helper()
	for line := range strings.Lines(block) {
		line = strings.TrimSpace(line)
		if !isDirective(line) || isHeader(line) {
			continue
		}
		s, err := parse(line)
		if err != nil {
			t.Errorf("%s: %s", line, err.msg)
			continue
		}
		out = append(out, s)
	}
	return out
}

// elsewhere are the words that the examples cannot show in one package, and
// what shows them instead.
var elsewhere = map[string]string{
	"token": "device.Bound, in the example of tokens",
	"none":  "TestDocumentedStubs",
}

// The published reference speaks of each word of the language, and has an
// example of each that shows what it does. TestDocumentedExamples compares
// these with what is found.
func TestDocumentedDirectives(t *testing.T) {
	text, blocks := documented(t)
	shown := make(map[string]bool)
	for _, block := range blocks {
		isExample := strings.Contains(block, "// want ")
		for _, s := range syntaxes(t, block) {
			for _, c := range constructs(s) {
				shown[c] = shown[c] || isExample
			}
		}
	}
	wanted := slices.Concat(slices.Collect(maps.Keys(verbRules)), clauseWords, []string{
		"_", "self", "return", "x.F", "x.(T)", "*x", "fn(x)", "range x",
		"until M", "until M*", "until *", "until T.M",
		"when x", "when !x", "when x.M()",
		"if x", "if !x", "if x == nil", "if x != nil", "next(ok)",
	})
	for _, c := range wanted {
		if !shown[c] && elsewhere[c] == "" {
			t.Errorf("no example of %s", c)
		}
	}
	for verb, rule := range verbRules {
		for _, word := range append(rule.clauses, verb) {
			if !strings.Contains(text, "`"+word) {
				t.Errorf("the reference does not speak of %s", word)
			}
		}
	}
}

// constructs names what a directive is made of.
func constructs(s *syntax) (out []string) {
	out = append(out, s.verb)
	out = slices.AppendSeq(out, maps.Keys(s.flags))
	paths := slices.Clone(s.values)
	if s.blank {
		out = append(out, "_")
	}
	for clause, p := range map[string]*pathSyntax{"guard": s.guard, "from": s.from, "to": s.to} {
		if p != nil {
			out, paths = append(out, clause), append(paths, *p)
		}
	}
	for _, p := range s.places {
		paths = append(paths, p.path)
		switch {
		case p.isRange:
			out = append(out, "range x")
		case p.isCall:
			out = append(out, "fn(x)")
		}
	}
	if len(s.of) > 0 {
		out = append(out, "of")
	}
	for _, e := range s.until {
		word := "until M"
		switch {
		case e.typ != "":
			word = "until T.M"
		case e.everything:
			word = "until *"
		case e.isPrefix:
			word = "until M*"
		}
		out = append(out, "until", word)
	}
	if s.when != nil {
		word := "when x"
		switch {
		case s.when.isCall:
			word = "when x.M()"
		case s.when.not:
			word = "when !x"
		}
		out = append(out, "when", word)
	}
	if s.ifc != nil && s.ifc.answer != nil {
		out = append(out, "next(ok)")
	} else if s.ifc != nil {
		out = append(out, "if", map[Op]string{IsTrue: "if x", IsFalse: "if !x", IsNil: "if x == nil", NotNil: "if x != nil"}[s.ifc.op])
	}
	for _, p := range paths {
		if p.name == "self" || p.name == "return" {
			out = append(out, p.name)
		}
		if p.deref {
			out = append(out, "*x")
		}
		for _, step := range p.steps {
			if step.field != "" {
				out = append(out, "x.F")
			} else {
				out = append(out, "x.(T)")
			}
		}
	}
	return out
}

// The stubs that the reference shows of the standard library fit it, and "none"
// leaves nothing.
func TestDocumentedStubs(t *testing.T) {
	_, blocks := documented(t)
	n := 0
	for _, block := range blocks {
		path, isStub := strings.CutPrefix(block, prefix+"package ")
		path, _, _ = strings.Cut(path, "\n")
		if !isStub || strings.Contains(path, ".") {
			continue
		}
		w := inModule(t, map[string]string{"stub.go": block})
		s := w.analyse("user", "", "package user\n\nimport _ \""+path+"\"\n")
		if len(w.problems) > 0 {
			t.Errorf("%s: %q", path, w.problems)
		}
		pkg, err := w.Import(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?m)^//revlint:none\b.*\nfunc \(\w+ \*?(\w+)\) (\w+)`).FindAllStringSubmatch(block, -1) {
			n++
			if got := write(s.Of(lookup(t, pkg, m[1]+"."+m[2]))); got != "-" {
				t.Errorf("%s, of which there is none: %s", m[2], got)
			}
		}
	}
	if n == 0 {
		t.Error("no example of none")
	}
}

package contract

import (
	"os"
	"strings"
	"testing"
)

// The directives that the published reference shows are of the language.
func TestDocumentedDirectives(t *testing.T) {
	text, err := os.ReadFile("../../../docs/contracts.md")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if !isDirective(line) || isHeader(line) {
			continue
		}
		n++
		if _, err := parse(line); err != nil {
			t.Errorf("%s: %s", line, err.msg)
		}
	}
	if n < 4 {
		t.Errorf("only %d directives", n)
	}
	for verb, rule := range verbRules {
		for _, word := range append(rule.clauses, verb) {
			if !strings.Contains(string(text), "`"+word) {
				t.Errorf("the reference does not speak of %s", word)
			}
		}
	}
}

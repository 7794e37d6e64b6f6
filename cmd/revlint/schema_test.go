package main

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/revlint/revlint/analyzers"
)

// The schema of .revlint.yaml names the analyzers that there are.
func TestSchemaAnalyzers(t *testing.T) {
	data, err := os.ReadFile("../../docs/revlint.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Properties struct {
			Severity struct {
				PatternProperties map[string]any `json:"patternProperties"`
			} `json:"severity"`
		} `json:"properties"`
		Definitions struct {
			Analyzer struct {
				Enum []string `json:"enum"`
			} `json:"analyzer"`
		} `json:"definitions"`
	}
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, a := range analyzers.New(analyzers.NewOptions()).Drivers {
		if a.Name != "contract" && a.Name != "statistics" {
			want = append(want, a.Name)
		}
	}
	if got := schema.Definitions.Analyzer.Enum; !slices.Equal(got, want) {
		t.Errorf("definitions: %v, want %v", got, want)
	}
	if pattern := "^(" + strings.Join(want, "|") + ")$"; schema.Properties.Severity.PatternProperties[pattern] == nil {
		t.Errorf("severity: %v, want %s", schema.Properties.Severity.PatternProperties, pattern)
	}
}

package e2e

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/revlint/revlint/analyzers"
	"github.com/revlint/revlint/internal/front/config"
)

// The schema takes what Parse takes, and refuses what it refuses: as far as a
// schema can tell.
func TestSchema(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile("../../docs/revlint.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	manual, err := os.ReadFile("../../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	_, documented, _ := strings.Cut(string(manual), "```yaml\n")
	documented, _, _ = strings.Cut(documented, "```\n")
	var names []string
	for _, a := range analyzers.New(analyzers.NewOptions()).Drivers {
		names = append(names, a.Name)
	}
	for _, test := range []struct {
		text string
		good bool
	}{
		{documented, true},
		{config.Template, true},
		{strings.ReplaceAll(strings.ReplaceAll(strings.ReplaceAll(config.Template, "exclude: []", "exclude:"), "strict: []", "strict:"), "\n#  ", "\n  "), true},
		{"", true},
		{"options:\nexclude:\nstrict:\n", true},
		{"enabled: [revuse]", false},
		{"enable: [revues]", false},
		{"enable: revuse", false},
		{"severity: {revuse: fatal}", false},
		{"severity: {revues: error}", false},
		{"exclude: [gen]", false},
		{"exclude: [{paths: gen}]", false},
		{"exclude: [{}]", false},
		{"strict: [../x]", false},
		{"strict: ['']", false},
		{"options: {tests: perhaps}", false},
		{"options: {test: true}", false},
	} {
		var document any
		if err := yaml.Unmarshal([]byte(test.text), &document); err != nil {
			t.Fatalf("%s: %v", test.text, err)
		}
		// As JSON has it: numbers and maps of other types are none of the schema's.
		data, err := json.Marshal(document)
		if err != nil {
			t.Fatal(err)
		}
		if document, err = jsonschema.UnmarshalJSON(strings.NewReader(string(data))); err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(document); (err == nil) != test.good {
			t.Errorf("schema: %s\n%v", test.text, err)
		}
		if _, err := config.Parse([]byte(test.text), names); (err == nil) != test.good {
			t.Errorf("Parse: %s\n%v", test.text, err)
		}
	}
}

package config

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

const schemaFile = "../../../docs/revlint.schema.json"

var allAnalyzers = []string{"revnil", "revuse", "revescape", "revrelease", "revleak", "revbound", "revwait", "suppress"}

// The schema takes what Parse takes, and refuses what it refuses: as far as a
// schema can tell.
func TestSchema(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	manual, err := os.ReadFile("../../../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	_, documented, _ := strings.Cut(string(manual), "```yaml\n")
	documented, _, _ = strings.Cut(documented, "```\n")
	for _, test := range []struct {
		text string
		good bool
	}{
		{documented, true},
		{Template, true},
		{strings.ReplaceAll(strings.ReplaceAll(strings.ReplaceAll(Template, "exclude: []", "exclude:"), "strict: []", "strict:"), "\n#  ", "\n  "), true},
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
		if _, err := Parse([]byte(test.text), allAnalyzers); (err == nil) != test.good {
			t.Errorf("Parse: %s\n%v", test.text, err)
		}
	}
}

// The schema, the decoder and the messages have the same keys.
func TestSchemaKeys(t *testing.T) {
	data, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	type object struct {
		ID         string            `json:"$id"`
		Properties map[string]object `json:"properties"`
		Items      *object           `json:"items"`
	}
	var schema object
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	if schema.ID != Schema {
		t.Errorf("the schema is at %s, its name is %s", Schema, schema.ID)
	}
	for parent, want := range keys {
		have := schema.Properties
		switch parent {
		case "exclude":
			have = have[parent].Items.Properties
		case "options":
			have = have[parent].Properties
		}
		if got := slices.Sorted(maps.Keys(have)); !slices.Equal(got, slices.Sorted(slices.Values(want))) {
			t.Errorf("below %q: %v, want %v", parent, got, want)
		}
	}
}

package config

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"testing"
)

const schemaFile = "../../../docs/revlint.schema.json"

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

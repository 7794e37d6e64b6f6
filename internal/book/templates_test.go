package book

import (
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// The forms for issues are forms as GitHub knows them, and that for false alarms asks for what it takes to mend one.
func TestIssueForms(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(root, ".github/ISSUE_TEMPLATE/*.yml"))
	if err != nil || len(files) < 3 {
		t.Fatalf("%d forms (%v)", len(files), err)
	}
	for _, file := range files {
		name := path.Join(".github/ISSUE_TEMPLATE", filepath.Base(file))
		var form struct {
			Name, Description string
			Labels            []string
			Body              []struct {
				Type, ID   string
				Attributes struct {
					Label, Description, Value, Render, Placeholder string
				}
				Validations struct{ Required bool }
			}
		}
		if err := yaml.UnmarshalWithOptions([]byte(read(t, name)), &form, yaml.Strict()); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if form.Name == "" || form.Description == "" || len(form.Body) == 0 {
			t.Errorf("%s has no name, description or body", name)
		}
		var required []string
		for _, field := range form.Body {
			switch field.Type {
			case "markdown":
				if field.Attributes.Value == "" {
					t.Errorf("%s: markdown without a value", name)
				}
			case "input", "textarea":
				if field.ID == "" || field.Attributes.Label == "" {
					t.Errorf("%s: a field without an id or a label", name)
				}
			default:
				t.Errorf("%s: there is no type %q", name, field.Type)
			}
			if field.Validations.Required {
				required = append(required, field.Attributes.Label)
			}
		}
		if strings.HasSuffix(name, "/false-alarm.yml") {
			for _, wanted := range []string{"What `revlint why FILE:LINE` prints", "The function"} {
				if !slices.Contains(required, wanted) {
					t.Errorf("%s does not require %q", name, wanted)
				}
			}
		}
	}
}

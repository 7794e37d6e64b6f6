package front

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/tools/go/analysis"

	"github.com/revlint/revlint/internal/front/config"
)

// storyReport is a report that has everything: a story in two files, one of
// them outside the working directory, a fix, characters of all widths, a file
// without position, and a failure.
func storyReport(t *testing.T) *report {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	src := "package a\n\nvar s = \"ä€😀\" + x.Name // end\n"
	inside, outside := filepath.Join(dir, "in", "a b.go"), filepath.Join(dir, "out.go")
	if err := os.Mkdir(filepath.Dir(inside), 0o777); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{inside, outside} {
		if err := os.WriteFile(file, []byte(src), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(filepath.Dir(inside))
	name := strings.Index(src, "x.Name")
	column := name - strings.LastIndex(src[:name], "\n")
	use := Span{inside, 3, column, 3, column + len("x.Name")}
	return &report{
		failed:   true,
		failures: "a.go:1:1: broken\n",
		analyzers: []*analysis.Analyzer{
			{Name: "revuse", Doc: "title\n\nmore", URL: "https://example.com/revuse"},
			{Name: "revleak", Doc: "title"},
			{Name: "statistics", Doc: "no rule"},
		},
		findings: []*Finding{
			{
				Analyzer: "revuse", Package: "example.com/a", Function: "T.M", Severity: config.Error,
				Message: "x is used after its access ended (revuse)",
				Span:    use,
				Related: []Related{
					{"the access began here", Span{outside, 1, 1, 1, 8}},
					{"it ended here", Span{inside, 3, 5, 3, 5}},
				},
				Fixes: []Fix{{"clone it", []Edit{{inside, name, name + 1, "y"}, {inside, 0, 0, "// €\n"}, {outside, 0, 0, ""}}}},
			},
			{Analyzer: "revleak", Severity: config.Note, Message: "nowhere (revleak)", Span: Span{File: inside}},
		},
	}
}

func TestSARIFConformsToSchema(t *testing.T) {
	schema := sarifSchema(t)
	for name, r := range map[string]*report{"story": storyReport(t), "empty": {}} {
		var out bytes.Buffer
		if err := printSARIF(&out, r); err != nil {
			t.Fatal(err)
		}
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(out.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(document); err != nil {
			t.Errorf("%s: %v\n%s", name, err, out.Bytes())
		}
		if _, err := sarif.FromBytes(out.Bytes()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		// A test of the schema's reach: it must not accept anything.
		broken := bytes.Replace(out.Bytes(), []byte(`"columnKind": "utf16CodeUnits"`), []byte(`"columnKind": "bytes"`), 1)
		document, err = jsonschema.UnmarshalJSON(bytes.NewReader(broken))
		if err != nil {
			t.Fatal(err)
		}
		if schema.Validate(document) == nil {
			t.Error("the schema accepts columns in bytes")
		}
	}
}

// sarifSchema compiles the published schema of SARIF 2.1.0, of which go-sarif
// has a copy in a string constant.
func sarifSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	out, err := exec.Command("go", "list", "-f", "{{.Dir}}", "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif").Output()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(strings.TrimSpace(string(out)), "schema.go")
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var text string
	ast.Inspect(f, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && len(lit.Value) > len(text) {
			text = lit.Value
		}
		return true
	})
	text, err = strconv.Unquote(text)
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("sarif.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("sarif.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func TestSARIFContent(t *testing.T) {
	r := storyReport(t)
	var out bytes.Buffer
	if err := printSARIF(&out, r); err != nil {
		t.Fatal(err)
	}
	var log sarifLog
	if err := json.Unmarshal(out.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	result := run.Results[0]
	// ä and € are one UTF-16 unit each, 😀 is two: the bytes are 2, 3 and 4.
	start := len(`var s = "`) + 1 + 1 + 2 + len(`" + `) + 1
	region := result.Locations[0].PhysicalLocation.Region
	if want := (sarifRegion{3, start, 3, start + len("x.Name")}); *region != want {
		t.Errorf("region %+v, want %+v", *region, want)
	}
	if got, want := result.Locations[0].PhysicalLocation.ArtifactLocation, (sarifArtifact{"a%20b.go", sarifBase}); got != want {
		t.Errorf("file %+v, want %+v", got, want)
	}
	if got := result.RelatedLocations[0].PhysicalLocation.ArtifactLocation; !strings.HasPrefix(got.URI, "file:///") || got.URIBaseID != "" {
		t.Errorf("a file outside of the working directory is %+v", got)
	}
	if got := run.OriginalURIBaseIDs[sarifBase].URI; !strings.HasPrefix(got, "file:///") || !strings.HasSuffix(got, "/in/") {
		t.Errorf("base %q", got)
	}
	if got := run.Tool.Driver.Rules[result.RuleIndex].ID; got != result.RuleID {
		t.Errorf("rule %d is %s, not %s", result.RuleIndex, got, result.RuleID)
	}
	var story []string
	for _, l := range result.CodeFlows[0].ThreadFlows[0].Locations {
		story = append(story, l.Location.Message.Text)
	}
	if got, want := strings.Join(story, "|"), "the access began here|it ended here|"+r.findings[0].Message; got != want {
		t.Errorf("story %s, want %s", got, want)
	}
	replacement := result.Fixes[0].ArtifactChanges[0].Replacements[0]
	if want := (sarifRegion{3, start, 3, start + 1}); replacement.DeletedRegion != want {
		t.Errorf("fix at %+v, want %+v", replacement.DeletedRegion, want)
	}
	if run.Invocations[0].ExecutionSuccessful || run.Invocations[0].Notifications[0].Message.Text != r.failures {
		t.Errorf("the failure is lost: %+v", run.Invocations[0])
	}
	if got := run.Results[1].Locations[0].PhysicalLocation.Region; got != nil {
		t.Errorf("a region where no line is known: %+v", got)
	}
	if len(run.Tool.Driver.Rules) != 2 {
		t.Errorf("%d rules", len(run.Tool.Driver.Rules))
	}
}

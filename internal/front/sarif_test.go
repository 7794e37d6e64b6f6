package front

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

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

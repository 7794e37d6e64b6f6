package analyzers_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/revlint/revlint/analyzers"
	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/corpus"
)

// fencedGo is a block of Go in a document.
var fencedGo = regexp.MustCompile("(?ms)^```go\n(.*?)^```$")

// TestDocumentedExamples compares what is found in the examples of
// docs/contracts.md, cheatsheet.md and concepts.md with the labels there. An example is a block of Go that has
// labels; each is a package of its own, whose contracts have no mistakes.
func TestDocumentedExamples(t *testing.T) {
	folder, err := filepath.Abs("../testdata/src/documented")
	if err != nil {
		t.Fatal(err)
	}
	overlay := make(map[string][]byte)
	for _, page := range []struct {
		name  string
		least int // examples
	}{{"contracts", 15}, {"cheatsheet", 12}, {"concepts", 4}} {
		text, err := os.ReadFile(filepath.Join("../docs", page.name+".md"))
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, at := range fencedGo.FindAllSubmatchIndex(text, -1) {
			block := string(text[at[2]:at[3]])
			if !strings.Contains(block, "// want ") {
				continue
			}
			n++
			// Lines are those of the document.
			above := strings.Count(string(text[:at[2]]), "\n")
			src := fmt.Sprintf("package documented%s%s", strings.Repeat("\n", above), block)
			overlay[filepath.Join(folder, fmt.Sprintf("%s%d", page.name, above), page.name+".md.go")] = []byte(src)
		}
		if n < page.least {
			t.Fatalf("%s.md has only %d examples", page.name, n)
		}
	}
	corpus.Check(t, corpus.Load(t, overlay, "documented/..."), slices.Concat(analyzers.All, []*analysis.Analyzer{contract.Analyzer})...)
}

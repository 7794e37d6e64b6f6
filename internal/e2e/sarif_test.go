package e2e

import (
	"bytes"
	"errors"
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
)

// sarifFiles have everything that a report can have: steps, of which one is outside of the working directory, a fix,
// characters of all widths, a name to be escaped, grades, and a package that cannot be analysed.
const sarifFiles = `
-- go.mod --
module example.com/m
go 1.26.0
-- .revlint.yaml --
severity: {revuse: note}
-- begin.go --
package m

func F() { begin() }

func begin()   {}
func bad(int)  {}
func good(int) {}
-- in/a b.go --
package in

func F() {
	begin()
	_ = "é𝄞"; bad(1)
	contract()
}

func begin()    {}
func bad(int)   {}
func good(int)  {}
func contract() {}
-- broken/broken.go --
package broken

var _ = nowhere
-- clean/clean.go --
package clean
`

func TestSARIFConformsToSchema(t *testing.T) {
	schema := sarifSchema(t)
	dir := unpack(t, sarifFiles)
	for _, run := range []struct {
		packages      string
		code, results int
	}{
		{"../...", 2, 2},
		{"../clean", 0, 0},
	} {
		cmd := exec.Command(lookPath(t, "mocklint"), "-f", "sarif", run.packages)
		cmd.Dir = filepath.Join(dir, "in")
		cmd.Env = append(os.Environ(), "GOCACHE="+t.TempDir(), "GOPROXY=off", "GOFLAGS=", "GOWORK=")
		out, err := cmd.Output()
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) || cmd.ProcessState.ExitCode() != run.code {
			t.Errorf("%s: %v, want exit code %d", run.packages, err, run.code)
		}
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(out))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(document); err != nil {
			t.Errorf("%s: %v\n%s", run.packages, err, out)
		}
		report, err := sarif.FromBytes(out)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(report.Runs[0].Results); got != run.results {
			t.Errorf("%s: %d results, want %d\n%s", run.packages, got, run.results, out)
		}
		// A test of the schema's reach: it must not accept anything.
		broken := bytes.Replace(out, []byte(`"columnKind": "utf16CodeUnits"`), []byte(`"columnKind": "bytes"`), 1)
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

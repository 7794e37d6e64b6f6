package revocable_test

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the examples as they are into docs/runtime.md")

// shownExample is a block of Go with, above it, the file and the name of the example that it is.
var shownExample = regexp.MustCompile("(?ms)^<!-- (\\S+_test\\.go) (Example\\w*) -->\n```go\n(.*?)^```$")

// The code of docs/runtime.md is that of the examples in this package and those below it, which run. -update writes it.
func TestRuntimePageShowsExamples(t *testing.T) {
	const page = "../docs/runtime.md"
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if blocks, shown := strings.Count(string(text), "\n```go\n"), len(shownExample.FindAll(text, -1)); shown < 10 || shown != blocks {
		t.Errorf("%d blocks of Go, of which %d are examples", blocks, shown)
	}
	fresh := shownExample.ReplaceAllStringFunc(string(text), func(block string) string {
		m := shownExample.FindStringSubmatch(block)
		code := exampleCode(t, filepath.Join(filepath.Dir(page), "..", "revocable", m[1]), m[2])
		if code != m[3] && !*update {
			t.Errorf("%s in %s is now\n%s", m[2], m[1], code)
		}
		return strings.TrimSuffix(block, m[3]+"```") + code + "```"
	})
	if *update {
		if err := os.WriteFile(page, []byte(fresh), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// exampleCode returns the body of an example, indented as a program's top level.
func exampleCode(t *testing.T, file, name string) string {
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, file, source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range f.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok || fn.Name.Name != name {
			continue
		}
		from, to := fset.Position(fn.Body.Lbrace).Offset+len("{\n"), fset.Position(fn.Body.Rbrace).Offset
		var code strings.Builder
		for line := range strings.Lines(string(source[from:to])) {
			code.WriteString(strings.TrimPrefix(line, "\t"))
		}
		return code.String()
	}
	t.Fatalf("%s has no %s", file, name)
	return ""
}

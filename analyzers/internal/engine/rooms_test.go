package engine_test

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const internal = "github.com/revlint/revlint/analyzers/internal/"

// rooms says what each package of the engine may import of the analyzers'
// internal packages, and which other packages it must not know.
var rooms = map[string]struct {
	dir    string
	may    []string
	mayNot []string
}{
	"domain": {"domain", []string{"contract", "gotypes", "summary"}, []string{"golang.org/x/tools/go/analysis"}},
	"interp": {"interp", []string{"contract", "engine/domain", "gotypes", "summary"}, []string{"golang.org/x/tools/go/analysis"}},
	"source": {"source", nil, nil},
	"report": {"report", []string{"diag", "engine/domain", "engine/source"}, nil},
	"rules":  {"rules", []string{"contract", "diag", "engine/domain", "engine/interp", "engine/report", "engine/source", "gotypes", "summary"}, nil},
	"calls":  {"calls", []string{"contract", "diag", "engine/domain", "engine/interp", "engine/rules", "gotypes", "summary"}, nil},
	"tokens": {"../tokens", []string{"contract", "diag", "engine/source", "gotypes"}, []string{"golang.org/x/tools/go/ssa"}},
}

// TestRooms reads the imports of the engine's packages and holds the table: who
// knows whom is what keeps the domain a lattice and the rules apart from calls.
func TestRooms(t *testing.T) {
	for name, room := range rooms {
		files, err := filepath.Glob(filepath.Join(room.dir, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: no files (%v)", name, err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			f, err := parser.ParseFile(token.NewFileSet(), file, src, parser.ImportsOnly)
			if err != nil {
				t.Fatal(err)
			}
			for _, spec := range f.Imports {
				path, _ := strconv.Unquote(spec.Path.Value)
				if ours, ok := strings.CutPrefix(path, internal); ok && !slices.Contains(room.may, ours) {
					t.Errorf("%s imports %s, which %s must not know", file, ours, name)
				}
				if slices.Contains(room.mayNot, path) {
					t.Errorf("%s imports %s, which %s must not know", file, path, name)
				}
			}
		}
	}
}

package engine_test

import (
	"go/parser"
	"go/token"
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
	"domain":   {"domain", []string{"contract", "gotypes", "summary"}, []string{"golang.org/x/tools/go/analysis"}},
	"interp":   {"interp", []string{"contract", "engine/domain", "gotypes", "summary"}, []string{"golang.org/x/tools/go/analysis"}},
	"source":   {"source", nil, nil},
	"report":   {"report", []string{"diag", "engine/domain", "engine/source"}, nil},
	"rules":    {"rules", []string{"contract", "diag", "engine/domain", "engine/interp", "engine/report", "engine/source", "gotypes", "summary"}, nil},
	"calls":    {"calls", []string{"contract", "diag", "engine/domain", "engine/interp", "engine/rules", "gotypes", "summary"}, nil},
	"concrete": {"concrete", []string{"engine", "engine/domain", "engine/interp"}, nil},
	"shipped":  {"../shipped", []string{"summary"}, nil},
	"tokens":   {"../tokens", []string{"contract", "diag", "engine/source", "gotypes"}, []string{"golang.org/x/tools/go/ssa"}},
}

// imports lists what the files in dir import, tests left out.
func imports(t *testing.T, dir string) map[string][]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: no files (%v)", dir, err)
	}
	out := make(map[string][]string)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range f.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			out[path] = append(out[path], file)
		}
	}
	return out
}

// TestRooms reads the imports of the engine's packages and holds the table: who
// knows whom is what keeps the domain a lattice and the rules apart from calls.
func TestRooms(t *testing.T) {
	for name, room := range rooms {
		for path, files := range imports(t, room.dir) {
			if ours, ok := strings.CutPrefix(path, internal); ok && !slices.Contains(room.may, ours) {
				t.Errorf("%s: %s is imported, which %s must not know", files[0], ours, name)
			}
			if slices.Contains(room.mayNot, path) {
				t.Errorf("%s: %s is imported, which %s must not know", files[0], path, name)
			}
		}
	}
}

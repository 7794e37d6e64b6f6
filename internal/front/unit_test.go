package front

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/revlint/revlint/analyzers"
)

// TestRecall has units of which findings are wanted, and others: only the latter may take
// what is shipped of the standard library.
func TestRecall(t *testing.T) {
	for _, c := range []struct {
		unit  string
		flags []string
		want  bool
	}{
		{`{"ImportPath": "net/http", "VetxOnly": true}`, nil, true},
		{`{"ImportPath": "net/http", "VetxOnly": true}`, []string{everythingFlag}, true},
		{`{"ImportPath": "net/http", "VetxOnly": false}`, nil, false},
		{`{"ImportPath": "net/http"}`, []string{everythingFlag}, false},
		{`{"ImportPath": "net/http", "VetxOnly": true}`, []string{everythingFlag, anewFlag + "io,net/http"}, false},
		{`{"ImportPath": "net/http", "VetxOnly": true}`, []string{everythingFlag, anewFlag + "net/..."}, false},
		{`{"ImportPath": "net", "VetxOnly": true}`, []string{everythingFlag, anewFlag + "net/..."}, false},
		{`{"ImportPath": "net/http", "VetxOnly": true}`, []string{everythingFlag, anewFlag + "..."}, false},
		{`{"ImportPath": "net/http", "VetxOnly": true}`, []string{everythingFlag, anewFlag + "n...http"}, false},
		{`{"ImportPath": "net/http", "VetxOnly": true}`, []string{everythingFlag, anewFlag + "std"}, false},
		{`{"ImportPath": "net/http", "VetxOnly": true}`, []string{everythingFlag, anewFlag + "net"}, true},
		{`{"ImportPath": "net/http", "VetxOnly": true}`, []string{everythingFlag, anewFlag + "io/..."}, true},
	} {
		name := filepath.Join(t.TempDir(), "vet.cfg")
		if err := os.WriteFile(name, []byte(c.unit), 0o666); err != nil {
			t.Fatal(err)
		}
		o := analyzers.NewOptions()
		if err := recall(o, append(c.flags, name)); err != nil {
			t.Fatal(err)
		}
		if got := o.Known != nil; got != c.want {
			t.Errorf("%s with %v: takes what is shipped: %v", c.unit, c.flags, got)
		}
	}
}

func TestStandard(t *testing.T) {
	std := t.TempDir()
	if err := os.WriteFile(filepath.Join(std, "go.mod"), []byte("module std\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		dir, pattern string
		want         bool
	}{
		{"", "net/http", true},
		{"", "std", true},
		{"", "all", true},
		{"", "...", true},
		{"", "net/...", true},
		{"", ".", false},
		{"", "./...", false},
		{"", "../other", false},
		{"", "/abs/olute", false},
		{"", "main.go", false},
		{"", "example.com/x/...", false},
		{std, "./...", true},
		{std, ".", true},
	} {
		if got := len((&vetRun{dir: c.dir}).standard([]string{"./x", c.pattern})) > 0; got != c.want {
			t.Errorf("%q in %q: %v", c.pattern, c.dir, got)
		}
	}
}

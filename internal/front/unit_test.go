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
		{`{"VetxOnly": true}`, nil, true},
		{`{"VetxOnly": true}`, []string{everythingFlag}, true},
		{`{"VetxOnly": false}`, nil, false},
		{`{}`, []string{everythingFlag}, false},
		{`{"VetxOnly": true}`, []string{everythingFlag, anewFlag}, false},
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

func TestAsksForStandard(t *testing.T) {
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
		if got := (&vetRun{dir: c.dir}).asksForStandard([]string{"./x", c.pattern}); got != c.want {
			t.Errorf("%q in %q: %v", c.pattern, c.dir, got)
		}
	}
}

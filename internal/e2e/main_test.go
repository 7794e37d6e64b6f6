// Package e2e holds tests, and nothing else: of the command and of package revio, with what only these tests need, such
// as other people's clients, schemas and suites. It is a module of its own, so that who requires revlint does not
// require these.
package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/revlint/revlint/analyzers"
	"github.com/revlint/revlint/internal/front"
	"github.com/revlint/revlint/internal/lsp"
	"github.com/revlint/revlint/internal/mock"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"revlint":    func() { command(analyzers.New(analyzers.NewOptions())) },
		"mocklint":   func() { command(mock.Suite()) },
		"staticlint": staticlint,
	})
}

// command is the main function of cmd/revlint.
func command(suite *analyzers.Suite) {
	if len(os.Args) > 1 && os.Args[1] == "lsp" {
		os.Exit(lsp.Main(os.Args[2:], suite.Drivers))
	}
	os.Exit(front.Main(os.Args[1:], suite))
}

func lookPath(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// unpack writes the files of an archive into a new folder.
func unpack(t *testing.T, archive string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range txtar.Parse([]byte(archive)).Files {
		name := filepath.Join(dir, f.Name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// lspFiles is a workspace of two modules, of which each has its configuration.
const lspFiles = `
-- go.work --
go 1.26.0
use (
	./one
	./two
)
-- one/go.mod --
module example.com/one
go 1.26.0
-- one/.revlint.yaml --
severity: {revuse: warning}
exclude:
  - message: with 7
-- one/one.go --
package one

func F() {
	begin()
	_ = "é𝄞"; bad(1)
	bad(7)
}

func begin()   {}
func bad(int)  {}
func good(int) {}
-- two/go.mod --
module example.com/two
go 1.26.0
-- two/two.go --
package two

func F() { bad(7) }

func bad(int) {}
`

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

// TestLSP checks a session with the command, from the first document to the
// exit code.
func TestLSP(t *testing.T) {
	dir := unpack(t, lspFiles)
	one, two, settings := filepath.Join(dir, "one/one.go"), filepath.Join(dir, "two/two.go"), filepath.Join(dir, "one/.revlint.yaml")
	text, err := os.ReadFile(one)
	if err != nil {
		t.Fatal(err)
	}
	e := startEditor(t, "mocklint", "GOCACHE="+t.TempDir(), "GOPROXY=off", "GOFLAGS=", "GOWORK=")

	e.open(one)
	found := e.next(one)
	if len(found) != 1 {
		t.Fatalf("found %+v, want one finding", found)
	}
	d := found[0]
	// The characters of the string are one and two code units, and two and four bytes.
	if want := (textRange{position{4, 12}, position{4, 18}}); d.Range != want {
		t.Errorf("range %v, want %v", d.Range, want)
	}
	if d.Severity != 2 || d.Code != "revuse" || d.Source != "revlint" || d.Message != "bad is called with 1 (revuse)" {
		t.Errorf("diagnostic %+v", d)
	}
	if r := d.RelatedInformation; len(r) != 1 || r[0].Message != "it began here" || r[0].Location.URI != fileURI(one) || r[0].Location.Range.Start != (position{3, 1}) {
		t.Errorf("related %+v", r)
	}

	// What the exclusion of one module says does not hold for the other.
	e.open(two)
	e.next(one)
	if d := e.next(two); len(d) != 1 || d[0].Severity != 1 || d[0].Range.Start != (position{2, 11}) {
		t.Errorf("diagnostics %+v", d)
	}

	// The fix, and no other file.
	var actions []struct {
		Title, Kind string
		Edit        struct {
			Changes map[string][]struct {
				Range   textRange
				NewText string
			}
		}
	}
	e.call("textDocument/codeAction", object{
		"textDocument": object{"uri": fileURI(one)}, "range": d.Range, "context": object{"diagnostics": found, "only": []string{"quickfix"}},
	}, &actions)
	if len(actions) != 1 || actions[0].Title != "call good" || actions[0].Kind != "quickfix" || len(actions[0].Edit.Changes) != 1 {
		t.Fatalf("actions %+v", actions)
	}
	edits := actions[0].Edit.Changes[fileURI(one)]
	if len(edits) != 1 || edits[0].Range != (textRange{position{4, 12}, position{4, 15}}) || edits[0].NewText != "good" {
		t.Fatalf("edits %+v", edits)
	}
	e.save(one, strings.Replace(string(text), "bad(1)", "good(1)", 1))
	if d := e.next(one); len(d) != 0 {
		t.Errorf("after the fix: %+v", d)
	}
	e.next(two)

	// Broken code is said where it is, and goes when it is mended.
	e.save(one, strings.Replace(string(text), "bad(1)", "bad(nowhere)", 1))
	if d := e.next(one); len(d) != 1 || d[0].Message != "not analysed: undefined: nowhere" || d[0].Range.Start != (position{4, 16}) {
		t.Errorf("broken: %+v", d)
	}
	if d := e.next(two); len(d) != 1 {
		t.Errorf("beside what is broken: %+v", d)
	}
	e.save(one, string(text))
	if d := e.next(one); len(d) != 1 || d[0].Code != "revuse" {
		t.Errorf("mended: %+v", d)
	}
	e.next(two)

	// So is a mistake in the configuration, and so it goes.
	good, err := os.ReadFile(settings)
	if err != nil {
		t.Fatal(err)
	}
	e.save(settings, "severities: {}\n")
	e.save(one, string(text))
	if d := e.next(settings); len(d) != 1 || d[0].Message != `not analysed: unknown key "severities"` || d[0].Range.Start != (position{0, 0}) {
		t.Errorf("configuration: %+v", d)
	}
	e.next(one)
	e.next(two)
	if m := <-e.messages; !strings.Contains(m, "severities") {
		t.Errorf("message %s", m)
	}
	e.save(settings, string(good))
	e.save(one, string(text))
	if d := e.next(settings); len(d) != 0 {
		t.Errorf("configuration: %+v", d)
	}
	if d := e.next(one); len(d) != 1 {
		t.Errorf("with the configuration mended: %+v", d)
	}
	e.next(two)
	e.quit()
}

// TestLSPArguments checks that what lsp does not know is an error.
func TestLSPArguments(t *testing.T) {
	path, err := exec.LookPath("mocklint")
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(path, "lsp", "--port=1").CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 2 || !bytes.Contains(out, []byte(`unknown argument "--port=1"`)) {
		t.Errorf("%v: %s", err, out)
	}
	command := exec.Command(path, "lsp", "--stdio") // and no input
	out, err = command.CombinedOutput()
	if !errors.As(err, &exit) || exit.ExitCode() != 1 || len(out) > 0 {
		t.Errorf("%v: %s", err, out)
	}
}

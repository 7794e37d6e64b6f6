package e2e

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
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
	if len(actions) != 2 || actions[0].Title != "call good" || actions[0].Kind != "quickfix" || len(actions[0].Edit.Changes) != 1 {
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

// unsavedFiles have a contract in the source and one in a stub.
const unsavedFiles = `
-- go.mod --
module example.com/m
go 1.26.0
-- .revlint/list.go --
//revlint:package container/list
package list

//revlint:acquire e from l optional
func (l *List) Front() (e *Element)

//revlint:release e
func (l *List) Remove(e *Element) (value any)
-- pool/pool.go --
package pool

type Buffer struct{ data []byte }

func (b *Buffer) Len() int { return len(b.data) }

type Pool struct{ free *Buffer }

//revlint:acquire b from p
func (p *Pool) Get() (b *Buffer) { return p.free }

//revlint:release b
func (p *Pool) Put(b *Buffer) { p.free = b }
-- use/use.go --
package use

import (
	"container/list"

	"example.com/m/pool"
)

func length(p *pool.Pool) int {
	b := p.Get()
	n := b.Len()
	p.Put(b)
	return n
}

func first(l *list.List) any {
	return l.Front().Value
}
`

// TestLSPUnsaved checks what is found, and told, of a document that is not saved:
// with the user's stubs, under the name of the document, and in nobody's way
// once the same text is saved.
func TestLSPUnsaved(t *testing.T) {
	dir := unpack(t, unsavedFiles)
	use := filepath.Join(dir, "use/use.go")
	saved, err := os.ReadFile(use)
	if err != nil {
		t.Fatal(err)
	}
	env := []string{"GOCACHE=" + t.TempDir(), "GOPROXY=off", "GOFLAGS=", "GOWORK=", "TMPDIR=" + t.TempDir()}
	e := startEditor(t, "revlint", env...)
	e.open(use)
	if d := e.next(use); len(d) != 0 {
		t.Fatalf("found %+v", d)
	}
	text := strings.Replace(string(saved), "\tn := b.Len()\n\tp.Put(b)\n\treturn n\n", "\tp.Put(b)\n\treturn b.Len()\n", 1)
	text = strings.Replace(text, "\treturn l.Front().Value\n", "\te := l.Front()\n\tl.Remove(e)\n\treturn e.Value\n", 1)
	e.edit(use, text)
	found := e.next(use)
	if len(found) != 2 || found[0].Message != "b is used here after its access ended (revuse)" || found[0].Range.Start != (position{11, 8}) ||
		found[1].Message != "e is used here after its access ended (revuse)" {
		t.Fatalf("found %+v", found)
	}
	if got, want := e.hints(use), []string{
		"10 lives until line 11", "11 end of line 10's loan",
		"16 lives until line 17", "17 end of line 16's loan",
	}; !slices.Equal(got, want) {
		t.Errorf("hints %q, want %q", got, want)
	}
	for _, d := range found {
		for _, r := range d.RelatedInformation {
			if r.Location.URI != fileURI(use) {
				t.Errorf("related: %s", r.Location.URI)
			}
		}
	}
	if h := e.hover(use, 11, 8); !strings.Contains(h, "violated") || !strings.Contains(h, `by the contract "acquire b from p"`) || !strings.Contains(h, "Put ends it") {
		t.Errorf("on the value: %q", h)
	}
	if h := e.hover(use, 10, 3); !strings.Contains(h, "//revlint:release b\nfunc (p *Pool) Put(b *Buffer)") {
		t.Errorf("on the call: %q", h)
	}
	if h := e.hover(use, 15, 8); !strings.Contains(h, "//revlint:acquire e from l optional") || !strings.Contains(h, ".revlint/list.go:4") {
		t.Errorf("on the call of what a stub describes: %q", h)
	}
	if now, err := os.ReadFile(use); err != nil || !bytes.Equal(now, saved) {
		t.Errorf("the file was written: %v", err)
	}

	// The command finds nothing in the file, and the same in what it will be.
	run := func() string {
		cmd := exec.Command(lookPath(t, "revlint"), "./...")
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), env...)
		out, _ := cmd.CombinedOutput()
		return string(out)
	}
	if out := run(); out != "" {
		t.Errorf("before it is saved: %s", out)
	}
	e.save(use, text)
	if d := e.next(use); len(d) != 2 {
		t.Errorf("saved: %+v", d)
	}
	if out := run(); !strings.HasPrefix(out, "use/use.go:12:9: b is used here") || strings.Count(out, "\n") != 2 {
		t.Errorf("after it was saved: %s", out)
	}

	// Broken, it keeps what was found, faded.
	e.edit(use, strings.Replace(text, "func first", "func nothing( {\n\nfunc first", 1))
	d := e.next(use)
	stale := 0
	for _, x := range d {
		if strings.HasPrefix(x.Message, "before the last change: ") {
			stale++
		}
	}
	if stale != 2 || len(d) < 3 {
		t.Errorf("broken: %+v", d)
	}
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

package e2e

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"honnef.co/go/tools/lintcmd"

	"github.com/revlint/revlint/analyzers/checks"
)

// staticlint is a driver like staticcheck, with the checks of revlint.
func staticlint() {
	cmd := lintcmd.NewCommand("staticlint")
	cmd.AddAnalyzers(checks.Lint()...)
	cmd.ParseFlags(os.Args[1:])
	cmd.Run() // ends the process
}

// A driver of honnef.co/go/tools loads the checks, finds with them, and explains
// them.
func TestStaticcheckDriver(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"go.mod": "module example.com/m\n\ngo 1.26.0\n",
		"p.go": `package p

type B struct{ n int }

type P struct{ free *B }

//revlint:acquire b from p
func (p *P) Get() (b *B) { return p.free }

//revlint:release b
func (p *P) Put(b *B) { p.free = b }

// Late looks at it too late.
func Late(p *P) int {
	b := p.Get()
	p.Put(b)
	return b.n
}
`} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	run := func(args ...string) (string, int) {
		cmd := exec.Command(lookPath(t, "staticlint"), args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "STATICCHECK_CACHE="+t.TempDir(), "GOFLAGS=", "GOWORK=off")
		out, err := cmd.CombinedOutput()
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			return string(out), exit.ExitCode()
		}
		if err != nil {
			t.Fatal(err)
		}
		return string(out), 0
	}
	out, code := run("-checks", "all", "./...")
	if code != 1 || !strings.HasPrefix(out, "p.go:17:9: b is used here after its access ended (revuse)") || strings.Count(out, "(revuse)") != 2 {
		t.Errorf("exit code %d\n%s", code, out)
	}
	if out, _ := run("-explain", "revleak"); !strings.Contains(out, "check that every access is released on every path") || !strings.Contains(out, "Before:") {
		t.Errorf("explained: %s", out)
	}
}

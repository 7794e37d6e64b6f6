package e2e

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/creack/pty"
)

// onTerminal runs mocklint with its output on a terminal, and returns what is
// seen there.
func onTerminal(t *testing.T, dir string, env []string, args ...string) string {
	t.Helper()
	mocklint, err := exec.LookPath("mocklint")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(mocklint, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	terminal, err := pty.Start(cmd)
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("this system has no pseudo-terminals")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer terminal.Close()
	var out bytes.Buffer
	// Linux reports the end of the other side as an input/output error.
	if _, err := io.Copy(&out, terminal); err != nil && !errors.Is(err, syscall.EIO) {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := cmd.Wait(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return strings.ReplaceAll(out.String(), "\r\n", "\n")
}

func TestTerminal(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"go.mod": "module example.com/m\ngo 1.26.0\n",
		"m.go":   "package m\n\nfunc F() {\n\tbegin()\n\tbad(1)\n}\n\nfunc begin()  {}\nfunc bad(int) {}\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	const frames = `m.go:5:2: bad is called with 1 (revuse)
  4 | 	begin()
    | 	----- it began here
  5 | 	bad(1)
    | 	^^^^^^
  fix: call good

1 finding in 1 package; -fix mends 1; -explain revuse tells more
`
	if got := onTerminal(t, dir, []string{"NO_COLOR=1"}); got != frames {
		t.Errorf("without colours: got\n%s\nwant\n%s", got, frames)
	}
	if got := onTerminal(t, dir, []string{"NO_COLOR="}); !strings.Contains(got, "\x1b[1;31m") || !strings.Contains(got, "it began here") {
		t.Errorf("with colours: got\n%q", got)
	}
	if got := onTerminal(t, dir, []string{"NO_COLOR="}, "-disable", "revuse"); got != "nothing found in 1 package\n" {
		t.Errorf("without findings: got\n%s", got)
	}
	if got := onTerminal(t, dir, []string{"NO_COLOR="}, "-f", "json"); strings.Contains(got, "\x1b") {
		t.Errorf("the machine formats are coloured:\n%q", got)
	}
}

package e2e

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// vscodeLine is how the Go extension of VS Code reads the lines of a linter.
var vscodeLine = regexp.MustCompile(`^([^:]*: )?((.:)?[^:]*):(\d+)(:(\d+)?)?:(?:\w+:)? (.*)$`)

// TestLintTool runs the command as the Go extension of VS Code runs the
// go.lintTool: in a package's folder without arguments, on a file, or in a
// workspace on all packages. It shows nothing if a failed command has written
// on standard error.
func TestLintTool(t *testing.T) {
	tool, err := exec.LookPath("mocklint")
	if err != nil {
		t.Fatal(err)
	}
	root := unpack(t, `
-- go.mod --
module example.com/m
go 1.26.0
-- p/p.go --
package p

func F() { bad(1) }

func bad(int) {}
`)
	folder := filepath.Join(root, "p")
	file := filepath.Join(folder, "p.go")
	want := []string{file, "3", "12", "bad is called with 1 (revuse)"}
	env := append(os.Environ(), "GOCACHE="+t.TempDir(), "GOPROXY=off", "GOFLAGS=", "GOWORK=")
	for _, scope := range []struct {
		name, dir string
		args      []string
	}{
		{"package", folder, nil},
		{"file", folder, []string{file}},
		{"workspace", root, []string{"./..."}},
	} {
		t.Run(scope.name, func(t *testing.T) {
			cmd := exec.Command(tool, scope.args...)
			cmd.Dir, cmd.Env = scope.dir, env
			var stdout, stderr bytes.Buffer
			cmd.Stdout, cmd.Stderr = &stdout, &stderr
			var exit *exec.ExitError
			if err := cmd.Run(); !errors.As(err, &exit) || exit.ExitCode() != 1 {
				t.Errorf("%v, want exit code 1", err)
			}
			if stderr.Len() > 0 {
				t.Errorf("on standard error: %s", &stderr)
			}
			lines := strings.Split(strings.TrimSuffix(stdout.String(), "\n"), "\n")
			m := vscodeLine.FindStringSubmatch(lines[0])
			if len(lines) != 1 || m == nil {
				t.Fatalf("output %q", lines)
			}
			got := []string{m[2], m[4], m[6], m[7]}
			if !filepath.IsAbs(got[0]) {
				got[0] = filepath.Join(scope.dir, got[0])
			}
			if !slices.Equal(got, want) {
				t.Errorf("read as %q, want %q", got, want)
			}
		})
	}
}

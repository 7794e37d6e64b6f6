package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestOutOfMemory: a unit that needs more memory than it may have ends, and says at
// which function. What is before the first function takes some as well, so the limit
// is raised until that is enough.
func TestOutOfMemory(t *testing.T) {
	var fat strings.Builder
	fat.WriteString("package m\n\nfunc fat(c bool) {\n")
	for i := range 2500 {
		fmt.Fprintf(&fat, "\tb%[1]d := Get()\n\tif c {\n\t\tPut(b%[1]d)\n\t}\n", i)
	}
	fat.WriteString("}\n")
	dir := t.TempDir()
	for name, content := range map[string]string{
		"go.mod":  "module example.com/m\ngo 1.26.0\n",
		"fat.go":  fat.String(),
		"pool.go": "package m\n\ntype B struct{ n int }\n\n//revlint:acquire b optional\nfunc Get() (b *B) { return new(B) }\n\n//revlint:release b\nfunc Put(b *B) {}\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	last := ""
	for limit := 4; limit < 512; limit += limit / 4 {
		cmd := exec.Command(lookPath(t, "revlint"))
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), fmt.Sprintf("GOMEMLIMIT=%dMiB", limit))
		out, _ := cmd.CombinedOutput()
		last = string(out)
		if code := cmd.ProcessState.ExitCode(); code == 2 && strings.Contains(last, "revlint: out of memory: ") {
			if strings.Contains(last, fmt.Sprintf(" MB are in use, more than %d, at example.com/m.fat (%s:3:6) (GOMEMLIMIT=", limit, filepath.Join(dir, "fat.go"))) {
				return
			}
			continue // before the first function
		}
		break
	}
	t.Errorf("no limit is too low for fat alone; the last run says %s", last)
}

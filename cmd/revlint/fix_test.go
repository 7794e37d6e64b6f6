package main

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestFixesCompile applies all that the analyzers offer for the labelled
// corpus, to a copy. What comes of it compiles, has none of the findings that
// were fixed, and no new ones that a fix has caused.
func TestFixesCompile(t *testing.T) {
	if testing.Short() {
		t.Skip("analyses the corpus twice")
	}
	repository, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, tree := range []string{"testdata/src", "revocable"} {
		if err := os.CopyFS(filepath.Join(dir, tree), os.DirFS(filepath.Join(repository, tree))); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range map[string]string{
		"go.mod":  "module github.com/revlint/revlint\n\ngo 1.26.0\n",
		"go.work": "go 1.26.0\n\nuse (\n\t.\n\t./revocable\n)\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	revlint, err := exec.LookPath("revlint")
	if err != nil {
		t.Fatal(err)
	}
	// count runs revlint, and counts the findings and those that have a fix.
	count := func(args ...string) (all, fixable int) {
		cmd := exec.Command(revlint, append(args, "-f", "json", "./testdata/src/...")...)
		cmd.Dir = dir
		out, err := cmd.Output()
		var exit *exec.ExitError
		if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
			t.Fatalf("revlint %v: %v", args, err)
		}
		var report struct{ Findings []struct{ Fixes []any } }
		if err := json.Unmarshal(out, &report); err != nil {
			t.Fatal(err)
		}
		for _, f := range report.Findings {
			all++
			if len(f.Fixes) > 0 {
				fixable++
			}
		}
		return all, fixable
	}
	before, fixable := count()
	if fixable == 0 {
		t.Fatal("nothing has a fix")
	}
	left, waiting := count("-fix")
	if left+fixable-waiting != before {
		t.Errorf("of %d findings %d had fixes, but %d are left, %d with fixes that wait", before, fixable, left, waiting)
	}
	count("-fix") // what is mended may bring to light what has a fix, too
	cmd := exec.Command("go", "build", "./testdata/src/...")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("what is fixed does not compile: %s", out)
	}
	after, again := count()
	t.Logf("%d findings, %d with fixes; then %d and %d", before, fixable, after, again)
	// copyOut in revnil/unchecked.go: once it is checked, it is seen to return
	// a slice of what it gives back.
	const comesToLight = 1
	if again > 0 || after > before-fixable+comesToLight {
		t.Errorf("%d findings, %d with fixes, were mended to %d and %d", before, fixable, after, again)
	}
}

// Package planted checks what revlint prints about the obvious mistakes that the examples show.
package planted

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	want    = regexp.MustCompile(`// want (\w+)$`)
	finding = regexp.MustCompile(`(?m)^(?:.*/)?(\w+\.go):(\d+):\d+: .*\((\w+)\)$`)
)

// Check compares what revlint finds in folder with the comments "// want ANALYZER" there, and nothing with what it finds in
// the example itself. What it prints must be in that page of docs, word for word. The command is built from its source, in
// revlint's folder; the test's own folder is that of the example.
func Check(t *testing.T, revlint, folder, page string) {
	t.Helper()
	if testing.Short() {
		t.Skip("builds revlint")
	}
	binary := filepath.Join(t.TempDir(), "revlint.exe")
	build := exec.Command("go", "build", "-o", binary, ".")
	build.Dir = revlint
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building revlint: %v\n%s", err, out)
	}
	var planted []string
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(source), "\n") {
			if m := want.FindStringSubmatch(line); m != nil {
				planted = append(planted, fmt.Sprintf("%s:%d %s", filepath.Base(file), i+1, m[1]))
			}
		}
	}
	if len(planted) == 0 {
		t.Fatalf("nothing is planted in %s", folder)
	}
	out, _ := exec.Command(binary, "./"+filepath.ToSlash(folder)).CombinedOutput() // its exit code says that there is something
	var found []string
	for _, m := range finding.FindAllStringSubmatch(string(out), -1) {
		found = append(found, fmt.Sprintf("%s:%s %s", m[1], m[2], m[3]))
	}
	if !slices.Equal(found, planted) {
		t.Errorf("found %v, planted %v:\n%s", found, planted, out)
	}
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		if finding.MatchString(line) && !strings.Contains(string(text), strings.TrimSpace(line)) {
			t.Errorf("%s says nothing of %s", page, line)
		}
	}
	if out, err := exec.Command(binary, ".").CombinedOutput(); err != nil {
		t.Errorf("the example itself: %v\n%s", err, out)
	}
}

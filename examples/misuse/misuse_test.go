package misuse_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// analyzers are those of which there must be a misuse, in a file of that name.
var analyzers = []string{"revbound", "revescape", "revleak", "revnil", "revrelease", "revuse", "revwait"}

var (
	want    = regexp.MustCompile(`// want (\w+)$`)
	finding = regexp.MustCompile(`(?m)^(?:.*/)?(\w+\.go):(\d+):\d+: .*\((\w+)\)$`)
)

// planted lists the misuse in this folder, as file:line analyzer.
func planted(t *testing.T) (lines []string) {
	t.Helper()
	for _, analyzer := range analyzers {
		file := analyzer + ".go"
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		before := len(lines)
		for i, line := range strings.Split(string(source), "\n") {
			if m := want.FindStringSubmatch(line); m != nil {
				lines = append(lines, fmt.Sprintf("%s:%d %s", file, i+1, m[1]))
			}
		}
		if len(lines) != before+1 || !strings.HasSuffix(lines[before], " "+analyzer) {
			t.Errorf("%s: %q is planted, want one misuse for %s", file, lines[before:], analyzer)
		}
	}
	return lines
}

// findings lists what a linter has printed, as planted does.
func findings(output []byte) (lines []string) {
	for _, m := range finding.FindAllStringSubmatch(string(output), -1) {
		lines = append(lines, fmt.Sprintf("%s:%s %s", m[1], m[2], m[3]))
	}
	slices.Sort(lines)
	return slices.Compact(lines) // go vet tells of a package again when it tests it
}

// TestFindings checks that revlint and go vet find what is planted and nothing else, and
// nothing in the examples that are correct.
func TestFindings(t *testing.T) {
	revlint := filepath.Join(t.TempDir(), "revlint.exe")
	if out, err := exec.Command("go", "build", "-o", revlint, "../../cmd/revlint").CombinedOutput(); err != nil {
		t.Fatalf("building revlint: %v\n%s", err, out)
	}
	want := planted(t)
	for _, command := range [][]string{
		{revlint, "../..."},
		{"go", "vet", "-vettool=" + revlint, "../..."},
	} {
		var out bytes.Buffer
		cmd := exec.Command(command[0], command[1:]...)
		cmd.Stdout, cmd.Stderr = &out, &out
		var exit *exec.ExitError
		if err := cmd.Run(); !errors.As(err, &exit) || exit.ExitCode() != 1 {
			t.Errorf("%s: %v, want exit status 1", filepath.Base(command[0]), err)
		}
		if got := findings(out.Bytes()); !slices.Equal(got, want) {
			t.Errorf("%s finds\n%s\nwant\n%s\noutput:\n%s", filepath.Base(command[0]),
				strings.Join(got, "\n"), strings.Join(want, "\n"), &out)
		}
	}
}

// TestVetIsSilent checks that the misuse is none that go vet sees by itself.
func TestVetIsSilent(t *testing.T) {
	if out, err := exec.Command("go", "vet", ".").CombinedOutput(); err != nil {
		t.Errorf("go vet: %v\n%s", err, out)
	}
}

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/template"
)

// nogo is what Bazel's nogo generates, in short: a program made of packages
// that each export an Analyzer. It checks that the analyzers are called as
// their folders, and is then a vet tool, in place of Bazel's driver.
var nogo = template.Must(template.New("").Parse(`package main

import (
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"
{{range .}}
	{{.}} "github.com/revlint/revlint/analyzers/{{.}}"{{end}}
)

var analyzers = map[string]*analysis.Analyzer{ {{range .}}
	"{{.}}": {{.}}.Analyzer,{{end}}
}

func main() {
	var all []*analysis.Analyzer
	for folder, a := range analyzers {
		if a.Name != folder {
			panic("the analyzer in " + folder + " is called " + a.Name)
		}
		all = append(all, a)
	}
	unitchecker.Main(all...)
}
`))

// TestNogo checks that each folder in analyzers is a package as nogo wants it,
// and that together they find what revlint finds.
func TestNogo(t *testing.T) {
	repository, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(filepath.Join(repository, "analyzers"))
	if err != nil {
		t.Fatal(err)
	}
	var folders []string
	for _, e := range entries {
		if e.IsDir() && strings.HasPrefix(e.Name(), "rev") {
			folders = append(folders, e.Name())
		}
	}
	if len(folders) == 0 {
		t.Fatal("no analyzers")
	}

	// The program is in this module, but in no folder of it.
	dir := t.TempDir()
	program, overlay, tool := filepath.Join(dir, "main.go"), filepath.Join(dir, "overlay.json"), filepath.Join(dir, "nogo.exe")
	var source bytes.Buffer
	if err := nogo.Execute(&source, folders); err != nil {
		t.Fatal(err)
	}
	replace, err := json.Marshal(map[string]any{"Replace": map[string]string{filepath.Join(repository, "cmd/nogo/main.go"): program}})
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{program: source.Bytes(), overlay: replace} {
		if err := os.WriteFile(name, content, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	run := func(name string, args ...string) (output string, code int) {
		cmd := exec.Command(name, args...)
		cmd.Dir = repository
		out, err := cmd.CombinedOutput()
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) {
			t.Fatal(err)
		}
		return string(out), cmd.ProcessState.ExitCode()
	}
	if out, code := run("go", "build", "-overlay="+overlay, "-o", tool, "./cmd/nogo"); code != 0 {
		t.Fatalf("the program does not compile: %s", out)
	}

	findings := regexp.MustCompile(`(?m)^\S+:\d+:\d+: .*\(rev[a-z]+\)$`)
	found := func(output string) []string {
		lines := findings.FindAllString(output, -1)
		slices.Sort(lines)
		return slices.Compact(lines)
	}
	out, _ := run("go", "vet", "-vettool="+tool, "./examples/...")
	revlint, err := exec.LookPath("revlint")
	if err != nil {
		t.Fatal(err)
	}
	want, _ := run(revlint, "./examples/...")
	if got, want := found(out), found(want); len(want) < len(folders) || !slices.Equal(got, want) {
		t.Errorf("it finds\n%s\nrevlint finds\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

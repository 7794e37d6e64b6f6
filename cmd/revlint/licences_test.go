package main

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// docs/licences.md lists the modules that are in the command, and revocable has
// none.
func TestLicences(t *testing.T) {
	modules := func(pattern string) (paths []string) {
		cmd := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}{{end}}{{end}}", pattern)
		cmd.Dir = "../.."
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		for path := range strings.FieldsSeq(string(out)) {
			if !slices.Contains(paths, path) {
				paths = append(paths, path)
			}
		}
		slices.Sort(paths)
		return paths
	}
	doc, err := os.ReadFile("../../docs/licences.md")
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	for line := range strings.Lines(string(doc)) {
		if cells := strings.Split(line, "|"); len(cells) == 4 && strings.Contains(cells[1], ".") {
			listed = append(listed, strings.TrimSpace(cells[1]))
		}
	}
	if got := modules("./cmd/revlint"); !slices.Equal(got, listed) {
		t.Errorf("in the command: %v\nlisted: %v", got, listed)
	}
	if got := modules("./revocable/..."); len(got) > 0 {
		t.Errorf("revocable depends on %v", got)
	}
}

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// docs/licences.md lists the modules that are in the command, and says what their
// licences are.
func TestLicences(t *testing.T) {
	cmd := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Dir}}{{end}}{{end}}", ".")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for line := range strings.Lines(string(out)) {
		if module, dir, ok := strings.Cut(strings.TrimSpace(line), " "); ok {
			want = append(want, "| "+module+" | "+licence(t, dir)+" |")
		}
	}
	slices.Sort(want)
	want = slices.Compact(want)
	doc, err := os.ReadFile("../../docs/licences.md")
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	for line := range strings.Lines(string(doc)) {
		if cells := strings.Split(line, "|"); len(cells) == 4 && strings.Contains(cells[1], ".") {
			listed = append(listed, strings.TrimSpace(line))
		}
	}
	if !slices.Equal(want, listed) {
		t.Errorf("in the command:\n%s\nlisted:\n%s", strings.Join(want, "\n"), strings.Join(listed, "\n"))
	}
}

// licence tells which licence a module has, by a phrase of its text.
func licence(t *testing.T, dir string) string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "LICEN[CS]E*"))
	if err != nil || len(names) == 0 {
		t.Fatalf("%s: no licence, %v", dir, err)
	}
	data, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(string(data)), " ")
	for _, l := range []struct{ phrase, name string }{
		{"Apache License Version 2.0", "Apache-2.0"},
		{"Permission is hereby granted, free of charge", "MIT"},
		{"endorse or promote products derived from this software", "BSD-3-Clause"},
	} {
		if strings.Contains(text, l.phrase) {
			return l.name
		}
	}
	t.Fatalf("%s is of no known licence", names[0])
	return ""
}

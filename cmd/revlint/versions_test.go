package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What is written names no version of revlint that is no tag, unless it says that
// there is no release yet, and says so only until there is one.
func TestVersions(t *testing.T) {
	git := exec.Command("git", "tag")
	git.Dir = "../.."
	out, err := git.Output()
	if err != nil {
		t.Skipf("no tags are known here: %v", err)
	}
	tags := strings.Fields(string(out))
	changes, err := os.ReadFile("../../CHANGELOG.md")
	if err != nil {
		t.Fatal(err)
	}
	next := "no version"
	if m := regexp.MustCompile(`the version (v[0-9.]+) that`).FindSubmatch(changes); m != nil {
		next = string(m[1])
	}
	named := regexp.MustCompile(`revlint(?:/[\w./-]+)?@(v[0-9][\w.+-]*)|\b(` + regexp.QuoteMeta(next) + `)\b`)
	const none = "no release yet"
	files := 0
	for _, pattern := range []string{"*.md", "*.yml", ".*.yaml", "docs/*.md", "editors/*/*.md", "examples/*/doc.go"} {
		names, err := filepath.Glob("../../" + pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			text := strings.Join(strings.Fields(string(data)), " ")
			files++
			says := strings.Contains(text, none)
			if says && len(tags) > 0 {
				t.Errorf("%s says that there is %s; there is %s", name, none, tags)
			}
			for _, m := range named.FindAllStringSubmatch(text, -1) {
				if version := m[1] + m[2]; !slices.Contains(tags, version) && !says {
					t.Errorf("%s names %s, which is no release, and does not say that there is %s", name, version, none)
				}
			}
		}
	}
	if files < 20 {
		t.Errorf("only %d files were read", files)
	}
}

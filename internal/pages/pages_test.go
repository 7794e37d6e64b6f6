package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/revlint/revlint/analyzers/checks"
)

const root = "../.."

// The pages are what is made of the code, and there are no others in their folders.
func TestPages(t *testing.T) {
	b, err := makeBook(root)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range b.pages {
		have, err := os.ReadFile(filepath.Join(root, docs, name))
		if err != nil {
			t.Error(err)
		} else if string(have) != want {
			t.Errorf("docs/%s is not what the code says: go generate ./internal/pages", name)
		}
	}
	for _, folder := range []string{"checks", "catalogue"} {
		err := filepath.WalkDir(filepath.Join(root, docs, folder), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			name, err := filepath.Rel(filepath.Join(root, docs), path)
			if _, ok := b.pages[filepath.ToSlash(name)]; !ok {
				t.Errorf("docs/%s is made of nothing: go generate ./internal/pages", name)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
	for _, g := range b.groups {
		for _, e := range g.Examples {
			if strings.Contains(e.Files[mainFile], "// want") {
				t.Errorf("%s has a label", e.ID)
			}
		}
	}
}

// Each check has examples, and revlint says of them what their labels say: of what
// is broken one thing, of what is fixed nothing.
func TestExamples(t *testing.T) {
	said, err := findings(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range checks.All {
		name := c.Analyzer.Analyzer.Name
		folders, err := filepath.Glob(filepath.Join(root, examples, name, "*"))
		if err != nil || len(folders) == 0 {
			t.Errorf("%s has no examples (%v)", name, err)
		}
		for _, folder := range folders {
			id := name + "/" + filepath.Base(folder)
			src, err := os.ReadFile(filepath.Join(folder, "broken", mainFile))
			if err != nil {
				t.Fatal(err)
			}
			if n := strings.Count(string(src), "// want "+name+"\n"); n != 1 {
				t.Errorf("%s has %d labels of %s, want 1", id, n, name)
			}
			broken := said[id+"/broken"]
			if len(broken) != 1 || !strings.HasSuffix(broken[0], "("+name+")") {
				t.Errorf("%s, broken: %q", id, broken)
			} else if line := strings.Split(broken[0], ":")[1]; line != lineOf(string(src), "// want ") {
				t.Errorf("%s, broken: reported on line %s, the label is on line %s", id, line, lineOf(string(src), "// want "))
			}
			if fixed := said[id+"/fixed"]; len(fixed) != 0 {
				t.Errorf("%s, fixed: %q", id, fixed)
			}
			delete(said, id+"/broken")
		}
	}
	for folder := range said {
		t.Errorf("%s is of no check", folder)
	}
}

// lineOf is the number of the first line with a text.
func lineOf(src, text string) string {
	before, _, _ := strings.Cut(src, text)
	return strconv.Itoa(strings.Count(before, "\n") + 1)
}

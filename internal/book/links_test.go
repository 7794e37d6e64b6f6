package book

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const root = "../.."

// pages are the Markdown files of the repository, from its root.
func pages(t *testing.T) (files []string) {
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		switch name := d.Name(); {
		case d.IsDir() && (name == "node_modules" || name == "site" || name == ".git"):
			return filepath.SkipDir // the site is made of docs, and checks its own links
		case filepath.Ext(name) == ".md":
			rel, err := filepath.Rel(root, path)
			files = append(files, filepath.ToSlash(rel))
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, file))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var (
	code     = regexp.MustCompile("(?ms)^```.*?^```$|`[^`\n]*`|<!--.*?-->")
	link     = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading  = regexp.MustCompile(`(?m)^#+ (.*)$`)
	noAnchor = regexp.MustCompile(`[^\p{L}\p{N}_ -]`)
)

// anchors are the names under which the headings of a page can be linked to, as GitHub makes them.
func anchors(text string) map[string]bool {
	out := make(map[string]bool)
	for _, m := range heading.FindAllStringSubmatch(regexp.MustCompile("(?ms)^```.*?^```$").ReplaceAllString(text, ""), -1) {
		title := link.ReplaceAllString(m[1], "]")
		out[strings.ReplaceAll(noAnchor.ReplaceAllString(strings.ToLower(title), ""), " ", "-")] = true
	}
	return out
}

// Links within the repository lead to files, and to headings, that there are.
func TestLinks(t *testing.T) {
	n := 0
	for _, page := range pages(t) {
		if page == "internal/peers/about.md" {
			continue // it becomes the head of docs/peers.md
		}
		for _, m := range link.FindAllStringSubmatch(code.ReplaceAllString(read(t, page), ""), -1) {
			target, anchor, _ := strings.Cut(m[1], "#")
			if strings.Contains(target, "://") || strings.HasPrefix(target, "mailto:") {
				continue
			}
			n++
			file := page
			if target != "" {
				file = filepath.ToSlash(filepath.Join(filepath.Dir(page), target))
			}
			if _, err := os.Stat(filepath.Join(root, file)); err != nil {
				t.Errorf("%s: %s leads nowhere", page, m[1])
			} else if strings.Contains(anchor, "=") {
				continue // it is read by a script of the page
			} else if anchor != "" && filepath.Ext(file) == ".md" && !anchors(read(t, file))[anchor] {
				t.Errorf("%s: %s: there is no such heading", page, m[1])
			}
		}
	}
	if n < 100 {
		t.Errorf("only %d links", n)
	}
}

// The index has every page of the book.
func TestIndex(t *testing.T) {
	index := read(t, "docs/README.md")
	for _, page := range pages(t) {
		if rel, ok := strings.CutPrefix(page, "docs/"); ok && rel != "README.md" && !generated(page) && !strings.Contains(index, "]("+rel) {
			t.Errorf("docs/README.md has no link to %s", rel)
		}
	}
}

// generated says whether a page is made by a program that lists what it makes in a page of its own.
func generated(page string) bool {
	return strings.HasPrefix(page, "docs/checks/") || strings.HasPrefix(page, "docs/catalogue/")
}

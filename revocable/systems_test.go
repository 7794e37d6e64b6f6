package revocable

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// The page that says which test shows what must name tests that there are.
func TestSystemsPageNamesTestsThatExist(t *testing.T) {
	const page = "../docs/systems.md"
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	links := regexp.MustCompile(`\[((?:Test|Example)\w*)\]\(([^)]*_test\.go)\)`).FindAllStringSubmatch(string(text), -1)
	if len(links) < 50 {
		t.Errorf("only %d links to tests", len(links))
	}
	for _, l := range links {
		source, err := os.ReadFile(filepath.Join(filepath.Dir(page), l[2]))
		if err != nil {
			t.Error(err)
			continue
		}
		if !regexp.MustCompile(`(?m)^func ` + l[1] + `\(`).Match(source) {
			t.Errorf("%s has no %s", l[2], l[1])
		}
	}
}

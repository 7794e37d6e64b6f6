package registry_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestComparisonNamesTestsThatExist reads docs/systems-comparison.md.
func TestComparisonNamesTestsThatExist(t *testing.T) {
	const page = "../../docs/systems-comparison.md"
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	links := regexp.MustCompile(`\[(Test\w+)\]\(([^)]+_test\.go)\)`).FindAllStringSubmatch(string(text), -1)
	if len(links) < 30 {
		t.Errorf("%d tests are named", len(links))
	}
	for _, link := range links {
		source, err := os.ReadFile(filepath.Join(filepath.Dir(page), link[2]))
		if err != nil {
			t.Error(err)
		} else if !strings.Contains(string(source), "func "+link[1]+"(") {
			t.Errorf("%s is not in %s", link[1], link[2])
		}
	}
}

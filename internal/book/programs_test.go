package book

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	goBlock   = regexp.MustCompile("(?ms)^```go\n(.*?)^```$")
	labelText = regexp.MustCompile(`(?m) // want \w+$`)
)

// The code that the pages about whole programs show is in the programs, labels left out, which have tests of
// their own. So has what revlint prints at their mistakes.
func TestPrograms(t *testing.T) {
	for _, program := range []string{"sensors", "plugins", "tenants"} {
		var sources strings.Builder
		err := filepath.WalkDir(filepath.Join(root, "examples", program), func(path string, d fs.DirEntry, err error) error {
			if err != nil || filepath.Ext(path) != ".go" {
				return err
			}
			text, err := os.ReadFile(path)
			sources.WriteString(labelText.ReplaceAllString(string(text), ""))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		page := "docs/" + program + ".md"
		blocks := goBlock.FindAllStringSubmatch(read(t, page), -1)
		if len(blocks) < 4 {
			t.Errorf("%s shows only %d pieces of code", page, len(blocks))
		}
		for _, block := range blocks {
			if !strings.Contains(sources.String(), block[1]) {
				t.Errorf("%s shows what is not in examples/%s:\n%s", page, program, block[1])
			}
		}
	}
}

// The README begins with a function of the service as people write it.
func TestReadme(t *testing.T) {
	block := goBlock.FindStringSubmatch(read(t, "README.md"))
	source := labelText.ReplaceAllString(read(t, "examples/service/hurried/store.go"), "")
	if block == nil || !strings.Contains(source, block[1]) {
		t.Error("the first code in README.md is not in examples/service/hurried/store.go")
	}
}

package analyzers_test

import (
	"flag"
	"go/doc"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write anew what is generated: the descriptions in testdata/README.md")

const corpusIndex = "../testdata/README.md"

// indexLine is a line of the index about one package: its folder and its description.
var indexLine = regexp.MustCompile(`(?m)^- \[[^\]]+\]\((src/[^)]+)\): (.*)$`)

// TestIndex asks that testdata/README.md list each package of the corpus once, with the
// first sentence of the package's comment. -update writes the sentences; the
// heading under which a package stands is chosen by hand.
func TestIndex(t *testing.T) {
	text, err := os.ReadFile(corpusIndex)
	if err != nil {
		t.Fatal(err)
	}
	about := aboutPackages(t)
	listed := make(map[string]bool)
	fresh := indexLine.ReplaceAllStringFunc(string(text), func(line string) string {
		m := indexLine.FindStringSubmatch(line)
		folder := m[1]
		if listed[folder] {
			t.Errorf("%s is listed twice", folder)
		}
		listed[folder] = true
		sentence, ok := about[folder]
		if !ok {
			t.Errorf("%s is listed, and there is no such package", folder)
			return line
		}
		if m[2] != sentence && !*update {
			t.Errorf("%s: the index says %q, the package says %q: run go test ./analyzers -run TestIndex -update", folder, m[2], sentence)
		}
		return strings.TrimSuffix(line, m[2]) + sentence
	})
	for folder, sentence := range about {
		if !listed[folder] {
			t.Errorf("%s is not listed: add this line under the heading where one would look for it:\n- [%s](%s): %s",
				folder, strings.TrimPrefix(folder, "src/"), folder, sentence)
		}
	}
	if *update {
		if err := os.WriteFile(corpusIndex, []byte(fresh), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// aboutPackages gives, for each folder of the corpus that holds a package, the first sentence of its comment,
// without the package's name.
func aboutPackages(t *testing.T) map[string]string {
	about := make(map[string]string)
	err := filepath.WalkDir("../testdata/src", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		files, err := filepath.Glob(filepath.Join(path, "*.go"))
		if err != nil || len(files) == 0 {
			return err
		}
		folder, err := filepath.Rel("../testdata", path)
		if err != nil {
			return err
		}
		folder = filepath.ToSlash(folder)
		for _, file := range files {
			f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.PackageClauseOnly|parser.ParseComments)
			if err != nil {
				return err
			}
			if f.Doc == nil {
				continue
			}
			if about[folder] != "" {
				t.Errorf("%s has a second comment on its package, in %s", folder, file)
			}
			// "Package x does this." becomes "does this".
			words := strings.SplitN(new(doc.Package).Synopsis(f.Doc.Text()), " ", 3)
			if len(words) < 3 {
				t.Errorf("%s: the comment on the package says nothing", file)
				continue
			}
			about[folder] = strings.TrimSuffix(words[2], ".")
		}
		if about[folder] == "" {
			t.Errorf("%s has no comment on its package", folder)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return about
}

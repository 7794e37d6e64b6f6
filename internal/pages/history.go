package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// bugs is the package with bugs of the past.
const bugs = libraries + "/history"

const aboutBugs = `# Bugs of the past, written anew

Each of these was found by people in a program that others use, and fixed. What mattered is written anew, and small, in
[testdata/catalogue/history](../../testdata/catalogue/history), compiled against the real libraries: a function with the bug, and one with the
fix. A test runs revlint over it as it comes, without any configuration, and compares what it finds:

    go test ./analyzers/internal/contract -run CatalogueHistory -catalogue

[findings.md](../findings.md#bugs-of-the-past) has others, on which revlint is run in the projects themselves.

| project | what it was | before the fix | after it |
|---|---|---|---|
`

var (
	// aboutBug begins the comment before a function with a bug: a project, and an issue, pull request or commit.
	aboutBug = regexp.MustCompile(`^(?:([\w.-]+)/([\w.-]+)#(\d+)|([\w./-]+)(?: ([0-9a-f]{8}(?:, [0-9a-f]{8})*))): (.*)$`)
	bugLabel = regexp.MustCompile(`// (want|missed:) (rev[a-z]+)$`)
)

// addHistory makes the page of the bugs of the past.
func (b *book) addHistory(root string) error {
	files, err := filepath.Glob(filepath.Join(root, bugs, "*.go"))
	if err != nil {
		return err
	}
	var rows strings.Builder
	found, missed := 0, 0
	for _, name := range files {
		src, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Doc == nil || !strings.HasSuffix(fn.Name.Name, "Before") {
				continue
			}
			m := aboutBug.FindStringSubmatch(strings.Join(strings.Fields(fn.Doc.Text()), " "))
			if m == nil {
				return fmt.Errorf("%v: the comment does not begin with a project and a number", fset.Position(fn.Pos()))
			}
			project := fmt.Sprintf("[%s/%s#%s](https://github.com/%[1]s/%[2]s/issues/%[3]s)", m[1], m[2], m[3])
			if m[3] == "" {
				project = m[4] + " " + m[5]
			}
			verdict := ""
			for line := range strings.Lines(string(src[fset.Position(fn.Pos()).Offset:fset.Position(fn.End()).Offset])) {
				if l := bugLabel.FindStringSubmatch(strings.TrimSpace(line)); l != nil {
					verdict = l[2]
					if l[1] == "missed:" {
						verdict = "missed"
					}
				}
			}
			switch verdict {
			case "":
				return fmt.Errorf("%v: a bug without a label", fset.Position(fn.Pos()))
			case "missed":
				missed++
			default:
				found++
			}
			fmt.Fprintf(&rows, "| %s | %s | %s | silent |\n", project, strings.TrimSuffix(m[6], "."), verdict)
		}
	}
	b.pages["findings/reproduced.md"] = aboutBugs + rows.String() + fmt.Sprintf("\n%d bugs: %d are found, %d are missed.\n", found+missed, found, missed)
	return nil
}

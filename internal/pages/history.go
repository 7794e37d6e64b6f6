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

const aboutLots = `
## How they were taken

The first 51 came out of searches for what is written in issues. The other 81 were taken in a row, from the histories of 37 projects and from issues: what a commit
or an issue calls a leak, a missing Close or Unlock, or a use after the end. None of these was looked at with revlint before it was on the
list. 64 of the 81 were found at first, and two fixes were reported although they are right. Now 68 are found, and no fix is reported. What was mended:

- a field that its mutex guards may have changed when the mutex is locked (thanos-io/thanos#7857)
- a file that a reader holds in two places is one file (minio/minio#16024)
- who asks for "Get(context.Context, string) (*http.Response, error)" gets a response to close, too (syncthing d7108749, gosoline#1183)
- a command that was started needs its extra files no more (the fix of containerd 05ef2fe2)
- a struct that is closed through an interface closes the file that it holds (a fix of nspcc-dev/neofs-node cb23512c, which is not in the table)

What is written anew is smaller than it was, and smaller is easier. 24 of the fixes were run in their projects as well, before and after. 14 bugs were found at
first, and are 15 now. Of the 9 that are missed, the table says why 4 are. The type that owes is the project's own in 2, a file is closed a
second time in 2, and in 1 a file's number is not closed. One bug is reported after its fix as well, and rightly: the Close of a gzip.Reader does
not close the body beneath it (distribution 19934b8f).

34 other fixes were on the list and are not written anew. 5 of them were run, and none is found; of the others it follows from what they are about. In 31 the type that owes has no contract, or what is owed
stands in a field or came as a parameter: backends, sessions, iterators, files over SFTP. In 2 a file is closed a second time, and in 1 a file's
number is not closed. What only leaves a timer or a ticker was not taken, because since Go 1.23 nobody has to stop one. Nor was a deferred Close in
a loop that ends: it only comes late.
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
	b.pages["findings/reproduced.md"] = aboutBugs + rows.String() + fmt.Sprintf("\n%d bugs: %d are found, %d are missed.\n", found+missed, found, missed) + aboutLots
	return nil
}

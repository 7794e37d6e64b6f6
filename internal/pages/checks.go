package main

import (
	"bytes"
	"fmt"
	"go/doc/comment"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/revlint/revlint/analyzers/checks"
)

// examples are the examples of the checks: a folder for each check, in it one for
// each example, in it broken and fixed, with one file each.
const examples = "testdata/examples"

const aboutChecks = `# Checks

revlint has one engine, and a name for each kind of mistake that it finds. Each page shows the mistake and how it is mended, to be
tried in the [playground](../playground.md).

| check | checks | ` + "`-fix`" + ` |
|---|---|---|
`

const moreAboutChecks = `
` + "`revlint -explain NAME`" + ` prints the text of a page. How to run some checks alone, and how to hide a finding:
[configuration](../configuration.md).
`

// addChecks makes the pages of the checks.
func (b *book) addChecks(root string) error {
	said, err := findings(root)
	if err != nil {
		return err
	}
	index := strings.TrimSuffix(aboutChecks, "\n") + "\n"
	for _, c := range checks.All {
		name := c.Analyzer.Analyzer.Name
		index += fmt.Sprintf("| [%s](%s.md) | %s | %s |\n", name, name, strings.TrimPrefix(c.Doc.Title, "check "), c.Fix)
		page := fmt.Sprintf("# %s\n\n", name) + generated(fmt.Sprintf("analyzers/%s/doc.go and %s/%s", name, examples, name))
		page += markdown(strings.ToUpper(c.Doc.Title[:1]) + c.Doc.Title[1:] + ".\n\n" + c.Doc.Text)
		if c.Fix != "" {
			page += fmt.Sprintf("\nWhat `-fix` does: it %s.\n", c.Fix)
		}
		page += "\n## Examples\n"
		of := group{Title: name + ": " + strings.TrimPrefix(c.Doc.Title, "check ")}
		folders, err := filepath.Glob(filepath.Join(root, examples, name, "*"))
		if err != nil {
			return err
		}
		for _, folder := range folders {
			broken, err := readExample(filepath.Join(folder, "broken", mainFile))
			if err != nil {
				return err
			}
			fixed, err := readExample(filepath.Join(folder, "fixed", mainFile))
			if err != nil {
				return err
			}
			id := path.Join(name, filepath.Base(folder))
			page += fmt.Sprintf("\n### %s\n\n%s\n\nFixed: %s\n\n", broken.title, broken.text, fixed.text)
			page += pair(shown{broken.code, id}, shown{fixed.code, id + "/fixed"})
			page += fmt.Sprintf("\nrevlint says:\n\n```\n%s\n```\n", strings.Join(said[path.Join(id, "broken")], "\n"))
			of.Examples = append(of.Examples,
				example{id, broken.title, map[string]string{mainFile: broken.program}},
				example{id + "/fixed", broken.title + ", fixed", map[string]string{mainFile: fixed.program}})
		}
		b.pages["checks/"+name+".md"] = page
		b.groups = append(b.groups, of)
	}
	b.pages["checks/README.md"] = index + moreAboutChecks
	return nil
}

// markdown makes Markdown of the text of a doc comment. Its code is Go.
func markdown(text string) string {
	var p comment.Parser
	var out strings.Builder
	isCode := false
	for line := range strings.Lines(string((&comment.Printer{}).Markdown(p.Parse(text)))) {
		code, indented := strings.CutPrefix(line, "\t")
		blank := strings.TrimSpace(line) == ""
		switch {
		case indented && !isCode:
			out.WriteString("```go\n")
			isCode = true
		case !indented && !blank && isCode:
			trimmed := strings.TrimRight(out.String(), "\n")
			out.Reset()
			out.WriteString(trimmed + "\n```\n\n")
			isCode = false
		}
		out.WriteString(code)
	}
	if isCode {
		return strings.TrimRight(out.String(), "\n") + "\n```\n"
	}
	return out.String()
}

// An exampleFile is a file of an example taken apart.
type exampleFile struct {
	title, text string // of the comment above the package clause: its first paragraph, the others
	code        string // below the package clause, with the name of the check at the end of a line where it reports
	program     string // all of it
}

// label is what a line of an example ends in that revlint reports.
var label = regexp.MustCompile(`(?m)[ \t]*// (?:want|missed:) .*$`)

// wanted is a label of what revlint finds.
var wanted = regexp.MustCompile(`// want (.*)`)

// withWords is code with labels for people: which check reports there.
func withWords(code string) string { return wanted.ReplaceAllString(code, "// $1") }

func readExample(name string) (*exampleFile, error) {
	src, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	title, text, _ := strings.Cut(f.Doc.Text(), "\n\n")
	offset := fset.Position(f.Name.End()).Offset
	return &exampleFile{
		title: strings.TrimSpace(title), text: strings.TrimSpace(text),
		code:    withWords(string(src[offset:])),
		program: label.ReplaceAllString(string(src), ""),
	}, nil
}

// findings are what revlint says of the examples, by folder from examples, in lines
// as it prints them.
func findings(root string) (map[string][]string, error) {
	work, err := os.MkdirTemp("", "pages")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(work)
	revlint := filepath.Join(work, "revlint")
	build := exec.Command("go", "build", "-o", revlint, "./cmd/revlint")
	build.Dir = root
	if text, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("go build: %v\n%s", err, text)
	}
	cmd := exec.Command(revlint, "./"+examples+"/...")
	cmd.Dir = root
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if code := cmd.ProcessState.ExitCode(); code != 1 { // for there are findings
		return nil, fmt.Errorf("revlint: exit status %d: %v\n%s", code, err, stderr.Bytes())
	}
	found := make(map[string][]string)
	for line := range strings.Lines(string(out)) {
		file, rest, _ := strings.Cut(strings.TrimSpace(line), ":")
		folder, name := path.Split(strings.TrimPrefix(filepath.ToSlash(file), examples+"/"))
		folder = strings.TrimSuffix(folder, "/")
		found[folder] = append(found[folder], name+":"+rest)
	}
	return found, nil
}

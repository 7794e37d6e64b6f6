package book

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestBook follows the pages that one is to type along with, as a reader would: it writes the files that
// they show, runs the commands that they show, in the order of the page, and compares what is printed.
//
//   - A block whose first line is a comment with a file's name is that file, first line included.
//   - If the comment says "in" before the name, the block's declarations take the place of those of the same
//     names in that file, or come at its end.
//   - In a block of console, lines that begin with "$ " are commands. What is below is what they print.
//
// -update writes what they print today. Read it before you commit it.
func TestBook(t *testing.T) {
	bin := t.TempDir()
	build := exec.Command("go", "build", "-o", bin, "./cmd/revlint")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building revlint: %v\n%s", err, out)
	}
	for _, page := range []string{"docs/ten-minutes.md", "docs/tutorial.md", "CONTRIBUTING.md"} {
		t.Run(filepath.Base(page), func(t *testing.T) {
			text := read(t, page)
			fresh := follow(t, bin, text)
			if fresh == text {
				return
			}
			if !*update {
				t.Fatalf("%s: commands print something else; -update would write this:\n%s", page, changes(text, fresh))
			}
			if err := os.WriteFile(filepath.Join(root, page), []byte(fresh), 0o666); err != nil {
				t.Fatal(err)
			}
		})
	}
}

var (
	fence    = regexp.MustCompile("(?ms)^```([a-z]+)\n(.*?)^```$")
	fileName = regexp.MustCompile(`^(?://|#) (in )?([\w./-]+\.(?:go|mod|yaml))\n`)
)

// follow does what a page says in a folder of its own, with the revlint of the folder bin, and returns the page as it should be.
func follow(t *testing.T, bin, text string) (fresh string) {
	dir := t.TempDir()
	commands, files := 0, 0
	fresh = fence.ReplaceAllStringFunc(text, func(block string) string {
		m := fence.FindStringSubmatch(block)
		if m[1] == "console" {
			commands++
			return "```console\n" + converse(t, bin, dir, m[2]) + "```"
		}
		if name := fileName.FindStringSubmatch(m[2]); name != nil {
			files++
			file := filepath.Join(dir, name[2])
			source := m[2]
			if name[1] != "" {
				source = replaceDeclarations(t, file, strings.TrimPrefix(m[2], name[0]))
			}
			if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(source), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		return block
	})
	if commands == 0 || files == 0 {
		t.Fatalf("%d blocks of commands and %d files: is this a page to type along with?", commands, files)
	}
	return fresh
}

// converse runs the commands of a block, and returns the block with what they print.
func converse(t *testing.T, bin, dir, block string) string {
	var out strings.Builder
	for line := range strings.Lines(block) {
		command, ok := strings.CutPrefix(strings.TrimSpace(line), "$ ")
		if !ok {
			continue
		}
		cmd := exec.Command("sh", "-c", command)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOPROXY=off", "GOFLAGS=", "GOWORK=", "GOTOOLCHAIN=local",
			"PATH="+bin+string(filepath.ListSeparator)+os.Getenv("PATH"))
		printed, err := cmd.CombinedOutput() // its exit code is the page's to show
		if err != nil && len(printed) == 0 {
			t.Errorf("%s: %v, and nothing is printed", command, err)
		}
		fmt.Fprintf(&out, "$ %s\n%s", command, bytes.ReplaceAll(printed, []byte("\t"), []byte("    ")))
	}
	return out.String()
}

// replaceDeclarations returns the text of file with the declarations in source put into their places.
func replaceDeclarations(t *testing.T, file, source string) string {
	old, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text, part := string(old), "package p\n"+source
	named := declarations(t, part)
	for _, name := range slices.SortedFunc(maps.Keys(named), func(a, b string) int { return named[a].from - named[b].from }) {
		fresh := named[name]
		if at, ok := declarations(t, text)[name]; ok {
			text = text[:at.from] + part[fresh.from:fresh.to] + text[at.to:]
		} else {
			text += "\n" + part[fresh.from:fresh.to] + "\n"
		}
	}
	return text
}

type extent struct{ from, to int }

// declarations are the functions and types of a file, by their names, and their extents with the comments before them.
func declarations(t *testing.T, source string) map[string]extent {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatalf("%v in\n%s", err, source)
	}
	out := make(map[string]extent)
	for _, d := range f.Decls {
		from, name, doc := d.Pos(), "", (*ast.CommentGroup)(nil)
		switch d := d.(type) {
		case *ast.FuncDecl:
			name, doc = d.Name.Name, d.Doc
			if d.Recv != nil {
				recv := d.Recv.List[0].Type
				name = source[fset.Position(recv.Pos()).Offset:fset.Position(recv.End()).Offset] + "." + name
			}
		case *ast.GenDecl:
			if s, ok := d.Specs[0].(*ast.TypeSpec); ok {
				name, doc = s.Name.Name, d.Doc
			}
		}
		if doc != nil {
			from = doc.Pos()
		}
		if name != "" {
			out[name] = extent{fset.Position(from).Offset, fset.Position(d.End()).Offset}
		}
	}
	return out
}

// changes are the lines that differ, those of before first.
func changes(before, after string) string {
	a, b := strings.Split(before, "\n"), strings.Split(after, "\n")
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return "-" + strings.Join(a, "\n-") + "\n+" + strings.Join(b, "\n+")
}

package contract

import (
	"errors"
	"fmt"
	"go/ast"
	"go/build/constraint"
	"go/parser"
	"go/scanner"
	"go/token"
	"strings"

	"golang.org/x/mod/module"
	"golang.org/x/mod/semver"
)

// A stub is a file that repeats declarations of a package, with directives.
type stub struct {
	path          string    // of the package it describes
	also          []string  // paths that the same package has had, as far as it was the same then
	since, before string    // versions: the first included, the second not
	versioned     token.Pos // of the first word behind the path
	build         bool      // its //go:build line holds
	file          *ast.File
	lines         *token.File // of the file
	head          *ast.Comment
}

// parseStub reads a stub file; nil if it is none. What is wrong with it has
// positions in fset.
func parseStub(fset *token.FileSet, filename string, src []byte) (*stub, []problem) {
	f, err := parser.ParseFile(fset, filename, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, syntaxProblems(f, err)
	}
	s := &stub{file: f, lines: fset.File(f.FileStart), build: true}
	for _, g := range f.Comments {
		for _, c := range g.List {
			switch {
			case c.Pos() > f.Package:
			case isHeader(c.Text) && s.path == "":
				s.head = c
				if off, msg := s.header(c.Text); msg != "" {
					return nil, []problem{{c.Pos() + token.Pos(off), msg}}
				}
			case constraint.IsGoBuild(c.Text):
				x, err := constraint.Parse(c.Text)
				if err != nil {
					return nil, []problem{{c.Pos(), err.Error()}}
				}
				s.build = x.Eval(isBuildTag)
			}
		}
	}
	if s.path == "" {
		return nil, []problem{{f.FileStart, fmt.Sprintf("a stub begins with %spackage and an import path", prefix)}}
	}
	return s, nil
}

// syntaxProblems places the errors of the Go parser in the file.
func syntaxProblems(f *ast.File, err error) []problem {
	var list scanner.ErrorList
	if f == nil || !errors.As(err, &list) {
		return []problem{{token.NoPos, err.Error()}}
	}
	var out []problem
	for _, e := range list {
		out = append(out, problem{f.FileStart + token.Pos(e.Pos.Offset), e.Msg})
	}
	return out
}

// wordsOf are the words of a comment, up to another one in it.
func wordsOf(text string) (out []word) {
	if i := strings.Index(text[2:], "//"); i >= 0 {
		text = text[:2+i]
	}
	for off := 0; ; {
		off += len(text[off:]) - len(strings.TrimLeft(text[off:], " \t"))
		if off == len(text) {
			return out
		}
		w := firstWord(text[off:])
		out = append(out, word{off, w})
		off += len(w)
	}
}

// header reads "//revlint:package path [also path {path}] [since v] [before v]".
func (s *stub) header(text string) (off int, msg string) {
	words := wordsOf(text)
	end := words[len(words)-1].off + len(words[len(words)-1].text)
	if len(words) == 1 {
		return end, prefix + "package lacks an import path"
	}
	s.path = words[1].text
	if module.CheckImportPath(s.path) != nil {
		return words[1].off, fmt.Sprintf("%q is no import path", s.path)
	}
	rest := 2
	if rest < len(words) && words[rest].text == "also" {
		s.versioned = s.head.Pos() + token.Pos(words[rest].off)
		for rest++; rest < len(words) && words[rest].text != "since" && words[rest].text != "before"; rest++ {
			if module.CheckImportPath(words[rest].text) != nil {
				return words[rest].off, fmt.Sprintf("%q is no import path", words[rest].text)
			}
			s.also = append(s.also, words[rest].text)
		}
		if len(s.also) == 0 {
			return end, `"also" lacks an import path`
		}
	}
	const order = "the order is path also since before"
	for i := rest; i < len(words); i += 2 {
		w := words[i]
		into := &s.since
		switch {
		case w.text == "since" && s.since == "" && s.before == "":
		case w.text == "before" && s.before == "":
			into = &s.before
		case w.text == "since" || w.text == "before" || w.text == "also":
			return w.off, fmt.Sprintf("%q is not expected here: %s", w.text, order)
		default:
			return w.off, fmt.Sprintf("%q is not expected here", w.text)
		}
		if i+1 == len(words) {
			return end, fmt.Sprintf("%q lacks a version", w.text)
		}
		if *into = words[i+1].text; !semver.IsValid(canonical(*into)) {
			return words[i+1].off, fmt.Sprintf("%q is no version", *into)
		}
		if !s.versioned.IsValid() {
			s.versioned = s.head.Pos() + token.Pos(w.off)
		}
	}
	return 0, ""
}

// covers reports whether the stub is for the version of its package: of the
// module, or of Go for the standard library. None told is the newest.
func (s *stub) covers(module, goVersion string) bool {
	version := module
	if strings.HasPrefix(s.since+s.before, "go") {
		version = goVersion
	}
	if !semver.IsValid(canonical(version)) {
		return s.before == ""
	}
	v := canonical(version)
	return (s.since == "" || semver.Compare(v, canonical(s.since)) >= 0) &&
		(s.before == "" || semver.Compare(v, canonical(s.before)) < 0)
}

// canonical writes a version of Go as one of a module.
func canonical(v string) string {
	if rest, ok := strings.CutPrefix(v, "go"); ok {
		return "v" + rest
	}
	return v
}

package contract

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"regexp"
	"strings"
)

// A Source says who has written a contract.
type Source string

// Those who write contracts, in order of precedence.
const (
	UserStub  Source = "user"
	Directive Source = "source" // in the declaration's own package
	Catalogue Source = "catalogue"
)

// An Origin is what people are told of where a contract is from. No rule
// depends on it.
type Origin struct {
	Source      Source
	Name        string    // of the declaration: Type.Method
	Declaration string    // as Go, with the names that the directives use
	Directives  []written // one for each claim
	// File is the stub: of a user's the whole name, of the catalogue the bare
	// one. Of a directive it is the bare name of the source file, whose folder
	// is that of the declaration: facts do not depend on where a module lies.
	File string
	Row  string // of the catalogue
}

// A written is a directive as it is written, without //revlint: and remark.
type written struct {
	Text string `json:"text"`
	Line int    `json:"line"`
}

func writtenAt(text string, line int) written {
	text, _, _ = strings.Cut(strings.TrimPrefix(text, prefix), "//")
	return written{strings.TrimSpace(text), line}
}

// rowName matches what names rows of the catalogue in the comments of a stub.
var rowName = regexp.MustCompile(`\b[SM][0-9]+(-[SM][0-9]+)?\b`)

// rowAt is the row that the declaration at pos belongs to: the one that a
// comment before it, or in its own doc, names last.
func rowAt(f *ast.File, pos token.Pos) (last string) {
	for _, g := range f.Comments {
		if g.Pos() > pos {
			break
		}
		if m := rowName.FindString(remark(g)); m != "" {
			last = m
		}
	}
	return last
}

// remark is the first paragraph of a comment, without directives, in one line.
func remark(g *ast.CommentGroup) string {
	text, _, _ := strings.Cut(strings.TrimSpace(g.Text()), "\n\n")
	return strings.Join(strings.Fields(text), " ")
}

// offBecause is what begins the comment that says why a stub is off.
const offBecause = "Off: "

// whyOff is the reason that a stub gives for being off.
func whyOff(f *ast.File) string {
	for _, g := range f.Comments {
		if why, ok := strings.CutPrefix(remark(g), offBecause); ok {
			return why
		}
	}
	return ""
}

// fileOf is the file that a contract of obj is written in, as its Origin has it.
func (o *Origin) fileOf(obj types.Object, fset *token.FileSet) string {
	if o.Source != Directive {
		return o.File
	}
	return filepath.Join(filepath.Dir(fset.Position(obj.Pos()).Filename), o.File)
}

// Place says where the directive on the line stands, of a contract of obj: for
// people, and without folders, which are not the same everywhere.
func (o *Origin) Place(obj types.Object, line int) string {
	at := fmt.Sprintf("%s:%d", filepath.Base(o.File), line)
	switch {
	case o.Source == UserStub:
		return userStubs + "/" + at
	case o.Source == Directive:
		return at + " of " + obj.Pkg().Path()
	case o.Row != "":
		return "catalogue " + at + ", " + o.Row
	}
	return "catalogue " + at
}

// text writes the declaration of obj with the names that its directives use.
func (d *declaration) text(obj types.Object) string {
	sig, _ := obj.Type().Underlying().(*types.Signature)
	switch d.kind {
	case onFunc:
		if d.self == nil {
			return "func " + d.label + d.typeParams(sig) + d.signatureText(sig)
		}
		recv := strings.TrimPrefix(d.recv+" ", " ") + d.typeText(d.self)
		return fmt.Sprintf("func (%s) %s%s", recv, obj.Name(), d.signatureText(sig))
	case onMethod:
		return d.label + d.signatureText(sig)
	case onFuncType:
		return "type " + d.label + " func" + d.signatureText(sig)
	case onVariable:
		return strings.TrimPrefix(d.label, ".") + " func" + d.signatureText(sig)
	}
	return "type " + d.label
}

func (d *declaration) typeText(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string {
		if p == d.env.pkg {
			return ""
		}
		return p.Name()
	})
}

func (d *declaration) typeParams(sig *types.Signature) string {
	var list []string
	for p := range sig.TypeParams().TypeParams() {
		list = append(list, p.Obj().Name()+" "+d.typeText(p.Constraint()))
	}
	if list == nil {
		return ""
	}
	return "[" + strings.Join(list, ", ") + "]"
}

func (d *declaration) signatureText(sig *types.Signature) string {
	results := d.tupleText(d.results, sig.Results(), false)
	if len(d.results) == 1 && d.results[0].name == "" {
		results = results[len("(") : len(results)-len(")")]
	}
	return strings.TrimSuffix(d.tupleText(d.params, sig.Params(), sig.Variadic())+" "+results, " ()")
}

// tupleText writes parameters or results with the names that they have here.
func (d *declaration) tupleText(here []named, there *types.Tuple, isVariadic bool) string {
	var list []string
	for i, n := range here {
		text := d.typeText(n.typ)
		if sig, ok := types.Unalias(n.typ).(*types.Signature); ok && n.isFunc {
			inner := declaration{env: d.env, params: n.callback}
			inner.results = namesThere(sig.Results(), false)
			text = "func" + inner.signatureText(sig)
		}
		if isVariadic && i == there.Len()-1 {
			text = "..." + text
		}
		list = append(list, strings.TrimPrefix(n.name+" ", " ")+text)
	}
	return "(" + strings.Join(list, ", ") + ")"
}

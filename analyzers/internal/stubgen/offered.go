package stubgen

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"

	"github.com/revlint/revlint/analyzers/internal/contract"
)

// An offered is a declaration of the catalogue's stub for the package.
type offered struct {
	label string
	text  []byte // with its doc comment
	off   string // why the stub is off; "" if it is on
}

// ofCatalogue begins the label of an offered declaration. If that does not fit
// there may still be a guess for the same one.
const ofCatalogue = "the catalogue's "

// fromCatalogue takes over what the catalogue says of the package.
func (g *generator) fromCatalogue(version string) error {
	for _, offer := range contract.Offers(g.pkg, version) {
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, "", offer.Source, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, spec := range f.Imports {
			if path, err := strconv.Unquote(spec.Path.Value); err == nil {
				g.imports.add(path)
			}
		}
		file := fset.File(f.FileStart)
		for _, decl := range f.Decls {
			label, doc := declared(decl)
			if _, ok := g.described[label]; ok || label == "" || g.dropped[ofCatalogue+label] != "" {
				continue
			}
			g.describe(decl, true)
			start := decl.Pos()
			if doc != nil {
				start = doc.Pos()
			}
			text := offer.Source[file.Offset(start):file.Offset(decl.End())]
			g.catalog = append(g.catalog, &offered{ofCatalogue + label, append(bytes.Clone(text), '\n'), offer.Off})
		}
	}
	return nil
}

// declared is the label of a function or type, and its doc comment; "" if decl
// is neither. The catalogue declares types one by one.
func declared(decl ast.Decl) (label string, doc *ast.CommentGroup) {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		return funcLabel(d), d.Doc
	case *ast.GenDecl:
		if t, ok := d.Specs[0].(*ast.TypeSpec); ok {
			return t.Name.Name, d.Doc
		}
	}
	return "", nil
}

func funcLabel(d *ast.FuncDecl) string {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return d.Name.Name
	}
	t := ast.Unparen(d.Recv.List[0].Type)
	if s, ok := t.(*ast.StarExpr); ok {
		t = ast.Unparen(s.X)
	}
	switch x := t.(type) {
	case *ast.IndexExpr:
		t = x.X
	case *ast.IndexListExpr:
		t = x.X
	}
	if id, ok := t.(*ast.Ident); ok {
		return id.Name + "." + d.Name.Name
	}
	return d.Name.Name
}

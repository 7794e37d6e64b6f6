package contract

import (
	"cmp"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// NewList makes the analyzer that tells drivers which of contracts are in force for a
// package, as JSON at the package clause (a Listing). It is no part of a check: a driver
// runs it when it is asked for the list.
func NewList(contracts *analysis.Analyzer) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name:     "contracts",
		Doc:      "list the contracts in force, where they are from and what they cover",
		Requires: []*analysis.Analyzer{contracts},
		Run: func(pass *analysis.Pass) (any, error) {
			text, err := json.Marshal(pass.ResultOf[contracts].(*Set).list())
			if err != nil || len(pass.Files) == 0 {
				return nil, err
			}
			pass.Report(analysis.Diagnostic{Pos: pass.Files[0].Name.Pos(), Category: "contracts", Message: string(text) + " (contracts)"})
			return nil, nil
		},
	}
}

// A Listing is what is in force for one package under analysis: what it
// declares itself, what the packages that it imports declare, and what it uses
// besides.
type Listing struct {
	Contracts []listed  `json:"contracts,omitempty"`
	Dropped   []dropped `json:"dropped,omitempty"`
	Off       []off     `json:"off,omitempty"`
}

// A listed is one declaration with its contract.
type listed struct {
	Package     string    `json:"package"`
	Name        string    `json:"name"` // Type.Method
	Declaration string    `json:"declaration"`
	Source      Source    `json:"source"`
	File        string    `json:"file"`
	Row         string    `json:"row,omitempty"`
	Directives  []written `json:"directives"`
	Calls       []place   `json:"calls,omitempty"`
	Bodies      []place   `json:"bodies,omitempty"` // functions here that a scoped or a token binds
}

// A place is where something is covered by a contract.
type place struct {
	Posn     string `json:"posn"` // file:line:column
	Function string `json:"function,omitempty"`
}

// A dropped is a package of which a user's stub holds all there is.
type dropped struct {
	Package string `json:"package"`
	Posn    string `json:"posn"`
}

// An off is a stub of the catalogue that is off, for a package that is imported.
type off struct {
	Package string `json:"package"`
	File    string `json:"file"`
	Why     string `json:"why"`
}

// list makes the Listing of the package.
func (s *Set) list() Listing {
	l := lister{set: s, calls: make(map[types.Object][]place), bodies: make(map[types.Object][]place)}
	for _, f := range s.pass.Files {
		l.file(f)
	}
	direct := map[*types.Package]bool{s.pass.Pkg: true}
	for _, p := range s.pass.Pkg.Imports() {
		direct[p] = true
	}
	inForce := make(map[types.Object]*Contract)
	add := func(obj types.Object) {
		if c := s.find(obj); c != nil {
			inForce[obj] = c
		}
	}
	for obj := range s.own {
		add(obj)
	}
	for obj := range s.user {
		add(obj)
	}
	for _, f := range s.pass.AllObjectFacts() {
		if _, ok := f.Fact.(*fact); ok && direct[f.Object.Pkg()] {
			add(f.Object)
		}
	}
	for p := range direct {
		for obj := range s.catalogued(p) {
			add(obj)
		}
	}
	for obj := range l.calls {
		add(obj)
	}
	for obj := range l.bodies {
		add(obj)
	}
	var out Listing
	for obj, c := range inForce {
		o := &c.Origin
		out.Contracts = append(out.Contracts, listed{
			Package: obj.Pkg().Path(), Name: o.Name, Declaration: o.Declaration,
			Source: o.Source, File: o.fileOf(obj, s.pass.Fset), Row: o.Row, Directives: o.Directives,
			Calls: l.calls[obj], Bodies: l.bodies[obj],
		})
	}
	slices.SortFunc(out.Contracts, func(a, b listed) int {
		return cmp.Or(strings.Compare(a.Package, b.Package), strings.Compare(a.File, b.File),
			cmp.Compare(a.Directives[0].Line, b.Directives[0].Line), strings.Compare(a.Declaration, b.Declaration))
	})
	for _, path := range slices.Sorted(maps.Keys(s.dropped)) {
		out.Dropped = append(out.Dropped, dropped{path, l.posn(s.dropped[path])})
	}
	out.Off = s.off()
	return out
}

// A Coverage is a call, or a function, that a contract is in force for.
type Coverage struct {
	At          string // file:line:column
	Declaration string
	Contracts   []string // the directives
	Source      string   // where they stand
}

// Covered lists what contracts are in force for in the package, in order of
// place.
func (s *Set) Covered() (out []Coverage) {
	l := lister{set: s, calls: make(map[types.Object][]place), bodies: make(map[types.Object][]place)}
	for _, f := range s.pass.Files {
		l.file(f)
	}
	for _, places := range []map[types.Object][]place{l.calls, l.bodies} {
		for obj, at := range places {
			c := s.find(obj)
			if c == nil || len(c.Origin.Directives) == 0 {
				continue
			}
			var texts []string
			for _, d := range c.Origin.Directives {
				texts = append(texts, d.Text)
			}
			for _, p := range at {
				out = append(out, Coverage{p.Posn, c.Origin.Declaration, texts, c.Origin.Place(obj, c.Origin.Directives[0].Line)})
			}
		}
	}
	slices.SortFunc(out, func(a, b Coverage) int {
		return cmp.Or(strings.Compare(a.At, b.At), strings.Compare(a.Declaration, b.Declaration))
	})
	return out
}

// Off lists the packages that the package imports, for which the catalogue has
// contracts and does not use them, and the user has none.
func (s *Set) Off() (paths []string) {
	for _, o := range s.off() {
		paths = append(paths, o.Package)
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

// off lists the stubs that the catalogue has, and does not use, for what the
// package imports: but not where the user has a stub instead.
func (s *Set) off() (out []off) {
	described := make(map[string]bool)
	for obj := range s.user {
		described[obj.Pkg().Path()] = true
	}
	for path := range s.dropped {
		described[path] = true
	}
	imported := make(map[string]*types.Package)
	for _, p := range s.pass.Pkg.Imports() {
		imported[p.Path()] = p
	}
	for _, name := range disabled() {
		p := imported[pathOf(name)]
		if p == nil || described[p.Path()] {
			continue
		}
		// Of another module's version nothing is told here: the newest stub
		// speaks for all.
		if st, err := embedded(token.NewFileSet(), name); err == nil && st.build && st.covers("", p.GoVersion()) {
			out = append(out, off{p.Path(), name + ".go", whyOff(st.file)})
		}
	}
	return out
}

// A lister finds what is covered by contracts.
type lister struct {
	set      *Set
	calls    map[types.Object][]place
	bodies   map[types.Object][]place
	function string // that encloses what is looked at
}

func (l *lister) posn(pos token.Pos) string {
	p := l.set.pass.Fset.Position(pos)
	return fmt.Sprintf("%s:%d:%d", p.Filename, p.Line, p.Column)
}

func (l *lister) file(f *ast.File) {
	for _, d := range f.Decls {
		l.function = ""
		if fd, ok := d.(*ast.FuncDecl); ok {
			l.function = funcLabel(fd)
			if obj, ok := l.set.pass.TypesInfo.Defs[fd.Name].(*types.Func); ok && fd.Body != nil {
				l.body(fd.Pos(), l.set.ScopedBy(obj), obj.Signature())
			}
		}
		called := make(map[*ast.Ident]bool)
		ast.Inspect(d, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				if sig, ok := l.set.pass.TypesInfo.TypeOf(n).(*types.Signature); ok {
					l.body(n.Pos(), l.set.ScopedLiteral(n), sig)
				}
			case *ast.CallExpr:
				if id := calleeName(n.Fun); id != nil {
					called[id] = true
				}
				l.call(n)
			case *ast.SelectorExpr:
				// A method that is taken as a value is called by somebody.
				if !called[n.Sel] {
					called[n.Sel] = true
					l.value(n.Sel, n.Pos())
				}
			case *ast.Ident:
				if !called[n] {
					l.value(n, n.Pos())
				}
			}
			return true
		})
	}
}

// calleeName is the identifier that names what is called; nil if none does.
func calleeName(fun ast.Expr) *ast.Ident {
	switch e := ast.Unparen(fun).(type) {
	case *ast.Ident:
		return e
	case *ast.SelectorExpr:
		return e.Sel
	case *ast.IndexExpr:
		return calleeName(e.X)
	case *ast.IndexListExpr:
		return calleeName(e.X)
	}
	return nil
}

func (l *lister) call(n *ast.CallExpr) {
	info := l.set.pass.TypesInfo
	if info.Types[n.Fun].IsType() {
		return
	}
	if id := calleeName(n.Fun); id != nil {
		if obj := origin(info.Uses[id]); l.set.Of(obj) != nil {
			l.covers(obj, n.Pos())
			return
		} else if _, ok := obj.(*types.Func); ok {
			return
		}
	}
	if obj := l.set.funcType(info.TypeOf(n.Fun)); obj != nil {
		l.covers(obj, n.Pos())
	}
}

func (l *lister) value(id *ast.Ident, pos token.Pos) {
	if f, ok := l.set.pass.TypesInfo.Uses[id].(*types.Func); ok && l.set.Of(f) != nil {
		l.covers(f.Origin(), pos)
	}
}

func (l *lister) covers(obj types.Object, pos token.Pos) {
	l.calls[obj] = append(l.calls[obj], place{l.posn(pos), l.function})
}

// body notes what binds the body of a function: claims on what it implements
// or becomes, and tokens among its parameters.
func (l *lister) body(pos token.Pos, bounds []Bound, sig *types.Signature) {
	var by []types.Object
	for _, b := range bounds {
		by = append(by, b.Object)
	}
	for v := range sig.Params().Variables() {
		if t := l.set.tokenType(v.Type()); t != nil && t.Pkg() != l.set.pass.Pkg {
			by = append(by, t)
		}
	}
	for i, obj := range by {
		if obj = origin(obj); !slices.Contains(by[:i], obj) {
			l.bodies[obj] = append(l.bodies[obj], place{l.posn(pos), l.function})
		}
	}
}

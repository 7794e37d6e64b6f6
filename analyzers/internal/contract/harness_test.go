package contract

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
)

// A world is a set of packages that are analysed in order, as a driver would:
// facts pass from one to the next in bytes alone.
type world struct {
	t        *testing.T
	fset     *token.FileSet
	std      types.Importer
	packages map[string]*types.Package
	facts    map[types.Object][]byte
	onPkg    map[*types.Package]map[reflect.Type]bool
	sets     map[string]*Set
	problems []string
	dir      string // the module's root; "" for none
}

func newWorld(t *testing.T) *world {
	fset := token.NewFileSet()
	return &world{
		t: t, fset: fset, std: importer.ForCompiler(fset, "source", nil),
		packages: make(map[string]*types.Package),
		facts:    make(map[types.Object][]byte),
		onPkg:    make(map[*types.Package]map[reflect.Type]bool),
		sets:     make(map[string]*Set),
	}
}

func (w *world) Import(path string) (*types.Package, error) {
	if p := w.packages[path]; p != nil {
		return p, nil
	}
	return w.std.Import(path)
}

// check type-checks a package of one file.
func (w *world) check(path, src string) (*ast.File, *types.Package, *types.Info) {
	w.t.Helper()
	name := filepath.Join(w.dir, filepath.Base(path)+".go")
	f, err := parser.ParseFile(w.fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		w.t.Fatal(err)
	}
	info := &types.Info{
		Defs: make(map[*ast.Ident]types.Object), Uses: make(map[*ast.Ident]types.Object),
		Types: make(map[ast.Expr]types.TypeAndValue), Selections: make(map[*ast.SelectorExpr]*types.Selection),
	}
	conf := types.Config{Importer: w, GoVersion: "go1.26"}
	pkg, err := conf.Check(path, w.fset, []*ast.File{f}, info)
	if err != nil {
		w.t.Fatal(err)
	}
	w.packages[path] = pkg
	return f, pkg, info
}

// analyse runs Analyzer on a package of one file. The module's version is ""
// for the main module.
func (w *world) analyse(path, version, src string) *Set {
	w.t.Helper()
	f, pkg, info := w.check(path, src)
	pass := &analysis.Pass{
		Analyzer: Analyzer, Fset: w.fset, Files: []*ast.File{f}, Pkg: pkg, TypesInfo: info,
		Module: &analysis.Module{Path: path, Version: version},
		Report: func(d analysis.Diagnostic) {
			if d.Category != "contract" && d.Category != "unreleasable" {
				w.t.Errorf("category %q", d.Category)
			}
			p := w.fset.Position(d.Pos)
			w.problems = append(w.problems, fmt.Sprintf("%s:%d:%d: %s", filepath.Base(p.Filename), p.Line, p.Column, d.Message))
		},
		ExportObjectFact: func(obj types.Object, f analysis.Fact) {
			if obj.Pkg() != pkg {
				w.t.Fatalf("a fact on %v of another package", obj)
			}
			w.facts[obj] = w.encode(f)
		},
		ImportObjectFact: func(obj types.Object, f analysis.Fact) bool { return w.decode(w.facts[obj], f) },
		ExportPackageFact: func(f analysis.Fact) {
			w.onPkg[pkg] = map[reflect.Type]bool{reflect.TypeOf(f): true}
		},
		ImportPackageFact: func(p *types.Package, f analysis.Fact) bool { return w.onPkg[p][reflect.TypeOf(f)] },
		AllObjectFacts: func() (out []analysis.ObjectFact) {
			for _, obj := range slices.Collect(maps.Keys(w.facts)) {
				f := new(fact)
				w.decode(w.facts[obj], f)
				out = append(out, analysis.ObjectFact{Object: obj, Fact: f})
			}
			return out
		},
	}
	res, err := Analyzer.Run(pass)
	if err != nil {
		w.t.Fatal(err)
	}
	w.sets[path] = res.(*Set)
	return w.sets[path]
}

func (w *world) encode(f analysis.Fact) []byte {
	var buf bytes.Buffer
	if err := gob.NewEncoder(&buf).Encode(f); err != nil {
		w.t.Fatal(err)
	}
	return buf.Bytes()
}

func (w *world) decode(data []byte, f analysis.Fact) bool {
	if data == nil {
		return false
	}
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(f); err != nil {
		w.t.Fatal(err)
	}
	return true
}

// lookup finds "Func", "Type.Method", "Type.Field" or "Type" in a package.
func lookup(t *testing.T, pkg *types.Package, name string) types.Object {
	t.Helper()
	base, member, isMember := strings.Cut(name, ".")
	obj := pkg.Scope().Lookup(base)
	if obj != nil && isMember {
		obj, _, _ = types.LookupFieldOrMethod(obj.Type(), true, pkg, member)
	}
	if obj == nil {
		t.Fatalf("%s has no %s", pkg.Path(), name)
	}
	return obj
}

// write says in one line what a contract says, for comparison.
func write(c *Contract) string {
	if c == nil {
		return "-"
	}
	out := ""
	for i, cl := range c.Claims {
		if i > 0 {
			out += "; "
		}
		out += writeClaim(&cl)
	}
	return out
}

func writeClaim(c *Claim) string {
	out := verbNames[c.Verb]
	for i, v := range c.Values {
		out += separator(i) + writePath(&v)
	}
	for i, p := range c.Places {
		out += separator(i)
		switch p.Kind {
		case Range:
			out += "range " + writePath(&p.Path)
		case Callback:
			out += writePath(&p.Path) + "("
			for j, a := range p.Args {
				if j > 0 {
					out += ", "
				}
				out += writePath(&a)
			}
			out += ")"
		default:
			out += writePath(&p.Path)
		}
	}
	for _, clause := range []struct {
		word string
		path *Path
	}{{"guard", c.Guard}, {"from", c.From}, {"to", c.To}} {
		if clause.path != nil {
			out += " " + clause.word + " " + writePath(clause.path)
		}
	}
	for _, clause := range []struct {
		word   string
		events []Event
	}{{"of", c.Of}, {"until", c.Until}} {
		for i, e := range clause.events {
			if i == 0 {
				out += " " + clause.word
			}
			out += " " + e.Type + "#" + e.Name
			if e.Prefix {
				out += "*"
			}
		}
	}
	for _, f := range []struct {
		word string
		is   bool
	}{
		{"optional", c.Optional}, {"lax", c.Lax}, {"brief", c.Brief}, {"once", c.Once}, {"whole", c.Whole},
		{"prefix", c.Prefix}, {"idempotent", c.Idempotent}, {"deep", c.Deep},
	} {
		if f.is {
			out += " " + f.word
		}
	}
	if w := c.When; w != nil {
		out += fmt.Sprintf(" when %t %s", !w.Not, writePath(&w.Path))
		if w.Method != "" {
			out += " has called " + w.Method
		}
	}
	if c.If != nil {
		out += fmt.Sprintf(" if %s %s", writePath(&c.If.Path), [...]string{"", "is true", "is false", "is nil", "is not nil"}[c.If.Op])
	}
	return out
}

func separator(i int) string {
	if i == 0 {
		return " "
	}
	return ", "
}

var verbNames = func() map[Verb]string {
	out := make(map[Verb]string)
	for name, rule := range verbRules {
		out[rule.verb] = name
	}
	return out
}()

func writePath(p *Path) string {
	out := ""
	if p.Deref {
		out = "*"
	}
	out += [...]string{"", "recv", "param", "result", "arg"}[p.Root]
	if p.Root != Recv {
		out += fmt.Sprint(p.Index)
	}
	for _, s := range p.Steps {
		if s.Types != nil {
			out += fmt.Sprintf(".(%v)", s.Types)
		} else {
			out += fmt.Sprintf(".%s%v", s.Field, s.Index)
		}
	}
	return out
}

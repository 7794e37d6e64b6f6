// Interim stand-in by the lead so that the tree builds: the worker on this folder deletes it when the real Analyzer and Set methods land.
package contract

import (
	"go/ast"
	"go/types"
	"golang.org/x/tools/go/analysis"
	"reflect"
	"strings"
)

type Bound struct {
	Claim     *Claim
	Interface string
}

var Analyzer = &analysis.Analyzer{Name: "contract", Doc: "x", ResultType: reflect.TypeFor[*Set](), Run: func(p *analysis.Pass) (any, error) {
	m := map[types.Object]*Contract{}
	tok := map[types.Object]bool{}
	path := func(s string, sig *types.Signature, cb *types.Signature) *Path {
		if s == "" {
			return nil
		}
		parts := strings.Split(s, ".")
		n := parts[0]
		pt := &Path{Text: s}
		find := func(t *types.Tuple) int {
			for i := 0; i < t.Len(); i++ {
				if t.At(i).Name() == n {
					return i
				}
			}
			return -1
		}
		if cb != nil {
			pt.Root = CallbackParam
			pt.Index = find(cb.Params())
			return pt
		}
		if sig.Recv() != nil && sig.Recv().Name() == n {
			pt.Root = Recv
		} else if i := find(sig.Params()); i >= 0 {
			pt.Root = Param
			pt.Index = i
		} else if i := find(sig.Results()); i >= 0 {
			pt.Root = Result
			pt.Index = i
		} else {
			panic("name " + s)
		}
		return pt
	}
	for _, f := range p.Files {
		ast.Inspect(f,func(n ast.Node)bool{ it,ok:=n.(*ast.InterfaceType); if !ok {return true}; for _,fl:=range it.Methods.List { if fl.Doc!=nil && strings.Contains(fl.Doc.List[len(fl.Doc.List)-1].Text,"revlint:") && len(fl.Names)==1 { o:=p.TypesInfo.Defs[fl.Names[0]]; m[o]=&Contract{Claims:[]Claim{{Verb:Release,Idempotent:true,Values:[]Path{{Root:Recv}}}}} } }; return true }) 
		for _, d := range f.Decls {
			if g, ok := d.(*ast.GenDecl); ok && g.Doc != nil {
				for _, c := range g.Doc.List {
					if strings.HasPrefix(c.Text, "//revlint:token") {
						tok[p.TypesInfo.Defs[g.Specs[0].(*ast.TypeSpec).Name]] = true
					}
				}
			}
			fd, ok := d.(*ast.FuncDecl)
			if !ok || fd.Doc == nil {
				continue
			}
			obj := p.TypesInfo.Defs[fd.Name].(*types.Func)
			sig := obj.Signature()
			for _, c := range fd.Doc.List {
				t, ok := strings.CutPrefix(c.Text, "//revlint:")
				if !ok {
					continue
				}
				t, _, _ = strings.Cut(t, "//")
				w := strings.Fields(strings.ReplaceAll(t, ", ", ","))
				cl := Claim{}
				cl.Verb = map[string]Verb{"acquire": Acquire, "release": Release, "borrow": Borrow, "scoped": Scoped, "move": Move, "maynil": MayNil, "waits": Waits, "unsafe": Unsafe, "noreturn": NoReturn}[w[0]]
				i := 1
				if len(w) > 1 {
					ops := splitOps(w[1])
					if cl.Verb == Scoped {
						if w[1] == "range" {
							cl.Places = append(cl.Places, Place{Kind: Range, Path: *path(w[2], sig, nil)})
							i = 3
						} else {
							for _, o := range ops {
								if n, a, ok := strings.Cut(o, "("); ok {
									pp := *path(n, sig, nil)
									cs := sig.Params().At(pp.Index).Type().Underlying().(*types.Signature)
									cl.Places = append(cl.Places, Place{Kind: Callback, Path: pp, Args: func() (out []Path) { for _, x := range strings.Split(strings.TrimSuffix(a, ")"), ",") { out = append(out, *path(x, sig, cs)) }; return }()})
								} else {
									cl.Places = append(cl.Places, Place{Kind: Value, Path: *path(o, sig, nil)})
								}
							}
							i = 2
						}
					} else {
						if w[1] != "_" {
							for _, o := range ops {
								cl.Values = append(cl.Values, *path(o, sig, nil))
							}
						}
						i = 2
					}
				}
				for i < len(w) {
					switch w[i] {
					case "guard":
						cl.Guard = path(w[i+1], sig, nil)
						i += 2
					case "from":
						cl.From = path(w[i+1], sig, nil)
						i += 2
					case "to":
						cl.To = path(w[i+1], sig, nil)
						i += 2
					case "until":
						for _, e := range strings.Split(w[i+1], ",") {
							n, pf := strings.CutSuffix(e, "*")
							cl.Until = append(cl.Until, Event{Name: n, Prefix: pf})
						}
						i += 2
					case "optional":
						cl.Optional = true
						i++
					case "once":
						cl.Once = true
						i++
					case "idempotent":
						cl.Idempotent = true
						i++
					case "deep":
						cl.Deep = true
						i++
					case "if":
						if len(w) == i+4 {
							op := NotNil
							if w[i+2] == "==" {
								op = IsNil
							}
							cl.If = &If{*path(w[i+1], sig, nil), op}
							i += 4
						} else {
							cl.If = &If{*path(w[i+1], sig, nil), IsTrue}
							i += 2
						}
					default:
						panic(w[i] + " in " + t)
					}
				}
				if m[obj] == nil {
					m[obj] = &Contract{}
				}
				m[obj].Claims = append(m[obj].Claims, cl)
			}
		}
	}
	return &Set{of: func(o types.Object) *Contract {
		if f, ok := o.(*types.Func); ok {
			o = f.Origin()
		}
		if tok[o] {
			return &Contract{Claims: []Claim{{Verb: Token}}}
		}
		return m[o]
	}}, nil
}}

func (s *Set) Of(o types.Object) *Contract { return s.of(o) }
func (s *Set) OfType(types.Type) *Contract { return nil }
func (s *Set) IsToken(t types.Type) bool {
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	n, ok := t.(*types.Named)
	return ok && s.of(n.Obj()) != nil
}
func (s *Set) Reaches() bool                { return true }
func (s *Set) ScopedBy(*types.Func) []Bound { return nil }

func splitOps(s string) (out []string) { d,b:=0,0; for i,c:=range s { switch c {case '(':d++; case ')':d--; case ',': if d==0 {out=append(out,s[b:i]);b=i+1}}}; return append(out,s[b:]) }

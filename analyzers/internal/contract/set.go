package contract

import (
	"go/token"
	"go/types"
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"
)

// A Set answers, for one package under analysis, which contract a
// declaration has, in the precedence of docs/contracts.md: the user's stub,
// the directive in the source, the catalogue. It is the result of Analyzer.
type Set struct {
	pass    *analysis.Pass
	own     map[types.Object]*Contract // of this package: source, else catalogue
	user    map[types.Object]*Contract // from the user's stubs
	dropped map[string]token.Pos       // packages whose contracts the user's stubs drop, and where they do
	known   map[types.Object]*Contract // answers given; nil ones too
	stubs   map[*types.Package]map[types.Object]*Contract
	imports *imports
	misfits int  // see Misfits
	unseen  bool // a user's stub describes a package that is not in sight: a release may be there

	bindOnce sync.Once
	bound    []binding // by bindings

	handlersOnce sync.Once
	found        *handlers // by handlers
}

// fact carries a Contract to importers.
type fact struct {
	Claims []Claim
	Origin Origin
}

func (*fact) AFact() {}

func (f *fact) String() string { return "contract" }

// catalogued is on a package for which the catalogue was asked when it was
// analysed, when its version was known: its facts are all there is to know.
type catalogued struct{}

func (*catalogued) AFact() {}

func (*catalogued) String() string { return "catalogued" }

// Of is the contract of a function, method, interface method, field,
// variable or type name; nil if there is none. An instance has that of its
// origin.
func (s *Set) Of(obj types.Object) *Contract {
	if s == nil || obj == nil || obj.Pkg() == nil {
		return nil
	}
	obj = origin(obj)
	if c, ok := s.known[obj]; ok {
		return c
	}
	c := s.find(obj)
	if m, ok := obj.(*types.Func); ok && c == nil && !s.dropped[m.Pkg().Path()].IsValid() {
		c = s.namesake(m)
	}
	if c != nil && slices.ContainsFunc(c.Claims, func(c Claim) bool { return c.Verb == None }) {
		c = nil
	}
	s.known[obj] = c
	return c
}

// origin is the declaration of a function or variable, of which obj may be an
// instance.
func origin(obj types.Object) types.Object {
	switch o := obj.(type) {
	case *types.Func:
		return o.Origin()
	case *types.Var:
		return o.Origin()
	}
	return obj
}

func (s *Set) find(obj types.Object) *Contract {
	if c := s.user[obj]; c != nil {
		return c
	}
	if s.dropped[obj.Pkg().Path()].IsValid() {
		return nil
	}
	if obj.Pkg() == s.pass.Pkg {
		return s.own[obj]
	}
	var f fact
	if s.pass.ImportObjectFact(obj, &f) {
		return &Contract{Claims: f.Claims, Origin: f.Origin}
	}
	return s.catalogued(obj.Pkg())[obj]
}

// catalogued are the contracts that the catalogue has for a package that was
// imported but never analysed: drivers that do not analyse the standard
// library, say, know them all the same.
func (s *Set) catalogued(pkg *types.Package) map[types.Object]*Contract {
	out, ok := s.stubs[pkg]
	if !ok {
		if inCatalogue(pkg) && !s.pass.ImportPackageFact(pkg, new(catalogued)) {
			var misfits int
			out, misfits = catalogueOf(pkg, "", s.imports)
			s.misfits += misfits
		}
		s.stubs[pkg] = out
	}
	return out
}

// OfType is the contract of a named func type or an alias of a func type.
func (s *Set) OfType(t types.Type) *Contract {
	if obj := s.funcType(t); obj != nil {
		return s.Of(obj)
	}
	return nil
}

// funcType is the name, with a contract, of the func type that t is.
func (s *Set) funcType(t types.Type) types.Object {
	if s == nil {
		return nil
	}
	for {
		switch x := t.(type) {
		case *types.Alias:
			if _, ok := x.Underlying().(*types.Signature); ok && s.Of(x.Obj()) != nil {
				return x.Obj()
			}
			t = x.Rhs()
		case *types.Named:
			if _, ok := x.Underlying().(*types.Signature); ok && s.Of(x.Origin().Obj()) != nil {
				return x.Origin().Obj()
			}
			return nil
		default:
			return nil
		}
	}
}

// IsToken reports whether t is T or *T where T is a token.
func (s *Set) IsToken(t types.Type) bool { return s.tokenType(t) != nil }

// OwnsToken reports whether the token type t, or *t, is of the package that is
// analysed, which may do with it as it likes.
func (s *Set) OwnsToken(t types.Type) bool {
	o := s.tokenType(t)
	return o != nil && o.Pkg() == s.pass.Pkg
}

// tokenType is the name of the token that t is, or points to.
func (s *Set) tokenType(t types.Type) types.Object {
	if s == nil || t == nil {
		return nil
	}
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	n, ok := t.(*types.Named)
	if !ok {
		return nil
	}
	obj := n.Origin().Obj()
	c := s.Of(obj)
	if c == nil || !slices.ContainsFunc(c.Claims, func(c Claim) bool { return c.Verb == Token }) {
		return nil
	}
	return obj
}

// Reaches reports whether the package uses or has anything with a contract.
func (s *Set) Reaches() bool {
	if s == nil {
		return false
	}
	if len(s.own) > 0 {
		return true
	}
	for obj := range s.user {
		if obj.Pkg() == s.pass.Pkg {
			return true
		}
	}
	for _, obj := range s.pass.TypesInfo.Uses {
		if obj.Pkg() == s.pass.Pkg {
			continue
		}
		switch obj := obj.(type) {
		case *types.Func:
			if s.Of(obj) != nil || s.isOfTuple(obj.Signature().Params()) || s.isOfTuple(obj.Signature().Results()) {
				return true
			}
		case *types.Var:
			if s.Of(obj) != nil || s.isOfType(obj.Type()) {
				return true
			}
		case *types.TypeName:
			if s.Of(obj) != nil {
				return true
			}
		}
	}
	return len(s.bindings()) > 0 && s.implements()
}

// isOfTuple reports whether a parameter or result is of a func type with a
// contract, which what is passed need not name: a literal becomes a handler by
// being handed to a function that takes one.
func (s *Set) isOfTuple(t *types.Tuple) bool {
	for v := range t.Variables() {
		if s.isOfType(v.Type()) {
			return true
		}
	}
	return false
}

// isOfType reports whether t is a func type with a contract, or holds them.
func (s *Set) isOfType(t types.Type) bool {
	for {
		if s.OfType(t) != nil {
			return true
		}
		c, ok := types.Unalias(t).(interface{ Elem() types.Type })
		if !ok {
			return false
		}
		t = c.Elem()
	}
}

// Misfits is the number of declarations in the catalogue that did not fit
// their package, as far as packages were looked up: their contracts are dropped.
func (s *Set) Misfits() int {
	if s == nil {
		return 0
	}
	return s.misfits
}

// implements reports whether a type of this package is bound by an
// interface method with a scoped claim.
func (s *Set) implements() bool {
	for _, obj := range s.pass.TypesInfo.Defs {
		if f, ok := obj.(*types.Func); ok && len(s.ScopedBy(f)) > 0 {
			return true
		}
	}
	return false
}

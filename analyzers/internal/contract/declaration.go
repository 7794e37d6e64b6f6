package contract

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// A declaration is what a directive stands on: its kind, and the names that
// the directive may use with the types they have.
type declaration struct {
	kind    declKind
	label   string     // Bucket.Get, for messages
	recv    string     // name of the receiver; "" where it has none
	self    types.Type // type of the receiver, or of the struct around a func field; nil: none
	params  []named
	results []named
	env     *environment
}

type declKind uint8

const (
	onFunc     declKind = iota + 1 // a function or method with a body, or of a stub
	onMethod                       // a method of an interface
	onFuncType                     // a named func type or an alias of one
	onVariable                     // a field or variable of func type
	onType                         // any other type
	onPackage                      // the package clause of a stub
)

func (k declKind) String() string {
	return [...]string{"", "a function", "a method", "a func type", "a func variable", "a type", "a package clause"}[k]
}

// A named is a parameter or result.
type named struct {
	name string
	typ  types.Type
	// callback and answers are the parameters and results of the func type that is
	// written for it.
	callback, answers []named
	isFunc            bool // a func type is written for it
}

// signature takes the names of a declaration from its syntax and the types
// from sig, which are the same but for names. Where the declaration names a
// func type that is written elsewhere, ft is nil, and the names are those
// written there.
func (d *declaration) signature(ft *ast.FuncType, sig *types.Signature) {
	if ft == nil {
		d.params, d.results = namesThere(sig.Params(), sig.Variadic()), namesThere(sig.Results(), false)
		return
	}
	d.params = namesOf(ft.Params, sig.Params(), sig.Variadic())
	d.results = namesOf(ft.Results, sig.Results(), false)
}

func namesThere(tuple *types.Tuple, isVariadic bool) (out []named) {
	for v := range tuple.Variables() {
		n := named{name: v.Name(), typ: v.Type()}
		if isVariadic && len(out) == tuple.Len()-1 {
			n.typ = element(n.typ)
		}
		if sig, ok := types.Unalias(n.typ).(*types.Signature); ok {
			n.isFunc, n.callback, n.answers = true, namesThere(sig.Params(), sig.Variadic()), namesThere(sig.Results(), false)
		}
		out = append(out, n)
	}
	return out
}

func namesOf(list *ast.FieldList, tuple *types.Tuple, isVariadic bool) []named {
	var out []named
	add := func(name string, e ast.Expr) {
		if len(out) >= tuple.Len() {
			return
		}
		n := named{name: name, typ: tuple.At(len(out)).Type()}
		if isVariadic && len(out) == tuple.Len()-1 {
			n.typ = element(n.typ) // the name stands for each argument
			if dots, ok := e.(*ast.Ellipsis); ok {
				e = dots.Elt
			}
		}
		if ft, ok := ast.Unparen(e).(*ast.FuncType); ok {
			if sig, ok := n.typ.Underlying().(*types.Signature); ok {
				n.isFunc = true
				n.callback = namesOf(ft.Params, sig.Params(), sig.Variadic())
				n.answers = namesOf(ft.Results, sig.Results(), false)
			}
		}
		out = append(out, n)
	}
	if list == nil {
		return nil
	}
	for _, f := range list.List {
		if len(f.Names) == 0 {
			add("", f.Type)
		}
		for _, id := range f.Names {
			add(id.Name, f.Type)
		}
	}
	return out
}

// element is the type of a variadic parameter's arguments.
func element(t types.Type) types.Type {
	if s, ok := t.Underlying().(*types.Slice); ok {
		return s.Elem()
	}
	return types.Typ[types.Byte] // append(b, s...) alone takes a string so
}

// spoken lists the names a directive may use, for messages.
func (d *declaration) spoken() string {
	out := d.names()
	if len(out) == 0 {
		return "no names"
	}
	return "only " + strings.Join(out, ", ")
}

// names are those that a directive may use.
func (d *declaration) names() (out []string) {
	if d.recv != "" && d.recv != "_" {
		out = append(out, d.recv)
	} else if d.self != nil {
		out = append(out, "self")
	}
	for _, n := range slices.Concat(d.params, d.results) {
		if n.name != "" && n.name != "_" {
			out = append(out, n.name)
		}
	}
	if len(d.results) == 1 && d.results[0].name == "" {
		out = append(out, "return")
	}
	return out
}

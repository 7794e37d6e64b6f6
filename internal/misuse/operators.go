package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
)

// An edit replaces a stretch of a function's source.
type edit struct {
	from, to token.Pos
	becomes  string
}

// An operator makes one mistake, in each place of a function where it can be made.
type operator struct {
	name, does string
	edits      func(*function) [][]edit
}

// A function is one that is correct, and its releases.
type function struct {
	*ast.FuncDecl
	text     func(ast.Node) string
	releases []release
}

// A release is a statement that gives back a variable.
type release struct {
	stmt     ast.Stmt
	call     string
	name     string // of the variable
	deferred bool
	before   ast.Stmt // in its block; nil: none
}

// releasing are the names of methods that release, as a rule.
var releasing = []string{"Release", "Close", "Rollback", "Commit", "Put", "Return", "Unref", "Exit"}

// look finds the releases of f.
func (f *function) look() {
	ast.Inspect(f.Body, func(n ast.Node) bool {
		list := listOf(n)
		for i, s := range list {
			var call *ast.CallExpr
			r := release{stmt: s}
			switch s := s.(type) {
			case *ast.ExprStmt:
				call, _ = s.X.(*ast.CallExpr)
			case *ast.DeferStmt:
				call, r.deferred = s.Call, true
			}
			if call == nil {
				continue
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || !slices.Contains(releasing, sel.Sel.Name) || len(call.Args) > 0 {
				continue
			}
			x, ok := sel.X.(*ast.Ident)
			if !ok || !f.acquires(x.Name) {
				continue
			}
			r.name, r.call = x.Name, f.text(call)
			if i > 0 {
				r.before = list[i-1]
			}
			f.releases = append(f.releases, r)
		}
		return true
	})
}

// acquires reports whether f gives the variable so called what a call returns: of what it was
// passed its callers may see to the rest.
func (f *function) acquires(name string) (does bool) {
	ast.Inspect(f.Body, func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		if !ok || len(a.Rhs) != 1 {
			return true
		}
		if _, ok := a.Rhs[0].(*ast.CallExpr); !ok {
			return true
		}
		does = does || slices.ContainsFunc(a.Lhs, func(l ast.Expr) bool {
			x, ok := l.(*ast.Ident)
			return ok && x.Name == name
		})
		return true
	})
	return does
}

// listOf are the statements directly in n.
func listOf(n ast.Node) []ast.Stmt {
	switch n := n.(type) {
	case *ast.BlockStmt:
		return n.List
	case *ast.CaseClause:
		return n.Body
	}
	return nil
}

// each makes an edit of each release that with has one for.
func each(with func(f *function, r release) []edit) func(*function) [][]edit {
	return func(f *function) (out [][]edit) {
		for _, r := range f.releases {
			if e := with(f, r); e != nil {
				out = append(out, e)
			}
		}
		return out
	}
}

// instead is an edit by which something else stands where s did.
func instead(s ast.Stmt, format string, args ...any) []edit {
	return []edit{{s.Pos(), s.End(), fmt.Sprintf(format, args...)}}
}

var operators = []operator{
	{"drop", "a release is left out", each(func(_ *function, r release) []edit {
		return instead(r.stmt, "_ = %s", r.name)
	})},
	{"double", "a release is done twice", each(func(f *function, r release) []edit {
		return instead(r.stmt, "%s; %s", f.text(r.stmt), f.text(r.stmt))
	})},
	{"hurry", "a deferred release is done at once", each(func(_ *function, r release) []edit {
		if !r.deferred {
			return nil
		}
		return instead(r.stmt, "%s", r.call)
	})},
	{"move", "a release is done one statement earlier", each(func(f *function, r release) []edit {
		if r.deferred || r.before == nil {
			return nil
		}
		was, before := f.text(r.stmt), f.text(r.before)
		return append(instead(r.before, "%s", was), instead(r.stmt, "%s", before)...)
	})},
	{"wrap", "a release is done under a condition", each(func(f *function, r release) []edit {
		return instead(r.stmt, "if misuse { %s }", f.text(r.stmt))
	})},
	{"unchecked", "a check is left out", func(f *function) (out [][]edit) {
		ast.Inspect(f.Body, func(n ast.Node) bool {
			list := listOf(n)
			for i := 1; i < len(list); i++ {
				if v := checked(list[i-1], list[i]); v != "" {
					out = append(out, instead(list[i], "_ = %s", v))
				}
			}
			return true
		})
		return out
	}},
	{"out", "a value is put where it outlives its access", each(func(f *function, r release) (out []edit) {
		ast.Inspect(f.Body, func(n ast.Node) bool {
			a, ok := n.(*ast.AssignStmt)
			if !ok || a.Tok != token.DEFINE || len(a.Lhs) < 2 || out != nil {
				return out == nil
			}
			v, isName := a.Lhs[0].(*ast.Ident)
			g, isGuard := a.Lhs[1].(*ast.Ident)
			if isName && isGuard && g.Name == r.name && v.Name != "_" {
				out = instead(r.stmt, "misused = %s; %s", v.Name, f.text(r.stmt))
			}
			return true
		})
		return out
	})},
	{"swap", "a release is that of another guard", each(func(f *function, r release) []edit {
		for _, o := range f.releases {
			if o.name != r.name {
				return instead(r.stmt, "%s; _ = %s", f.text(o.stmt), r.name)
			}
		}
		return nil
	})},
}

// checked is the variable that check, an if that leaves, compares with nil or asks, where before has
// just set it by a call.
func checked(before, check ast.Stmt) string {
	a, ok := before.(*ast.AssignStmt)
	if !ok || len(a.Rhs) != 1 {
		return ""
	}
	if _, ok := a.Rhs[0].(*ast.CallExpr); !ok {
		return ""
	}
	i, ok := check.(*ast.IfStmt)
	if !ok || i.Init != nil || i.Else != nil || len(i.Body.List) == 0 {
		return ""
	}
	switch last := i.Body.List[len(i.Body.List)-1].(type) {
	case *ast.ReturnStmt:
	case *ast.BranchStmt:
		if last.Tok != token.CONTINUE && last.Tok != token.BREAK {
			return ""
		}
	default:
		return ""
	}
	var of ast.Expr
	switch c := i.Cond.(type) {
	case *ast.BinaryExpr:
		if y, ok := c.Y.(*ast.Ident); ok && y.Name == "nil" {
			of = c.X
		}
	case *ast.UnaryExpr:
		if c.Op == token.NOT {
			of = c.X
		}
	}
	v, ok := of.(*ast.Ident)
	if !ok {
		return ""
	}
	for _, l := range a.Lhs {
		if x, ok := l.(*ast.Ident); ok && x.Name == v.Name {
			return v.Name
		}
	}
	return ""
}

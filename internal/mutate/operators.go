package main

import (
	"go/ast"
	"go/token"
)

// An operator is one way to break a program.
type operator struct {
	name, does string
	apply      func(n ast.Node) []change
}

// A change is a stretch of the source and what it becomes.
type change struct {
	from, to token.Pos
	becomes  func(was string) string
	way      way
	within   ast.Node // the statement that it is in, if the way is asReturn or asPrefixed
}

// A way says how a change is put into a binary that has many, of which a variable chooses one.
type way int

const (
	asCondition way = iota // an expression of type bool
	asValue                // any other expression
	asStatement            // a statement that is left out
	asReturn               // the last result of a return statement
	asPrefixed             // the word defer or go
)

var operators = []operator{
	{"drop", "leaves out a statement that calls, assigns, counts, sends or defers", func(n ast.Node) []change {
		var list []ast.Stmt
		switch n := n.(type) {
		case *ast.BlockStmt:
			list = n.List
		case *ast.CaseClause:
			list = n.Body
		case *ast.CommClause:
			list = n.Body
		}
		var cs []change
		for _, s := range list {
			switch s := s.(type) {
			case *ast.AssignStmt:
				if s.Tok == token.DEFINE {
					continue
				}
			case *ast.ExprStmt, *ast.IncDecStmt, *ast.SendStmt, *ast.DeferStmt, *ast.GoStmt:
			default:
				continue
			}
			cs = append(cs, change{s.Pos(), s.End(), func(string) string { return "" }, asStatement, nil})
		}
		return cs
	}},
	{"hurry", "calls at once what is deferred; but for Unlock, which the race detector alone would see", func(n ast.Node) []change {
		if d, ok := n.(*ast.DeferStmt); ok && !unlocks(d.Call) {
			return []change{{d.Pos(), d.Call.Pos(), func(string) string { return "" }, asPrefixed, d}}
		}
		return nil
	}},
	{"stay", "calls at once what another goroutine is started for", func(n ast.Node) []change {
		if g, ok := n.(*ast.GoStmt); ok {
			return []change{{g.Pos(), g.Call.Pos(), func(string) string { return "" }, asPrefixed, g}}
		}
		return nil
	}},
	{"negate", "turns a condition round", func(n ast.Node) []change {
		switch n := n.(type) {
		case *ast.IfStmt:
			return []change{replace(n.Cond, negation)}
		case *ast.ForStmt:
			if n.Cond != nil {
				return []change{replace(n.Cond, negation)}
			}
		}
		return nil
	}},
	{"compare", "moves a comparison by one, or turns an equality round", func(n ast.Node) []change {
		return exchange(n, map[token.Token]string{
			token.LSS: "<=", token.LEQ: "<", token.GTR: ">=", token.GEQ: ">", token.EQL: "!=", token.NEQ: "==",
		})
	}},
	{"connect", "takes && for || and the reverse", func(n ast.Node) []change {
		return exchange(n, map[token.Token]string{token.LAND: "||", token.LOR: "&&"})
	}},
	{"calculate", "takes + for - and the reverse", func(n ast.Node) []change {
		return as(asValue, exchange(n, map[token.Token]string{token.ADD: "-", token.SUB: "+"}))
	}},
	{"constant", "changes a number by one, true to false, and the reverse", func(n ast.Node) []change {
		switch n := n.(type) {
		case *ast.BasicLit:
			if n.Kind == token.INT {
				return as(asValue, []change{replace(n, func(was string) string { return "(" + was + "+1)" })})
			}
		case *ast.Ident:
			if other := map[string]string{"true": "false", "false": "true"}[n.Name]; other != "" {
				return []change{replace(n, func(string) string { return other })}
			}
		}
		return nil
	}},
	{"nothing", "returns nil instead of an error", func(n ast.Node) []change {
		r, ok := n.(*ast.ReturnStmt)
		if !ok || len(r.Results) == 0 {
			return nil
		}
		last := r.Results[len(r.Results)-1]
		if id, ok := last.(*ast.Ident); ok && (id.Name == "nil" || id.Name == "true" || id.Name == "false") {
			return nil
		}
		return []change{{last.Pos(), last.End(), func(string) string { return "nil" }, asReturn, r}}
	}},
}

func replace(n ast.Node, becomes func(string) string) change {
	return change{n.Pos(), n.End(), becomes, asCondition, nil}
}

func as(w way, cs []change) []change {
	for i := range cs {
		cs[i].way = w
	}
	return cs
}

func unlocks(c *ast.CallExpr) bool {
	method, ok := c.Fun.(*ast.SelectorExpr)
	return ok && method.Sel.Name == "Unlock"
}

func negation(was string) string { return "!(" + was + ")" }

// exchange replaces the operator of a binary expression.
func exchange(n ast.Node, by map[token.Token]string) []change {
	b, ok := n.(*ast.BinaryExpr)
	if !ok || by[b.Op] == "" {
		return nil
	}
	to := b.OpPos + token.Pos(len(b.Op.String()))
	// The whole expression is the stretch, so that the name says which it is.
	left, right := int(b.OpPos-b.Pos()), int(to-b.Pos())
	return []change{replace(b, func(was string) string { return was[:left] + by[b.Op] + was[right:] })}
}

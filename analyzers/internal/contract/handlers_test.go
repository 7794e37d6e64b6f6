package contract

import (
	"fmt"
	"go/ast"
	"go/types"
	"maps"
	"slices"
	"strings"
	"testing"
)

const handlerLib = `package lib

type Ctx struct{}

//revlint:scoped c
type Handler func(c *Ctx)

//revlint:scoped c
type Alias = func(c *Ctx) error

type Options struct {
	Name string
	//revlint:scoped names
	Replace func(names []string) int
}

//revlint:scoped c
var Hook func(c *Ctx, n int)

func Use(name string, h ...Handler) {}
func UseAlias(h Alias) {}
`

// Every way in which a function becomes a value of what binds it.
func TestHandlersAreBound(t *testing.T) {
	const src = `package user

import "lib"

func argument(c *lib.Ctx) {}
func element(c *lib.Ctx) {}
func unbound(c *lib.Ctx) {}
func generic[T any](c *lib.Ctx) {}
func hooked(c *lib.Ctx, n int) {}

type server struct{ main lib.Handler; plain func(c *lib.Ctx) }

func (server) method(c *lib.Ctx) {}
func (server) expression(c *lib.Ctx) {}

var table = map[string]lib.Handler{"e": element}

func use(s server, ch chan<- lib.Handler, plain func(func(c *lib.Ctx))) lib.Handler {
	lib.Use("x", argument, s.method, func(c *lib.Ctx) { _ = "variadic" })
	lib.Use("x", []lib.Handler{func(c *lib.Ctx) { _ = "slice" }}...)
	lib.UseAlias(func(c *lib.Ctx) error { _ = "alias"; return nil })
	lib.Hook = hooked
	_ = lib.Handler(func(c *lib.Ctx) { _ = "conversion" })
	_ = lib.Handler(generic[int])
	_ = lib.Options{Replace: func(names []string) int { _ = "field"; return 0 }}
	_ = &lib.Options{"n", func(names []string) int { _ = "positional"; return 0 }}
	s.main = func(c *lib.Ctx) { _ = "assigned" }
	s.plain = func(c *lib.Ctx) { _ = "plain field" }
	var declared lib.Handler = func(c *lib.Ctx) { _ = "declared" }
	_ = declared
	ch <- func(c *lib.Ctx) { _ = "sent" }
	local := func(c *lib.Ctx) { _ = "local" }
	if s.main == nil {
		local = func(c *lib.Ctx) { _ = "otherwise" }
	}
	lib.Use("x", local)
	idle := func(c *lib.Ctx) { _ = "idle" }
	plain(idle)
	plain(unbound)
	_ = func(server, *lib.Ctx) {}
	var byType func(server, *lib.Ctx) = server.expression
	_ = byType
	return func(c *lib.Ctx) { _ = "returned" }
}
`
	w := newWorld(t)
	w.analyse("lib", "", handlerLib)
	s := w.analyse("user", "", src)
	if len(w.problems) > 0 {
		t.Fatalf("problems %q", w.problems)
	}
	got := make(map[string]string)
	say := func(bounds []Bound) (out string) {
		for _, b := range bounds {
			out += b.Interface + ": " + writeClaim(b.Claim)
		}
		return out
	}
	user := w.packages["user"]
	for _, name := range []string{"argument", "element", "unbound", "generic", "hooked", "server.method", "server.expression"} {
		got[name] = say(s.ScopedBy(lookup(t, user, name).(*types.Func)))
	}
	for _, f := range s.pass.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			if lit, ok := n.(*ast.FuncLit); ok && len(lit.Body.List) > 0 {
				if a, ok := lit.Body.List[0].(*ast.AssignStmt); ok {
					got[strings.Trim(a.Rhs[0].(*ast.BasicLit).Value, `"`)] = say(s.ScopedLiteral(lit))
				}
			}
			return true
		})
	}
	const handler = "lib.Handler: scoped param0"
	want := map[string]string{
		"argument": handler, "element": handler, "generic": handler, "server.method": handler,
		"variadic": handler, "slice": handler, "conversion": handler, "assigned": handler,
		"declared": handler, "sent": handler, "local": handler, "otherwise": handler, "returned": handler,
		"alias": "lib.Alias: scoped param0", "hooked": "Hook: scoped param0",
		"field": "Replace: scoped param0", "positional": "Replace: scoped param0",
		"unbound": "", "server.expression": "", "idle": "", "plain field": "",
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if g, ok := got[name]; !ok || g != want[name] {
			t.Errorf("%s is bound by %q, want %q", name, fmt.Sprint(g), want[name])
		}
	}
	if !s.Reaches() {
		t.Error("the package has handlers")
	}
}

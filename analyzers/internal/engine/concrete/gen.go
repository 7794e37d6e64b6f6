package concrete

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A stmt is a statement of a random program: a line, or one that has others within. Where
// it has, it ends as it must.
type stmt struct {
	text string
	body []*stmt
	then string // what stands between body and rest: "} else {"
	rest []*stmt
	end  string // "" where there is no body
}

func (s *stmt) write(b *strings.Builder, indent string) {
	fmt.Fprintf(b, "%s%s\n", indent, s.text)
	if s.end == "" {
		return
	}
	for _, t := range s.body {
		t.write(b, indent+"\t")
	}
	if s.then != "" {
		fmt.Fprintf(b, "%s%s\n", indent, s.then)
		for _, t := range s.rest {
			t.write(b, indent+"\t")
		}
	}
	fmt.Fprintf(b, "%s%s\n", indent, s.end)
}

// source is the text of a program: the world, and the function f.
func source(body []*stmt) string {
	var b strings.Builder
	b.WriteString(world + "\nfunc f(h, k *Handle, b0, b1 bool, n0 int, x0, y0 *Box) (out *Res) {\n")
	for _, s := range body {
		s.write(&b, "\t")
	}
	b.WriteString("\treturn out\n}\n")
	return b.String()
}

// A generator makes random programs.
type generator struct {
	*rand.Rand
	vars  map[string][]string // names in scope by type, innermost last
	made  int
	loops int // that are around
	lits  int // function literals that are around
	left  int // statements
}

// generate is a random program with about so many statements.
func generate(r *rand.Rand, size int) []*stmt {
	g := &generator{Rand: r, left: size, vars: map[string][]string{
		"*Handle": {"h", "k"}, "bool": {"b0", "b1", "flag"}, "int": {"n0"}, "*Box": {"x0", "y0", "Global"}, "*Res": {"out"},
	}}
	return g.block(size, 3)
}

// block is a list of at most n statements. What it declares is gone behind it.
func (g *generator) block(n, depth int) (out []*stmt) {
	was := make(map[string]int)
	for t, names := range g.vars {
		was[t] = len(names)
	}
	for range n {
		if g.left--; g.left < 0 {
			break
		}
		out = append(out, g.statement(depth)...)
	}
	for t, names := range g.vars {
		g.vars[t] = names[:was[t]]
	}
	return out
}

func line(format string, args ...any) []*stmt {
	return []*stmt{{text: fmt.Sprintf(format, args...)}}
}

// one chooses one of several.
func one[T any](g *generator, of ...T) T { return of[g.IntN(len(of))] }

// declare is a statement that gives a new variable of type t a value.
func (g *generator) declare(t, value string) []*stmt {
	g.made++
	name := fmt.Sprintf("v%d", g.made)
	out := line("var %s %s = %s; _ = %s", name, t, value, name)
	g.vars[t] = append(g.vars[t], name)
	return out
}

// fresh is a new name, which is in scope from now on.
func (g *generator) fresh(t string) string {
	g.made++
	name := fmt.Sprintf("v%d", g.made)
	g.vars[t] = append(g.vars[t], name)
	return name
}

// name is a variable of type t; "" if there is none.
func (g *generator) name(t string) string {
	if names := g.vars[t]; len(names) > 0 {
		if g.IntN(2) == 0 {
			return names[len(names)-1]
		}
		return one(g, names...)
	}
	return ""
}

var kinds = []string{"int", "bool", "*Box", "*Box", "*Res", "*Guard", "*Conn", "*Part", "*Lease", "[]*Res", "[]*Box", "[]*Guard", "[2]*Box", "[2]*Box", "map[int]*Box", "Box", "error", "Closer", "any", "*int", "**Box", "**Box"}

// expr is an expression of type t.
func (g *generator) expr(t string) string {
	if name := g.name(t); name != "" && g.IntN(3) > 0 {
		return name
	}
	b := func() string { return one(g, "x0", "y0", g.name("*Box")) }
	switch t {
	case "int":
		switch g.IntN(6) {
		case 0:
			return b() + ".N"
		case 1:
			return g.expr("int") + one(g, " + 1", " - 1", " * 2")
		case 2:
			if p := g.name("*int"); p != "" {
				return "*" + p
			}
		case 3:
			if s := g.name("[]*Res"); s != "" {
				return "len(" + s + ")"
			}
		}
		return fmt.Sprint(g.IntN(4))
	case "bool":
		return g.cond()
	case "*Box":
		switch g.IntN(10) {
		case 0:
			return b() + ".P"
		case 1:
			return fmt.Sprintf("&Box{R: %s, G: %s, N: %s}", g.expr("*Res"), g.expr("*Guard"), g.expr("int"))
		case 2:
			return fmt.Sprintf("pick(%s, %s, %s)", g.expr("bool"), b(), b())
		case 3:
			return fmt.Sprintf("find(%s)", b())
		case 4:
			return fmt.Sprintf("newBox(%s, %s)", g.expr("*Res"), g.expr("*Guard"))
		case 5:
			if v := g.name("Box"); v != "" {
				return "&" + v
			}
		case 6:
			if v := g.name("[2]*Box"); v != "" {
				return v + "[" + one(g, "0", "1", "n0&1") + "]"
			}
		case 7:
			if v := g.name("map[int]*Box"); v != "" {
				return v + "[" + g.expr("int") + "]"
			}
		case 8:
			if v := g.name("**Box"); v != "" {
				return "*" + v
			}
		}
		return one(g, "nil", "&Box{}", b())
	case "*Res":
		switch g.IntN(4) {
		case 0:
			return b() + ".R"
		case 1:
			if s := g.name("[]*Res"); s != "" {
				return s + "[" + one(g, "0", "1", g.expr("int")) + "]"
			}
		case 2:
			if a := g.name("any"); a != "" {
				return a + ".(*Res)"
			}
		}
	case "*Guard":
		switch g.IntN(4) {
		case 0:
			return b() + ".G"
		case 1:
			if s := g.name("[]*Guard"); s != "" {
				return s + "[" + one(g, "0", "1", g.expr("int")) + "]"
			}
		}
	case "*Conn":
		if g.IntN(3) == 0 {
			return b() + ".C"
		}
	case "*Part":
		if c := g.name("*Conn"); c != "" {
			return c + ".Part()"
		}
	case "[]*Res", "[]*Box", "[]*Guard":
		elem := t[2:]
		switch g.IntN(5) {
		case 0:
			return fmt.Sprintf("make(%s, %d, %d)", t, g.IntN(3), 2+g.IntN(3))
		case 1:
			return fmt.Sprintf("%s{%s, %s}", t, g.expr(elem), g.expr(elem))
		case 2:
			if s := g.name(t); s != "" {
				return fmt.Sprintf("append(%s, %s)", s, g.expr(elem))
			}
		case 3:
			if s := g.name(t); s != "" {
				return s + one(g, "[1:]", "[:1]", "[:0]", "[:]")
			}
		}
		return t + "{" + g.expr(elem) + "}"
	case "[2]*Box":
		return fmt.Sprintf("[2]*Box{%s, %s}", g.expr("*Box"), g.expr("*Box"))
	case "map[int]*Box":
		return one(g, "map[int]*Box{}", fmt.Sprintf("map[int]*Box{1: %s}", g.expr("*Box")))
	case "Box":
		return one(g, "*"+b(), fmt.Sprintf("Box{R: %s, G: %s, OK: %s}", g.expr("*Res"), g.expr("*Guard"), g.expr("bool")))
	case "error":
		return one(g, "nil", "&Fail{}", fmt.Sprintf("check(%s)", g.expr("int")))
	case "Closer":
		if c := g.name("*Conn"); c != "" {
			return c
		}
	case "any":
		return one(g, g.expr("*Res"), g.expr("*Box"), g.expr("*Guard"), g.expr("int"))
	case "*int":
		if n := g.name("int"); n != "" && n != "n0" {
			return "&" + n
		}
		return "&" + b() + ".N"
	case "**Box":
		for _, t := range []string{"[]*Box", "[2]*Box"} {
			if v := g.name(t); v != "" && g.IntN(2) == 0 {
				return "&" + v + "[" + one(g, "0", "1", "n0&1") + "]"
			}
		}
		return one(g, "&"+b()+".P", "&x0", "&y0")
	}
	return "nil"
}

// cond is a condition.
func (g *generator) cond() string {
	c := func() string {
		switch g.IntN(8) {
		case 0, 1:
			t := one(g, "*Box", "*Res", "*Guard", "*Conn", "error", "Closer", "any", "[]*Res", "*Lease")
			if v := g.name(t); v != "" {
				return v + one(g, " == nil", " != nil")
			}
		case 2:
			return one(g, "x0", "y0", g.name("*Box")) + one(g, ".OK", ".R != nil", ".G != nil", ".P == nil", ".N > 0", ".C != nil")
		case 3:
			return g.name("int") + one(g, " < ", " == ", " != ", " >= ") + one(g, "1", "2", g.name("int"))
		case 4:
			return g.name("*Box") + one(g, " == ", " != ") + g.name("*Box")
		case 5:
			if v := g.name("*Res"); v != "" {
				return v + one(g, " == ", " != ") + g.name("*Res")
			}
		case 6:
			return one(g, "flag", "toggle()")
		}
		return g.name("bool")
	}
	switch g.IntN(7) {
	case 0:
		return "!(" + c() + ")"
	case 1:
		return c() + one(g, " && ", " || ") + c()
	}
	return c()
}

// access is an acquire, and most often what belongs to it.
func (g *generator) access(depth int) []*stmt {
	var out []*stmt
	var value, missing, release string
	switch g.IntN(6) {
	case 0, 1:
		r, guard := g.fresh("*Res"), g.fresh("*Guard")
		out = line("%s, %s := %s; _, _ = %s, %s", r, guard, one(g, "h.Access()", "k.Access()", "access(h)"), r, guard)
		value, missing, release = r+".N", r+" == nil", one(g, guard+".Release()", "release("+guard+")", "perhaps("+guard+")")
	case 2:
		r, guard, ok := g.fresh("*Res"), g.fresh("*Guard"), g.fresh("bool")
		out = line("%s, %s, %s := must(h); _, _, _ = %s, %s, %s", r, guard, ok, r, guard, ok)
		value, missing, release = r+".N", "!"+ok, guard+".Release()"
	case 3:
		c, err := g.fresh("*Conn"), g.fresh("error")
		out = line("%s, %s := %s; _, _ = %s, %s", c, err, one(g, "h.Open()", "open(h)"), c, err)
		value, missing, release = c+".M", err+" != nil", one(g, c+".Close()", "closeAll("+c+")")
	case 4:
		l, ok := g.fresh("*Lease"), g.fresh("bool")
		out = line("%s, %s := h.Try(); _, _ = %s, %s", l, ok, l, ok)
		value, missing, release = l+".L", "!"+ok, l+".Return()"
	case 5:
		b := one(g, "x0", "y0", g.name("*Box"))
		out = line("%s.R, %s.G = h.Access()", b, b)
		value, missing, release = b+".R.N", b+".R == nil", one(g, b+".G.Release()", "releaseBox("+b+")")
	}
	switch g.IntN(5) {
	case 0: // nothing is checked here
	case 1, 2:
		out = append(out, &stmt{text: "if " + missing + " {", body: line("%s", g.leave()), end: "}"})
	case 3:
		body := g.block(1+g.IntN(3), depth-1)
		body = append(body, line("_ = %s", value)...)
		if g.IntN(3) > 0 {
			body = append(body, line("%s", release)...)
		}
		return append(out, &stmt{text: "if !(" + missing + ") {", body: body, end: "}"})
	}
	if g.IntN(4) == 0 {
		return append(out, line("defer %s", release)...)
	}
	out = append(out, g.block(g.IntN(3), depth-1)...)
	if g.IntN(2) == 0 {
		out = append(out, line("_ = %s", value)...)
	}
	if g.IntN(3) > 0 {
		out = append(out, line("%s", release)...)
	}
	return out
}

// leave is a way out.
func (g *generator) leave() string {
	switch {
	case g.loops > 0 && g.IntN(2) == 0:
		return one(g, "break", "continue")
	case g.lits > 0:
		return "return"
	}
	return "return " + one(g, "nil", g.name("*Res"))
}

func (g *generator) statement(depth int) []*stmt {
	if depth > 0 && g.IntN(3) == 0 {
		return g.compound(depth)
	}
	b := func() string { return one(g, "x0", "y0", g.name("*Box")) }
	switch g.IntN(16) {
	case 0, 1:
		t := one(g, kinds...)
		return g.declare(t, g.expr(t))
	case 2, 3:
		t := one(g, kinds...)
		if v := g.name(t); v != "" {
			return line("%s = %s", v, g.expr(t))
		}
	case 4, 5:
		f := one(g, [2]string{"R", "*Res"}, [2]string{"G", "*Guard"}, [2]string{"P", "*Box"}, [2]string{"N", "int"}, [2]string{"OK", "bool"}, [2]string{"C", "*Conn"})
		if v := g.name("Box"); v != "" && g.IntN(3) == 0 {
			return line("%s.%s = %s", v, f[0], g.expr(f[1]))
		}
		return line("%s.%s = %s", one(g, b(), b(), "pick("+g.cond()+", x0, y0)"), f[0], g.expr(f[1]))
	case 6:
		return line("%s", one(g,
			"set("+b()+", "+g.expr("int")+")", "setPerhaps("+b()+", "+g.expr("int")+")", "swap("+b()+", "+b()+")", "reset("+b()+")", "link("+b()+", "+b()+")",
			"releaseBox("+b()+")", "fill("+b()+", h)", "toggle()", "_ = Global.N"))
	case 7:
		if v := g.name("*Guard"); v != "" {
			return line("%s", one(g, v+".Release()", "release("+v+")", "perhaps("+v+")", "maybe("+v+", "+g.expr("bool")+")", "defer "+v+".Release()"))
		}
	case 8:
		if v := g.name("*Conn"); v != "" {
			return line("%s", one(g, v+".Close()", "_ = "+v+".M", "closeAll("+v+")", "defer "+v+".Close()"))
		}
	case 9:
		if v := g.name("*Res"); v != "" {
			return line("_ = %s.N", v)
		}
	case 10:
		if v := g.name("*Part"); v != "" {
			return line("_ = %s.K", v)
		}
		if v := g.name("*int"); v != "" {
			return line("*%s = %s", v, g.expr("int"))
		}
	case 11:
		t := one(g, "[]*Res", "[]*Box", "[]*Guard", "[2]*Box", "map[int]*Box")
		if v := g.name(t); v != "" {
			elem := t[strings.Index(t, "]")+1:]
			return line("%s[%s] = %s", v, one(g, "0", "1", "n0&1", g.expr("int")), g.expr(elem))
		}
	case 12:
		return line("*%s = %s", b(), g.expr("Box"))
	case 13:
		if v := g.name("**Box"); v != "" {
			return line("*%s = %s", v, g.expr("*Box"))
		}
		if v := g.name("func()"); v != "" {
			return line("%s", one(g, v+"()", "do("+v+")", "defer "+v+"()", "when("+g.expr("bool")+", "+v+")"))
		}
	case 15:
		t := one(g, "[]*Box", "[2]*Box")
		out := g.declare(t, fmt.Sprintf("%s{%s, %s}", t, g.expr("*Box"), g.expr("*Box")))
		v := g.vars[t][len(g.vars[t])-1]
		out = append(out, g.declare("**Box", "&"+v+"["+one(g, "0", "1")+"]")...)
		return append(out, line("%s[%s] = %s", v, one(g, "0", "1", "n0&1"), g.expr("*Box"))...)
	case 14:
		if v := g.name("map[int]*Box"); v != "" {
			return line("delete(%s, %s)", v, g.expr("int"))
		}
	}
	return g.access(depth)
}

// compound is a statement with others within.
func (g *generator) compound(depth int) []*stmt {
	body := func() []*stmt { return g.block(1+g.IntN(3), depth-1) }
	loop := func() []*stmt {
		g.loops++
		defer func() { g.loops-- }()
		return body()
	}
	switch g.IntN(9) {
	case 0, 1:
		return []*stmt{{text: "if " + g.cond() + " {", body: body(), end: "}"}}
	case 2:
		return []*stmt{{text: "if " + g.cond() + " {", body: body(), then: "} else {", rest: body(), end: "}"}}
	case 3:
		g.made++
		i := fmt.Sprintf("i%d", g.made)
		bound := one(g, "2", "3", "n0", "5")
		return []*stmt{{text: fmt.Sprintf("for %s := 0; %s < %s; %s++ {", i, i, bound, i), body: loop(), end: "}"}}
	case 4:
		for _, t := range []string{"[]*Res", "[]*Box", "[]*Guard", "map[int]*Box"} {
			if v := g.name(t); v != "" {
				e := g.fresh(t[strings.Index(t, "]")+1:])
				out := []*stmt{{text: fmt.Sprintf("for _, %s := range %s {\n_ = %s", e, v, e), body: loop(), end: "}"}}
				of := t[strings.Index(t, "]")+1:]
				g.drop(of, e)
				return out
			}
		}
		return []*stmt{{text: "for " + g.cond() + " {", body: append(loop(), line("break")...), end: "}"}}
	case 5:
		return []*stmt{{text: "switch " + g.expr("int") + " {\ncase 0:", body: body(), then: one(g, "case 1:", "default:"), rest: body(), end: "}"}}
	case 6:
		g.lits++
		loops := g.loops
		g.loops = 0
		text := one(g, "func() {", "defer func() {", "do(func() {", "when("+g.cond()+", func() {")
		s := &stmt{text: text, body: body(), end: "}()"}
		g.loops = loops
		g.lits--
		if strings.Contains(text, "(func") || strings.Contains(text, ", func") {
			s.end = "})"
		}
		return []*stmt{s}
	case 7:
		g.lits++
		loops := g.loops
		g.loops = 0
		inner := body()
		g.loops = loops
		g.lits--
		f := g.fresh("func()")
		return []*stmt{{text: f + " := func() {", body: inner, end: "}; _ = " + f}}
	}
	s := &stmt{text: "if " + g.cond() + " {", body: append(g.block(g.IntN(2), depth-1), line("%s", g.leave())...), end: "}"}
	return []*stmt{s}
}

// drop takes the variable out of scope.
func (g *generator) drop(t, name string) {
	for i, n := range g.vars[t] {
		if n == name {
			g.vars[t] = append(g.vars[t][:i:i], g.vars[t][i+1:]...)
			return
		}
	}
}

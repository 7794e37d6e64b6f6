package gen

// A loan is the life of one access in the making: how it begins, and the text of its parts.
type loan struct {
	kind      kind
	decls     []Decl
	acquire   []*Node
	p, g      string // value and guard
	token     bool   // a scope with a token
	byRef     bool   // the guard is behind a pointer
	cond, not string // whether it was given; "" if it always is
}

// A kind is what is on loan: how it is used, put and released.
type kind interface {
	// use looks at it.
	use(m *maker, l *loan) []*Node
	// put stores it where it may outlive the access, or hands it on.
	put(m *maker, l *loan) []*Node
	// release ends the loan. It reports whether that comes first, because it is deferred.
	release(m *maker, l *loan) (ns []*Node, first bool)
}

// node is a list of one node.
func node(tag string, role Role, text string) []*Node {
	return []*Node{{Tag: tag, Role: role, Text: block(text)}}
}

// A resource is what a revocable handle gives access to.
type resource struct{}

// An object is a struct with a resource and its guard in it, behind a pointer.
type object struct{ resource }

const (
	resType   = "*res.Res"
	guardType = "revocable.Guard"
)

func (m *maker) loan() *loan {
	switch m.IntN(20) {
	case 0, 1, 2, 3:
		return m.transaction()
	case 4, 5:
		return m.scope()
	case 6, 7, 8, 9:
		return pick(m, m.lookup, m.lease, m.pooled, m.blob, m.row, m.entry, m.bound, m.bound, m.several)()
	}
	return m.access()
}

// access is an access to a revocable handle.
func (m *maker) access() *loan {
	p, g := m.name("p"), m.name("g")
	l := &loan{kind: resource{}, p: p, g: g, cond: p + " != nil", not: p + " == nil"}
	l.decls = []Decl{{p, resType}, {g, guardType}}
	h := pick(m, "h", "h", "h", "k")
	a := func(tag string, text ...string) {
		l.acquire = []*Node{{Tag: "acquire: " + tag, Role: Acquire, Text: text}}
	}
	f := m.from()
	switch m.IntN(24) {
	default:
		a("TryAccess", p+", "+g+" = "+h+".TryAccess()")
	case 6:
		a("from the provider", p+", "+g+" = o.P.Handle().TryAccess()")
	case 5:
		a("from a device's resource", p+", "+g+" = o.Res.TryAccess()")
	case 7:
		a("helper", p+", "+g+" = "+f+"Open("+h+")")
	case 8:
		e := m.name("err")
		l.decls = append(l.decls, Decl{e, "error"})
		a("helper with error", p+", "+g+", "+e+" = "+f+"OpenErr("+h+")")
		l.cond, l.not = e+" == nil", e+" != nil"
	case 9:
		ok := m.name("ok")
		l.decls = append(l.decls, Decl{ok, "bool"})
		a("helper with bool", p+", "+g+", "+ok+" = "+f+"OpenOK("+h+")")
		l.cond, l.not = ok, "!"+ok
	case 10:
		l.decls[1].Type = "*" + guardType
		l.byRef = true
		a("helper, guard behind a pointer", p+", "+g+" = "+f+"OpenRef("+h+")")
	case 11:
		a("helper, perhaps", p+", "+g+" = "+f+"OpenIf("+h+", "+m.input()+")")
	case 12:
		if m.chance(0.5) {
			a("into memory", f+"Fill("+h+", &"+p+", &"+g+")")
			break
		}
		ok := m.name("ok")
		l.decls = append(l.decls, Decl{ok, "bool"})
		a("into memory, with bool", ok+" = "+f+"Fill("+h+", &"+p+", &"+g+")")
		l.cond, l.not = ok, "!"+ok
	case 16:
		a("in a loop until given", "for range m {", p+", "+g+" = "+h+".TryAccess()", "if "+p+" != nil {", "break", "}", "}")
	case 17:
		a("generic helper", p+", "+g+" = "+f+"OpenAny("+h+")")
	case 18:
		a("through an interface", p+", "+g+" = "+f+"Source("+f+"Port{H: "+h+"}).Open()")
	case 19:
		a("recursive helper", p+", "+g+" = "+f+"OpenAgain("+h+", m)")
	case 20:
		l.decls[1].Type = "func()"
		a("helper, guard in a closure", p+", "+g+" = "+f+"OpenFunc("+h+")")
		l.kind = released{}
	case 13, 14, 15:
		v := m.name("v")
		l.decls = []Decl{{v, f + "Acc"}}
		l.p, l.g = v+".P", v+".G"
		l.cond, l.not = v+".P != nil", v+".P == nil"
		e := m.name("e")
		switch m.IntN(5) {
		case 0:
			a("into a struct's fields", v+".P, "+v+".G = "+h+".TryAccess()")
		case 1:
			l.decls = append(l.decls, Decl{e, "bool"})
			l.cond, l.not = e, "!"+e
			a("method that fills its receiver", e+" = "+v+".Open("+h+")")
		case 2:
			l.decls = append(l.decls, Decl{e, "error"})
			l.cond, l.not = e+" == nil", e+" != nil"
			a("into a struct behind a pointer", e+" = "+f+"FillErr("+h+", &"+v+")")
		case 3:
			l.decls = append(l.decls, Decl{e, "bool"})
			l.cond, l.not = e, "!"+e
			a("helper that returns a struct", v+", "+e+" = "+f+"Make("+h+")")
		case 4:
			l.decls[0].Type = "*" + f + "Acc"
			l.cond, l.not = v+" != nil", v+" == nil"
			a("constructor", v+" = "+f+"New("+h+")")
			l.kind = object{}
		}
	}
	return l
}

func (resource) use(m *maker, l *loan) []*Node {
	p, f := l.p, m.from()
	u := func(tag, text string) []*Node { return node("use: "+tag, Use, text) }
	v := m.name("u")
	switch m.IntN(38) {
	case 27:
		return u("type switch", "switch r := any("+p+").(type) {\ncase *res.Res:\nx += ⟨r⟩.N\ndefault:\nx++\n}")
	case 28:
		return u("method value", v+" := "+p+".Size\nx += "+v+"()")
	case 29:
		return u("method expression", "x += (*res.Res).Size("+p+")")
	case 30:
		return u("struct behind a pointer", v+" := &res.Box{P: "+p+"}\nx += ⟨"+v+".P⟩.N")
	case 31:
		return u("appended slice", "var "+v+" []*res.Res\n"+v+" = append("+v+", "+p+")\nfor _, r := range "+v+" {\nx += ⟨r⟩.N\n}")
	case 32:
		return u("generic type", v+" := "+f+"Cell[*res.Res]{X: "+p+"}\nx += ⟨"+v+".Get()⟩.N")
	case 33:
		return u("range over values", "for r := range slices.Values([]*res.Res{"+p+"}) {\nx += ⟨r⟩.N\n}")
	case 34:
		return u("deferred", "defer func() { x++; "+p+".Add(x) }()")
	case 35:
		return u("deferred call", "defer "+p+".Add(1)")
	case 36:
		return u("closure that a closure returns", v+" := func() func() int {\nreturn func() int { return ⟨"+p+"⟩.N }\n}()\nx += "+v+"()")
	case 37:
		return u("helper of the helper", "x += "+f+"UseTwice("+p+")")
	case 0:
		return u("field", "x += ⟨"+p+"⟩.N")
	case 1:
		return u("field written", "⟨"+p+"⟩.N = x")
	case 2:
		return u("method", "x += "+p+".Size()")
	case 3:
		return u("method", p+".Add(1)")
	case 4:
		return u("helper", "x += "+f+"Use("+p+")")
	case 5:
		return u("helper that checks", "x += "+f+"UseSafe("+p+")")
	case 6:
		return u("helper, perhaps", "x += "+f+"UseIf("+p+", "+m.input()+")")
	case 7:
		return u("variadic helper", "x += "+f+"UseAll("+p+")")
	case 8:
		return u("behind a pointer", "x += "+f+"UseVia(&"+p+")")
	case 9:
		return u("through an interface", "x += "+f+"UseSized("+p+")")
	case 10:
		return u("callback", "x += "+f+"Apply("+p+", func(r *res.Res) int { return ⟨r⟩.N })")
	case 11:
		return u("callback, function", "x += "+f+"Apply("+p+", "+f+"Use)")
	case 12:
		return u("callback, perhaps", "x += "+f+"ApplyIf("+p+", func(r *res.Res) int { return ⟨r⟩.N }, "+m.input()+")")
	case 13:
		return u("generic", "x += ⟨"+f+"Ident("+p+")⟩.N")
	case 14:
		return u("slice", v+" := []*res.Res{"+p+"}\nx += ⟨"+v+"[0]⟩.N")
	case 15:
		return u("array", v+" := [2]*res.Res{"+p+", "+p+"}\nx += ⟨"+v+"[1]⟩.N")
	case 16:
		return u("map", v+" := map[int]*res.Res{1: "+p+"}\nx += ⟨"+v+"[1]⟩.N")
	case 17:
		return u("channel", v+" := make(chan *res.Res, 1)\n"+v+" <- "+p+"\nx += (<-"+v+").Size()")
	case 18:
		return u("struct", v+" := res.Box{P: "+p+"}\nx += ⟨"+v+".P⟩.N")
	case 19:
		return u("type assertion", "var "+v+" any = "+p+"\nx += ⟨"+v+".(*res.Res)⟩.N")
	case 20:
		return u("interface", "var "+v+" res.Sized = "+p+"\nx += "+v+".Size()")
	case 21:
		return u("range over func", "for r := range "+f+"Seq("+p+") {\nx += ⟨r⟩.N\n}")
	case 22:
		return u("bytes", "x += "+f+"UseBytes(⟨"+p+"⟩.Buf)")
	case 23: // what is derived is used later
		d := m.name("d")
		m.prog.Decls = append(m.prog.Decls, Decl{d, "[]byte"})
		return []*Node{
			{Tag: "use: derived slice", Role: Use, Text: []string{d + " = ⟨" + p + "⟩.Buf[:4]"}},
			{Tag: "use: derived slice", Role: Use, Text: []string{"for _, c := range ⟪" + d + "⟫ {", "x += int(c)", "}"}},
		}
	case 24:
		d := m.name("d")
		m.prog.Decls = append(m.prog.Decls, Decl{d, "*int"})
		return []*Node{
			{Tag: "use: derived pointer", Role: Use, Text: []string{d + " = &⟨" + p + "⟩.N"}},
			{Tag: "use: derived pointer", Role: Use, Text: []string{"if " + d + " != nil {", "x += *⟨" + d + "⟩", "}"}},
		}
	case 25:
		d := m.name("f")
		m.prog.Decls = append(m.prog.Decls, Decl{d, "func()"})
		return []*Node{
			{Tag: "use: closure called later", Role: Use, Text: []string{d + " = func() { x += ⟨" + p + "⟩.N }"}},
			{Tag: "use: closure called later", Role: Use, Text: []string{"if " + d + " != nil {", d + "()", "}"}},
		}
	default:
		return u("alias", v+" := "+p+"\nx += ⟨"+v+"⟩.N")
	}
}

func (resource) put(m *maker, l *loan) []*Node {
	p, g, f := l.p, l.g, m.from()
	if l.byRef {
		g = "*" + g
	}
	if g == "" {
		g = "revocable.Guard{}"
	}
	u := func(tag, text string) []*Node { return node("put: "+tag, Put, text) }
	clear := func(ns []*Node, text string) []*Node {
		if m.chance(0.6) {
			ns = append(ns, &Node{Tag: "put: taken back", Role: Put, Text: []string{text}})
		}
		return ns
	}
	switch m.IntN(19) {
	case 14:
		return clear(u("in a struct", "keep.A = &res.Box{P: "+p+"}"), "keep.A = nil")
	case 15:
		return clear(u("in a slice", "out.S = []*res.Res{"+p+"}"), "out.S = nil")
	case 16:
		return u("deferred", "defer func() { out.P = "+p+" }()")
	case 17:
		old := m.name("old")
		m.prog.Decls = append(m.prog.Decls, Decl{old, resType})
		return append(u("until restored", old+" = out.P\nout.P = "+p), u("restored", "out.P = "+old)...)
	case 18:
		return clear(u("method value", "if "+p+" != nil {\nr := "+p+".Size\nkeep.F = func() { x += r() }\n}"), "keep.F = nil")
	case 0:
		return clear(u("global", "keep.P = "+p), "keep.P = nil")
	case 1:
		return clear(u("caller's memory", "out.P = "+p), "out.P = nil")
	case 2:
		return clear(u("appended", "keep.S = append(keep.S, "+p+")"), "keep.S = nil")
	case 3:
		return clear(u("map", "keep.M[\"k\"] = "+p), "delete(keep.M, \"k\")")
	case 4:
		return clear(u("interface", "keep.A = "+p), "keep.A = nil")
	case 5:
		return clear(u("closure", "keep.F = func() { x += ⟨"+p+"⟩.N }"), "keep.F = nil")
	case 6:
		return u("channel", "keep.C <- "+p)
	case 7:
		return clear(u("by a helper", f+"Leave(out, "+p+")"), f+"Clear(out)")
	case 8:
		return u("with its guard", "out.P, out.G = "+p+", "+g)
	case 9:
		return u("with its guard, by a helper", f+"LeaveBoth(out, "+p+", "+g+")")
	case 10:
		return clear(u("bytes", "if "+p+" != nil {\nkeep.B = ⟨"+p+"⟩.Buf\n}"), "keep.B = nil")
	case 11:
		q := m.name("q") // not to be in a race for the variable
		return u("goroutine", q+" := "+p+"\nGO{\n"+q+".Size()\n}GO")
	}
	switch m.prog.Sig {
	case Pair:
		return u("returned", "if "+m.input()+" {\n@return "+p+", "+g+"\n}")
	case Bytes:
		return u("returned", "if "+m.input()+" {\n@return ⟨"+p+"⟩.Buf, nil\n}")
	}
	return u("global", "keep.P = "+p)
}

func (resource) release(m *maker, l *loan) (ns []*Node, first bool) {
	g, f := l.g, m.from()
	addr := "&" + g
	if l.byRef {
		addr, g = g, "(*"+g+")"
	}
	u := func(tag, text string) []*Node { return node("release: "+tag, Release, text) }
	v := m.name("r")
	in := m.input()
	switch m.IntN(32) {
	default:
		return u("direct", g+".Release()"), false
	case 22:
		return u("deferred closure with a parameter", "defer func(r revocable.Guard) { r.Release() }("+g+")"), true
	case 23:
		return u("through an interface", "var "+v+" "+f+"Releaser = "+addr+"\n"+v+".Release()"), false
	case 24:
		return u("map", v+" := map[string]revocable.Guard{\"k\": "+g+"}\nr := "+v+"[\"k\"]\nr.Release()"), false
	case 25:
		return u("channel", v+" := make(chan revocable.Guard, 1)\n"+v+" <- "+g+"\nr := <-"+v+"\nr.Release()"), false
	case 26:
		return u("closure that a closure returns", v+" := func() func() { return func() { "+g+".Release() } }()\n"+v+"()"), false
	case 27:
		return u("deferred stack", v+" := new("+f+"Stack)\n"+v+".Push("+g+".Release)\n"+v+".Close()"), false
	case 28:
		return u("method expression", "(*revocable.Guard).Release("+addr+")"), false
	case 29:
		return u("generic helper", f+"Finally("+addr+", (*revocable.Guard).Release)"), false
	case 30:
		return u("embedded", v+" := "+f+"Conn{Acc: "+f+"Acc{G: "+g+"}}\n"+v+".Close()"), false
	case 31:
		return u("deferred method value", "defer "+f+"Do("+g+".Release)"), true
	case 3, 4, 5:
		return u("deferred", "defer "+g+".Release()"), true
	case 6:
		return u("deferred closure", "defer func() { "+g+".Release() }()"), true
	case 7:
		return u("deferred helper", "defer "+f+"Close("+addr+")"), true
	case 8:
		return u("deferred helper by value", "defer "+f+"Drop("+g+")"), true
	case 9:
		return u("helper", f+"Close("+addr+")"), false
	case 10:
		return u("helper by value", f+"Drop("+g+")"), false
	case 11:
		return []*Node{
			{Tag: "release: helper, perhaps", Role: Release, Text: []string{f + "CloseIf(" + addr + ", " + in + ")"}},
			{Tag: "release: correlated", Role: Release, Text: []string{"if !(" + in + ") {", g + ".Release()", "}"}},
		}, false
	case 12:
		return []*Node{
			{Tag: "release: correlated", Role: Release, Text: []string{"if " + in + " {", g + ".Release()", "}"}},
			{Tag: "release: correlated", Role: Release, Text: []string{"if !(" + in + ") {", g + ".Release()", "}"}},
		}, false
	case 13:
		return u("method value", v+" := "+g+".Release\n"+v+"()"), false
	case 14:
		return u("copy", v+" := "+g+"\n"+v+".Release()"), false
	case 15:
		return u("handed on", f+"Do("+g+".Release)"), false
	case 16:
		return u("variadic", f+"CloseAll("+addr+")"), false
	case 17:
		return u("variadic functions", f+"Run("+g+".Release)"), false
	case 18:
		return u("slice", v+" := []revocable.Guard{"+g+"}\nfor i := range "+v+" {\n"+v+"[i].Release()\n}"), false
	case 19:
		return u("goroutine", "var "+v+" sync.WaitGroup\n"+v+".Go(func() { "+g+".Release() })\n"+v+".Wait()"), false
	case 20:
		return u("struct", v+" := "+f+"Acc{G: "+g+"}\n"+v+".Close()"), false
	case 21:
		return u("stack", "var "+v+" "+f+"Stack\n"+v+".Push("+g+".Release)\n"+v+".Close()"), false
	}
}

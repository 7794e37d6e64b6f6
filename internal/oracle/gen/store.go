package gen

// A tx is a transaction.
type tx struct{}

// transaction is a transaction of the library of somebody else.
func (m *maker) transaction() *loan {
	t, err := m.name("tx"), m.name("err")
	l := &loan{kind: tx{}, p: t, g: t, cond: err + " == nil", not: err + " != nil"}
	l.decls = []Decl{{t, "*store.Tx"}, {err, "error"}}
	text := t + ", " + err + " = o.DB.Begin()"
	tag := "acquire: Begin"
	if m.chance(0.3) {
		text, tag = t+", "+err+" = "+m.from()+"Begin(o.DB)", "acquire: Begin in a helper"
	}
	l.acquire = []*Node{{Tag: tag, Role: Acquire, Text: []string{text}}}
	if m.chance(0.2) {
		l.cond, l.not = t+" != nil", t+" == nil"
	}
	return l
}

func (tx) use(m *maker, l *loan) []*Node {
	u := func(tag, text string) []*Node { return node("use: "+tag, Use, text) }
	switch m.IntN(6) {
	case 0:
		return u("transaction's method", "x += "+l.p+".Len()")
	case 1:
		return u("transaction in a helper", "x += "+m.from()+"Length("+l.p+")")
	case 2:
		return u("transaction's field", "x += ⟨"+l.p+"⟩.ID")
	case 3:
		return u("borrowed at once", "for _, c := range ⟪"+l.p+".Get(1)⟫ {\nx += int(c)\n}")
	case 4:
		return u("borrowed in a helper", "x += "+m.from()+"UseBytes("+l.p+".Get(1))")
	default:
		d := m.name("d")
		m.prog.Decls = append(m.prog.Decls, Decl{d, "[]byte"})
		return []*Node{
			{Tag: "use: borrowed", Role: Use, Text: []string{d + " = " + l.p + ".Get(1)"}},
			{Tag: "use: borrowed", Role: Use, Text: []string{"for _, c := range ⟪" + d + "⟫ {", "x += int(c)", "}"}},
		}
	}
}

func (tx) put(m *maker, l *loan) []*Node {
	u := func(tag, text string) []*Node { return node("put: "+tag, Put, text) }
	if m.prog.Sig == Bytes && m.chance(0.3) {
		return u("borrowed, returned", "if "+m.input()+" {\n@return "+l.p+".Get(1), nil\n}")
	}
	switch m.IntN(3) {
	case 0:
		return u("borrowed", "keep.B = "+l.p+".Get(1)")
	case 1:
		return u("borrowed", "out.B = "+l.p+".Get(1)")
	default:
		return u("copied", "out.B = append([]byte(nil), ⟪"+l.p+".Get(1)⟫...)")
	}
}

func (tx) release(m *maker, l *loan) (ns []*Node, first bool) {
	u := func(tag, text string) []*Node { return node("release: "+tag, Release, text) }
	t, f := l.p, m.from()
	switch m.IntN(10) {
	case 8:
		e := m.name("e")
		m.prog.Decls = append(m.prog.Decls, Decl{e, "error"})
		return append(u("Rollback deferred, after an error", "defer func() {\nif "+e+" != nil {\n"+t+".Rollback()\n}\n}()"),
			u("Commit, its error kept", e+" = "+t+".Commit()")...), false
	case 9:
		done := m.name("finished")
		m.prog.Decls = append(m.prog.Decls, Decl{done, "bool"})
		return append(u("Rollback deferred, unless finished", "defer func() {\nif !"+done+" {\n"+t+".Rollback()\n}\n}()"),
			u("Commit, then finished", t+".Commit()\n"+done+" = true")...), false
	case 0, 1:
		return u("Commit", t+".Commit()"), false
	case 2:
		return u("Rollback", t+".Rollback()"), false
	case 3:
		return u("Finish", f+"Finish("+t+", "+pick(m, "nil", "store.ErrFull")+")"), false
	case 4:
		return u("either", "if "+m.input()+" {\n"+t+".Commit()\n} else {\n"+t+".Rollback()\n}"), false
	case 5:
		return u("Commit, then Rollback", "if "+t+".Commit() != nil {\n"+t+".Rollback()\n}"), false
	default:
		return u("Rollback deferred", "defer "+t+".Rollback()"), true
	}
}

// scope is an access that ends with a function or a block.
func (m *maker) scope() *loan {
	return &loan{p: m.name("s")}
}

// scoped is the life of a scope.
func (m *maker) scoped(l *loan) []*Node {
	l.kind = resource{}
	trans := m.chance(0.3)
	switch {
	case l.token:
		l.kind, trans = bound{}, false
	case trans:
		l.kind = tx{}
	}
	var body []*Node
	for range 1 + m.IntN(2) {
		body = append(body, l.kind.use(m, l)...)
	}
	if m.chance(0.3) {
		body = insertFlat(m, body, l.kind.put(m, l)...)
	}
	var after []*Node
	if m.chance(0.3) {
		q := m.name("q")
		typ, look := resType, "x += ⟨"+q+"⟩.N"
		if l.token {
			typ, look = "*device.Bound", q+".Device()"
		}
		if trans {
			typ, look = "*store.Tx", "x += "+q+".Len()"
		}
		m.prog.Decls = append(m.prog.Decls, Decl{q, typ})
		body = insertFlat(m, body, &Node{Tag: "put: variable around", Role: Put, Text: []string{q + " = " + l.p}})
		switch m.IntN(3) {
		case 0:
			body = append(body, &Node{Tag: "put: taken back", Role: Put, Text: []string{q + " = nil"}})
			fallthrough
		case 1:
			after = []*Node{{Tag: "use: after the scope", Role: Use, Text: []string{"if " + q + " != nil {", look, "}"}}}
		}
	}
	if m.chance(0.15) {
		body = insertFlat(m, body, m.noise())
	}
	f := m.from()
	w := func(tag, text, exit string) *Node {
		return &Node{Tag: "scope: " + tag, Role: Wrap, Text: lines(text), Body: body, Exit: exit}
	}
	var n *Node
	switch {
	case l.token:
		n = w("token", "o.Dev.WithBound(func("+l.p+" *device.Bound) error {\n@body\nreturn nil\n})", "return nil")
	case trans:
		n = pick(m,
			w("View", "o.DB.View(func("+l.p+" *store.Tx) error {\n@body\nreturn nil\n})", "return nil"),
			w("transaction in a helper", f+"InTx(o.DB, func("+l.p+" *store.Tx) error {\n@body\nreturn nil\n})", "return nil"))
	default:
		n = pick(m,
			w("With", "h.With(func("+l.p+" *res.Res) error {\n@body\nreturn nil\n})", "return nil"),
			w("With of the provider's", "o.P.Handle().With(func("+l.p+" *res.Res) error {\n@body\nreturn nil\n})", "return nil"),
			w("Live", "for "+l.p+" := range h.Live() {\n@body\n}", ""),
			w("With of a device's resource", "o.Res.With(func("+l.p+" *res.Res) error {\n@body\nreturn nil\n})", "return nil"),
			w("With2", "revocable.With2(h, k, func("+l.p+", other *res.Res) error {\n@body\nx += ⟨other⟩.N\nreturn nil\n})", "return nil"),
			w("helper", f+"With(h, func("+l.p+" *res.Res) {\n@body\n})", "return"))
	}
	return append([]*Node{n}, after...)
}

package gen

// elements is a loop over the elements of a slice.
func elements(s string) string { return "for _, c := range ⟪" + s + "⟫ {\nx += int(c)\n}" }

// A value is a slice of bytes with a guard, an io.Closer or a function.
type value struct{}

// lookup is a value, the closer that it lives until, and an error.
func (m *maker) lookup() *loan {
	v, c, err := m.name("v"), m.name("c"), m.name("err")
	return &loan{
		kind: value{}, p: v, g: c, cond: err + " == nil", not: err + " != nil",
		decls:   []Decl{{v, "[]byte"}, {c, "io.Closer"}, {err, "error"}},
		acquire: node("acquire: value and closer", Acquire, v+", "+c+", "+err+" = o.DB.Lookup(1)"),
	}
}

func (value) use(m *maker, l *loan) []*Node {
	u := func(tag, text string) []*Node { return node("use: "+tag, Use, text) }
	switch m.IntN(4) {
	case 0:
		return u("elements", elements(l.p))
	case 1:
		return u("elements of a part", elements(l.p+"[:min(2, len("+l.p+"))]"))
	case 2:
		return u("copied", "x += len(string(⟪"+l.p+"⟫))")
	}
	return u("elements in a helper", "x += "+m.from()+"UseBytes("+l.p+")")
}

func (value) put(m *maker, l *loan) []*Node {
	u := func(tag, text string) []*Node { return node("put: "+tag, Put, text) }
	switch {
	case m.prog.Sig == Bytes && m.chance(0.4):
		return u("value returned", "if "+m.input()+" {\n@return "+l.p+", nil\n}")
	case m.chance(0.3):
		return u("copied", "keep.B = append([]byte(nil), ⟪"+l.p+"⟫...)")
	case m.chance(0.5):
		return append(u("value", "keep.B = "+l.p), u("taken back", "keep.B = nil")...)
	}
	return u("value", "out.B = "+l.p)
}

func (value) release(m *maker, l *loan) ([]*Node, bool) {
	u := func(tag, text string) []*Node { return node("release: "+tag, Release, text) }
	switch m.IntN(5) {
	case 0:
		return u("deferred Close", "defer ⟦"+l.g+"⟧.Close()"), true
	case 1:
		return u("Close in a helper", m.from()+"Shut("+l.g+")"), false
	case 2:
		return u("Close in a deferred closure", "defer func() { x++; ⟦"+l.g+"⟧.Close() }()"), true
	}
	return u("Close", "⟦"+l.g+"⟧.Close()"), false
}

// A record is a struct with a guard that is a function.
type record struct{}

func (m *maker) lease() *loan {
	r, stop := m.name("e"), m.name("stop")
	return &loan{
		kind: record{}, p: r, g: stop,
		decls:   []Decl{{r, "*store.Record"}, {stop, "func()"}},
		acquire: node("acquire: guard is a function", Acquire, r+", "+stop+" = o.DB.Lease()"),
	}
}

func (record) use(m *maker, l *loan) []*Node {
	return node("use: field", Use, "if "+l.p+" != nil {\nx += ⟨"+l.p+"⟩.N\n}")
}

func (record) put(m *maker, l *loan) []*Node {
	return node("put: closure", Put, "keep.F = func() { x += ⟨"+l.p+"⟩.N }")
}

func (record) release(m *maker, l *loan) ([]*Node, bool) {
	u := func(tag, text string) []*Node {
		return node("release: "+tag, Release, "if "+l.g+" != nil {\n"+text+"\n}")
	}
	switch m.IntN(6) {
	case 0, 1:
		return u("guard called, deferred", "defer "+l.g+"()"), true
	case 2:
		return u("guard handed on", m.from()+"Do("+l.g+")"), false
	case 3:
		return u("guard called, perhaps", m.from()+"DoIf("+l.g+", "+m.input()+")"), false
	}
	return u("guard called", l.g+"()"), false
}

// A buffer is in a pool.
type buffer struct{}

func (m *maker) pooled() *loan {
	b := m.name("buf")
	return &loan{
		kind: buffer{}, p: b, g: b,
		decls:   []Decl{{b, "*store.Buf"}},
		acquire: node("acquire: from a pool", Acquire, b+" = o.Pool.Get()"),
	}
}

func (buffer) use(m *maker, l *loan) []*Node {
	in := func(text string) string { return "if " + l.p + " != nil {\n" + text + "\n}" }
	if m.chance(0.5) {
		return node("use: slice of a pooled struct", Use, in(elements("⟨"+l.p+"⟩.B")))
	}
	d := m.name("d")
	m.prog.Decls = append(m.prog.Decls, Decl{d, "[]byte"})
	return append(node("use: slice of a pooled struct, later", Use, in(d+" = ⟨"+l.p+"⟩.B[:4]")),
		node("use: slice of a pooled struct, later", Use, elements(d))...)
}

func (buffer) put(m *maker, l *loan) []*Node {
	return node("put: slice of a pooled struct", Put, "if "+l.p+" != nil {\nkeep.B = ⟨"+l.p+"⟩.B\n}")
}

func (buffer) release(m *maker, l *loan) ([]*Node, bool) {
	u := func(tag, text string) []*Node {
		return node("release: "+tag, Release, "if "+l.g+" != nil {\n"+text+"\n}")
	}
	switch m.IntN(8) {
	case 0, 1:
		return u("Put deferred", "defer o.Pool.Put("+l.g+")"), true
	case 2:
		return u("Put, perhaps elsewhere", pick(m, "o.Pool", "o.Other")+".Put("+l.g+")"), false
	}
	return u("Put", "o.Pool.Put("+l.g+")"), false
}

// A counted is an object with a count of references.
type counted struct{}

func (m *maker) blob() *loan {
	b := m.name("blob")
	return &loan{
		kind: counted{}, p: b, g: b,
		decls:   []Decl{{b, "*store.Blob"}},
		acquire: node("acquire: counted", Acquire, b+" = store.NewBlob()"),
	}
}

func (counted) use(m *maker, l *loan) []*Node {
	in := func(text string) string { return "if " + l.p + " != nil {\n" + text + "\n}" }
	look := node("use: counted", Use, in("x += ⟨"+l.p+"⟩.N"))
	if m.chance(0.5) {
		return look
	}
	return append(append(node("use: one more reference", Use, in(l.p+".Retain()")), look...),
		node("release: one reference of several", Release, in(l.p+".Release()"))...)
}

func (counted) put(m *maker, l *loan) []*Node {
	return node("put: counted, with a reference", Put, "if "+l.p+" != nil {\n"+l.p+".Retain()\nkeep.A = "+l.p+"\n}")
}

func (counted) release(m *maker, l *loan) ([]*Node, bool) {
	in := func(text string) string { return "if " + l.p + " != nil {\n" + text + "\n}" }
	if m.chance(0.4) {
		return node("release: last reference, deferred", Release, in("defer "+l.p+".Release()")), true
	}
	return node("release: last reference", Release, in(l.p+".Release()")), false
}

// A rows is what a cursor stands on.
type rows struct{}

// row is a row of a cursor, which ends with the next.
func (m *maker) row() *loan {
	r, c := m.name("row"), m.name("cur")
	return &loan{
		kind: rows{}, p: r, g: c,
		decls: []Decl{{r, "[]byte"}, {c, "*store.Cursor"}},
		acquire: append(node("acquire: cursor", Plain, c+" = o.DB.Scan()"),
			node("acquire: row until the next", Acquire, "if "+c+" != nil {\n"+r+" = "+c+".Row()\n}")...),
	}
}

func (rows) use(m *maker, l *loan) []*Node {
	if m.chance(0.3) {
		return node("use: rows in a loop", Use, "for "+l.g+" != nil && "+l.g+".Next() {\n"+l.p+" = "+l.g+".Row()\n"+elements(l.p)+"\n}")
	}
	return node("use: row", Use, elements(l.p))
}

func (rows) put(m *maker, l *loan) []*Node {
	if m.chance(0.3) {
		return node("put: row copied", Put, "keep.B = append([]byte(nil), ⟪"+l.p+"⟫...)")
	}
	return node("put: row", Put, "out.B = "+l.p)
}

func (rows) release(m *maker, l *loan) ([]*Node, bool) {
	next := "if " + l.g + " != nil {\n" + l.g + ".Next()\n}"
	if m.chance(0.3) {
		next = "if " + m.input() + " && " + l.g + " != nil {\n" + l.g + ".Next()\n}"
	}
	return node("release: next row", Release, next), false
}

// An admission is a place in a semaphore: no value, and the semaphore itself is the guard.
type admission struct{}

func (m *maker) entry() *loan {
	ok := m.name("ok")
	return &loan{
		kind: admission{}, cond: ok, not: "!" + ok,
		decls:   []Decl{{ok, "bool"}},
		acquire: node("acquire: semaphore", Acquire, ok+" = o.Gate.TryEnter()"),
	}
}

func (admission) use(m *maker, l *loan) []*Node { return node("plain", Plain, "x++") }

func (admission) put(m *maker, l *loan) []*Node { return node("plain", Plain, "x--") }

func (admission) release(m *maker, l *loan) ([]*Node, bool) {
	if m.chance(0.4) {
		return node("release: semaphore, deferred", Release, "defer o.Gate.Leave()"), true
	}
	return node("release: semaphore", Release, "o.Gate.Leave()"), false
}

// A released is a resource of which the guard is a function that a helper made.
type released struct{ resource }

func (released) put(m *maker, l *loan) []*Node {
	if m.chance(0.5) {
		return node("put: global", Put, "keep.P = "+l.p)
	}
	return node("put: guard in a closure, with its value", Put, "keep.P, keep.F = "+l.p+", "+l.g)
}

func (released) release(m *maker, l *loan) ([]*Node, bool) {
	return record{}.release(m, l)
}

// A collection is a slice of accesses to several handles.
type collection struct{}

func (m *maker) several() *loan {
	v, f := m.name("vs"), m.from()
	given := v + " = append(" + v + ", " + f + "Acc{P: p, G: g})"
	refused := pick(m, "continue", "continue", "break")
	return &loan{
		kind: collection{}, p: v, g: v,
		decls: []Decl{{v, "[]" + f + "Acc"}},
		acquire: node("acquire: several in a loop", Acquire,
			"for _, c := range []revocable.Handle[res.Res]{h, k} {\np, g := c.TryAccess()\nif p == nil {\n"+refused+"\n}\n"+given+"\n}"),
	}
}

func (collection) use(m *maker, l *loan) []*Node {
	if m.chance(0.5) {
		return node("use: elements in a loop", Use, "for _, v := range "+l.p+" {\nx += ⟨v.P⟩.N\n}")
	}
	return node("use: elements in a loop", Use, "for i := range "+l.p+" {\nx += "+l.p+"[i].Use()\n}")
}

func (collection) put(m *maker, l *loan) []*Node {
	return node("put: elements in a loop", Put, "for _, v := range "+l.p+" {\nkeep.S = append(keep.S, v.P)\n}")
}

func (collection) release(m *maker, l *loan) ([]*Node, bool) {
	loop := "for i := range " + l.g + " {\n" + l.g + "[i].Close()\n}"
	if m.chance(0.4) {
		return node("release: elements in a loop, deferred", Release, "defer func() {\n"+loop+"\n}()"), true
	}
	return node("release: elements in a loop", Release, loop), false
}

package gen

// A bound is a token, and what is had by it.
type bound struct{}

// bound is a scope with a token.
func (m *maker) bound() *loan { return &loan{kind: nil, p: m.name("t"), token: true} }

func (bound) use(m *maker, l *loan) []*Node {
	u := func(tag, text string) []*Node { return node("use: "+tag, Use, text) }
	p, err := m.name("p"), m.name("err")
	switch m.IntN(5) {
	case 0:
		return u("token's method", l.p+".Device()")
	case 1:
		return u("token in a helper", "x += "+m.from()+"Reach(o.Res, "+l.p+")")
	case 2:
		return u("by a token, unchecked", p+", _ := o.Res.Access("+l.p+")\nx += ⟨"+p+"⟩.N")
	case 3:
		m.prog.Decls = append(m.prog.Decls, Decl{p, resType}, Decl{err, "error"})
		return append(node("acquire: by a token", Acquire, p+", "+err+" = o.Res.Access("+l.p+")"),
			u("by a token, later", "if "+err+" == nil && "+p+" != nil {\nx += ⟨"+p+"⟩.N\n}")...)
	}
	return u("by a token", "if "+p+", "+err+" := o.Res.Access("+l.p+"); "+err+" == nil {\nx += ⟨"+p+"⟩.N\n}")
}

func (bound) put(m *maker, l *loan) []*Node {
	u := func(tag, text string) []*Node { return node("put: "+tag, Put, text) }
	switch m.IntN(4) {
	case 0:
		return u("token", "keep.A = "+l.p)
	case 1:
		return u("token in a closure", "keep.F = func() { "+l.p+".Device() }")
	case 2:
		return append(u("token", "keep.A = "+l.p), u("taken back", "keep.A = nil")...)
	}
	return u("had by a token", "if r, err := o.Res.Access("+l.p+"); err == nil {\nout.P = r\n}")
}

func (bound) release(m *maker, l *loan) ([]*Node, bool) { return nil, false }

package gen

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A maker makes one program.
type maker struct {
	*rand.Rand
	prog *Program
	n    int // names given
}

// Make returns the program that seed and index stand for.
func Make(seed uint64, index int) *Program {
	m := &maker{Rand: rand.New(rand.NewPCG(seed, uint64(index)))}
	m.prog = &Program{Name: fmt.Sprintf("F%d", index), Index: index, Sig: Sig(m.IntN(int(sigs)))}
	if m.chance(0.2) {
		m.prog.Frame = pick(m, Struct, Pointer)
	}
	first := m.loan()
	m.declare(first)
	body := m.sequence(first)
	for m.chance(0.45) && m.n < 40 {
		body = m.add(body, m.loan())
	}
	for range m.IntN(3) {
		m.disturb(&body)
	}
	for range m.IntN(4) {
		m.wrapSome(&body)
	}
	m.prog.Body = body
	return m.prog
}

func (m *maker) chance(p float64) bool { return m.Float64() < p }

func (m *maker) name(prefix string) string {
	m.n++
	return fmt.Sprintf("%s%d", prefix, m.n)
}

func pick[T any](m *maker, xs ...T) T { return xs[m.IntN(len(xs))] }

// from is the prefix of a helper: in another package, or in this.
func (m *maker) from() string { return pick(m, "help.", "") }

func (m *maker) declare(l *loan) { m.prog.Decls = append(m.prog.Decls, l.decls...) }

// local is a node that declares what l needs.
func local(l *loan) *Node {
	n := &Node{Tag: "local variables"}
	for _, d := range l.decls {
		n.Text = append(n.Text, "var "+d.Name+" "+d.Type+"; _ = "+d.Name)
	}
	return n
}

// add adds a loan to body: somewhere among what is there, one after the other or
// interleaved, or inside a construct with variables of its own.
func (m *maker) add(body []*Node, l *loan) []*Node {
	if m.chance(0.35) {
		seq := append([]*Node{local(l)}, m.sequence(l)...)
		w := m.wrap(seq)
		return insert(m, body, w)
	}
	m.declare(l)
	seq := m.sequence(l)
	if m.chance(0.5) {
		return insert(m, body, seq...)
	}
	at := 0
	for _, n := range seq {
		at += m.IntN(len(body) - at + 1)
		body = append(body[:at:at], append([]*Node{n}, body[at:]...)...)
		at++
	}
	return body
}

// insert puts ns, in one piece, somewhere into body or what is nested in it.
func insert(m *maker, body []*Node, ns ...*Node) []*Node {
	if i := m.IntN(len(body) + 1); i < len(body) && len(body[i].Body) > 0 && m.chance(0.6) {
		body[i].Body = insert(m, body[i].Body, ns...)
		return body
	}
	at := m.IntN(len(body) + 1)
	return append(body[:at:at], append(ns, body[at:]...)...)
}

// sequence is the life of a loan, mostly as it should be.
func (m *maker) sequence(l *loan) []*Node {
	if l.kind == nil {
		return m.scoped(l)
	}
	var rest []*Node
	for range 1 + m.IntN(3) {
		rest = append(rest, l.kind.use(m, l)...)
	}
	if m.chance(0.3) {
		rest = insertFlat(m, rest, l.kind.put(m, l)...)
	}
	if m.chance(0.15) {
		rest = insertFlat(m, rest, m.noise())
	}
	if !m.chance(0.07) {
		release, first := l.kind.release(m, l)
		switch {
		case first:
			rest = append(release, rest...)
		case len(release) > 1 && strings.HasPrefix(release[0].Text[0], "defer "):
			rest = append(append(release[:1:1], rest...), release[1:]...)
		default:
			rest = append(rest, release...)
		}
	}
	if m.chance(0.12) {
		rest = append(rest, l.kind.use(m, l)...)
	}
	if call, ok := strings.CutPrefix(l.acquire[0].Text[0], l.p+", "+l.g+" = "); ok && l.cond != "" && m.chance(0.2) {
		// Both at once, with variables of its own.
		head := "if " + l.p + ", " + l.g + " := " + call + "; " + l.cond + " {"
		return []*Node{{Tag: l.acquire[0].Tag + ", in an if", Role: Wrap, Text: []string{head, "_ = " + l.g, "@body", "}"}, Body: rest}}
	}
	seq := []*Node{}
	seq = append(seq, l.acquire...)
	switch {
	case l.cond == "" || m.chance(0.05):
		return append(seq, rest...)
	}
	return append(seq, m.check(l, rest)...)
}

func insertFlat(m *maker, body []*Node, ns ...*Node) []*Node {
	at := m.IntN(len(body) + 1)
	return append(body[:at:at], append(ns, body[at:]...)...)
}

// check makes rest happen only where l was given.
func (m *maker) check(l *loan, rest []*Node) []*Node {
	not := l.not
	switch m.IntN(9) {
	case 0, 1, 2:
		return append([]*Node{{Tag: "check: early return", Role: Check, Text: []string{"if " + not + " {", "@exit", "}"}}}, rest...)
	case 3, 4:
		return []*Node{{Tag: "check: if", Role: Wrap, Text: []string{"if " + l.cond + " {", "@body", "}"}, Body: rest}}
	case 5:
		v := m.name("held")
		m.prog.Decls = append(m.prog.Decls, Decl{v, "bool"})
		return []*Node{
			{Tag: "check: kept in a variable", Role: Check, Text: []string{v + " = " + l.cond}},
			{Tag: "check: kept in a variable", Role: Wrap, Text: []string{"if " + v + " {", "@body", "}"}, Body: rest},
		}
	case 6:
		return []*Node{{Tag: "check: switch", Role: Wrap, Text: []string{"switch {", "case " + not + ":", "x++", "default:", "@body", "}"}, Body: rest}}
	case 7:
		if _, ok := l.kind.(resource); ok {
			if m.chance(0.5) {
				return append([]*Node{{Tag: "check: helper that panics", Role: Check, Text: []string{m.from() + "Must(" + l.p + ")"}}}, rest...)
			}
			return []*Node{{Tag: "check: in a helper", Role: Wrap, Text: []string{"if " + m.from() + "Ok(" + l.p + ") {", "@body", "}"}, Body: rest}}
		}
		return append([]*Node{{Tag: "check: panic", Role: Check, Text: []string{"if " + not + " {", "PANIC", "}"}}}, rest...)
	default:
		return []*Node{{Tag: "check: if else", Role: Wrap, Text: []string{"if " + not + " {", "x--", "} else {", "@body", "}"}, Body: rest}}
	}
}

// noise is a statement that concerns no loan.
func (m *maker) noise() *Node {
	return pick(m,
		&Node{Tag: "early return", Text: []string{"if " + m.input() + " {", "@exit", "}"}},
		&Node{Tag: "plain", Text: []string{"x++"}},
		&Node{Tag: "wait", Role: Use, Text: []string{"o.P.Revoke()"}},
		&Node{Tag: "wait", Role: Use, Text: []string{"o.DB.Close()"}},
		&Node{Tag: "wait", Role: Use, Text: []string{"o.Dev.Unbind(context.Background())"}},
		&Node{Tag: "panic", Text: []string{"if " + m.input() + " {", "PANIC", "}"}},
	)
}

func (m *maker) input() string {
	return pick(m, "a", "b", "!a", "!b", "a && b", "a || b", "n > 0", "n == 1")
}

// lists calls f with each list of nodes in body, outer ones first.
func lists(body *[]*Node, f func(list *[]*Node)) {
	f(body)
	for _, n := range *body {
		if len(n.Body) > 0 {
			lists(&n.Body, f)
		}
		if len(n.Else) > 0 {
			lists(&n.Else, f)
		}
	}
}

// someList returns a list of nodes in body, with something in it.
func (m *maker) someList(body *[]*Node) *[]*Node {
	var all []*[]*Node
	lists(body, func(l *[]*Node) {
		if len(*l) > 0 {
			all = append(all, l)
		}
	})
	return pick(m, all...)
}

func movable(n *Node) bool { return n.Tag != "local variables" }

// disturb changes body in a way that may break it: a node is dropped, doubled, moved within its list or
// put under a condition.
func (m *maker) disturb(body *[]*Node) {
	list := m.someList(body)
	i := m.IntN(len(*list))
	n := (*list)[i]
	if !movable(n) {
		return
	}
	without := append((*list)[:i:i], (*list)[i+1:]...)
	switch m.IntN(5) {
	case 0:
		if len(without) > 0 {
			*list = without
		}
	case 1:
		at := i + 1 + m.IntN(len(*list)-i)
		*list = append((*list)[:at:at], append(Clone([]*Node{n}), (*list)[at:]...)...)
	case 2, 3:
		from := 0
		if len(without) > 0 && !movable(without[0]) {
			from = 1
		}
		at := from + m.IntN(len(without)-from+1)
		*list = append(without[:at:at], append([]*Node{n}, without[at:]...)...)
	default:
		(*list)[i] = &Node{Tag: "if", Role: Wrap, Text: []string{"if " + m.input() + " {", "@body", "}"}, Body: []*Node{n}}
	}
}

// wrapSome puts some nodes that stand together into a construct.
func (m *maker) wrapSome(body *[]*Node) {
	list := m.someList(body)
	from := m.IntN(len(*list))
	to := from + 1 + m.IntN(len(*list)-from)
	if !movable((*list)[from]) {
		from++
		if from >= to {
			return
		}
	}
	w := m.wrap(append([]*Node(nil), (*list)[from:to]...))
	*list = append((*list)[:from:from], append([]*Node{w}, (*list)[to:]...)...)
}

// block is the lines of text, in a block of their own where they declare something, so that they can be
// repeated.
func block(text string) []string {
	if strings.Contains(text, ":= ") && !strings.HasPrefix(text, "for ") || strings.HasPrefix(text, "var ") {
		text = "{\n" + text + "\n}"
	}
	return lines(text)
}

func lines(s string) []string { return strings.Split(s, "\n") }

package gen

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

const (
	params    = "h, k revocable.Handle[res.Res], o *World, a, b bool, m, n int, out *res.Box"
	arguments = "h, k, o, a, b, m, n, out"
)

// A Line is one line of a program, with the nodes around it, innermost first.
type Line struct {
	Text  string
	Depth int
	Nodes []*Node
}

// Lines renders p, marks and all.
func (p *Program) Lines() []Line {
	w := &writer{prog: p, exit: p.Sig.exit()}
	w.depth = 1
	w.nodes(p.Body, w.exit, nil)
	main := w.take()
	var extra []Line
	for len(w.parts) > 0 {
		part := w.parts[0]
		w.parts = w.parts[1:]
		w.line("func "+part.head+" {", part.nodes)
		w.line("x := 0; _ = x", part.nodes)
		w.replace = part.replace
		w.nodes(part.body, part.exit, part.nodes)
		if part.exit != "return" {
			w.line(part.exit, part.nodes)
		}
		w.replace = nil
		w.line("}", part.nodes)
		extra = append(extra, w.take()...)
	}
	decls := p.used(append(main[:len(main):len(main)], extra...))
	if p.Frame != Locals {
		w.line("type "+p.frame()+" struct {", nil)
		for _, d := range decls {
			w.line(d.Name+" "+d.Type, nil)
		}
		w.line("}", nil)
	}
	w.line("func "+p.Name+"("+params+") "+p.Sig.results()+" {", nil)
	w.line("x := 0; _ = x", nil)
	switch p.Frame {
	case Locals:
		for _, d := range decls {
			w.line("var "+d.Name+" "+d.Type+"; _ = "+d.Name, nil)
		}
	case Struct:
		w.line("var fr "+p.frame()+"; _ = fr", nil)
	case Pointer:
		w.line("fr := new("+p.frame()+"); _ = fr", nil)
	}
	w.lines = append(w.lines, main...)
	if p.Sig != None {
		w.line(p.Sig.exit(), nil)
	}
	w.line("}", nil)
	w.lines = append(w.lines, extra...)
	return w.lines
}

func (p *Program) frame() string { return "T" + p.Name }

// used lists those of the variables of p that lines speak of.
func (p *Program) used(lines []Line) []Decl {
	seen := make(map[string]bool)
	for _, l := range lines {
		for _, name := range identifier.FindAllString(l.Text, -1) {
			seen[name] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(p.Decls), func(d Decl) bool { return !seen[d.Name] })
}

var identifier = regexp.MustCompile(`\b[a-z]+[0-9]+\b`)

type writer struct {
	prog    *Program
	lines   []Line
	depth   int
	labels  int
	exit    string // of the program itself
	replace func(name string) string
	parts   []part
}

// A part is a piece of a program that is a function of its own.
type part struct {
	head, exit string
	replace    func(string) string
	body       []*Node
	nodes      []*Node // around it, and it
}

// take takes what was written.
func (w *writer) take() []Line {
	lines := w.lines
	w.lines, w.depth = nil, 0
	return lines
}

func (w *writer) line(text string, around []*Node) {
	if strings.HasPrefix(text, "}") || strings.HasPrefix(text, "case ") || text == "default:" {
		w.depth--
	}
	if w.prog.Frame != Locals && len(around) > 0 {
		text = w.rename(text, func(name string) string { return "fr." + name })
	}
	if w.replace != nil {
		text = w.rename(text, w.replace)
	}
	w.lines = append(w.lines, Line{text, w.depth, around})
	if strings.HasSuffix(text, "{") || strings.HasSuffix(text, ":") && !strings.HasPrefix(text, "L") {
		w.depth++
	}
}

// rename renames the variables of the program in text.
func (w *writer) rename(text string, name func(string) string) string {
	return identifier.ReplaceAllStringFunc(text, func(id string) string {
		if slices.ContainsFunc(w.prog.Decls, func(d Decl) bool { return d.Name == id }) {
			return name(id)
		}
		return id
	})
}

func (w *writer) nodes(ns []*Node, exit string, around []*Node) {
	for _, n := range ns {
		inner := append([]*Node{n}, around...)
		if n.Outline != Inline {
			w.outline(n, inner)
			continue
		}
		within := exit
		if n.Exit != "" {
			within = n.Exit
		}
		w.labels++
		label := fmt.Sprintf("L%d", w.labels)
		for _, t := range n.Text {
			t = strings.ReplaceAll(t, "@L", label)
			if v, ok := strings.CutPrefix(t, "@return "); ok {
				if t = "@exit"; exit == w.exit {
					t = "return " + v
				}
			}
			switch t {
			case "@body":
				w.nodes(n.Body, within, inner)
			case "@else":
				w.nodes(n.Else, within, inner)
			default:
				out := within
				if t == "@exit" || n.Role != Wrap {
					out = exit
				}
				w.line(strings.ReplaceAll(t, "@exit", out), inner)
			}
		}
	}
}

// outline writes the call of n's body, and has it written as a function later.
func (w *writer) outline(n *Node, inner []*Node) {
	w.labels++
	name := fmt.Sprintf("%sPart%d", strings.ToLower(w.prog.Name), w.labels) // nobody else calls it
	p := part{exit: "return", body: n.Body, nodes: inner}
	if n.Outline == ByMethod {
		if w.prog.Frame == Locals {
			w.nodes(n.Body, "return", inner) // no struct, no method
			return
		}
		p.head = "(fr *" + w.prog.frame() + ") " + name + "(" + params + ")"
		w.line("fr."+name+"("+arguments+")", inner)
		w.parts = append(w.parts, p)
		return
	}
	scratch := &writer{prog: w.prog, exit: w.exit}
	scratch.nodes(n.Body, "", inner)
	for _, p := range scratch.parts { // it hands them what they need
		inside := &writer{prog: w.prog}
		inside.nodes(p.body, "", inner)
		scratch.lines = append(scratch.lines, inside.lines...)
	}
	names, types, addresses := "", "", ""
	var results []string
	for _, d := range w.prog.used(scratch.lines) {
		names += ", " + d.Name
		types += ", " + d.Name + " "
		if n.Outline == ByPointer {
			types += "*"
		}
		types += d.Type
		addresses += ", &" + d.Name
		results = append(results, d.Name)
	}
	p.head = name + "(" + params + types + ")"
	call := name + "(" + arguments + names + ")"
	switch n.Outline {
	case ByPointer:
		call = name + "(" + arguments + addresses + ")"
		p.replace = func(name string) string { return "(*" + name + ")" }
	case ByResult:
		if len(results) > 0 {
			var kinds []string
			for _, d := range w.prog.used(scratch.lines) {
				kinds = append(kinds, d.Type)
			}
			p.head += " (" + strings.Join(kinds, ", ") + ")"
			p.exit = "return " + strings.Join(results, ", ")
			call = strings.Join(results, ", ") + " = " + call
		}
	}
	if w.prog.Frame != Locals {
		w.nodes(n.Body, "return", inner) // its variables have other names there
		return
	}
	w.line(call, inner)
	w.parts = append(w.parts, p)
}

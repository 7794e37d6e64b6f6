package gen

import (
	"fmt"
	"strings"
)

// wrap puts ns into a construct, which runs them once, perhaps, or some times.
func (m *maker) wrap(ns []*Node) *Node {
	w := func(tag, text string) *Node {
		if strings.Contains(text, ":=") || strings.Contains(text, "var ") || strings.Contains(text, "@L") {
			text = "{\n" + text + "\n}"
		}
		n := &Node{Tag: tag, Role: Wrap, Text: lines(text), Body: ns}
		if strings.Contains(text, "@else") {
			n.Else = Clone(ns)
			m.disturb(&n.Else)
		}
		return n
	}
	closure := func(tag, text, exit string) *Node {
		n := w(tag, text)
		n.Exit = exit
		return n
	}
	in := m.input()
	if m.chance(0.2) {
		outlines := []Outline{ByValue, ByResult, ByPointer}
		if m.prog.Frame != Locals {
			outlines = []Outline{ByMethod}
		}
		o := pick(m, outlines...)
		return &Node{Tag: "function: " + [...]string{"", "by value", "by result", "by pointer", "method"}[o], Role: Wrap, Body: ns, Exit: "return", Outline: o}
	}
	switch m.IntN(33) {
	case 24:
		v := m.name("ch")
		return w("select: send", v+" := make(chan int, 1)\nif "+in+" {\n"+v+" <- 1\n}\nselect {\ncase "+v+" <- 2:\n@body\ndefault:\nx++\n}")
	case 25:
		return closure("range over func", "for range "+m.from()+"Count(m) {\n@body\n}", "")
	case 26:
		return closure("once", "var "+m.name("once")+" sync.Once\n"+fmt.Sprintf("once%d", m.n)+".Do(func() {\n@body\n})", "return")
	case 27:
		return closure("closure: returned by a closure", "func() func() {\nreturn func() {\n@body\n}\n}()()", "return")
	case 28:
		v := m.name("i")
		return w("label: continue", "@L:\nfor "+v+" := 0; "+v+" < m; "+v+"++ {\nfor {\nif "+v+" == 0 {\ncontinue @L\n}\n@body\nbreak\n}\n}")
	case 29:
		return w("switch: with a statement", "switch x++; {\ncase "+in+":\n@body\n}")
	case 30:
		v := m.name("i")
		return w("loop: not the first round", "for "+v+" := range m {\nif "+v+" > 0 {\n@body\n}\n}")
	case 31:
		return w("correlated", "if "+in+" {\nx++\n}\nif !("+in+") {\n@body\n}")
	case 32:
		return closure("goroutine: in a helper", m.from()+"Spawn(func() {\n@body\n})", "return")
	case 0:
		return w("block", "{\n@body\n}")
	case 1, 2:
		return w("if", "if "+in+" {\n@body\n}")
	case 3:
		return w("if else", "if "+in+" {\n@body\n} else {\n@else\n}")
	case 4:
		return w("loop", "for range m {\n@body\n}")
	case 5:
		return w("loop: once", "for range 1 {\n@body\n}")
	case 6:
		return w("loop: break", "for {\n@body\nif "+in+" {\nbreak\n}\nbreak\n}")
	case 7:
		v := m.name("i")
		return w("loop: continue", "for "+v+" := 0; "+v+" < m; "+v+"++ {\nif "+v+" == 1 {\ncontinue\n}\n@body\n}")
	case 8:
		return w("label", "@L:\nfor {\nfor {\n@body\nbreak @L\n}\n}")
	case 9:
		return w("switch", "switch n {\ncase 0:\n@body\ncase 1:\nx++\ndefault:\n@else\n}")
	case 10:
		return w("switch: fallthrough", "switch {\ncase "+in+":\nx++\nfallthrough\ncase a:\n@body\n}")
	case 11:
		v := m.name("ch")
		return w("select", v+" := make(chan int, 1)\nif "+in+" {\n"+v+" <- 1\n}\nselect {\ncase <-"+v+":\n@body\ndefault:\n}")
	case 12, 13:
		return closure("closure: in place", "func() {\n@body\n}()", "return")
	case 14:
		return closure("closure: deferred", "defer func() {\n@body\n}()", "return")
	case 15:
		v := m.name("f")
		return closure("closure: in a variable", v+" := func() {\n@body\n}\n"+v+"()", "return")
	case 16:
		return closure("closure: handed on", m.from()+"Do(func() {\n@body\n})", "return")
	case 17:
		return closure("closure: conditional", m.from()+"DoIf(func() {\n@body\n}, "+in+")", "return")
	case 18:
		v := m.name("f")
		return closure("closure: stored", v+" := []func(){func() {\n@body\n}}\n"+m.from()+"Run("+v+"...)", "return")
	case 19:
		v := m.name("s")
		return closure("closure: stack", "var "+v+" "+m.from()+"Stack\n"+v+".Push(func() {\n@body\n})\n"+v+".Close()", "return")
	case 20:
		v := m.name("wg")
		return closure("goroutine: joined", "var "+v+" sync.WaitGroup\n"+v+".Go(func() {\n@body\n})\n"+v+".Wait()", "return")
	case 21:
		v := m.name("done")
		return closure("goroutine: channel", v+" := make(chan int)\nGO{\ndefer close("+v+")\n@body\n}GO\nRECV("+v+")", "return")
	case 22:
		return closure("recover", "func() {\ndefer func() {\nif RECOVER() != nil {\nx++\n}\n}()\n@body\n}()", "return")
	default:
		v := m.name("again")
		return w("goto", v+" := 0\n@L:\n{\n@body\n}\n"+v+"++\nif "+v+" < m {\ngoto @L\n}")
	}
}

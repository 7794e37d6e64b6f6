// Package gen makes random programs: functions that take accesses, use them, hand them around and
// release them, rightly and wrongly.
//
// A program is a tree of statements, so that it can be made smaller, and is written in two ways, line
// by line the same: as it is analysed, and for the instrumented libraries. Where the two differ the text has
// marks: ⟨p⟩ is a look at *p, ⟪s⟫ one at the elements of s; see [Real] and [Twin].
package gen

import (
	"fmt"
	"regexp"
	"strings"
)

// A Role says what a node does to its loan.
type Role uint8

const (
	Plain Role = iota
	Wrap
	Acquire
	Check
	Use
	Put // stores it or hands it on
	Release
)

// A Node is a statement, or several that belong together.
type Node struct {
	Tag  string // construct
	Role Role
	// Text has the lines. Of these, @body and @else stand for nodes, @exit for
	// the return statement that fits where the node stands.
	Text []string
	Body []*Node
	Else []*Node
	Exit string // what returns from inside; "" if that is what returns from around
}

// A Program is a function.
type Program struct {
	Name  string
	Index int
	Sig   Sig
	Decls []Decl
	Body  []*Node
}

// A Decl declares a variable at the head of a program.
type Decl struct{ Name, Type string }

// A Sig says what a program returns.
type Sig uint8

const (
	None Sig = iota
	Number
	Pair  // *res.Res, revocable.Guard
	Bytes // []byte, error
	sigs
)

func (s Sig) results() string {
	return [...]string{"", "int", "(*res.Res, revocable.Guard)", "([]byte, error)"}[s]
}

func (s Sig) exit() string {
	return [...]string{"return", "return x", "return nil, revocable.Guard{}", "return nil, nil"}[s]
}

// count is how many results s has.
func (s Sig) count() int { return [...]int{0, 1, 2, 2}[s] }

const params = "h, k revocable.Handle[res.Res], o *World, a, b bool, n int, out *res.Box"

// A Line is one line of a program, with the tags of the nodes around it, innermost first.
type Line struct {
	Text  string
	Depth int
	Nodes []*Node
}

// Lines renders p, marks and all.
func (p *Program) Lines() []Line {
	body := &writer{exit: p.Sig.exit(), depth: 1}
	body.nodes(p.Body, p.Sig.exit(), nil)
	used := make(map[string]bool)
	for _, l := range body.lines {
		for _, name := range identifier.FindAllString(l.Text, -1) {
			used[name] = true
		}
	}
	w := &writer{}
	w.line("func "+p.Name+"("+params+") "+p.Sig.results()+" {", nil)
	w.line("x := 0; _ = x", nil)
	for _, d := range p.Decls {
		if used[d.Name] {
			w.line("var "+d.Name+" "+d.Type+"; _ = "+d.Name, nil)
		}
	}
	w.lines = append(w.lines, body.lines...)
	if p.Sig != None {
		w.line(p.Sig.exit(), nil)
	}
	w.line("}", nil)
	return w.lines
}

var identifier = regexp.MustCompile(`[a-z]+[0-9]+`)

type writer struct {
	lines  []Line
	depth  int
	labels int
	exit   string // of the program itself
}

func (w *writer) line(text string, around []*Node) {
	if strings.HasPrefix(text, "}") || strings.HasPrefix(text, "case ") || text == "default:" {
		w.depth--
	}
	w.lines = append(w.lines, Line{text, w.depth, around})
	if strings.HasSuffix(text, "{") || strings.HasSuffix(text, ":") && !strings.HasPrefix(text, "L") {
		w.depth++
	}
}

func (w *writer) nodes(ns []*Node, exit string, around []*Node) {
	for _, n := range ns {
		inner := append([]*Node{n}, around...)
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

// Clone returns a deep copy.
func Clone(ns []*Node) []*Node {
	var out []*Node
	for _, n := range ns {
		c := *n
		c.Body, c.Else = Clone(n.Body), Clone(n.Else)
		out = append(out, &c)
	}
	return out
}

// Real writes marked text as it is analysed.
func Real(text string) string { return realText.Replace(text) }

// Twin writes marked text for the instrumented libraries.
func Twin(text string) string { return twinText.Replace(text) }

const (
	revocablePath = "github.com/revlint/revlint/revocable"
	twinPath      = "github.com/revlint/revlint/internal/oracle/twin/"
	batchPath     = "github.com/revlint/revlint/internal/oracle/batch/"
)

func quote(s string) string { return fmt.Sprintf("%q", s) }

var realText = strings.NewReplacer(
	"⟨", "", "⟩", "", "⟪", "", "⟫", "",
	"PANIC", `panic("gone")`,
	"RECOVER()", "recover()",
	"RECV(", "<-(",
	"GO{", "go func() {", "}GO", "}()",
	"import REVOCABLE", "import "+quote(revocablePath),
	"import RES", "import "+quote(batchPath+"real/gen/res"),
	"import HELP", "import "+quote(batchPath+"real/gen/help"),
	"import STORE", "import "+quote("example.org/store"),
	"import SYNC", "import "+quote("sync"),
	"USED", "revocable.Guard",
)

var twinText = strings.NewReplacer(
	"⟨", "core.Look(", "⟩", ")", "⟪", "core.Elems(", "⟫", ")",
	"PANIC", `panic(core.Panic("gone"))`,
	"RECOVER()", "core.Recovered(recover())",
	"RECV(", "core.Recv(",
	"GO{", "core.Go(func() {", "}GO", "})",
	"import REVOCABLE", "import "+quote(twinPath+"core")+"; import "+quote(twinPath+"revocable"),
	"import RES", "import "+quote(batchPath+"twin/gen/res"),
	"import HELP", "import "+quote(batchPath+"twin/gen/help"),
	"import STORE", "import "+quote(twinPath+"store"),
	"import SYNC", "import "+quote(twinPath+"sync"),
	"USED", "= core.Look[revocable.Guard]",
)

package gen

import (
	"fmt"
	"strings"
)

// A Package is a package of programs. It has a copy of the helpers, as functions of its own.
type Package struct {
	Name     string
	Programs []*Program
	// Where says, for each line of Text after marks are gone, which program and nodes it belongs to.
	Lines []Line
	Owner []*Program
}

// NewPackage lays programs out in one file.
func NewPackage(name string, programs []*Program) *Package {
	p := &Package{Name: name, Programs: programs}
	head := []string{
		"package " + name, "",
		"import REVOCABLE", "import DEVICE", "import RES", "import HELP", "import STORE", "import SYNC", "import \"context\"", "import \"io\"", "import \"slices\"", "",
		"var keep = res.NewBox()", "",
		"type World = help.World", "",
		"var _ USED", "var _ = store.ErrFull", "var _ sync.WaitGroup", "var _ = context.Background", "var _ io.Closer", "var _ device.Bound", "var _ = slices.Values[[]int]", "",
	}
	for _, h := range head {
		p.add(nil, Line{Text: h})
	}
	for _, prog := range programs {
		for _, l := range prog.Lines() {
			p.add(prog, l)
		}
		p.add(nil, Line{})
	}
	return p
}

func (p *Package) add(prog *Program, l Line) {
	p.Lines = append(p.Lines, l)
	p.Owner = append(p.Owner, prog)
}

// Text is the marked text of the file.
func (p *Package) Text() string {
	var b strings.Builder
	begun := make(map[*Node]bool)
	for _, l := range p.Lines {
		b.WriteString(strings.Repeat("\t", max(l.Depth, 0)))
		if len(l.Nodes) > 0 && !begun[l.Nodes[0]] {
			begun[l.Nodes[0]] = true
			b.WriteString("⊙")
		}
		b.WriteString(l.Text)
		b.WriteByte('\n')
	}
	return b.String()
}

// Driver is the file that registers the programs of p, for the twin.
func (p *Package) Driver(limit int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "package %s\n\nimport REVOCABLE\nimport DEVICE\nimport RES\nimport STORE\n\n", p.Name)
	b.WriteString("var _ USED\n\n")
	// Parameters are different objects: that two may be one is not asked. All is new in each run.
	b.WriteString(`func world() (h, k revocable.Handle[res.Res], o *World) {
	provide := func() *revocable.Provider[res.Res] {
		return revocable.NewProvider(&res.Res{N: 1, Buf: make([]byte, 32)})
	}
	dev := new(device.Device)
	return provide().Handle(), provide().Handle(), &World{
		P: provide(), DB: store.Open(nil), Pool: new(store.Pool), Other: new(store.Pool), Gate: new(store.Gate),
		Dev: dev, Res: device.Hold(dev, &res.Res{N: 1, Buf: make([]byte, 32)}),
	}
}

func Drive() {
`)
	for _, prog := range p.Programs {
		text := ""
		for _, l := range prog.Lines() {
			text += strings.NewReplacer(arguments, "", params, "").Replace(l.Text) + "\n"
		}
		uses := func(name string) bool {
			for i := strings.Index(text, name); i >= 0; {
				if !isWord(text, i-1) && !isWord(text, i+len(name)) {
					return true
				}
				j := strings.Index(text[i+1:], name)
				if j < 0 {
					break
				}
				i += 1 + j
			}
			return false
		}
		choice := func(name, if1, if0 string) string {
			if uses(name) {
				return if1
			}
			return if0
		}
		var results []string
		for i := range prog.Sig.count() {
			results = append(results, fmt.Sprintf("r%d", i))
		}
		fmt.Fprintf(&b, "core.Explore(%q, %d, func() {\nh, k, o := world()\nkeep = res.NewBox()\nout := res.NewBox()\ncore.Keep(keep, out)\n", p.Name+"."+prog.Name, limit)
		call := fmt.Sprintf("%s(h, k, o, %s, %s, %s, %s, out)\n", prog.Name,
			choice("a", "core.Bool()", "false"), choice("b", "core.Bool()", "false"), choice("m", "[]int{0, 1, 2, 5}[core.Int(4)]", "0"), choice("n", "core.Int(4)-1", "0"))
		if len(results) > 0 {
			b.WriteString(strings.Join(results, ", ") + " := ")
		}
		b.WriteString(call)
		b.WriteString("core.Keep(" + strings.Join(results, ", ") + ")\n})\n")
	}
	b.WriteString("}\n")
	return b.String()
}

func isWord(s string, i int) bool {
	if i < 0 || i >= len(s) {
		return false
	}
	c := s[i]
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

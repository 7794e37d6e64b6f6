// Package gen makes random programs: functions that take accesses, use them, hand them around and
// release them, rightly and wrongly.
//
// A program is a tree of statements, so that it can be made smaller, and is written in two ways, line
// by line the same: as it is analysed, and for the instrumented libraries. Where the two differ the text has
// marks: ⟨p⟩ is a look at *p, ⟪s⟫ one at the elements of s, and ⊙ stands where a node begins; see [Real] and [Twin].
package gen

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
	// Outline says that Body is a function of its own, and how it gets the variables; see [Outline].
	Outline Outline
}

// An Outline is a way in which a part of a program that is a function of its own gets at the variables.
type Outline uint8

const (
	Inline    Outline = iota
	ByValue           // copies, which it does not give back
	ByResult          // copies, which it returns
	ByPointer         // pointers to them
	ByMethod          // all variables are fields of a struct, of which it is a method
)

// A Program is a function.
type Program struct {
	Name  string
	Index int
	Sig   Sig
	Decls []Decl
	Body  []*Node
	// Frame says that the variables are fields of a struct: of one here, or of one that a pointer leads to.
	Frame Frame
}

// A Frame says where variables are.
type Frame uint8

const (
	Locals Frame = iota
	Struct
	Pointer
)

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

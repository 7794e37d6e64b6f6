// Package contract is the language in which revlint is told who holds what,
// until when, and who must give it back: //revlint: directives on Go
// declarations, and stubs that repeat declarations of code one does not own.
//
// The engine knows every library, revocable included, by the contracts that
// this package resolves; it names none. The language is specified in
// docs/contracts.md.
package contract

// A Verb is the first word of a directive.
type Verb uint8

// The verbs of the language; docs/contracts.md says what each means.
const (
	Acquire Verb = iota + 1
	Release
	Borrow
	Lend
	Scoped
	Move
	MayNil
	Waits
	Token
	Unsafe
	NoReturn
	Always
	None
	finish // a release whose condition is asked at the calls of a result; see Claim.Ends
)

// A Contract is all that the directives on one declaration say, resolved
// against the declaration's types. It is immutable once made.
type Contract struct {
	Claims []Claim
	Origin Origin

	namesake bool // of a method that has it by its name and types alone
}

// A Claim is one directive.
type Claim struct {
	Verb   Verb
	Values []Path  // the operands; nil for "acquire _", for marks and for Scoped
	Places []Place // of Scoped, and of Borrow what a function that is passed is given
	Guard  *Path   // Acquire: what is released; nil: the value itself
	From   *Path   // Acquire, Borrow, Scoped: the owner; nil: none
	To     *Path   // Release, Lend: the owner it goes to; nil: any
	Of     []Event // Release, Waits: methods of what is released or waited for, which alone give what this is about; nil: any
	Until  []Event // Borrow, Lend: calls on the owner that end the loan too

	Optional, Lax, Once, Deep bool
	Brief                     bool // Acquire: to be released in the round of a loop in which it was acquired
	Loose                     bool // Acquire, Borrow: the values may go on being used; what is borrowed from them ends
	Whole, Prefix, Idempotent bool

	When *When // nil: always
	If   *If   // nil: always
	Ends *Ends // Acquire: what ends the loan beside a release of the guard; nil: nothing
}

// Ends are the calls of a function that came with what was acquired, and by
// their answer end the loan.
type Ends struct {
	Func   int // the result of the acquire that is called
	Answer int // the result of that call
	Op     Op
}

// A RootKind says where a path begins.
type RootKind uint8

const (
	Recv          RootKind = iota + 1 // the receiver ("self" or its name); around a func field: the struct
	Param                             // parameter Index, the receiver not counted
	Result                            // result Index
	CallbackParam                     // parameter Index of the function that a Place names
)

// A Path names a value that has a part in a call: "*dest.(*sql.RawBytes)",
// "resp.Body", "self".
type Path struct {
	Deref bool // *x: what x points to after the call
	Root  RootKind
	Index int
	Steps []Step
	Text  string // as written, for messages
}

// Result is the index of the result that p names as a whole, -1 if it names something else.
func (p Path) Result() int {
	if p.Root != Result || p.Deref || len(p.Steps) > 0 {
		return -1
	}
	return p.Index
}

// A Step is a field selection or a restriction to types; just one of the two.
type Step struct {
	Field string   // name of the field selected
	Index []int    // its index path, embedded fields included, as in types.LookupFieldOrMethod
	Types []string // the type is one of these, as written by types.TypeString with full package paths
}

// A PlaceKind tells the three forms of a Place apart.
type PlaceKind uint8

const (
	Value    PlaceKind = iota + 1 // x
	Callback                      // fn(x, y): Path is fn, Args are x, y
	Range                         // range seq
)

// A Place is an operand of Scoped, or a Callback of Borrow.
type Place struct {
	Kind PlaceKind
	Path Path
	Args []Path // rooted in CallbackParam
}

// An Event is a call that ends a borrow or lend: "Scan", "Read*", "*", "Function.Call*".
type Event struct {
	Type   string // of the receiver, qualified by package path, where it is not the owner's; else ""
	Name   string // method name, or the prefix of it
	Prefix bool   // Name stands for every method so beginning
}

// A When is a condition on the call's inputs.
type When struct {
	Not    bool
	Path   Path
	Method string // non-empty: "x.M()", M has been called on x
}

// An Op is the test of an If.
type Op uint8

const (
	IsTrue  Op = iota + 1 // the bool is true
	IsFalse               // it is false
	IsNil                 // the value is nil
	NotNil                // it is not nil
)

// An If is a condition on the call's results.
type If struct {
	Path Path
	Op   Op
	// Of, if set, is a result that is a function: the condition is on the results
	// of its calls, and Path is rooted in them.
	Of *Path
}

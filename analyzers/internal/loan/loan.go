package loan

import (
	"go/token"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
)

// A kind says how a loan came about.
type kind uint8

const (
	acquired kind = iota + 1 // by a call that must be answered by a release
	borrowed                 // by a call; owes nothing
	scoped                   // by the entry of the function it is an argument of
	mayNil                   // by a call whose result must be compared with nil
	lent                     // to another, by a call: memory of ours that it looks at until then
	implicit                 // never said: a parameter or field that is released here
)

// A loan is one acquisition, borrow, scope or weak value: something that may
// be used only from here to there. See docs/contracts.md §2.
type loan struct {
	id   int
	key  loanKey
	kind kind

	pos   token.Pos // where it was issued
	what  string    // the callee that issued it, for messages
	name  string    // of the first value, for messages
	claim *contract.Claim

	cond value // its condition is a test of this value…
	op   contract.Op

	mandatory bool // not releasing it is a leak
	once      bool // a second release is wrong even of an idempotent guard
	deep      bool
	nilable   bool             // its value is a result that may be nil until the condition is known
	nilSlice  bool             // its value is a slice, and nil where it is not given
	nilGuard  bool             // its guard may be nil, and must then not be released
	token     bool             // is on, or taken from, a token: revbound reports
	waited    bool             // acquire and scoped loans: "waits" waits for them
	counted   bool             // its guard can be acquired again: others may hold it too
	reference bool             // is such another acquisition: it restricts nothing, and owes a release
	old       bool             // of earlier rounds of a loop; stands for several loans
	until     []contract.Event // borrowed: calls on the owner that end it
	scope     *ssa.Function    // scoped: the function whose end ends it
	fromScope bool             // taken from what is scoped
}

// A loanKey identifies a loan within its machine.
type loanKey struct {
	site    any    // ssa.Instruction, *symbol, or *ssa.Parameter
	claim   int    // index of the claim among those of the call
	variant string // of a callee, which of its loans
	old     bool
}

// A phase is where a loan stands on one path.
type phase uint8

const (
	unchecked phase = iota + 1 // its condition is not tested yet
	live
	ended
	moved  // in hands that are not followed: nothing owed, nothing restricted
	absent // its condition is known to be false
)

func (p phase) String() string {
	return [...]string{"none", "unchecked", "live", "ended", "moved", "absent"}[p]
}

// A standing is what a state knows of one loan.
type standing struct {
	phase    phase
	reported bool  // something was reported on it; it is silent from here on
	asked    bool  // unchecked, but code out of sight was given what to check
	unsure   bool  // its phase was guessed or given up: silent
	owner    value // what it was taken from
	ended    token.Pos
	endedBy  string
	atExit   bool // it ended when the function returned, by a defer or with its scope
	// handed is where a value went to a goroutine or channel, 0 if nowhere;
	// whether that is an escape is asked when the loan ends.
	handed  token.Pos
	handedN string
	runner  value   // the function that it is for, where it is for one
	keeper  *symbol // the collection that it went into instead, which another call may take it out of
	joined  bool    // it went there, and a wait came after
	lent    value   // of a lent loan: our memory that its owner looks at
}

func (l *loan) String() string {
	s := "L" + strconv.Itoa(l.id)
	if l.old {
		s += "'"
	}
	return s
}

func loanIDs(loans []*loan) string {
	var b strings.Builder
	for _, l := range loans {
		b.WriteString(l.String())
	}
	return b.String()
}

func (s standing) equal(t standing) bool {
	owner := slices.Equal(s.owner, t.owner) && slices.Equal(s.lent, t.lent)
	return owner && s.phase == t.phase && s.reported == t.reported && s.unsure == t.unsure && s.asked == t.asked &&
		s.ended == t.ended && s.endedBy == t.endedBy && s.handed == t.handed && s.joined == t.joined && s.handedN == t.handedN && s.keeper == t.keeper && slices.Equal(s.runner, t.runner)
}

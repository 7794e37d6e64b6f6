package domain

import (
	"go/token"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
)

// LentWith reports whether l and m were lent for the same call of a function:
// what one holds of the other does not outlive it.
func (l *Loan) LentWith(m *Loan) bool {
	return l.Scope != nil && l.Scope == m.Scope && l.Claim == m.Claim
}

// IsOfMemory reports whether l is on what memory of the caller's holds: it can
// be loaded again.
func (l *Loan) IsOfMemory() bool {
	s, ok := l.Key.Site.(*Symbol)
	if !ok || l.Old || s.Kind != SymContent {
		return false
	}
	k := s.Root().Kind
	return k == SymParam || k == SymGlobal
}

// IsBeside reports whether the call that l began at has s among its results: an error that tells whether l is there.
func (l *Loan) IsBeside(s *Symbol) bool {
	site, ok := l.Key.Site.(ssa.CallInstruction)
	return ok && s.Kind == SymFresh && siteOf(s.Key.Site) == any(site)
}

// Attach adds l to a list of loans, once.
func Attach(to *[]*Loan, l *Loan) {
	if !slices.Contains(*to, l) {
		*to = append(*to, l)
	}
}

// A Kind says how a loan came about.
type Kind uint8

const (
	Acquired Kind = iota + 1 // by a call that must be answered by a release
	Borrowed                 // by a call; owes nothing
	Scoped                   // by the entry of the function it is an argument of
	MayNil                   // by a call whose result must be compared with nil
	Lent                     // to another, by a call: memory of ours that it looks at until then
	Implicit                 // never said: a parameter or field that is released here
)

// A Loan is one acquisition, borrow, scope or weak value: something that may
// be used only from here to there. See docs/contracts.md §2.
type Loan struct {
	Id   int
	Key  LoanKey
	Kind Kind

	Pos   token.Pos // where it was issued
	What  string    // the callee that issued it, for messages
	Name  string    // of the first value, for messages
	Claim *contract.Claim

	Cond Value // its condition is a test of this value…
	Op   contract.Op

	Mandatory bool // not releasing it is a leak
	Lax       bool // …only where no way out of the function releases it, and one of them is no failure
	Brief     bool // a loop is to release it in the round that acquired it
	Once      bool // a second release is wrong even of an idempotent guard
	Deep      bool
	Nilable   bool             // its value is a result that may be nil until the condition is known
	NilSlice  bool             // its value is a slice, and nil where it is not given
	NilGuard  bool             // its guard may be nil, and must then not be released
	Token     bool             // is on, or taken from, a token: revbound reports
	Waited    bool             // acquire and scoped loans: "waits" waits for them
	Counted   bool             // its guard can be acquired again: others may hold it too
	Reference bool             // is such another acquisition: it restricts nothing, and owes a release
	Loose     bool             // its values go on being used when it has ended; what is borrowed from them ends
	Untyped   bool             // what gave it gives anything: no method of the value gives it back
	Outside   bool             // its guard is an interface, inside of which the real one stands, in what is not known
	Old       bool             // of earlier rounds of a loop; stands for several loans
	Until     []contract.Event // borrowed: calls on the owner that end it
	Scope     *ssa.Function    // scoped: the function whose end ends it
	FromScope bool             // taken from what is scoped
	Unless    []Findings       // ways out of the callee that handed it out on which it does not: what it found there
}

// Findings are facts of symbols that hold together.
type Findings map[*Symbol]Fact

// Excluded reports whether all hold in st on which the callee that handed l out has not done so on another way out: it has most likely
// taken that one. (On the way that it is said to have taken, paths of it were merged that found this and that.)
func (l *Loan) Excluded(st *State) bool {
	return slices.ContainsFunc(l.Unless, func(all Findings) bool {
		for s, f := range all {
			if st.Facts.At(s)&f != f {
				return false
			}
		}
		return true
	})
}

// Hold puts s on l, as a value of it.
func (l *Loan) Hold(s *Symbol) {
	if l.Loose {
		Attach(&s.Loose, l)
		return
	}
	Attach(&s.Loans, l)
}

// Holds reports whether s, or what it is derived from, is a value of l.
func (l *Loan) Holds(s *Symbol) bool {
	if l.Loose {
		return slices.Contains(s.Loose, l)
	}
	return slices.Contains(s.AllLoans(), l)
}

// A LoanKey identifies a loan within its machine.
type LoanKey struct {
	Site    any    // ssa.Instruction, *symbol, or *ssa.Parameter
	Claim   int    // index of the claim among those of the call
	Variant string // of a callee, which of its loans
	old     bool
	round   int // see SymbolKey
}

// IsLast reports whether l began when its site was last executed.
func (l *Loan) IsLast() bool { return !l.Old && l.Key.round == 0 }

// A Phase is where a loan stands on one path.
type Phase uint8

const (
	Unchecked Phase = iota + 1 // its condition is not tested yet
	Live                       // its value may be used
	Ended                      // its value must not be used any more
	Moved                      // in hands that are not followed: nothing owed, nothing restricted
	Absent                     // its condition is known to be false
)

func (p Phase) String() string {
	return [...]string{"none", "unchecked", "live", "ended", "moved", "absent"}[p]
}

// A Standing is what a state knows of one loan.
type Standing struct {
	Phase    Phase
	Reported bool  // something was reported on it; it is silent from here on
	Asked    bool  // unchecked, but code out of sight was given what to check
	Unsure   bool  // its phase was guessed or given up: silent
	Given    bool  // a contract says that it is somebody else's now
	Passed   bool  // a reference: a function of the caller's was given what leads to its guard, and may have released it
	Mixed    bool  // it stood elsewhere on other paths when it was forgotten which conditions told them apart
	Parked   bool  // its guard was put where the caller can name it, and is the caller's if it stays there
	Owner    Value // what it was taken from
	Ended    token.Pos
	EndedBy  string
	AtExit   bool // it ended when the function returned, by a defer or with its scope
	// Handed is where a value went to a goroutine or channel, 0 if nowhere;
	// whether that is an escape is asked when the loan ends.
	Handed  token.Pos
	HandedN string
	Runner  Value   // the function that it is for, where it is for one
	Keeper  *Symbol // the collection that it went into instead, which another call may take it out of
	Joined  bool    // it went there, and a wait came after
	// Far is what put a value where it is not followed, nil if nothing did: whether it
	// is still there when the loan ends is not known.
	Far  ssa.Instruction
	Lent Value // of a lent loan: our memory that its owner looks at
}

func (l *Loan) String() string {
	s := "L" + strconv.Itoa(l.Id)
	if l.Old {
		s += "'"
	}
	return s
}

func loanIDs(loans []*Loan) string {
	var b strings.Builder
	for _, l := range loans {
		b.WriteString(l.String())
	}
	return b.String()
}

func (s Standing) equal(t Standing) bool {
	owner := slices.Equal(s.Owner, t.Owner) && slices.Equal(s.Lent, t.Lent)
	return owner && s.Phase == t.Phase && s.Reported == t.Reported && s.Unsure == t.Unsure && s.Mixed == t.Mixed && s.Passed == t.Passed && s.Parked == t.Parked && s.Given == t.Given && s.Asked == t.Asked &&
		s.Ended == t.Ended && s.EndedBy == t.EndedBy && s.Handed == t.Handed && s.Joined == t.Joined && s.HandedN == t.HandedN && s.Keeper == t.Keeper && s.Far == t.Far && slices.Equal(s.Runner, t.Runner)
}

// The flags of a loan, as summaries carry them.
const (
	FlagMandatory = 1 << iota
	FlagOnce
	FlagDeep
	FlagNilable
	FlagNilGuard
	FlagToken
	FlagWaited
	FlagCounted
	FlagReference
	FlagLax
	FlagAsked // of a summary only: whether it is there may be told by something that the caller has
	FlagFar   // of a summary only: package variables lead to its value, too
	FlagUntyped
	FlagLoose
	FlagBrief
)

// Flags packs the terms of l that are yes or no, as summaries have them.
func (l *Loan) Flags() (f uint16) {
	for i, on := range []bool{l.Mandatory, l.Once, l.Deep, l.Nilable, l.NilGuard, l.Token, l.Waited, l.Counted, l.Reference, l.Lax} {
		if on {
			f |= 1 << i
		}
	}
	if l.Untyped {
		f |= FlagUntyped
	}
	if l.Loose {
		f |= FlagLoose
	}
	if l.Brief {
		f |= FlagBrief
	}
	return f
}

// SetFlags sets the terms that Flags has packed.
func (l *Loan) SetFlags(f uint16) {
	l.Mandatory, l.Once, l.Deep = f&FlagMandatory != 0, f&FlagOnce != 0, f&FlagDeep != 0
	l.Nilable, l.NilGuard = f&FlagNilable != 0, f&FlagNilGuard != 0
	l.Token, l.Waited = f&FlagToken != 0, f&FlagWaited != 0
	l.Untyped, l.Loose, l.Brief = f&FlagUntyped != 0, f&FlagLoose != 0, f&FlagBrief != 0
	l.Counted, l.Reference, l.Lax = f&FlagCounted != 0, f&FlagReference != 0, f&FlagLax != 0
}

// IsCount reports whether l is a number of places in its guard, and no value:
// how many of them one release gives back, is not followed (decision 13).
func (l *Loan) IsCount() bool { return l.Claim != nil && l.Reference && len(l.Claim.Values) == 0 }

// Subject is what messages call the value of l.
func (l *Loan) Subject() string {
	if l.Name != "" && l.Name != "_" {
		return l.Name
	}
	return "the result of " + l.What
}

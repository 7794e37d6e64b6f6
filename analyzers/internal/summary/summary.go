// Package summary is what the engine knows of a function that it does not
// look into: a short list of the ways out of it, and what has happened to
// its parameters on each. It travels to importers as an Encoded.
package summary

import (
	"slices"
	"strconv"
	"strings"
)

// Version is part of every encoded summary; one of another version is unknown.
const Version = 17

// A Summary says what a call of a function does. A function that has none is
// unknown: whatever is passed to it may be kept, released or sent away.
type Summary struct {
	Version  int
	Outcomes []Outcome // none: it never returns
	Dead     []Outcome // no ways out: the program ends there, after these looks and releases
	Globals  []string  // the package-level variables that paths speak of, by package and name
}

func (s *Summary) String() string {
	var b strings.Builder
	b.WriteString("summary(")
	for i, o := range s.Outcomes {
		if i > 0 {
			b.WriteString(" or ")
		}
		b.WriteString(o.String())
	}
	for _, o := range s.Dead {
		b.WriteString(" or dead " + o.String())
	}
	b.WriteString(")")
	return b.String()
}

// A Path names a value by the way to it from a parameter or result of the
// call: "p0", the first parameter (the receiver, where there is one); then
// ".2", the address or value of field 2, ".-1" of an element; "*", what is
// loaded there. "r1" is the second result, "g1" the second of the summary's
// globals, "g" some global, "?" out of sight.
type Path string

// Root splits a path into its first name and number and the steps that follow.
func (p Path) Root() (letter byte, index int, steps Path) {
	if p == "" {
		return 0, 0, ""
	}
	end := strings.IndexAny(string(p), ".*")
	if end < 0 {
		end = len(p)
	}
	n, err := strconv.Atoi(string(p[1:end]))
	if err != nil {
		n = 0
	}
	return p[0], n, p[end:]
}

// Next splits off the first step of steps: a load, or a field number.
func (p Path) Next() (field int, load bool, rest Path) {
	if p[0] == '*' {
		return 0, true, p[1:]
	}
	end := strings.IndexAny(string(p[1:]), ".*")
	if end < 0 {
		end = len(p) - 1
	}
	n, err := strconv.Atoi(string(p[1 : end+1]))
	if err != nil {
		n = 0
	}
	return n, false, p[end+1:]
}

// Field is the path to field (or element, -1) i of p.
func (p Path) Field(i int) Path { return p + Path("."+strconv.Itoa(i)) }

// HasElement reports whether the path leads through an element of a collection.
func (p Path) HasElement() bool { return strings.Contains(string(p), ".-1") }

// IsGlobal reports whether p begins at a package variable.
func (p Path) IsGlobal() bool { return strings.HasPrefix(string(p), "g") }

// IsResult reports whether p begins at a result.
func (p Path) IsResult() bool { return strings.HasPrefix(string(p), "r") }

// Place is the path to where what p leads to was loaded from; p itself if it was not.
func (p Path) Place() Path { return Path(strings.TrimSuffix(string(p), "*")) }

// Load is the path to what p holds.
func (p Path) Load() Path { return p + "*" }

// A Fact is what is known of a value on one way out.
type Fact uint16

// The facts; they can be combined.
const (
	Nil Fact = 1 << iota
	NotNil
	True
	False
	Presumed // an error that stands beside nil: by custom it is not nil, but nobody has looked
	Empty    // a slice: it has no elements
	Filled   // a slice: it has elements
	OfNone   // an answer of code out of sight to an error that is nil: by custom nil, or false
	OneRound // an iterator: it yields once at most
	Own      // a pointer to what the callee made, that nobody else can get at: not by way of itself either
)

// An Outcome is one way out of a function.
type Outcome struct {
	Params  []ParamFact // it is taken only if these hold
	Results []Result    // what is returned, as far as known
	Loans   []Loan      // what the caller holds now
	Ended   []Loan      // what was taken and has ended, and of which values stand in the caller's memory
	Effects []Effect    // what happened to the parameters, in order of kind and path
	Left    []ParamFact // what was left in memory of the caller's, as far as known; only beside loans
}

// A ParamFact says what a parameter was found to be.
type ParamFact struct {
	Path Path
	Fact Fact
	Type string // if set, the dynamic type of an interface; of a test, what it is compared with: ">0", "==p1"
}

// IsTest reports whether f says how a comparison came out, of a number with a constant or of two pointers.
func (f ParamFact) IsTest() bool {
	return f.Type != "" && strings.ContainsRune("=!<>", rune(f.Type[0]))
}

// IsOfSame reports whether f is a test that says whether two parameters, which are pointers or interfaces, are one.
func (f ParamFact) IsOfSame() bool { return len(f.Type) > 2 && f.Type[2] == 'p' && f.IsTest() }

// A Result says what one result is.
type Result struct {
	Fact  Fact
	Alias []Path // it is one of these; empty: none of the parameters
	From  []Path // it is derived from these, or holds them
	Other bool   // it may also be something that is none of these
	Found bool   // it may be what the callee found where nobody knows how it got there, and so on any loan
	// Equal, if set, are two values of which the result says whether they
	// are the same; one that is "nil" is nil.
	Equal  [2]Path
	Differ bool // it says whether they are not
	// Over, if set, says that it is an iterator over what the path leads to when it is made:
	// it does nothing but yield what the steps, one for each value, lead to from there.
	// "?" are the steps to what has no name.
	Over   Path
	Yields []Path
	// Const, if set, is the integer that it is, or "zero": the zero value of its type.
	Const string
	// Type, if set, is the dynamic type of an interface in which something that is on loan, or was passed,
	// stands: what values, guards and stores name within it are its fields.
	Type string
}

// A Loan is handed to the caller.
type Loan struct {
	Kind   uint8
	Phase  uint8
	Values []Path
	Guards []Path
	// Outside, if set, are the guards for a caller that does not know the types of the interfaces in which
	// Guards lie: the interfaces themselves, which are ended by methods of theirs.
	Outside []Path
	Owner   []Path
	Cond    Path // of an unchecked one; of a live one, what would say that it is there if that was not known already
	Op      uint8
	What    string // the callee that issued it first
	Name    string
	Flags   uint16
	Until   []string
}

func (o Outcome) String() string {
	var parts []string
	for _, p := range o.Params {
		parts = append(parts, string(p.Path)+p.Fact.String()+p.Type)
	}
	for i, r := range o.Results {
		s := "r" + strconv.Itoa(i) + r.Fact.String()
		for _, a := range r.Alias {
			s += "~" + string(a)
		}
		for _, a := range r.From {
			s += "<" + string(a)
		}
		if r.Other {
			s += "~?"
		}
		if r.Found {
			s += " found"
		}
		if r.Equal[0] != "" {
			s += "=" + string(r.Equal[0]) + "==" + string(r.Equal[1])
			if r.Differ {
				s += "?"
			}
		}
		if r.Over != "" {
			s += " over " + string(r.Over)
			for _, y := range r.Yields {
				s += " yields " + string(y)
			}
		}
		if r.Const != "" {
			s += "=" + r.Const
		}
		if r.Type != "" {
			s += " is " + r.Type
		}
		if s != "r"+strconv.Itoa(i) {
			parts = append(parts, s)
		}
	}
	for _, l := range o.Loans {
		parts = append(parts, "loan "+l.What)
	}
	for _, l := range o.Ended {
		parts = append(parts, "ended "+l.What)
	}
	for _, e := range o.Effects {
		parts = append(parts, e.String())
	}
	for _, p := range o.Left {
		parts = append(parts, "left "+string(p.Path)+p.Fact.String())
	}
	return "{" + strings.Join(parts, "; ") + "}"
}

func (f Fact) String() string {
	var s string
	for i, n := range []string{"=nil", "!=nil", "=true", "=false", "=error?", "=empty", "=filled", "=of none", "=one round"} {
		if f&(1<<i) != 0 {
			s += n
		}
	}
	return s
}

// Releases reports whether p is released on this way out.
func (o Outcome) Releases(p Path) bool {
	return slices.ContainsFunc(o.Effects, func(e Effect) bool { return e.Kind == Release && e.Path == p })
}

// Presumes reports whether this way out is taken only if p is not nil.
func (o Outcome) Presumes(p Path) bool {
	return slices.ContainsFunc(o.Params, func(f ParamFact) bool { return f.Path == p && f.Fact&NotNil != 0 })
}

// LooksUntested reports whether p was looked at before it was found not to be nil.
func (o Outcome) LooksUntested(p Path) bool {
	return slices.ContainsFunc(o.Effects, func(e Effect) bool { return e.Kind == Deref && e.Path == p && e.Way == Untested })
}

// Appends reports whether something was appended to p.
func (o Outcome) Appends(p Path) bool {
	return slices.ContainsFunc(o.Effects, func(e Effect) bool { return e.Kind == Fill && e.Path == p && e.Way == Appended })
}

// Calls reports whether p, a function, is called on this way out.
func (o Outcome) Calls(p Path) bool {
	return slices.ContainsFunc(o.Effects, func(e Effect) bool { return e.Kind == Call && e.Path == p })
}

// Excludes reports whether a caller can tell o from p: a fact of the one
// contradicts one of the other, or other loans are handed out.
func (o Outcome) Excludes(p Outcome) bool {
	return len(o.Loans) != len(p.Loans) || o.ExcludesByArguments(p) || o.ExcludesByResults(p)
}

// ExcludesByResults reports whether what is returned decides between o and p.
func (o Outcome) ExcludesByResults(p Outcome) bool {
	for i, r := range o.Results {
		if i < len(p.Results) && (r.Fact.excludes(p.Results[i].Fact) || r.Const != "" && p.Results[i].Const != "" && r.Const != p.Results[i].Const) {
			return true
		}
	}
	return false
}

// ExcludesByArguments reports whether what was passed decides between o and p.
func (o Outcome) ExcludesByArguments(p Outcome) bool {
	return o.ExcludesAt(p, func(Path) bool { return true })
}

// ExcludesByTruth reports whether a bool or a number among the results decides between o and p.
func (o Outcome) ExcludesByTruth(p Outcome) bool {
	for i, r := range o.Results {
		if i >= len(p.Results) {
			break
		}
		if (r.Fact|p.Results[i].Fact)&(True|False) == True|False || r.Const != "" && p.Results[i].Const != "" && r.Const != p.Results[i].Const {
			return true
		}
	}
	return false
}

// ExcludesByMemory reports whether what parameters lead to, fields, decides
// between o and p.
func (o Outcome) ExcludesByMemory(p Outcome) bool {
	return o.ExcludesAt(p, func(p Path) bool {
		_, _, steps := p.Root()
		return steps != ""
	})
}

// ExcludesAt reports whether o and p find contrary things of one of the paths in question.
func (o Outcome) ExcludesAt(p Outcome, inQuestion func(Path) bool) bool {
	return slices.ContainsFunc(o.Params, func(f ParamFact) bool {
		return inQuestion(f.Path) && slices.ContainsFunc(p.Params, func(g ParamFact) bool {
			if f.IsTest() || g.IsTest() {
				return f.Path == g.Path && f.Type == g.Type && f.Fact.excludes(g.Fact)
			}
			return f.Path == g.Path && (f.Fact.excludes(g.Fact) || f.Type != "" && g.Type != "" && f.Type != g.Type)
		})
	})
}

// excludes reports whether f and g cannot both hold.
func (f Fact) excludes(g Fact) bool {
	both := f | g
	return both&(Nil|NotNil) == Nil|NotNil || both&(True|False) == True|False || both&(Empty|Filled) == Empty|Filled
}

// Equal reports whether two outcomes say the same.
func (o Outcome) Equal(p Outcome) bool {
	return slices.Equal(o.Params, p.Params) && slices.Equal(o.Left, p.Left) && slices.Equal(o.Effects, p.Effects) &&
		slices.EqualFunc(o.Results, p.Results, Result.equal) && slices.EqualFunc(o.Loans, p.Loans, Loan.equal) && slices.EqualFunc(o.Ended, p.Ended, Loan.equal)
}

func (r Result) equal(q Result) bool {
	return r.Fact == q.Fact && r.Other == q.Other && r.Found == q.Found && r.Equal == q.Equal && r.Differ == q.Differ && r.Const == q.Const && r.Type == q.Type &&
		slices.Equal(r.Alias, q.Alias) && slices.Equal(r.From, q.From) && r.Over == q.Over && slices.Equal(r.Yields, q.Yields)
}

// equal leaves out what only messages speak of.
func (l Loan) equal(m Loan) bool {
	return l.Kind == m.Kind && l.Phase == m.Phase && l.What == m.What && l.Cond == m.Cond && l.Op == m.Op && l.Flags == m.Flags &&
		slices.Equal(l.Values, m.Values) && slices.Equal(l.Guards, m.Guards) && slices.Equal(l.Outside, m.Outside) && slices.Equal(l.Owner, m.Owner)
}

// Equal reports whether two summaries say the same; nil is unknown.
func (s *Summary) Equal(t *Summary) bool {
	if s == nil || t == nil {
		return s == t
	}
	return slices.Equal(s.Globals, t.Globals) && slices.EqualFunc(s.Outcomes, t.Outcomes, Outcome.Equal) &&
		slices.EqualFunc(s.Dead, t.Dead, Outcome.Equal)
}

// Lends reports whether a call can begin or end a loan of the caller's.
func (s *Summary) Lends() bool {
	return slices.ContainsFunc(s.Outcomes, func(o Outcome) bool {
		return len(o.Loans)+len(o.Ended) > 0 || slices.ContainsFunc(o.Effects, func(e Effect) bool {
			return e.Kind == Release || e.Kind == Waits && e.Way != ForHolders || e.Kind == Call && e.Args.Lends()
		})
	})
}

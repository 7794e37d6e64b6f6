// Package core keeps the books of an instrumented run: which loans there are, which of
// them have ended, and which accesses were wrong. The instrumented libraries beside it call
// it at each acquisition and release, the programs at each look.
//
// A run is deterministic. All that a program cannot know (its inputs, whether an access is
// given, when a goroutine runs) is a choice, and [Explore] runs the program once for each
// sequence of choices. Everything happens on one goroutine.
package core

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
)

// A Class says in what way an access is wrong.
type Class string

const (
	Right   Class = ""
	Nil     Class = "nil"     // looked at, but not given
	Ended   Class = "ended"   // looked at after its end
	Double  Class = "double"  // released again
	Wrong   Class = "wrong"   // released to another owner than it was taken from
	Empty   Class = "empty"   // there was nothing to release, which does no harm
	Leak    Class = "leak"    // never released, and out of reach
	Escape  Class = "escape"  // within reach after its end
	Waiting Class = "waiting" // waited for by its holder
)

// A Grade says how much a wrong access weighs.
type Grade uint8

const (
	OK        Grade = 1 << iota // right in some run
	Primary                     // the first mistake on its loan in some run: it must be found
	Secondary                   // a later mistake on the same loan: it may be found
	Grey                        // wrong where the assumptions do not hold, after a panic: it may be found
	Beyond                      // wrong behind a mistake that ends the program, had it done no harm: it may be found
)

// An Access is what the runs of one program say of one access: one place, by one chain
// of calls, to one loan.
type Access struct {
	Kind  string // look, release, acquire, wait
	Class Class
	Chain string // the places, innermost first: "file:line func;…"
	Loan  string // where its loan began, as Chain; "" if on none
	Grade Grade
	// After has, for each way in which a run came to it as the first mistake on its loan, the accesses to the
	// loan before it: chains, separated by "|".
	After []string
}

// A Report is what the runs of one program say.
type Report struct {
	Name     string
	Runs     int
	Capped   bool // not all runs were made
	Accesses []Access
	Came     []string // the places at which [Here] was called, innermost only
	Followed []string // where a pointer that is nil was followed, other than by [Look]
}

type accessKey struct {
	kind        string
	class       Class
	chain, loan string
}

// program is what is gathered of one program.
type program struct {
	name   string
	runs   int // without those that went on beyond a mistake
	beyond int // how many did
	limit  int // of either
	capped bool
	came   map[string]bool
	nils   map[string]bool // see Report.Followed
	order  []accessKey
	seen   map[accessKey]*Access
}

// maxWays is how many ways to one mistake are kept, and maxTrail how many accesses of one.
const (
	maxWays  = 16
	maxTrail = 32
)

func (p *program) note(k accessKey, g Grade, l *Loan) {
	a := p.seen[k]
	if a == nil {
		a = &Access{Kind: k.kind, Class: k.class, Chain: k.chain, Loan: k.loan}
		p.order = append(p.order, k)
		p.seen[k] = a
	}
	a.Grade |= g
	if g == Primary && l != nil && len(a.After) < maxWays {
		if after := strings.Join(l.trail, "|"); !slices.Contains(a.After, after) {
			a.After = append(a.After, after)
		}
	}
}

// run is the state of the run that is being made.
type run struct {
	prog      *program
	loans     []*Loan
	pending   []func()
	astray    bool // some panic has begun, or some wait that would never end: what follows is no more than may be found
	completed bool // it returned
	crashed   bool // a look at nil ended the program, or would have
	over      bool // nothing counts any more: the real program would hang here
	beyond    bool // the real program has ended, but goes on here, as though the mistake that ended it had done no harm
	kept      []any
	refused   []string // where accesses were not given
}

var now *run

// abort ends a run that would hang. No program may recover from it.
type abort struct{}

// chain returns the places in generated code on the stack, innermost first.
func chain() string {
	var pcs [64]uintptr
	n := runtime.Callers(3, pcs[:])
	key := string(fmt.Append(nil, pcs[:n]))
	if s, ok := chains[key]; ok {
		return s
	}
	var b strings.Builder
	frames := runtime.CallersFrames(pcs[:n])
	for {
		f, more := frames.Next()
		if i := strings.LastIndex(f.File, marker); i >= 0 {
			if b.Len() > 0 {
				b.WriteByte(';')
			}
			fn := f.Function[strings.LastIndexByte(f.Function, '/')+1:]
			fmt.Fprintf(&b, "%s:%d %s", f.File[i+len(marker):], f.Line, fn)
		}
		if !more {
			break
		}
	}
	s := b.String()
	chains[key] = s
	return s
}

var chains = make(map[string]string)

// marker is the folder in which generated code lies.
var marker = "/twin/gen/"

// SetMarker says in which folder the code lies whose places count, for tests.
func SetMarker(m string) { marker = m }

// judge records an access to l, which may be nil, and marks l if it is wrong.
func judge(kind string, c Class, l *Loan, at string) {
	if now == nil || now.over || now.beyond && (c == Right || c == Empty) {
		return
	}
	k := accessKey{kind: kind, class: c, chain: at}
	if l != nil {
		k.loan = l.began
	}
	now.prog.note(k, grade(c, l), l)
	if l != nil && kind != "acquire" && len(l.trail) < maxTrail && !slices.Contains(l.trail, at) {
		l.trail = append(l.trail, at)
	}
	if c != Right && c != Empty && l != nil {
		l.bad = true
	}
}

func grade(c Class, l *Loan) Grade {
	switch {
	case now.beyond:
		return Beyond
	case c == Right:
		return OK
	case c == Empty || now.astray:
		return Grey
	case l != nil && l.bad:
		return Secondary
	}
	return Primary
}

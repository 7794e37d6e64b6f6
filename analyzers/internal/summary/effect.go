package summary

import (
	"cmp"
	"iter"
	"strconv"
	"strings"
)

// An EffectKind says what a callee does with a value that it was given.
type EffectKind uint8

// The kinds of effect. What their Detail says is said with each.
const (
	Deref    EffectKind = iota + 1 // dereferences Path on every path to this way out; Untested: before it asked whether it is nil
	Release                        // releases Path; Idempotent: as often as one likes
	Moved                          // Path got out of sight
	Store                          // Path is stored at To
	Write                          // something else is stored at Path, an address
	Go                             // Path is handed to a goroutine or channel: ToGoroutine, OnChannel
	Event                          // Method was called on Path
	Waits                          // waits for all accesses that were taken from Path; ForHolders: for who holds Path itself
	Call                           // calls Path, a function, with Args
	Invoke                         // calls Method of Path, an interface
	Join                           // waits for goroutines
	Fill                           // writes to the elements of Path; Appended: beyond its end
	Kept                           // Path stands somewhere in what To leads to
	Late                           // dereferences Path after To was released, or called
	Returned                       // what Path guards goes back to the owner To, or to one that callers have no name for: ""
	Given                          // what Path guards is seen to from here on, where Path holds a value of the type Method
)

// An Effect is one thing that happens to a parameter.
type Effect struct {
	Kind EffectKind
	Path Path
	Detail
	May      bool // on some path only
	ByErrors bool // of Release and Waits, for holders: nothing decides whether it is reached but errors of what the callee calls
}

// Detail is what else is to be said of an effect, by its kind. The zero value says nothing more.
type Detail struct {
	To     Path   // of Store, Kept, Late, Returned; of Write: what was tested or copied; of Deref, Release, Call: the collection to each element of which that is done; of Fill, appended: all that was
	Method string // of Event, Invoke; of Given: a type; of Waits, for holders: the methods by which they hold it, "" is any; of Write: what of To was stored
	Args   Args   // of Call
	Way    Way    // of Deref, Release, Go, Waits, Fill, Call
}

// What a Write may have stored of To, a flag; "==" and "!=" are tests of To for nil.
const (
	Copied  = "="
	Negated = "!"
)

// A Way says how something is done.
type Way uint8

// The ways that differ from the usual one, which is 0.
const (
	Untested    Way = iota + 1 // a look that came before it was asked whether there is something to look at
	Idempotent                 // a release that may be repeated
	ToGoroutine                // handed to a goroutine
	OnChannel                  // sent on a channel
	Appended                   // a write beyond the end
	LastFirst                  // calls of each element, from the last to the first
	AtMostOnce                 // calls that are not repeated, nor come after one another
	ForHolders                 // a wait for who holds Path itself, a lock
)

// String is the way in the words of a message about what was handed over.
func (w Way) String() string {
	return [...]string{"", "untested", "idempotent", "used by a goroutine", "sent on a channel", "append", "last first", "once at most", "for holders"}[w]
}

// When is w where on holds, and the usual way elsewhere.
func (w Way) When(on bool) Way {
	if on {
		return w
	}
	return 0
}

// Args is what a callee calls a function with, as far as its own callers have names for
// that: "0=p1", its first argument is p1; "0:p1", its first argument is lent to it, from p1;
// "0:", from an owner without a name. It is comparable, and empty if nothing is known.
type Args string

// An Arg is one argument of such a call.
type Arg struct {
	Index int
	Path  Path // what it is or, of one that is lent, from whom
	Lent  bool
}

// With is a and one more argument.
func (a Args) With(x Arg) Args {
	sign := "="
	if x.Lent {
		sign = ":"
	}
	s := Args(strconv.Itoa(x.Index) + sign + string(x.Path))
	if a == "" {
		return s
	}
	return a + " " + s
}

// All are the arguments of which something is known.
func (a Args) All() iter.Seq[Arg] {
	return func(yield func(Arg) bool) {
		for f := range strings.FieldsSeq(string(a)) {
			end := strings.IndexAny(f, "=:")
			if end < 0 {
				continue
			}
			n, err := strconv.Atoi(f[:end])
			if err == nil && !yield(Arg{n, Path(f[end+1:]), f[end] == ':'}) {
				return
			}
		}
	}
}

// Lends reports whether something is lent to the function.
func (a Args) Lends() bool {
	for x := range a.All() {
		if x.Lent {
			return true
		}
	}
	return false
}

// Same reports whether e and f are the same but for how certain they are.
func (e Effect) Same(f Effect) bool {
	e.May, e.ByErrors = f.May, f.ByErrors
	return e == f
}

// Compare orders effects; what is certain comes before the same that is not.
func (e Effect) Compare(f Effect) int {
	rank := func(e Effect) (n int) {
		if e.May {
			n += 2
		}
		if e.ByErrors {
			n++
		}
		return n
	}
	return cmp.Or(cmp.Compare(e.Kind, f.Kind), cmp.Compare(e.Path, f.Path), cmp.Compare(e.To, f.To), cmp.Compare(e.Method, f.Method),
		cmp.Compare(e.Args, f.Args), cmp.Compare(e.Way, f.Way), cmp.Compare(rank(e), rank(f)))
}

func (e Effect) String() string {
	names := [...]string{"?", "deref", "release", "moved", "store", "write", "go", "event", "waits", "call", "invoke", "join", "fill", "kept", "late", "returned", "given"}
	s := names[e.Kind] + " " + string(e.Path) + e.Detail.String()
	if e.May {
		s += "?"
	}
	if e.ByErrors {
		s += " unless it fails"
	}
	return s
}

// String is what d says, each after a space.
func (d Detail) String() (s string) {
	for _, text := range []string{string(d.To), d.Method, string(d.Args), d.Way.String()} {
		if text != "" {
			s += " " + text
		}
	}
	return s
}

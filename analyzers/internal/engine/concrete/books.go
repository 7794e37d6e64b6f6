package concrete

import (
	"golang.org/x/tools/go/ssa"
)

// An entry is what the books have on one loan: an attempt at an access, and what came of it.
type entry struct {
	began map[ssa.Instruction]int // the calls under which it began, and which execution of each that was
	given bool
	ended bool
	value any // what was given, an address
	guard any
	owner *entry // with which it ends, too
}

func (e *entry) over() bool { return e.ended || e.owner != nil && e.owner.over() }

// primitives are the functions with a contract, as runs do them. Each is called with its
// arguments, the receiver first.
var primitives = map[string]func(*Run, []any) any{
	"(*p.Handle).Access": func(r *Run, _ []any) any {
		e := r.begin(r.Choose(2) == 0)
		if !e.given {
			return tuple{nil, nil}
		}
		e.value, e.guard = r.object("Res"), r.object("Guard")
		return tuple{e.value, e.guard}
	},
	"(*p.Handle).Open": func(r *Run, _ []any) any {
		e := r.begin(r.Choose(2) == 0)
		if !e.given {
			return tuple{nil, r.failure()}
		}
		e.value = r.object("Conn")
		e.guard = e.value
		return tuple{e.value, nil}
	},
	"(*p.Handle).Try": func(r *Run, _ []any) any {
		e := r.begin(r.Choose(2) == 0)
		if !e.given {
			return tuple{nil, false}
		}
		e.value = r.object("Lease")
		e.guard = e.value
		return tuple{e.value, true}
	},
	"(*p.Conn).Part": func(r *Run, args []any) any {
		r.mustNot(args[0] == nil)
		e := r.begin(true)
		e.value, e.owner = r.object("Part"), r.guarded(args[0])
		return e.value
	},
	"(*p.Guard).Release": release,
	"(*p.Conn).Close":    release,
	"(*p.Lease).Return":  release,
}

func release(r *Run, args []any) any {
	r.mustNot(args[0] == nil)
	if e := r.guarded(args[0]); e != nil {
		e.ended = true
	}
	return nil
}

// begin opens an entry.
func (r *Run) begin(given bool) *entry {
	e := &entry{began: make(map[ssa.Instruction]int), given: given}
	for _, c := range r.calls {
		e.began[c] = r.times[c]
	}
	r.entries = append(r.entries, e)
	return e
}

// guarded is the loan of which g is the guard; nil if there is none.
func (r *Run) guarded(g any) *entry {
	for _, e := range r.entries {
		if e.guard == g && g != nil {
			return e
		}
	}
	return nil
}

// on is the loan that p is a value of; nil if there is none.
func (r *Run) on(p any) *entry {
	for _, e := range r.entries {
		if e.value == p && p != nil {
			return e
		}
	}
	return nil
}

// object is a new object of the type so called.
func (r *Run) object(name string) any {
	p := new(any)
	*p = zero(r.pkg.Type(name).Type())
	return p
}

// failure is an error.
func (r *Run) failure() any {
	t := r.pointerTo("Fail")
	return iface{t.String(), t, r.object("Fail")}
}

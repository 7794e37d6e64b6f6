package loan

import (
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/summary"
)

// unknown is a call of which nothing is known: it may keep, release or send
// away all that it can reach, so what it can reach is no longer followed.
func (in *interpreter) unknown(st *state, c *callSite) []returned {
	if endsByName(c) {
		return nil
	}
	lent := in.lentArgs(st, c)
	invoked := c.instr.Common().IsInvoke() && c.hasRecv && len(c.args) > 0
	for i, a := range c.args {
		if i == 0 && invoked && (in.invokes(st, a, c) || in.isHandleType(c.argTypes[0])) {
			continue
		}
		if sliceOf(c.argTypes[i]) != nil {
			in.look(st, a, c.site()) // nobody is given bytes not to read them
		}
		in.letGo(st, a, c)
	}
	for _, a := range c.captures {
		in.letGo(st, a, c)
	}
	for _, s := range c.callee {
		if invoked {
			break // the callee is the receiver
		}
		if p, ok := s.path(); ok && s.kind != symDerived {
			st.affect(summary.Call, p, lent, c.pos)
		} else if s.kind != symFunc {
			in.letGo(st, value{s}, c)
		}
	}
	switch { // a method call looks at its receiver; one of a pointer may look whether it is nil
	case isStatus(c.obj):
	case invoked:
		in.use(st, c.args[0], c.site())
	case c.hasRecv && len(c.args) > 0:
		in.look(st, c.args[0], c.site())
	}
	if c.obj != nil && ends(c.obj.Name()) {
		in.joined(st)
	}
	for s := range st.mem.all() {
		if s.object().kind == symGlobal {
			st.mem.set(s, cell{v: value{in.overwrittenAt(c.site(), s)}, pos: st.mem.at(s).pos})
		}
	}
	return []returned{{st: st, results: in.freshResults(c)}}
}

// isHandleType reports whether values of type t have a method that releases
// them: the other methods leave that to it.
func (in *interpreter) isHandleType(t types.Type) bool {
	n, ok := types.Unalias(deref(t)).(*types.Named)
	return ok && in.isHandle(n)
}

// isStatus reports whether a method tells how it went, as Err and Error do:
// they are there to be asked at the end, too.
func isStatus(obj types.Object) bool {
	f, ok := obj.(*types.Func)
	return ok && (f.Name() == "Err" || f.Name() == "Error") && f.Signature().Params().Len() == 0
}

// endsByName reports whether c calls a method through an interface that by
// its name does not return: test helpers and loggers declare interfaces of
// their own for what testing.T and loggers implement.
func endsByName(c *callSite) bool {
	if c.obj == nil || !c.instr.Common().IsInvoke() {
		return false
	}
	switch c.obj.Name() {
	case "FailNow", "Fatal", "Fatalf", "Fatalln", "SkipNow":
		return true
	}
	return false
}

// invokes notes that a method of v, which the caller passed, is called: the
// caller may know which. It reports whether that is all there is to say.
func (in *interpreter) invokes(st *state, v value, c *callSite) bool {
	s := v.one()
	if s == nil || len(in.guardedBy(st, s)) > 0 {
		return false
	}
	p, ok := s.path()
	if ok {
		st.affect(summary.Invoke, p, c.obj.Name(), c.pos)
	}
	return ok
}

// lentArgs lists the arguments of a call of a function that the caller
// passed which are on loan here: by index, and after a colon what they were
// taken from.
func (in *interpreter) lentArgs(st *state, c *callSite) string {
	var out []string
	for i, a := range c.args {
		s := a.one()
		if s == nil {
			continue
		}
		for _, l := range s.allLoans() {
			stand, ok := st.loans.get(l)
			if !ok || stand.phase != live || stand.unsure || l.kind == mayNil {
				continue
			}
			from := ""
			if o := stand.owner.one(); o != nil {
				p, _ := o.path()
				from = string(p)
			}
			out = append(out, strconv.Itoa(i)+":"+from)
			break
		}
	}
	return strings.Join(out, " ")
}

// havoc marks what a cell holds after unknown code could write to it.
type havoc struct {
	site any
	cell int
}

// letGo gives v to code that is not followed, and that may change what it reaches.
func (in *interpreter) letGo(st *state, v value, c *callSite) {
	for _, s := range in.share(st, v, c) {
		if !isPointer(s.typ) || isReadOnlyElsewhere(s.object()) {
			continue
		}
		o := s.object()
		for a := range st.mem.all() {
			if isWithin(a, s) && (in.holdsLoan(st, st.mem.at(a).v) || o.kind == symAlloc || o.kind == symParam || isBoolean(deref(a.typ))) {
				st.mem.set(a, cell{v: value{in.overwrittenAt(c.site(), a)}, pos: st.mem.at(a).pos})
			}
		}
	}
}

// share gives v to code that is not followed but that only runs later: it
// returns what that code can reach.
func (in *interpreter) share(st *state, v value, c *callSite) (reached []*symbol) {
	in.moveGuards(st, v)
	st.reach(v, func(s *symbol) {
		reached = append(reached, s)
		if p, ok := s.path(); ok && isReference(s.typ) {
			st.affect(summary.Moved, p, "", c.pos)
		}
		for l, stand := range st.loans.all() {
			if stand.phase == unchecked && l.cond.one() == s && !stand.asked {
				stand.asked = true
				st.loans.set(l, stand)
			}
			if l.kind == implicit && l.isOfMemory() && l.key.site != any(s) && l.key.site.(*symbol).isLoadedFrom(s) {
				stand.unsure = true // something else may stand there by now
				st.loans.set(l, stand)
			}
			if l.kind == lent && in.takenFrom(st, stand.owner, s, 0) || l.kind == borrowed && stand.owner.has(s) && len(l.until) > 0 && stand.phase == live {
				stand.unsure = true
				st.loans.set(l, stand)
			}
		}
	})
	for _, s := range reached {
		if o := s.object(); o.kind == symAlloc && isPointer(s.typ) {
			st.spilled.set(o, true)
		}
	}
	return reached
}

// isLoadedFrom reports whether s was reached from x.
func (s *symbol) isLoadedFrom(x *symbol) bool {
	for ; s != nil; s = s.key.base {
		if s == x {
			return true
		}
	}
	return false
}

// isWithin reports whether the address a is s, or of a part of what s points
// to: who has a pointer to a field cannot get at the fields beside it.
func isWithin(a, s *symbol) bool {
	for ; a != nil; a = a.key.base {
		if a == s {
			return true
		}
		if a.kind != symAddr {
			return false
		}
	}
	return false
}

// isReadOnlyElsewhere reports whether o is a variable that only its own
// function writes: others see it through closures that read it.
func isReadOnlyElsewhere(o *symbol) bool {
	v, ok := o.key.site.(*ssa.Alloc)
	return ok && v.Heap && readsOnly(v, true)
}

// readsOnly reports whether all that is done with the address v is to load
// from it, and, where mayStore is set, to store there.
func readsOnly(v ssa.Value, mayStore bool) bool {
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.UnOp, *ssa.DebugRef:
		case *ssa.Store:
			if r.Val == v || !mayStore {
				return false
			}
		case *ssa.FieldAddr:
			if !readsOnly(r, mayStore) {
				return false
			}
		case *ssa.MakeClosure:
			for n, b := range r.Bindings {
				if b == v && !readsOnly(r.Fn.(*ssa.Function).FreeVars[n], false) {
					return false
				}
			}
		default:
			return false
		}
	}
	return true
}

func (in *interpreter) holdsLoan(st *state, v value) bool {
	for _, s := range v {
		if len(s.allLoans()) > 0 {
			return true
		}
	}
	return false
}

func isPointer(t types.Type) bool {
	if t == nil {
		return false
	}
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Interface, *types.Map, *types.Slice, *types.Chan, *types.Signature:
		return true
	}
	return false
}

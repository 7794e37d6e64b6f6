package domain

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// What a condition may have been worked out from. A test of err is followed exactly; a test of what a map, a counter or an answer of a
// callee says of err is not: then a way out of the branch is perhaps none, for what is known of err.

// An Influence is all that a value may have been worked out from within its function: a backward slice (Weiser, "Program slicing",
// 1981). It is more than that, for it asks neither in which order things are stored nor what has become of what was stored before.
type Influence struct {
	direct map[ssa.Value]bool       // by operators and calls alone
	all    map[ssa.Value]bool       // by way of memory, joins and branches, too
	by     map[*ssa.BasicBlock]bool // the branches that decide what it is
}

// Reaches reports whether the value was perhaps worked out from v, and, where indirectly is set, not by operators and calls alone.
func (i *Influence) Reaches(v ssa.Value, indirectly bool) bool {
	return i.all[v] || !indirectly && i.direct[v]
}

// DecidedWith reports whether a branch that decides what the value is decides whether b is reached, too, on the way to the place at.
func (f *Flow) DecidedWith(i *Influence, b, at *ssa.BasicBlock) bool {
	return len(i.by) > 0 && slices.ContainsFunc(f.deciders(b, at), func(d *ssa.BasicBlock) bool { return i.by[d] })
}

// InfluenceOn is what the values that the branch at the end of the block at may ask of were worked out from; nil if nothing is known of that.
// Which values came to a join says known, where a state knows it.
func (f *Flow) InfluenceOn(values Value, at *ssa.BasicBlock, known func(*ssa.Phi) (Value, bool)) *Influence {
	var starts []ssa.Value
	for _, s := range values {
		starts = f.madeAt(s, starts)
	}
	if len(starts) == 0 {
		return nil
	}
	out := &Influence{make(map[ssa.Value]bool), make(map[ssa.Value]bool), make(map[*ssa.BasicBlock]bool)}
	sl := &slicer{f: f, to: out, at: at, known: known}
	for _, v := range starts {
		sl.operands(v, false)
	}
	return out
}

// madeAt are the instructions of the function that made s, or the operands of s, a comparison.
func (f *Flow) madeAt(s *Symbol, out []ssa.Value) []ssa.Value {
	switch {
	case s == nil || s.Kind == SymConst:
	case s.Kind == SymCompare:
		out = f.madeAt(s.Key.With, f.madeAt(s.Key.Base, out))
	default:
		v, ok := siteOf(s.Root().Key.Site).(ssa.Value)
		if e, isExtract := v.(*ssa.Extract); isExtract {
			v = e.Tuple
		}
		if _, isInstr := v.(ssa.Instruction); ok && isInstr && v.Parent() == f.fn && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// A slicer collects an influence. What it reaches from a value by way of memory, joins and branches is indirect. The branches that decide
// what a callee is given do not decide what it answers.
type slicer struct {
	f       *Flow
	to      *Influence
	at      *ssa.BasicBlock // the block of the branch
	known   func(*ssa.Phi) (Value, bool)
	answers int // how many calls it is behind
}

func (s *slicer) value(v ssa.Value, indirect bool) {
	set := s.to.direct
	if indirect {
		set = s.to.all
	}
	if v == nil || set[v] || s.to.all[v] || v.Parent() != s.f.fn {
		return
	}
	set[v] = true
	s.operands(v, indirect)
}

// operands goes on to what v is worked out from.
func (s *slicer) operands(v ssa.Value, indirect bool) {
	switch v := v.(type) {
	case *ssa.Phi:
		if values, ok := s.known(v); ok {
			for _, x := range values {
				for _, m := range s.f.madeAt(x, nil) {
					if m != ssa.Value(v) {
						s.value(m, true)
					}
				}
			}
			return
		}
		for n, e := range v.Edges {
			s.value(e, true)
			if p := v.Block().Preds[n]; !v.Block().Dominates(p) { // what an earlier round decided is not asked for
				s.decided(p)
			}
		}
	case *ssa.UnOp:
		if v.Op == token.MUL || v.Op == token.ARROW {
			s.memory(v.X)
			return
		}
		s.value(v.X, indirect)
	case *ssa.Lookup:
		s.memory(v.X)
		s.value(v.Index, true)
	case *ssa.Select:
		for _, c := range v.States {
			s.memory(c.Chan)
		}
	case *ssa.Alloc, *ssa.MakeMap, *ssa.MakeChan, *ssa.MakeSlice:
		s.memory(v)
	case ssa.Instruction:
		if _, isCall := v.(ssa.CallInstruction); isCall {
			s.answers++
			defer func() { s.answers-- }()
		}
		for _, o := range v.Operands(nil) {
			if *o != nil {
				s.value(*o, indirect)
			}
		}
	}
}

// memory goes on to what was put at a, or into it, a variable or a collection that was made in the function.
func (s *slicer) memory(a ssa.Value) {
	field := -1
	for {
		switch x := a.(type) {
		case *ssa.FieldAddr:
			a, field = x.X, x.Field
			continue
		case *ssa.IndexAddr:
			a, field = x.X, -1
			continue
		case *ssa.Slice:
			a, field = x.X, -1
			continue
		case *ssa.UnOp: // a map or a pointer that stands in a variable
			s.value(x, true)
			return
		}
		break
	}
	switch a.(type) {
	case *ssa.Alloc, *ssa.MakeMap, *ssa.MakeChan, *ssa.MakeSlice:
	default:
		s.value(a, true)
		return
	}
	if !s.to.all[a] {
		s.to.all[a] = field < 0
		s.stores(a, field)
	}
}

// stores goes on to what was put at a or in a part of it: in that field, if it is not negative.
func (s *slicer) stores(a ssa.Value, field int) {
	for _, r := range *a.Referrers() {
		switch r := r.(type) {
		case *ssa.FieldAddr:
			if field < 0 || r.Field == field {
				s.stores(r, -1)
			}
		case *ssa.IndexAddr, *ssa.Slice:
			s.stores(r.(ssa.Value), -1)
		case *ssa.Store:
			if r.Addr == a {
				s.put(r, r.Val)
			}
		case *ssa.MapUpdate:
			s.put(r, r.Key, r.Value)
		case *ssa.Send:
			s.put(r, r.X)
		case *ssa.Call:
			s.put(r, r.Call.Args...)
		}
	}
}

func (s *slicer) put(by ssa.Instruction, values ...ssa.Value) {
	for _, v := range values {
		s.value(v, true)
	}
	s.decided(by.Block())
}

// decided goes on to the branches that decide whether b is reached, and to what they ask.
func (s *slicer) decided(b *ssa.BasicBlock) {
	for _, d := range s.f.deciders(b, s.at) {
		if _, known := s.to.by[d]; known && (s.to.by[d] || s.answers > 0) {
			continue
		}
		s.to.by[d] = s.answers == 0
		if i, ok := d.Instrs[len(d.Instrs)-1].(*ssa.If); ok {
			s.value(i.Cond, true)
		}
	}
}

// deciders are the branches that decide whether b is reached, and from more than one way out of which one comes to the place at in the
// same round of the loops around them. Those that decide how often a loop has run are not among them.
func (f *Flow) deciders(b, at *ssa.BasicBlock) []*ssa.BasicBlock {
	key := [2]*ssa.BasicBlock{b, at}
	out, known := f.decide[key]
	if known {
		return out
	}
	if b.Dominates(at) { // all ways to the place lead through it
		return nil
	}
	here := onwardTo(at)
	there := onwardTo(b)
	f.HangsOnAny(b, func(d *ssa.BasicBlock, _ ssa.Value) bool {
		ways := 0
		for _, to := range d.Succs {
			if here[to] && !to.Dominates(d) {
				ways++
			}
		}
		if l := f.loops().innermost[d]; ways > 1 && there[d] && (l == nil || l.blocks[at]) {
			out = append(out, d)
		}
		return false
	})
	if f.decide == nil {
		f.decide = make(map[[2]*ssa.BasicBlock][]*ssa.BasicBlock)
	}
	f.decide[key] = out
	return out
}

// onwardTo are the blocks from which ways lead to b on which no loop begins another round.
func onwardTo(b *ssa.BasicBlock) map[*ssa.BasicBlock]bool {
	from := map[*ssa.BasicBlock]bool{b: true}
	for work := []*ssa.BasicBlock{b}; len(work) > 0; {
		x := work[len(work)-1]
		work = work[:len(work)-1]
		for _, p := range x.Preds {
			if !x.Dominates(p) && !from[p] {
				from[p] = true
				work = append(work, p)
			}
		}
	}
	return from
}

// DoneWith are the blocks with calls to which what the call site answers is passed, perhaps from a variable.
func (f *Flow) DoneWith(site ssa.Instruction) []*ssa.BasicBlock {
	out, known := f.doneWith[site]
	if known {
		return out
	}
	seen := make(map[ssa.Value]bool)
	var follow func(v ssa.Value)
	follow = func(v ssa.Value) {
		if v == nil || seen[v] || v.Referrers() == nil {
			return
		}
		seen[v] = true
		for _, r := range *v.Referrers() {
			switch r := r.(type) {
			case ssa.CallInstruction:
				out = append(out, r.Block())
			case *ssa.Store:
				if r.Val == v {
					follow(r.Addr)
				}
			case *ssa.Extract:
				if !gotypes.IsError(r.Type()) {
					follow(r)
				}
			case *ssa.Phi, *ssa.UnOp, *ssa.MakeInterface, *ssa.ChangeInterface, *ssa.ChangeType, *ssa.FieldAddr, *ssa.MakeClosure:
				follow(r.(ssa.Value))
			}
		}
	}
	if v, ok := site.(ssa.Value); ok {
		follow(v)
	}
	if f.doneWith == nil {
		f.doneWith = make(map[ssa.Instruction][]*ssa.BasicBlock)
	}
	f.doneWith[site] = out
	return out
}

// BlockAt is the block with the call at pos; nil if there is none in the function.
func (f *Flow) BlockAt(pos token.Pos) *ssa.BasicBlock {
	if f.callsAt == nil {
		f.callsAt = make(map[token.Pos]*ssa.BasicBlock)
		for _, b := range f.fn.Blocks {
			for _, i := range b.Instrs {
				if c, ok := i.(ssa.CallInstruction); ok {
					f.callsAt[c.Pos()] = b
				}
			}
		}
	}
	return f.callsAt[pos]
}

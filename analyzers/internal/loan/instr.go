package loan

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/summary"
)

// instr executes one instruction and returns the states after it: none where
// the path ends, several where a call has several ways out.
func (in *interpreter) instr(st *state, i ssa.Instruction) []*state {
	if len(st.frames) > 1 || in.flowOf(i.Parent()).cyclic[i.Block()] {
		in.renew(st, i)
	}
	switch i := i.(type) {
	case *ssa.Call:
		return in.call(st, i)
	case *ssa.Defer:
		in.pushDefer(st, i)
	case *ssa.RunDefers:
		return in.runDefers(st)
	case *ssa.Go:
		return in.goStmt(st, i)
	case *ssa.Send:
		in.handOver(st, in.eval(st, i.X), i, "sent on a channel")
	case *ssa.Store:
		in.store(st, i)
	case *ssa.MapUpdate:
		m := in.eval(st, i.Map)
		in.use(st, m, i)
		v := in.eval(st, i.Value)
		in.keep(st, in.elements(m, i.Value.Type()), v, i)
		// A string is a copy, unless a contract says that it borrows (decision 29).
		if k := in.eval(st, i.Key); !isString(i.Key.Type()) || in.holdsLoan(st, k) {
			in.keep(st, in.elements(m, i.Key.Type()), k, i)
		}
	case *ssa.DebugRef, *ssa.If, *ssa.Jump, *ssa.Return, *ssa.Panic:
	case *ssa.Select:
		return in.selectStmt(st, i)
	case ssa.Value:
		st.top().env.set(i, in.bounded(i, in.operation(st, i), i.Type()))
	}
	return []*state{st}
}

// operation is the value of an instruction that has no effect but that.
func (in *interpreter) operation(st *state, i ssa.Value) value {
	switch i := i.(type) {
	case *ssa.Alloc:
		s := in.intern(symbolKey{kind: symAlloc, site: i}, i.Type(), nil)
		st.forgetParts(s)
		st.mem.delete(s)
		return value{s}
	case *ssa.FieldAddr:
		base := in.eval(st, i.X)
		in.use(st, base, i)
		var out value
		for _, b := range base {
			if !b.isNil() {
				out = out.union(value{in.address(b, i.Field, i.Type())})
			}
		}
		return out
	case *ssa.IndexAddr:
		base := in.eval(st, i.X)
		in.useElement(st, base, i)
		return in.elements(base, deref(i.Type()))
	case *ssa.Field:
		return st.part(in.machine, in.eval(st, i.X), i.Field, i.Type())
	case *ssa.Index:
		return in.derive(st, i, in.eval(st, i.X))
	case *ssa.UnOp:
		return in.unop(st, i)
	case *ssa.BinOp:
		return in.binop(st, i)
	case *ssa.ChangeType, *ssa.ChangeInterface:
		return in.eval(st, *i.(ssa.Instruction).Operands(nil)[0])
	case *ssa.MakeInterface:
		return in.eval(st, i.X)
	case *ssa.TypeAssert:
		v := in.typed(in.eval(st, i.X), i)
		if i.CommaOk {
			st.top().tuples.set(i, []value{v, {in.fresh(i, 1, types.Typ[types.Bool])}})
			return nil
		}
		return v
	case *ssa.Convert, *ssa.MultiConvert:
		x := *i.(ssa.Instruction).Operands(nil)[0]
		return in.convert(st, i, x)
	case *ssa.Slice:
		base := in.eval(st, i.X)
		if _, ok := i.X.Type().Underlying().(*types.Pointer); ok {
			in.use(st, base, i)
		}
		if i.Low == nil && i.High == nil && i.Max == nil {
			return base
		}
		if c, ok := i.Max.(*ssa.Const); ok && c.Int64() == 0 {
			return value{in.nilSymbol()} // s[:0:0]: appending to it copies
		}
		if c, ok := i.High.(*ssa.Const); ok && c.Int64() == 0 {
			in.overwritten(st, base, i)
		}
		return in.reslice(st, i, base)
	case *ssa.SliceToArrayPointer:
		return in.eval(st, i.X)
	case *ssa.Extract:
		if t, ok := st.top().tuples.get(i.Tuple); ok && i.Index < len(t) {
			return t[i.Index]
		}
		return value{in.fresh(i.Tuple, i.Index, i.Type())}
	case *ssa.MakeClosure:
		return in.closure(st, i)
	case *ssa.MakeMap, *ssa.MakeSlice, *ssa.MakeChan:
		return value{in.intern(symbolKey{kind: symAlloc, site: i}, i.Type(), nil)}
	case *ssa.Lookup:
		return in.lookup(st, i)
	case *ssa.Range:
		in.use(st, in.eval(st, i.X), i)
		return in.eval(st, i.X)
	case *ssa.Next:
		return in.next(st, i)
	}
	return value{in.fresh(i, 0, i.Type())}
}

func (in *interpreter) unop(st *state, i *ssa.UnOp) value {
	x := in.eval(st, i.X)
	switch i.Op {
	case token.MUL:
		in.use(st, x, i)
		v := st.load(in.machine, i, x, i.Type())
		if !isOnlyMeasured(i) {
			in.readStale(st, x, v)
		}
		return v
	case token.ARROW:
		in.received(st, x)
		if i.CommaOk {
			st.top().tuples.set(i, []value{{in.fresh(i, 0, tupleAt(i.Type(), 0))}, {in.fresh(i, 1, types.Typ[types.Bool])}})
			return nil
		}
	case token.NOT:
		if s := x.one(); s != nil {
			if known, is := in.truth(st, s); known && s.kind == symConst {
				return value{in.boolean(!is)}
			}
			return value{in.intern(symbolKey{kind: symCompare, op: token.NOT, base: s}, i.Type(), nil)}
		}
	}
	return value{in.fresh(i, 0, i.Type())}
}

// isOnlyMeasured reports whether all that is asked of the slice v is how long
// it is, or whether it is nil: that is the program's own, and not in memory
// that is on loan.
func isOnlyMeasured(v ssa.Value) bool {
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef:
		case *ssa.Call:
			b, ok := r.Call.Value.(*ssa.Builtin)
			if !ok || b.Name() != "len" && b.Name() != "cap" {
				return false
			}
		case *ssa.BinOp:
			if x, ok := r.X.(*ssa.Const); ok && x.IsNil() {
				continue
			}
			if y, ok := r.Y.(*ssa.Const); !ok || !y.IsNil() {
				return false
			}
		default:
			return false
		}
	}
	return true
}

func (in *interpreter) binop(st *state, i *ssa.BinOp) value {
	x, y := in.eval(st, i.X), in.eval(st, i.Y)
	switch i.Op {
	case token.EQL, token.NEQ:
		if isString(i.X.Type()) {
			in.use(st, x, i)
			in.use(st, y, i)
		}
		return in.compare(st, i, x, y)
	case token.LSS, token.LEQ, token.GTR, token.GEQ:
		a, b := constantOf(x), constantOf(y)
		if a != nil && b != nil {
			return value{in.boolean(constant.Compare(a, i.Op, b))}
		}
	}
	if isString(i.X.Type()) { // concatenation reads both, and copies
		in.use(st, x, i)
		in.use(st, y, i)
	}
	return value{in.fresh(i, 0, i.Type())}
}

// elements are the elements of the slices, maps or arrays in base.
func (in *interpreter) elements(base value, t types.Type) value {
	var out value
	for _, b := range base {
		if !b.isNil() {
			out = out.union(value{in.address(b, elementIndex, types.NewPointer(t))})
		}
	}
	return out
}

// overwritten forgets the elements of v, of which s[:0] is taken: what is
// appended to that stands in their place. That is how a slice is filtered.
func (in *interpreter) overwritten(st *state, v value, by any) {
	arrays := make(map[*symbol]bool)
	var add func(value)
	add = func(v value) {
		for _, s := range v {
			if !arrays[s] {
				arrays[s] = true
				add(s.sources)
			}
		}
	}
	add(v)
	for a, c := range st.mem.all() {
		if a.key.index == elementIndex && a.kind == symAddr && arrays[a.key.base] {
			st.mem.set(a, cell{value{in.overwrittenAt(by, a)}, c.pos, c.by})
		}
	}
}

// A cut is how much of a slice a reslice of it is.
type cut uint8

const (
	uncut   cut = iota
	cutTail     // starts where it started
	cutSomewhere
	cutHead // starts elsewhere
)

// reslice is a part of base: it releases what base does, where the contract
// takes parts.
func (in *interpreter) reslice(st *state, i *ssa.Slice, base value) value {
	v := in.derive(st, i, base)
	d := v.one()
	if d == nil || d.kind != symDerived {
		return v
	}
	c := cutTail
	if i.Low != nil {
		c = cutSomewhere
		if k := constantOf(in.eval(st, i.Low)); k != nil {
			c = cutTail
			if constant.Sign(k) > 0 {
				c = cutHead
			}
		}
	}
	for _, s := range base {
		for _, l := range s.guards {
			attach(&d.guards, l)
		}
		c = max(c, s.cut)
	}
	d.cut = max(d.cut, c)
	return v
}

// derive is what i computes from v: it is on the loans of v.
func (in *interpreter) derive(st *state, i ssa.Value, v value) value {
	if s := v.one(); s != nil && (s.isNil() || s.kind == symAlloc && !isString(i.Type())) {
		return v
	}
	for _, s := range v {
		if len(s.allLoans()) > 0 || s.root().kind == symParam || s.root().kind == symAlloc {
			d := in.derived(i, v, i.Type())
			in.shareElements(st, d, v)
			return value{d}
		}
	}
	return value{in.fresh(i, 0, i.Type())}
}

// shareElements makes the elements of v visible through d, a slice of it.
func (in *interpreter) shareElements(st *state, d *symbol, v value) {
	for _, s := range v {
		for a, c := range st.mem.all() {
			if a.kind == symAddr && a.key.base == s && a.key.index == elementIndex {
				e := in.address(d, elementIndex, a.typ)
				old := st.mem.at(e)
				st.mem.set(e, cell{in.bounded(e, old.v.union(c.v), deref(e.typ)), c.pos, c.by})
			}
		}
	}
}

// convert is a conversion: bytes to a string or back are copied, numbers that
// are on loan stay so, everything else is the same thing by another name.
func (in *interpreter) convert(st *state, i ssa.Value, x ssa.Value) value {
	v := in.eval(st, x)
	from, to := x.Type().Underlying(), i.Type().Underlying()
	if p, ok := from.(*types.Pointer); ok && isUnsafePointer(to) && types.IsInterface(p.Elem()) {
		in.takeApart(st, v, i)
	}
	if isString(from) != isString(to) {
		in.use(st, v, i.(ssa.Instruction))
		return value{in.fresh(i, 0, i.Type())}
	}
	for _, s := range v {
		if len(s.allLoans()) > 0 || isNillable(from) {
			return v
		}
	}
	if s := v.one(); s != nil && s.kind == symConst {
		return v
	}
	return value{in.fresh(i, 0, i.Type())}
}

// takeApart is the address of an interface variable that is made unsafe: that
// is how package reflect gets at what stands in it, and who uses the one may
// write to the other.
func (in *interpreter) takeApart(st *state, addrs value, site ssa.Value) {
	for _, a := range addrs {
		if a.isNil() {
			continue
		}
		v := st.at(in.machine, a)
		in.moveGuards(st, v)
		st.reach(v, func(s *symbol) {
			if p, ok := s.path(); ok && isReference(s.typ) {
				st.affect(summary.Moved, p, "", site.Pos())
			}
			if s.kind == symAlloc {
				st.spilled.set(s, true)
			}
		})
	}
}

// typed drops from v what cannot be of the type that is asserted.
func (in *interpreter) typed(v value, i *ssa.TypeAssert) value {
	if types.IsInterface(i.AssertedType) {
		return v
	}
	if s := v.one(); s != nil {
		if a, ok := in.asserted[s]; ok && slices.Contains(a.types, types.TypeString(i.AssertedType, nil)) {
			d := in.derived(i, v, i.AssertedType)
			attach(&d.loans, a.loan)
			return value{d}
		}
	}
	var out value
	for _, s := range v {
		if s.typ == nil || types.IsInterface(s.typ) || types.Identical(s.typ, i.AssertedType) || s.kind == symFresh || s.kind == symContent || s.kind == symDerived {
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		return value{in.fresh(i, 0, i.AssertedType)}
	}
	return out
}

func (in *interpreter) lookup(st *state, i *ssa.Lookup) value {
	base := in.eval(st, i.X)
	in.use(st, base, i)
	t := i.Type()
	if i.CommaOk {
		t = tupleAt(t, 0)
	}
	var v value
	if isString(i.X.Type()) {
		v = value{in.fresh(i, 0, t)}
	} else {
		v = in.bounded(i, st.load(in.machine, i, in.elements(base, t), t), t)
	}
	if i.CommaOk {
		st.top().tuples.set(i, []value{v, {in.fresh(i, 1, types.Typ[types.Bool])}})
		return nil
	}
	return v
}

func (in *interpreter) next(st *state, i *ssa.Next) value {
	ok := value{in.fresh(i, 0, types.Typ[types.Bool])}
	kt, vt := tupleAt(i.Type(), 1), tupleAt(i.Type(), 2)
	k, v := value{in.fresh(i, 1, kt)}, value{in.fresh(i, 2, vt)}
	if !i.IsString && vt != types.Typ[types.Invalid] {
		v = in.bounded(i, st.load(in.machine, i, in.elements(in.eval(st, i.Iter), vt), vt), vt)
	}
	st.top().tuples.set(i, []value{ok, k, v})
	return nil
}

// selectStmt goes each of the ways that a select statement can go.
func (in *interpreter) selectStmt(st *state, i *ssa.Select) []*state {
	t := i.Type().(*types.Tuple)
	way := func(st *state, n int) *state {
		vals := []value{{in.integer(int64(n), t.At(0).Type())}}
		for k := 1; k < t.Len(); k++ {
			vals = append(vals, value{in.fresh(i, k, t.At(k).Type())})
		}
		st.top().tuples.set(i, vals)
		return st
	}
	var out []*state
	for n, s := range i.States {
		branch := way(st.clone(), n)
		if s.Dir == types.SendOnly {
			in.handOverAt(branch, in.eval(branch, s.Send), s.Pos, "sent on a channel")
		} else {
			in.received(branch, in.eval(branch, s.Chan))
		}
		out = append(out, branch)
	}
	if !i.Blocking {
		out = append(out, way(st, -1))
	}
	return out
}

// closure is a function literal with what it captures.
func (in *interpreter) closure(st *state, i *ssa.MakeClosure) value {
	s := in.intern(symbolKey{kind: symFunc, site: i}, i.Type(), nil)
	for n, b := range i.Bindings {
		slot := in.field(s, captureIndex-n, b.Type())
		st.mem.set(slot, cell{v: in.eval(st, b), pos: i.Pos(), by: i})
	}
	return value{s}
}

// captured is what the n-th capture of the closure s is.
func (in *interpreter) captured(st *state, s *symbol, n int, t types.Type) value {
	return st.mem.at(in.field(s, captureIndex-n, t)).v
}

// isReference reports whether a value of type t can keep something alive or
// in use: it holds a pointer of some kind.
func isReference(t types.Type) bool {
	if t == nil {
		return true
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Kind() == types.UnsafePointer || u.Info()&types.IsString != 0
	case *types.Struct:
		for f := range u.Fields() {
			if isReference(f.Type()) {
				return true
			}
		}
		return false
	case *types.Array:
		return isReference(u.Elem())
	}
	return true
}

func isString(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

func tupleAt(t types.Type, i int) types.Type {
	if tup, ok := t.(*types.Tuple); ok && i < tup.Len() {
		return tup.At(i).Type()
	}
	return types.Typ[types.Invalid]
}

package interp

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// instr executes one instruction and returns the states after it: none where
// the path ends, several where a call has several ways out.
func (in *Interp) instr(st *domain.State, i ssa.Instruction) []*domain.State {
	if len(st.Frames) == 1 {
		in.now = i
	}
	if len(st.Frames) > 1 || in.FlowOf(i.Parent()).Cyclic[i.Block()] {
		round := in.round(st, i)
		if call, ok := i.(*ssa.Call); ok && round == 0 {
			in.Up.NextRound(st, call)
		}
		in.Renew(st, i, round)
	}
	switch i := i.(type) {
	case *ssa.Call:
		faults := in.faults(st, i)
		after := in.Up.Call(st, i)
		if faults {
			for _, st := range after {
				in.Up.Dies(st)
			}
			return nil
		}
		return after
	case *ssa.Defer:
		in.pushDefer(st, i)
	case *ssa.RunDefers:
		return in.runDefers(st)
	case *ssa.Go:
		return in.goStmt(st, i)
	case *ssa.Send:
		in.send(st, in.Eval(st, i.Chan), in.Eval(st, i.X), i, i.Pos())
	case *ssa.Store:
		in.store(st, i)
		if in.faults(st, i) {
			in.Up.Dies(st)
			return nil
		}
	case *ssa.MapUpdate:
		m := in.Eval(st, i.Map)
		in.Up.Use(st, m, i)
		if in.faults(st, i) {
			in.Up.Dies(st)
			return nil
		}
		v := in.Eval(st, i.Value)
		if p, ok := m.NamedByCaller(); ok {
			st.Affect(summary.Fill, p, summary.Detail{}, i.Pos())
		}
		if in.updateExact(st, i, m, v) {
			break
		}
		in.Keep(st, in.Elements(st, m, i.Value.Type()), v, i)
		// A string is a copy, unless a contract says that it borrows (decision 29).
		if k := in.Eval(st, i.Key); !gotypes.IsString(i.Key.Type()) || in.HoldsLoan(st, k) {
			in.Keep(st, in.Elements(st, m, i.Key.Type()), k, i)
		}
	case *ssa.DebugRef, *ssa.If, *ssa.Jump, *ssa.Return, *ssa.Panic:
	case *ssa.Select:
		return in.selectStmt(st, i)
	case ssa.Value:
		if receive, ok := i.(*ssa.UnOp); ok && in.isDeaf(st, receive) {
			return nil
		}
		faults := in.faults(st, i.(ssa.Instruction))
		st.Top().Env.Set(i, in.Bounded(i, in.operation(st, i), i.Type()))
		if faults {
			in.Up.Dies(st)
			return nil
		}
	}
	return []*domain.State{st}
}

// operation is the value of an instruction that has no effect but that.
func (in *Interp) operation(st *domain.State, i ssa.Value) domain.Value {
	switch i := i.(type) {
	case *ssa.Alloc:
		s := in.Intern(domain.SymbolKey{Kind: domain.SymAlloc, Site: i}, i.Type(), nil)
		st.ForgetParts(s)
		st.Mem.Delete(s)
		if array, ok := gotypes.Deref(i.Type()).Underlying().(*types.Array); ok {
			st.MakeExact(s, int(min(array.Len(), domain.MaxExact+1)), array.Elem())
		}
		return domain.Value{s}
	case *ssa.FieldAddr:
		base := in.Eval(st, i.X)
		in.Up.Use(st, base, i)
		in.wentOn(st, i.X, base)
		var out domain.Value
		for _, b := range base {
			if !b.IsNil() {
				out = out.Union(domain.Value{in.Address(b, i.Field, i.Type())})
			}
		}
		return out
	case *ssa.IndexAddr:
		base := in.Eval(st, i.X)
		in.Up.UseElement(st, base, i)
		if a, ok := st.SlotAt(in.Machine, base, in.Eval(st, i.Index), gotypes.Deref(i.Type())); ok {
			return domain.Value{a}
		}
		return in.Elements(st, base, gotypes.Deref(i.Type()))
	case *ssa.Field:
		return st.Part(in.Machine, in.Eval(st, i.X), i.Field, i.Type())
	case *ssa.Index:
		return in.element(st, i)
	case *ssa.UnOp:
		return in.unop(st, i)
	case *ssa.BinOp:
		return in.binop(st, i)
	case *ssa.ChangeType, *ssa.ChangeInterface:
		return in.Eval(st, *i.(ssa.Instruction).Operands(nil)[0])
	case *ssa.MakeInterface:
		var v domain.Value
		for _, s := range in.Eval(st, i.X) {
			if s.IsNil() && gotypes.IsConcrete(i.X.Type()) {
				s = in.TypedNil(i.X.Type())
			} else if s.Typ != nil && !types.Identical(s.Typ, i.X.Type()) {
				s.Retyped = true
			}
			v = v.Union(domain.Value{s})
		}
		return v
	case *ssa.TypeAssert:
		x := in.Eval(st, i.X)
		v := in.typed(x, i)
		if i.CommaOk {
			if s := x.One(); s != nil && !isAskedFor(i) {
				in.OpenUp(st, s)
			}
			st.Top().Tuples.Set(i, []domain.Value{v, {in.hasType(i, x)}})
			return nil
		}
		if s := x.One(); s != nil {
			in.learnType(st, s, i.AssertedType)
		}
		return v
	case *ssa.Convert, *ssa.MultiConvert:
		x := *i.(ssa.Instruction).Operands(nil)[0]
		return in.convert(st, i, x)
	case *ssa.Slice:
		base := in.Eval(st, i.X)
		if _, ok := i.X.Type().Underlying().(*types.Pointer); ok {
			in.Up.Use(st, base, i)
		}
		if i.Low == nil && i.High == nil && i.Max == nil || in.isWhole(st, i, base) {
			return base
		}
		st.Blur(in.Machine, base)
		if c, ok := i.Max.(*ssa.Const); ok && c.Int64() == 0 {
			return domain.Value{in.NilSymbol()} // s[:0:0]: appending to it copies
		}
		if c, ok := i.High.(*ssa.Const); ok && c.Int64() == 0 {
			in.overwritten(st, base, i)
		}
		return in.reslice(st, i, base)
	case *ssa.SliceToArrayPointer:
		return in.Eval(st, i.X)
	case *ssa.Extract:
		return in.ResultAt(i.Tuple, st.Top().Tuples.At(i.Tuple), i.Index)
	case *ssa.MakeClosure:
		return in.closure(st, i)
	case *ssa.MakeSlice:
		return domain.Value{in.Intern(domain.SymbolKey{Kind: domain.SymAlloc, Site: i}, i.Type(), nil)}
	case *ssa.MakeMap, *ssa.MakeChan:
		return in.makeExact(st, i)
	case *ssa.Lookup:
		return in.lookup(st, i)
	case *ssa.Range:
		in.Up.Use(st, in.Eval(st, i.X), i)
		return in.rangeOver(st, i, in.Eval(st, i.X))
	case *ssa.Next:
		return in.next(st, i)
	}
	return domain.Value{in.Fresh(i, 0, i.Type())}
}

// element is an element of an array that is a value: a copy of what was stored in it. Where it is not known which one, it is one
// of all.
func (in *Interp) element(st *domain.State, i *ssa.Index) domain.Value {
	whole := in.Eval(st, i.X)
	array, ok := i.X.Type().Underlying().(*types.Array)
	s := whole.One()
	if !ok || s == nil || s.Kind != domain.SymStruct {
		return in.derive(st, i, whole)
	}
	if n, ok := domain.IndexOf(in.Eval(st, i.Index), int(array.Len())); ok {
		return st.Part(in.Machine, whole, n, i.Type())
	}
	if _, blurred := st.Mem.Get(in.Field(s, domain.ElementIndex, i.Type())); blurred || array.Len() > domain.MaxExact {
		return st.Part(in.Machine, whole, domain.ElementIndex, i.Type())
	}
	var out domain.Value
	for n := range int(array.Len()) {
		out = out.Union(st.Part(in.Machine, whole, n, i.Type()))
	}
	return out
}

func (in *Interp) unop(st *domain.State, i *ssa.UnOp) domain.Value {
	x := in.Eval(st, i.X)
	switch i.Op {
	case token.MUL:
		in.Up.Use(st, x, i)
		in.copyGuard(st, i, x)
		v := st.Load(in.Machine, i, x, i.Type())
		if !isOnlyMeasured(i) {
			in.Up.ReadStale(st, x, v)
		}
		return v
	case token.ARROW:
		in.Up.Received(st, x)
		if i.CommaOk {
			st.Top().Tuples.Set(i, []domain.Value{in.received(st, i, x, gotypes.TupleAt(i.Type(), 0)), {in.Fresh(i, 1, types.Typ[types.Bool])}})
			return nil
		}
		return in.received(st, i, x, i.Type())
	case token.NOT:
		if s := x.One(); s != nil {
			return domain.Value{in.Not(st, s)}
		}
	}
	return domain.Value{in.Fresh(i, 0, i.Type())}
}

// Not is the opposite of the bool s.
func (in *Interp) Not(st *domain.State, s *domain.Symbol) *domain.Symbol {
	if known, is := in.Truth(st, s); known && s.Kind == domain.SymConst {
		return in.Boolean(!is)
	}
	return in.Intern(domain.SymbolKey{Kind: domain.SymCompare, Op: token.NOT, Base: s}, types.Typ[types.Bool], nil)
}

// copyGuard gives up what the objects at x guard, structs that a call gave, because i copies
// them: a copy of a file closes it, too.
func (in *Interp) copyGuard(st *domain.State, i *ssa.UnOp, x domain.Value) {
	if _, isStruct := i.Type().Underlying().(*types.Struct); !isStruct || st.Loans.Len() == 0 {
		return
	}
	for _, s := range x {
		if s.Kind == domain.SymFresh && len(in.GuardedBy(st, s)) > 0 {
			in.MoveGuards(st, domain.Value{s})
		}
	}
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

func (in *Interp) binop(st *domain.State, i *ssa.BinOp) domain.Value {
	x, y := in.Eval(st, i.X), in.Eval(st, i.Y)
	switch i.Op {
	case token.EQL, token.NEQ:
		if gotypes.IsString(i.X.Type()) {
			in.Up.Use(st, x, i)
			in.Up.Use(st, y, i)
		}
		return in.compare(st, i, x, y)
	case token.LSS, token.LEQ, token.GTR, token.GEQ:
		if known, is := ComparesAlike(x, i.Op, y); known {
			return domain.Value{in.Boolean(is)}
		}
		if known, is := comparesFrom(x, i.Op, y); known {
			return domain.Value{in.Boolean(is)}
		}
		if s, t := x.One(), y.One(); s != nil && t != nil && !gotypes.IsString(i.X.Type()) {
			// What is asked again is answered again.
			return domain.Value{in.Intern(domain.SymbolKey{Kind: domain.SymCompare, Op: i.Op, Base: s, With: t}, i.Type(), nil)}
		}
	case token.ADD, token.SUB:
		c, one := domain.ConstantOf(x), domain.ConstantOf(y)
		if c != nil && one != nil && c.Kind() == constant.Int && one.Kind() == constant.Int && (!in.FlowOf(i.Parent()).Cyclic[i.Block()] || st.IsCounted(i) || in.isFirstIndex(i.X, c)) {
			return domain.Value{in.ConstantValue(constant.BinaryOp(c, i.Op, one), i.Type())}
		}
	}
	if gotypes.IsString(i.X.Type()) { // concatenation reads both, and copies
		in.Up.Use(st, x, i)
		in.Up.Use(st, y, i)
	}
	return domain.Value{in.Fresh(i, 0, i.Type())}
}

// isFirstIndex reports whether x, of which c is the value, counts the rounds of a range loop
// that is about to begin its first: that there is one says that the slice has elements. Not of
// a loop in another, which begins again and again.
func (in *Interp) isFirstIndex(x ssa.Value, c constant.Value) bool {
	phi, ok := x.(*ssa.Phi)
	if !ok || phi.Comment != "rangeindex" || constant.Sign(c) >= 0 {
		return false
	}
	header := phi.Block()
	return !slices.ContainsFunc(header.Preds, func(b *ssa.BasicBlock) bool {
		return !header.Dominates(b) && in.FlowOf(phi.Parent()).Cyclic[b]
	})
}

// round is the number of the round that the loop around i is in; 0 if that is not known.
// What is executed in place is in the loop around the call.
func (in *Interp) round(st *domain.State, i ssa.Instruction) int {
	if in.FlowOf(i.Parent()).Cyclic[i.Block()] {
		return st.Round(st.Top(), i.Block())
	}
	if len(st.Frames) == 2 && in.now != nil {
		return st.Round(st.Frames[0], in.now.Block())
	}
	return 0
}

// Elements are the elements of the slices, maps or arrays in base, none of which is exact
// from here on.
func (in *Interp) Elements(st *domain.State, base domain.Value, t types.Type) domain.Value {
	st.Blur(in.Machine, base)
	var out domain.Value
	for _, b := range base {
		if !b.IsNil() {
			out = out.Union(domain.Value{in.Address(b, domain.ElementIndex, types.NewPointer(t))})
		}
	}
	return out
}

// overwritten forgets the elements of v, of which s[:0] is taken: what is
// appended to that stands in their place. That is how a slice is filtered.
func (in *Interp) overwritten(st *domain.State, v domain.Value, by any) {
	arrays := make(map[*domain.Symbol]bool)
	var add func(domain.Value)
	add = func(v domain.Value) {
		for _, s := range v {
			if !arrays[s] {
				arrays[s] = true
				add(s.Sources)
			}
		}
	}
	add(v)
	for a, c := range st.Mem.All() {
		if a.Key.Index == domain.ElementIndex && a.Kind == domain.SymAddr && arrays[a.Key.Base] {
			st.Mem.Set(a, domain.Cell{V: domain.Value{in.OverwrittenAt(by, a)}, Pos: c.Pos, By: c.By})
		}
	}
}

// reslice is a part of base: it releases what base does, where the contract
// takes parts.
func (in *Interp) reslice(st *domain.State, i *ssa.Slice, base domain.Value) domain.Value {
	v := in.derive(st, i, base)
	d := v.One()
	if d == nil || d.Kind != domain.SymDerived {
		return v
	}
	c := domain.CutTail
	if i.Low != nil {
		c = domain.CutSomewhere
		if k := domain.ConstantOf(in.Eval(st, i.Low)); k != nil {
			c = domain.CutTail
			if constant.Sign(k) > 0 {
				c = domain.CutHead
			}
		}
	}
	for _, s := range base {
		for _, l := range s.Guards {
			domain.Attach(&d.Guards, l)
		}
		c = max(c, s.Cut)
	}
	d.Cut = max(d.Cut, c)
	return v
}

// derive is what i computes from v: it is on the loans of v.
func (in *Interp) derive(st *domain.State, i ssa.Value, v domain.Value) domain.Value {
	if s := v.One(); s != nil && (s.IsNil() || s.Kind == domain.SymAlloc && !gotypes.IsString(i.Type())) {
		return v
	}
	for _, s := range v {
		if len(s.AllLoans()) > 0 || s.Root().Kind == domain.SymParam || s.Root().Kind == domain.SymAlloc {
			d := in.Derived(i, v, i.Type())
			in.ShareElements(st, d, v)
			return domain.Value{d}
		}
	}
	return domain.Value{in.Fresh(i, 0, i.Type())}
}

// ShareElements makes the elements of v visible through d, a slice of it.
func (in *Interp) ShareElements(st *domain.State, d *domain.Symbol, v domain.Value) {
	for _, s := range v {
		for a, c := range st.Mem.All() {
			if a.Kind == domain.SymAddr && a.Key.Base == s && a.Key.Index == domain.ElementIndex {
				e := in.Address(d, domain.ElementIndex, a.Typ)
				old := st.Mem.At(e)
				st.Mem.Set(e, domain.Cell{V: in.Bounded(e, old.V.Union(c.V), gotypes.Deref(e.Typ)), Pos: c.Pos, By: c.By})
			}
		}
	}
}

// convert is a conversion: bytes to a string or back are copied, numbers that
// are on loan stay so, everything else is the same thing by another name.
func (in *Interp) convert(st *domain.State, i ssa.Value, x ssa.Value) domain.Value {
	v := in.Eval(st, x)
	from, to := x.Type().Underlying(), i.Type().Underlying()
	if p, ok := from.(*types.Pointer); ok && gotypes.IsUnsafePointer(to) && types.IsInterface(p.Elem()) {
		in.takeApart(st, v, i)
	}
	if gotypes.IsString(from) != gotypes.IsString(to) {
		in.Up.Use(st, v, i.(ssa.Instruction))
		return domain.Value{in.Fresh(i, 0, i.Type())}
	}
	for _, s := range v {
		if len(s.AllLoans()) > 0 || gotypes.IsNillable(from) {
			return v
		}
	}
	if s := v.One(); s != nil && s.Kind == domain.SymConst {
		return v
	}
	return domain.Value{in.Fresh(i, 0, i.Type())}
}

// takeApart is the address of an interface variable that is made unsafe: that
// is how package reflect gets at what stands in it, and who uses the one may
// write to the other.
func (in *Interp) takeApart(st *domain.State, addrs domain.Value, site ssa.Value) {
	for _, a := range addrs {
		if a.IsNil() {
			continue
		}
		v := st.At(in.Machine, a)
		in.MoveGuards(st, v)
		st.Reach(v, func(s *domain.Symbol) {
			if p, ok := s.Path(); ok && gotypes.IsReference(s.Typ) {
				st.Affect(summary.Moved, p, summary.Detail{}, site.Pos())
			}
			st.Spill(s)
		})
	}
}

func (in *Interp) lookup(st *domain.State, i *ssa.Lookup) domain.Value {
	base := in.Eval(st, i.X)
	in.Up.Use(st, base, i)
	t := i.Type()
	if i.CommaOk {
		t = gotypes.TupleAt(t, 0)
	}
	var v domain.Value
	if gotypes.IsString(i.X.Type()) {
		v = domain.Value{in.Fresh(i, 0, t)}
	} else if x, has, ok := in.lookUpExact(st, base, in.Eval(st, i.Index), t); ok {
		if i.CommaOk {
			st.Top().Tuples.Set(i, []domain.Value{x, {in.Boolean(has)}})
			return nil
		}
		return x
	} else {
		v = in.Bounded(i, st.Load(in.Machine, i, in.Elements(st, base, t), t), t)
	}
	if i.CommaOk {
		st.Top().Tuples.Set(i, []domain.Value{v, {in.Fresh(i, 1, types.Typ[types.Bool])}})
		return nil
	}
	return v
}

func (in *Interp) next(st *domain.State, i *ssa.Next) domain.Value {
	from := in.Eval(st, i.Iter)
	if in.nextExact(st, i, &from) {
		return nil
	}
	ok := domain.Value{in.Fresh(i, 0, types.Typ[types.Bool])}
	kt, vt := gotypes.TupleAt(i.Type(), 1), gotypes.TupleAt(i.Type(), 2)
	k, v := domain.Value{in.Fresh(i, 1, kt)}, domain.Value{in.Fresh(i, 2, vt)}
	if !i.IsString && vt != types.Typ[types.Invalid] {
		v = in.Bounded(i, st.Load(in.Machine, i, in.Elements(st, from, vt), vt), vt)
	}
	st.Top().Tuples.Set(i, []domain.Value{ok, k, v})
	return nil
}

// ownChannel is the channel that ch is, where it was made here and nobody else
// can get at it: what is sent on it stays here, as in a slice.
func ownChannel(st *domain.State, ch domain.Value) *domain.Symbol {
	s := ch.One()
	if s == nil || s.Kind != domain.SymAlloc || s.Old || st.Spilled.At(s) {
		return nil
	}
	return s
}

// closure is a function literal with what it captures.
func (in *Interp) closure(st *domain.State, i *ssa.MakeClosure) domain.Value {
	s := in.Intern(domain.SymbolKey{Kind: domain.SymFunc, Site: i}, i.Type(), nil)
	for n, b := range i.Bindings {
		slot := in.Field(s, domain.CaptureIndex-n, b.Type())
		st.Mem.Set(slot, domain.Cell{V: in.Eval(st, b), Pos: i.Pos(), By: i})
	}
	return domain.Value{s}
}

// Captured is what the n-th capture of the closure s is.
func (in *Interp) Captured(st *domain.State, s *domain.Symbol, n int, t types.Type) domain.Value {
	return st.Mem.At(in.Field(s, domain.CaptureIndex-n, t)).V
}

package concrete

import (
	"fmt"
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
)

// A valuation says what symbols denote in one concrete state, as far as that is chosen
// and not given by what the run did.
type valuation struct {
	bound map[*domain.Symbol]any
	seen  map[occurrence]bool
}

// An occurrence is a symbol that stands for a value, or for the variable at an address.
type occurrence struct {
	s  *domain.Symbol
	at any
}

// A goal is that one of the symbols of v stands for the concrete c, of type t.
type goal struct {
	v     domain.Value
	c     any
	t     types.Type
	where string
}

// A comparison asks whether one abstract state stands for where a run is.
type comparison struct {
	m    *domain.Machine
	st   *domain.State
	run  *Run
	left int // steps

	explains bool
	why      string // it does not, after the longest way
	far      int
}

// maxComparing is how many steps one comparison may take; beyond that nothing is said.
const maxComparing = 4000

// Represents reports whether st, a state of m before an instruction of the function, stands
// for where run is. In the sense of the laws in the domain's
// documentation: symbols can be given values such that
//
//   - each register, variable and element that st speaks of holds what one of its symbols
//     denotes, and one symbol denotes one value, unless it is of those that stand for several;
//   - what st knows to be nil or not, true or false, equal, of a type, so many, is so;
//   - calls are deferred just as st says;
//   - a loan that is live is given and not over, one that has ended is over, one that is
//     absent was not given;
//   - what is on loan is on the loan of one of its symbols, or is not known to come from anywhere.
func Represents(m *domain.Machine, st *domain.State, run *Run) bool {
	c := &comparison{m: m, st: st.Clone(), run: run, left: maxComparing}
	return c.check() == ""
}

// Explain is why st does not stand for where run is.
func Explain(m *domain.Machine, st *domain.State, run *Run) string {
	c := &comparison{m: m, st: st.Clone(), run: run, left: maxComparing, explains: true}
	return c.check()
}

// check tells why the state does not stand for where the run is; "" if it does.
func (c *comparison) check() string {
	st, run := c.st, c.run
	if why := c.loans(); why != "" {
		return why
	}
	if why := c.defers(); why != "" {
		return why
	}
	var goals []goal
	for v, x := range st.Top().Env.All() {
		if now, ok := run.root.env[v]; ok && !isUnset(v, x) {
			goals = append(goals, goal{x, now, v.Type(), v.Name()})
		}
	}
	for v, xs := range st.Top().Tuples.All() {
		now, ok := run.root.env[v].(tuple)
		t, isTuple := v.Type().(*types.Tuple)
		for i := 0; ok && isTuple && i < len(now) && i < len(xs); i++ {
			goals = append(goals, goal{xs[i], now[i], t.At(i).Type(), c.at("%s#%d", v.Name(), i)})
		}
	}
	for a := range st.Mem.All() {
		p, ok := c.denotes(a)
		at, isVar := p.(*any)
		if !ok || !isVar || a.Typ == nil {
			continue
		}
		if t, ok := a.Typ.Underlying().(*types.Pointer); ok {
			goals = append(goals, c.variable(a, at, t.Elem(), c.at("[%v]", a))...)
		}
	}
	if !c.solve(goals, valuation{map[*domain.Symbol]any{}, map[occurrence]bool{}}, 0) && c.left > 0 {
		return c.why
	}
	return ""
}

// at names a place, for who asks why.
func (c *comparison) at(format string, args ...any) string {
	if !c.explains {
		return ""
	}
	return fmt.Sprintf(format, args...)
}

// isUnset reports whether x says nothing of v: what is read of a tuple stands elsewhere, and
// an iterator is the engine's own. What is not read any more may have a value made up for it,
// which these instructions never yield.
func isUnset(v ssa.Value, x domain.Value) bool {
	switch v.(type) {
	case *ssa.Range:
		return true
	case *ssa.Extract, *ssa.MakeInterface, *ssa.ChangeInterface, *ssa.ChangeType, *ssa.FieldAddr:
		s := x.One()
		return s != nil && s.Kind == domain.SymFresh && s.Key.Site == any(v)
	}
	_, isTuple := v.Type().(*types.Tuple)
	return isTuple
}

// solve reports whether all goals can be met.
func (c *comparison) solve(goals []goal, val valuation, far int) bool {
	for len(goals) > 0 {
		g := goals[len(goals)-1]
		goals = goals[:len(goals)-1]
		if c.left--; c.left <= 0 {
			return false
		}
		if len(g.v) != 1 {
			for _, s := range g.v {
				with := valuation{maps.Clone(val.bound), maps.Clone(val.seen)}
				if more, ok := c.stands(s, g, with, far); ok && c.solve(slices.Concat(goals, more), with, far+1) {
					return true
				}
			}
			c.fail(far, "%s = %v, and is %s", g.where, g.v, show(g.c))
			return false
		}
		more, ok := c.stands(g.v[0], g, val, far)
		if !ok {
			return false
		}
		goals = append(goals, more...)
		far++
	}
	if why := c.facts(val); why != "" {
		return c.fail(far, "%s", why)
	}
	return true
}

func (c *comparison) fail(far int, format string, args ...any) bool {
	if far >= c.far || c.why == "" {
		c.far, c.why = far, "something else"
		if c.explains {
			c.why = fmt.Sprintf(format, args...)
		}
	}
	return false
}

// stands reports whether s can stand for the concrete value of g, and what must hold then.
func (c *comparison) stands(s *domain.Symbol, g goal, val valuation, far int) (more []goal, ok bool) {
	wrong := func(format string, args ...any) ([]goal, bool) {
		if !c.explains {
			return nil, c.fail(far, "")
		}
		return nil, c.fail(far, "%s = %v, and is %s: %s", g.where, s, show(g.c), fmt.Sprintf(format, args...))
	}
	is := canonical(g.c)
	if s.IsNil() && g.c != nil {
		return wrong("it is not nil")
	}
	if d, known := c.denotes(s); known {
		if !equal(d, is) {
			return wrong("the symbol is %s", show(d))
		}
	} else if bindable(s) {
		if d, ok := val.bound[s]; ok && !equal(d, is) {
			return wrong("the symbol is %s elsewhere", show(d))
		}
		val.bound[s] = is
	}
	if why := c.fact(s, g.c); why != "" {
		return wrong("%s", why)
	}
	if e := c.run.on(is); e != nil && !c.isOn(s, e) {
		return wrong("it is on loan, and the symbol is on none")
	}
	return c.parts(s, g, val), true
}

// parts are the goals that what g.c consists of, or leads to, is what st says of s.
func (c *comparison) parts(s *domain.Symbol, g goal, val valuation) (more []goal) {
	if s.Kind == domain.SymConst && !s.IsZeroStruct() || g.t == nil {
		return nil
	}
	add := func(v domain.Value, x any, t types.Type, format string, args ...any) {
		more = append(more, goal{v, x, t, g.where + c.at(format, args...)})
	}
	first := func(at any) bool {
		o := occurrence{s, at}
		if val.seen[o] {
			return false
		}
		val.seen[o] = true
		return true
	}
	switch x := g.c.(type) {
	case iface:
		add(domain.Value{s}, x.v, x.of, ".(%s)", x.typ)
	case structure:
		t, ok := g.t.Underlying().(*types.Struct)
		for i := 0; ok && i < len(x); i++ {
			add(c.st.Part(c.m, domain.Value{s}, i, t.Field(i).Type()), x[i], t.Field(i).Type(), ".%s", t.Field(i).Name())
		}
	case *any:
		if t, ok := g.t.Underlying().(*types.Pointer); ok && s.Kind != domain.SymDerived && first(x) {
			more = append(more, c.variable(s, x, t.Elem(), "*"+g.where)...)
		}
	case slice:
		if t, ok := g.t.Underlying().(*types.Slice); ok && s.Kind != domain.SymDerived && first(x) {
			more = append(more, c.elements(s, x.elements(), t.Elem(), g.where)...)
		}
	case *mapping:
		if t, ok := g.t.Underlying().(*types.Map); ok && first(x) {
			more = append(more, c.entries(s, x, t, g.where)...)
		}
	case *closure:
		if made, ok := s.Key.Site.(*ssa.MakeClosure); ok && s.Kind == domain.SymFunc && first(x) {
			for n, b := range made.Bindings {
				slot := c.m.Field(s, domain.CaptureIndex-n, b.Type())
				if cell, ok := c.st.Mem.Get(slot); ok {
					add(cell.V, x.captured[n], b.Type(), " captures %s", b.Name())
				}
			}
		}
	}
	return more
}

// site marks what comparisons load.
type site struct{}

// variable are the goals for the variable at x, of type t, of which a is the address.
func (c *comparison) variable(a *domain.Symbol, x *any, t types.Type, where string) (more []goal) {
	switch of := t.Underlying().(type) {
	case *types.Struct:
		parts := (*x).(structure)
		for i := range parts {
			f := of.Field(i)
			more = append(more, c.variable(c.m.Address(a, i, types.NewPointer(f.Type())), &parts[i], f.Type(), where+"."+f.Name())...)
		}
		return more
	case *types.Array:
		return c.elements(a, (*x).(array), of.Elem(), where)
	}
	return []goal{{c.st.Load(c.m, site{}, domain.Value{a}, t), *x, t, where}}
}

// elements are the goals for the elements xs, of type t, of the array, or of the slice, that is s.
func (c *comparison) elements(s *domain.Symbol, xs []any, t types.Type, where string) (more []goal) {
	_, exact := c.st.Count(domain.Value{s})
	for i := range xs {
		a := c.m.Address(s, domain.ElementIndex, types.NewPointer(t))
		if exact {
			if a, exact = c.st.SlotAt(c.m, domain.Value{s}, domain.Value{c.m.Integer(int64(i), types.Typ[types.Int])}, t); !exact {
				break // the array is longer than the slice
			}
		}
		more = append(more, c.variable(a, &xs[i], t, c.at("%s[%d]", where, i))...)
	}
	return more
}

// entries are the goals for the entries of the map that is s.
func (c *comparison) entries(s *domain.Symbol, x *mapping, t *types.Map, where string) (more []goal) {
	_, exact := c.st.Count(domain.Value{s})
	for _, k := range x.keys {
		a := c.m.Address(s, domain.ElementIndex, types.NewPointer(t.Elem()))
		if exact {
			var key constant.Value
			switch k := k.(type) {
			case int64:
				key = constant.MakeInt64(k)
			case string:
				key = constant.MakeString(k)
			default:
				continue
			}
			a, _ = c.st.SlotAt(c.m, domain.Value{s}, domain.Value{c.m.ConstantValue(key, t.Key())}, t.Elem())
		}
		more = append(more, c.variable(a, x.values[k], t.Elem(), c.at("%s[%v]", where, k))...)
	}
	return more
}

// denotes is what s stands for, where what the run did says so.
func (c *comparison) denotes(s *domain.Symbol) (v any, ok bool) {
	if !s.IsLast() {
		return nil, false
	}
	switch s.Kind {
	case domain.SymConst:
		if s.IsNil() || s.IsTypedNil() {
			return nil, true
		}
		if k := domain.ConstantOf(domain.Value{s}); k != nil {
			return constantOf(k, s.Typ), true
		}
	case domain.SymAlloc, domain.SymFresh, domain.SymFunc:
		if f, ok := s.Key.Site.(*ssa.Function); ok {
			return f, true
		}
		if of, ok := s.Key.Site.(ssa.Value); ok && of.Parent() != nil {
			v, ok := c.run.last[of]
			if t, isTuple := v.(tuple); isTuple && ok {
				v = t[s.Key.Index]
			}
			return canonical(v), ok
		}
	case domain.SymParam:
		fn := c.run.root.fn
		if s.Key.Index < len(fn.Params) {
			return canonical(c.run.root.env[fn.Params[s.Key.Index]]), true
		}
	case domain.SymGlobal:
		if g, ok := s.Key.Site.(*ssa.Global); ok {
			return c.run.globals[g], true
		}
	case domain.SymAddr, domain.SymField:
		return c.part(s)
	case domain.SymContent:
		if p, ok := c.denotes(s.Key.Base); ok {
			if at, isVar := p.(*any); isVar {
				was, given := c.run.entry[at]
				return canonical(was), given
			}
		}
	case domain.SymCompare:
		return c.compared(s)
	}
	return nil, false
}

// part is the part of a struct, or the address of one, that s denotes.
func (c *comparison) part(s *domain.Symbol) (v any, ok bool) {
	base, ok := c.denotes(s.Key.Base)
	if !ok || s.Key.Index < 0 {
		return nil, false
	}
	at, isVar := base.(*any)
	if isVar && s.Kind == domain.SymAddr {
		switch parts := (*at).(type) {
		case structure:
			if s.Key.Index < len(parts) {
				return &parts[s.Key.Index], true
			}
		case array:
			if s.Key.Index < len(parts) {
				return &parts[s.Key.Index], true
			}
		}
	}
	if parts, isStruct := base.(structure); isStruct && s.Kind == domain.SymField && s.Key.Index < len(parts) {
		return canonical(parts[s.Key.Index]), true
	}
	return nil, false
}

// compared is the comparison s.
func (c *comparison) compared(s *domain.Symbol) (v any, ok bool) {
	x, ok := c.denotes(s.Key.Base)
	if !ok {
		return nil, false
	}
	if s.Key.Op == token.NOT {
		b, ok := x.(bool)
		return !b, ok
	}
	if s.Key.With == nil {
		return nil, false
	}
	y, ok := c.denotes(s.Key.With)
	if !ok {
		return nil, false
	}
	switch s.Key.Op {
	case token.EQL, token.NEQ:
		return equal(x, y) == (s.Key.Op == token.EQL), true
	}
	if _, ok := x.(int64); !ok {
		return nil, false
	}
	return c.run.binop(s.Key.Op, x, y), true
}

// bindable reports whether s, which nothing that the run did says the value of, stands for
// one value in each state.
func bindable(s *domain.Symbol) bool {
	if !s.IsLast() || s.IsElement() {
		return false
	}
	switch s.Kind {
	case domain.SymContent, domain.SymField:
		return bindable(s.Key.Base) || s.Key.Base.Kind == domain.SymParam || s.Key.Base.Kind == domain.SymAlloc
	case domain.SymAddr:
		return bindable(s.Key.Base)
	case domain.SymFresh:
		switch s.Key.Site.(type) {
		case domain.Filled, domain.ReadBy, domain.FailedCall, domain.GlobalOf:
			return true
		}
	}
	return false
}

// facts tells which fact of the state does not hold of what symbols denote.
func (c *comparison) facts(val valuation) string {
	for s := range c.st.Facts.All() {
		if d, ok := c.value(s, val); ok {
			if why := c.fact(s, d); why != "" {
				return fmt.Sprintf("%v, which is %s: %s", s, show(d), why)
			}
		}
	}
	for s, t := range c.st.Same.All() {
		x, known := c.value(s, val)
		y, both := c.value(t, val)
		if known && both && !equal(x, y) {
			return fmt.Sprintf("%v and %v are the same, and are %s and %s", s, t, show(x), show(y))
		}
	}
	return ""
}

func (c *comparison) value(s *domain.Symbol, val valuation) (any, bool) {
	if d, ok := c.denotes(s); ok {
		return d, true
	}
	d, ok := val.bound[s]
	return d, ok
}

// fact tells what is known of s that does not hold of x.
func (c *comparison) fact(s *domain.Symbol, x any) string {
	f := c.st.Facts.At(s)
	of, isIface := x.(iface)
	isNil := canonical(x) == nil
	if isIface && (s.Typ == nil || types.IsInterface(s.Typ)) {
		isNil = false
	}
	switch {
	case f&domain.IsNil != 0 && !isNil:
		return "it is known to be nil"
	case f&domain.NotNil != 0 && isNil:
		return "it is known not to be nil"
	case f&domain.IsTrue != 0 && x == any(false):
		return "it is known to be true"
	case f&domain.IsFalse != 0 && x == any(true):
		return "it is known to be false"
	}
	if t, ok := c.st.Types.Get(s); ok && isIface && of.typ != t {
		return "it is known to be a " + t
	}
	return ""
}

// defers tells in what the calls that are deferred are not those of the state.
func (c *comparison) defers() string {
	pending := make(map[*ssa.Defer]bool)
	for _, d := range c.run.root.defers {
		pending[d.instr] = true
	}
	known := make(map[*ssa.Defer]bool)
	for _, d := range c.st.Frames[0].Defers {
		known[d.Instr] = true
		if !d.Perhaps && !pending[d.Instr] {
			return fmt.Sprintf("%v is not deferred", d.Instr)
		}
	}
	for d := range pending {
		if !known[d] {
			return fmt.Sprintf("%v is deferred", d)
		}
	}
	return ""
}

// show prints a concrete value.
func show(v any) string {
	switch v := v.(type) {
	case nil:
		return "nil"
	case *any:
		return fmt.Sprintf("&%p", v)
	case iface:
		return v.typ + "(" + show(v.v) + ")"
	case *closure:
		return v.fn.Name()
	case *ssa.Function:
		return v.Name()
	case structure:
		out := "{"
		for _, x := range v {
			out += show(x) + " "
		}
		return out + "}"
	case slice:
		return fmt.Sprintf("slice of %p [%d:%d]", v.data, v.low, v.high)
	}
	return fmt.Sprint(v)
}

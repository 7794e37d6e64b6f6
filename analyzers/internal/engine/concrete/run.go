package concrete

import (
	"errors"
	"fmt"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// A Run executes one function, and all that it calls, on concrete values.
type Run struct {
	*Choices
	Before func(fn *ssa.Function, i ssa.Instruction) bool // called before each instruction of the function itself; false ends the run

	pkg     *ssa.Package
	root    *frame
	globals map[*ssa.Global]*any
	entries []*entry
	calls   []ssa.Instruction       // that are being executed, outermost first
	times   map[ssa.Instruction]int // how often each was executed
	last    map[ssa.Value]any       // what each instruction yielded last
	entry   map[*any]any            // what the variables that the function was given held at first
	steps   int
}

// A frame is one activation of a function.
type frame struct {
	fn     *ssa.Function
	env    map[ssa.Value]any
	defers []deferred
}

type deferred struct {
	instr *ssa.Defer
	fn    any
	args  []any
}

// errStopped ends a run: by a panic of the program, or because it takes too long.
var errStopped = errors.New("stopped")

// maxSteps is how many instructions a run executes.
const maxSteps = 3000

// NewRun is a run of functions of pkg, whose variables are initialised.
func NewRun(pkg *ssa.Package, c *Choices) *Run {
	r := &Run{
		Choices: c, pkg: pkg, globals: make(map[*ssa.Global]*any), times: make(map[ssa.Instruction]int),
		last: make(map[ssa.Value]any), entry: make(map[*any]any),
	}
	for _, m := range pkg.Members {
		if g, ok := m.(*ssa.Global); ok {
			r.globals[g] = new(any)
			*r.globals[g] = zero(g.Type().(*types.Pointer).Elem())
		}
	}
	return r
}

func (r *Run) pointerTo(name string) types.Type { return types.NewPointer(r.pkg.Type(name).Type()) }

// mustNot ends the run where a program panics.
func (r *Run) mustNot(wrong bool) {
	if wrong {
		panic(errStopped)
	}
}

// Call executes fn, the function itself. It reports false if the run did not come to its end.
func (r *Run) Call(fn *ssa.Function, args []any) (done bool) {
	defer func() {
		if e := recover(); e != nil {
			if e != any(errStopped) {
				panic(e)
			}
			done = false
		}
	}()
	for _, a := range args {
		r.remember(a)
	}
	for _, p := range r.globals {
		r.remember(p)
	}
	r.call(fn, args, nil)
	return true
}

// remember notes what can be reached from v now.
func (r *Run) remember(v any) {
	switch v := v.(type) {
	case *any:
		if _, ok := r.entry[v]; !ok {
			r.entry[v] = dup(*v)
			parts, _ := (*v).(structure)
			for i := range parts {
				r.remember(&parts[i])
			}
			r.remember(*v)
		}
	case slice:
		r.remember(v.data)
	}
}

func (r *Run) call(fn *ssa.Function, args, captured []any) any {
	if do := primitives[fn.String()]; do != nil {
		return do(r, args)
	}
	if len(fn.Blocks) == 0 {
		panic(fmt.Sprintf("%v has no body", fn))
	}
	f := &frame{fn: fn, env: make(map[ssa.Value]any)}
	if r.root == nil {
		r.root = f
	}
	for i, p := range fn.Params {
		f.env[p] = dup(args[i])
	}
	for i, v := range fn.FreeVars {
		f.env[v] = captured[i]
	}
	from, b := (*ssa.BasicBlock)(nil), fn.Blocks[0]
	for {
		r.phis(f, from, b)
		to, result, returns := r.block(f, b)
		if returns {
			return result
		}
		from, b = b, to
	}
}

func (r *Run) phis(f *frame, from, b *ssa.BasicBlock) {
	var vals []any
	for _, i := range b.Instrs {
		phi, ok := i.(*ssa.Phi)
		if !ok {
			break
		}
		for n, p := range b.Preds {
			if p == from {
				vals = append(vals, r.eval(f, phi.Edges[n]))
				break
			}
		}
	}
	for n, v := range vals {
		r.set(f, b.Instrs[n].(*ssa.Phi), v)
	}
}

func (r *Run) set(f *frame, v ssa.Value, x any) {
	f.env[v] = x
	r.last[v] = x
}

// block executes b: control goes to another block, or returns with a result.
func (r *Run) block(f *frame, b *ssa.BasicBlock) (to *ssa.BasicBlock, result any, returns bool) {
	for _, i := range b.Instrs {
		if _, ok := i.(*ssa.Phi); ok {
			continue
		}
		if r.steps++; r.steps > maxSteps || f == r.root && r.Before != nil && !r.Before(f.fn, i) {
			panic(errStopped)
		}
		r.times[i]++
		switch i := i.(type) {
		case *ssa.If:
			if r.eval(f, i.Cond).(bool) {
				return b.Succs[0], nil, false
			}
			return b.Succs[1], nil, false
		case *ssa.Jump:
			return b.Succs[0], nil, false
		case *ssa.Return:
			results := make(tuple, len(i.Results))
			for n, v := range i.Results {
				results[n] = dup(r.eval(f, v))
			}
			if len(results) == 1 {
				return nil, results[0], true
			}
			return nil, results, true
		case *ssa.Panic:
			panic(errStopped)
		case *ssa.Store:
			put(r.address(f, i.Addr), r.eval(f, i.Val))
		case *ssa.MapUpdate:
			m, ok := r.eval(f, i.Map).(*mapping)
			r.mustNot(!ok)
			m.set(r.eval(f, i.Key), dup(r.eval(f, i.Value)))
		case *ssa.Defer:
			fn, args := r.callee(f, &i.Call)
			f.defers = append(f.defers, deferred{i, fn, args})
		case *ssa.RunDefers:
			for len(f.defers) > 0 {
				d := f.defers[len(f.defers)-1]
				f.defers = f.defers[:len(f.defers)-1]
				r.invoke(d.instr, d.fn, d.args, d.instr.Call.Value)
			}
		case *ssa.DebugRef:
		case *ssa.Call:
			fn, args := r.callee(f, &i.Call)
			r.set(f, i, r.invoke(i, fn, args, i.Call.Value))
		case ssa.Value:
			r.set(f, i, r.operation(f, i))
		default:
			panic(fmt.Sprintf("%T is not executed", i))
		}
	}
	panic("a block without an end")
}

// callee is what c calls, and its arguments.
func (r *Run) callee(f *frame, c *ssa.CallCommon) (fn any, args []any) {
	if c.IsInvoke() {
		recv, ok := r.eval(f, c.Value).(iface)
		r.mustNot(!ok)
		args = append(args, recv.v)
		fn = r.pkg.Prog.LookupMethod(recv.of, c.Method.Pkg(), c.Method.Name())
	} else if _, ok := c.Value.(*ssa.Builtin); !ok {
		fn = r.eval(f, c.Value)
	}
	for _, a := range c.Args {
		args = append(args, dup(r.eval(f, a)))
	}
	return fn, args
}

func (r *Run) invoke(at ssa.Instruction, fn any, args []any, of ssa.Value) any {
	if b, ok := of.(*ssa.Builtin); ok {
		return r.builtin(b.Name(), args, of)
	}
	r.calls = append(r.calls, at)
	defer func() { r.calls = r.calls[:len(r.calls)-1] }()
	switch fn := fn.(type) {
	case *closure:
		return r.call(fn.fn, args, fn.captured)
	case *ssa.Function:
		return r.call(fn, args, nil)
	}
	panic(errStopped) // a nil function
}

func (r *Run) eval(f *frame, v ssa.Value) any {
	switch v := v.(type) {
	case *ssa.Const:
		return constantOf(v.Value, v.Type())
	case *ssa.Global:
		return r.globals[v]
	case *ssa.Function:
		return v
	}
	x, ok := f.env[v]
	if !ok {
		panic(fmt.Sprintf("%v of %v has no value", v.Name(), f.fn))
	}
	return x
}

// address is the variable at v; the run ends where that is nil.
func (r *Run) address(f *frame, v ssa.Value) *any {
	p, ok := r.eval(f, v).(*any)
	r.mustNot(!ok)
	return p
}

// operation is what an instruction yields that calls nothing.
func (r *Run) operation(f *frame, i ssa.Value) any {
	switch i := i.(type) {
	case *ssa.Alloc:
		p := new(any)
		*p = zero(i.Type().(*types.Pointer).Elem())
		return p
	case *ssa.FieldAddr:
		return &(*r.address(f, i.X)).(structure)[i.Field]
	case *ssa.Field:
		return dup(r.eval(f, i.X).(structure)[i.Field])
	case *ssa.IndexAddr:
		n := int(r.eval(f, i.Index).(int64))
		switch x := r.eval(f, i.X).(type) {
		case *any:
			a := (*x).(array)
			r.mustNot(n < 0 || n >= len(a))
			return &a[n]
		case slice:
			r.mustNot(n < 0 || n >= x.high-x.low)
			return &(*x.data).(array)[x.low+n]
		}
		panic(errStopped)
	case *ssa.Index:
		n := int(r.eval(f, i.Index).(int64))
		a, ok := r.eval(f, i.X).(array)
		r.mustNot(!ok || n < 0 || n >= len(a))
		return dup(a[n])
	case *ssa.UnOp:
		switch i.Op {
		case token.MUL:
			return dup(*r.address(f, i.X))
		case token.NOT:
			return !r.eval(f, i.X).(bool)
		case token.SUB:
			return -r.eval(f, i.X).(int64)
		}
	case *ssa.BinOp:
		return r.binop(i.Op, r.eval(f, i.X), r.eval(f, i.Y))
	case *ssa.ChangeType:
		return r.eval(f, i.X)
	case *ssa.ChangeInterface:
		return r.eval(f, i.X)
	case *ssa.Convert:
		return r.eval(f, i.X)
	case *ssa.MakeInterface:
		return iface{i.X.Type().String(), i.X.Type(), r.eval(f, i.X)}
	case *ssa.TypeAssert:
		return r.typeAssert(i, r.eval(f, i.X))
	case *ssa.Extract:
		return r.eval(f, i.Tuple).(tuple)[i.Index]
	case *ssa.MakeClosure:
		c := &closure{fn: i.Fn.(*ssa.Function)}
		for _, b := range i.Bindings {
			c.captured = append(c.captured, r.eval(f, b))
		}
		return c
	case *ssa.MakeMap:
		return &mapping{values: make(map[any]*any)}
	case *ssa.MakeSlice:
		n, m := int(r.eval(f, i.Len).(int64)), int(r.eval(f, i.Cap).(int64))
		r.mustNot(n < 0 || m < n || m > 1000)
		return newSlice(i.Type().Underlying().(*types.Slice).Elem(), n, m)
	case *ssa.Slice:
		return r.slice(f, i)
	case *ssa.Lookup:
		return r.lookup(f, i)
	case *ssa.Range:
		m, _ := r.eval(f, i.X).(*mapping)
		it := &iterator{m: m}
		if m != nil {
			it.left = append(it.left, m.keys...)
		}
		return it
	case *ssa.Next:
		return r.eval(f, i.Iter).(*iterator).next(i)
	}
	panic(fmt.Sprintf("%T is not executed", i))
}

func (r *Run) binop(op token.Token, x, y any) any {
	switch op {
	case token.EQL:
		return equal(x, y)
	case token.NEQ:
		return !equal(x, y)
	}
	if s, ok := x.(string); ok {
		t := y.(string)
		switch op {
		case token.ADD:
			return s + t
		case token.LSS:
			return s < t
		}
	}
	m, n := x.(int64), y.(int64)
	switch op {
	case token.ADD:
		return m + n
	case token.SUB:
		return m - n
	case token.MUL:
		return m * n
	case token.REM:
		r.mustNot(n == 0)
		return m % n
	case token.AND:
		return m & n
	case token.LSS:
		return m < n
	case token.LEQ:
		return m <= n
	case token.GTR:
		return m > n
	case token.GEQ:
		return m >= n
	}
	panic(fmt.Sprintf("%v is not executed", op))
}

func (r *Run) typeAssert(i *ssa.TypeAssert, x any) any {
	of, ok := x.(iface)
	var v any = zero(i.AssertedType)
	if t, is := i.AssertedType.Underlying().(*types.Interface); is {
		if ok = ok && types.Implements(of.of, t); ok {
			v = of
		}
	} else if ok = ok && types.Identical(of.of, i.AssertedType); ok {
		v = of.v
	}
	if i.CommaOk {
		return tuple{v, ok}
	}
	r.mustNot(!ok)
	return v
}

package loan

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// builtin performs the call of a predeclared function.
func (in *interpreter) builtin(st *state, i *ssa.Call, b *ssa.Builtin) []*state {
	var args []value
	for _, a := range i.Call.Args {
		args = append(args, in.eval(st, a))
	}
	out := value{in.fresh(i, 0, i.Type())}
	switch b.Name() {
	case "append":
		out = in.append(st, i, args)
	case "copy":
		in.use(st, args[0], i)
		in.use(st, args[1], i)
		in.write(st, args[0], i)
		in.copyElements(st, i, args[0], args[1])
	case "delete", "clear":
		in.write(st, args[0], i)
		in.overwritten(st, args[0], i) // which entry goes is not followed: it may be the one that matters
	case "min", "max":
		out = nil
		for _, a := range args {
			out = out.union(a)
		}
	case "String", "StringData", "Slice", "SliceData", "Add": // of package unsafe: the same memory
		out = in.derive(st, i, args[0])
	case "ssa:wrapnilchk":
		out = args[0]
	case "recover", "panic", "print", "println", "len", "cap", "close", "complex", "real", "imag":
		if b.Name() == "panic" {
			return nil
		}
	}
	if _, ok := i.Type().(*types.Tuple); !ok {
		st.top().env.set(i, in.bounded(i, out, i.Type()))
	}
	return []*state{st}
}

// append is dst with the elements of more. Bytes are copied; what the
// elements point to is not. The result may be dst, or a copy of it: it is on
// the loans of dst.
func (in *interpreter) append(st *state, i *ssa.Call, args []value) value {
	dst := args[0]
	slice := sliceOf(i.Type())
	if slice == nil || len(args) < 2 {
		return dst
	}
	in.use(st, args[1], i)
	in.appendTo(st, dst, i.Call.Args[0], i)
	out := in.intern(symbolKey{kind: symAlloc, site: appended{i}}, i.Type(), nil)
	elem := slice.Elem()
	if isReference(elem) {
		var v value
		for _, src := range args {
			for _, s := range src {
				if s.kind == symConst {
					continue
				}
				v = v.union(st.loadOne(in.machine, i, in.address(s, elementIndex, types.NewPointer(elem)), elem))
			}
		}
		in.keep(st, in.elements(value{out}, elem), v, i)
	}
	// Appending to what is on loan, or to a caller's slice, may write there.
	for _, s := range dst {
		if len(s.allLoans()) > 0 || s.root().kind == symParam {
			in.keep(st, in.elements(value{s}, elem), st.mem.at(in.address(out, elementIndex, types.NewPointer(elem))).v, i)
			d := in.derived(i, dst, i.Type())
			in.shareElements(st, d, value{out})
			return value{d}
		}
	}
	return value{out}
}

// sliceOf is the slice type that t is, or that all types of the type
// parameter t are.
func sliceOf(t types.Type) *types.Slice {
	if tp, ok := types.Unalias(t).(*types.TypeParam); ok {
		iface, ok := tp.Constraint().Underlying().(*types.Interface)
		if !ok || iface.NumEmbeddeds() != 1 {
			return nil
		}
		t = iface.EmbeddedType(0)
		if u, ok := t.(*types.Union); ok && u.Len() == 1 {
			t = u.Term(0).Type()
		}
	}
	s, _ := t.Underlying().(*types.Slice)
	return s
}

// appended is the site of the array that an append makes: a loop that appends
// to its own result goes on with the same one.
type appended struct{ call *ssa.Call }

// copyElements copies what the elements of src point to.
func (in *interpreter) copyElements(st *state, i *ssa.Call, dst, src value) {
	slice, ok := i.Call.Args[0].Type().Underlying().(*types.Slice)
	if !ok || !isReference(slice.Elem()) || isString(i.Call.Args[1].Type()) {
		return
	}
	elem := slice.Elem()
	for _, a := range in.elements(src, elem) {
		in.keep(st, in.elements(dst, elem), st.loadOne(in.machine, i, a, elem), i)
	}
}

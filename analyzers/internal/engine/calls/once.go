package calls

import (
	"go/types"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// onceDone executes the Do of a sync.Once that was made here and that no other code can get at: the
// first one calls its function, and the others do not. Of one that others have, its summary says that it
// perhaps does.
func (in *Calls) onceDone(st *domain.State, c *interp.CallSite) ([]interp.Returned, bool) {
	f, ok := c.Obj.(*types.Func)
	if !ok || f.FullName() != "(*sync.Once).Do" || len(c.Args) != 2 {
		return nil, false
	}
	s := c.Args[0].One()
	if s == nil || s.Object().Kind != domain.SymAlloc || s.Object().Old || st.Spilled.At(s.Object()) {
		return nil, false
	}
	done := in.doneOf(s, f)
	if done == nil {
		return nil, false
	}
	was := st.At(in.Machine, done).One()
	switch {
	case was == nil:
		return nil, false
	case was.IsBool(true):
		return []interp.Returned{{St: st}}, true
	case !was.IsZeroStruct():
		return nil, false
	}
	in.Keep(st, domain.Value{done}, domain.Value{in.Boolean(true)}, c.Site())
	var out []interp.Returned
	for _, st := range in.runCallback(st, c, c.Args[1], &callback{runs: atLeast1}) {
		out = append(out, interp.Returned{St: st})
	}
	return out, true
}

// doneOf is the address of what the sync.Once at s keeps to know that it is done; true stands there for that.
func (in *Calls) doneOf(s *domain.Symbol, do *types.Func) *domain.Symbol {
	str, ok := gotypes.Deref(do.Signature().Recv().Type()).Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	for i := range str.NumFields() {
		if x := str.Field(i); x.Name() == "done" {
			return in.Address(s, i, types.NewPointer(x.Type()))
		}
	}
	return nil
}

package calls

import (
	"go/types"
	"slices"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// Callees that get at an error or a flag by way of memory: t.check(), where t.err tells whether there is t.tx.

// tells reports whether what is of type t may tell whether there is something: an error or a flag.
func tells(t types.Type) bool { return gotypes.IsError(t) || gotypes.IsBoolean(t) }

// tellsOfLent reports whether s, what stands in memory of the caller's, may tell whether there is something: in a variable of its own, or
// in a field of a struct that has another, of a type which is on loan in the package.
func (in *Calls) tellsOfLent(s *domain.Symbol) bool {
	if !tells(s.Typ) {
		return false
	}
	at := s
	if s.Kind == domain.SymContent {
		at = s.Key.Base
	}
	if at.Key.Base == nil || at.Key.Base.Typ == nil {
		return at.Kind == domain.SymParam
	}
	of, ok := gotypes.Deref(at.Key.Base.Typ).Underlying().(*types.Struct)
	return ok && slices.ContainsFunc(slices.Collect(of.Fields()), func(f *types.Var) bool { return in.Lendable.Has(f.Type()) })
}

// askedThrough notes that the callee perhaps found out, of an error or a flag in memory that it was given the way to, whether there
// is a loan, and left behind what it found, in a result or in memory. What this way out says of that memory is known.
func (a *application) askedThrough(o summary.Outcome) {
	if a.st.Loans.Len() == 0 {
		return
	}
	a.askedOnOtherWays(o)
	if !leavesSomething(a.of) {
		return
	}
	for i, v := range a.c.Args {
		for _, s := range v {
			if s.Kind == domain.SymConst || s.Typ == nil || !gotypes.IsPointer(s.Typ) {
				continue
			}
			for at, cell := range a.st.Mem.All() {
				if !domain.IsWithin(at, s) || !tells(gotypes.Deref(at.Typ)) {
					continue
				}
				fields := fieldsTo(at, s)
				if !saysOf(o, i, fields) && mayAsk(a.c.Fn, i, fields, maxPassed) {
					a.in.AskedThrough(a.st, cell)
				}
			}
		}
	}
}

// askedOnOtherWays notes that the callee asked of what it was given on other ways out than o, which may stand for several: what it found
// there is not said of o, and nothing else tells the ways apart.
func (a *application) askedOnOtherWays(o summary.Outcome) {
	for _, other := range a.of.Outcomes {
		if o.Excludes(other) {
			continue
		}
		for _, f := range other.Params {
			if f.Fact&(summary.Nil|summary.NotNil|summary.True|summary.False) == 0 || slices.ContainsFunc(o.Params, func(p summary.ParamFact) bool { return p.Path == f.Path }) {
				continue
			}
			if v := a.value(f.Path, nil); len(v) > 0 {
				a.in.AskedThrough(a.st, domain.Cell{V: v})
			}
		}
	}
}

// leavesSomething reports whether callers can see, of what a function does, more than that it looks at what it is given.
func leavesSomething(of *summary.Summary) bool {
	return slices.ContainsFunc(of.Outcomes, func(o summary.Outcome) bool {
		return len(o.Results) > 0 || slices.ContainsFunc(o.Effects, func(e summary.Effect) bool {
			return e.Kind != summary.Deref && e.Kind != summary.Event && e.Kind != summary.Late
		})
	})
}

// fieldsTo are the fields that lead from the address s to at, which is within it.
func fieldsTo(at, s *domain.Symbol) (fields []int) {
	for ; at != s; at = at.Key.Base {
		fields = append(fields, at.Key.Index)
	}
	slices.Reverse(fields)
	return fields
}

// saysOf reports whether o says what stands in those fields of what parameter i points to.
func saysOf(o summary.Outcome, i int, fields []int) bool {
	path := summary.Path("p" + strconv.Itoa(i))
	for _, f := range fields {
		path = path.Field(f)
	}
	return slices.ContainsFunc(o.Params, func(f summary.ParamFact) bool { return f.Path == path.Load() })
}

// mayAsk reports whether fn, or a function that it passes its i-th parameter to, may load what stands in those fields of what the
// parameter points to: it does not where only other fields are asked for.
func mayAsk(fn *ssa.Function, i int, fields []int, further int) bool {
	if fn == nil || i >= len(fn.Params) || len(fn.Blocks) == 0 || further == 0 {
		return true
	}
	return asksAt(fn.Params[i], fields, further)
}

func asksAt(v ssa.Value, fields []int, further int) bool {
	return slices.ContainsFunc(*v.Referrers(), func(r ssa.Instruction) bool {
		switch r := r.(type) {
		case *ssa.DebugRef:
			return false
		case *ssa.FieldAddr:
			return len(fields) == 0 || r.Field == fields[0] && asksAt(r, fields[1:], further)
		case *ssa.Store:
			return r.Addr != v
		case *ssa.Call:
			for n, a := range r.Call.Args {
				if a == v && mayAsk(r.Call.StaticCallee(), n, fields, further-1) {
					return true
				}
			}
			return false
		}
		return true
	})
}

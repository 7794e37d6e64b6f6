package calls

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/engine/rules"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// mergedReturns joins the ways out on which nothing that matters differs.
func (in *Calls) mergedReturns(c *interp.CallSite, rs []interp.Returned) []interp.Returned {
	if len(rs) < 2 {
		return rs
	}
	var out []interp.Returned
	keys, flags := make(map[string]int), in.flagsOf(c)
	kept := in.keptApart(c, rs)
	for i, r := range rs {
		k := r.St.Key() + kept[i]
		for _, p := range flags {
			v := (&application{in: in, st: r.St, c: c}).value(p, nil)
			k += "?" + in.factsOf(r.St, v)
		}
		if r.St.Loans.Len() > 0 {
			// Facts about results tell later how the call came out.
			for _, v := range r.Results {
				k += "/" + in.factsOf(r.St, v)
			}
		}
		for _, v := range r.Results {
			// So do numbers and truths, and be it the callers of this function.
			if c := domain.ConstantOf(v); c != nil {
				k += "=" + c.ExactString()
			}
		}
		if i, ok := keys[k]; ok {
			merged := make([]domain.Value, len(r.Results))
			for n := range merged {
				merged[n] = in.mergedResult(c, n, out[i], r)
			}
			out[i].St.Merge(in.Machine, r.St)
			for n := range merged {
				if s := merged[n].One(); s != nil && s.Key.Site == any(domain.FailedCall{Site: c.Site(), Result: n}) {
					out[i].St.Facts.Set(s, domain.NotNil)
				}
			}
			out[i].Results = merged
			continue
		}
		keys[k] = len(out)
		out = append(out, r)
	}
	return out
}

// chosen notes what c answers on each of rs, where it may answer both yes and no.
func (in *Calls) chosen(c *interp.CallSite, rs []interp.Returned) {
	call, ok := c.Site().(*ssa.Call)
	if !ok || len(rs) < 2 {
		return
	}
	for n := range rs[0].Results {
		answer, ok := boolOf(call, n)
		if !ok {
			continue
		}
		of := func(r interp.Returned) (known, is bool) {
			s := r.Results[n].One()
			if s == nil {
				return false, false
			}
			return in.Truth(r.St, s)
		}
		first, was := of(rs[0])
		if !slices.ContainsFunc(rs, func(r interp.Returned) bool { known, is := of(r); return known != first || is != was }) {
			continue
		}
		for _, r := range rs {
			if known, is := of(r); known {
				in.Answered(r.St, answer, is)
			}
		}
	}
}

// boolOf is the n-th result of call, where that is a bool.
func boolOf(call *ssa.Call, n int) (ssa.Value, bool) {
	if gotypes.IsBoolean(call.Type()) {
		return call, true
	}
	for _, r := range *call.Referrers() {
		if x, ok := r.(*ssa.Extract); ok && x.Index == n && gotypes.IsBoolean(x.Type()) {
			return x, true
		}
	}
	return nil, false
}

// keptApart tells of each way out of c what it has kept of what it was given, where that is not the same on
// all of them and c may fail: the callers of this function know by its error which it was.
func (in *Calls) keptApart(c *interp.CallSite, rs []interp.Returned) []string {
	kept := make([]string, len(rs))
	if n := c.Sig.Results().Len(); n == 0 || !gotypes.IsError(c.Sig.Results().At(n-1).Type()) || c.Instr == nil {
		return kept
	}
	differ := false
	for i, r := range rs {
		var b strings.Builder
		for a, cell := range r.St.Mem.All() {
			if k := a.Root().Kind; cell.By != c.Site() || k != domain.SymGlobal && k != domain.SymParam {
				continue
			}
			if s := cell.V.One(); s != nil && gotypes.IsReference(s.Typ) && s.Key.Base != a {
				if _, ok := s.Path(); ok {
					fmt.Fprintf(&b, " %d=%d", a.Id, s.Id)
				}
			}
		}
		kept[i] = b.String()
		differ = differ || kept[i] != kept[0]
	}
	if !differ {
		clear(kept)
	}
	return kept
}

// mergedResult is result n of c, which is that of r or of q: an error that is
// nil in neither of them is none of which that is known, but not nil either.
func (in *Calls) mergedResult(c *interp.CallSite, n int, r, q interp.Returned) domain.Value {
	t := c.Sig.Results().At(n).Type()
	v := r.Results[n].Union(q.Results[n])
	if gotypes.IsError(t) && len(v) > 1 && in.NeverNil(r.St, r.Results[n]) && in.NeverNil(q.St, q.Results[n]) {
		return domain.Value{in.Derived(domain.FailedCall{Site: c.Site(), Result: n}, v, t)}
	}
	return in.Bounded(domain.Slot{Tuple: nil, Index: n}, v, t)
}

// factsOf tells what is known of v, as part of a key.
func (in *Calls) factsOf(st *domain.State, v domain.Value) string {
	s := v.One()
	if s == nil {
		return "?"
	}
	var b strings.Builder
	if known, is := in.Nilness(st, s); known {
		b.WriteString(rules.Flag("nil", is) + rules.Flag("notnil", !is))
	}
	if known, is := in.Truth(st, s); known {
		b.WriteString(rules.Flag("true", is) + rules.Flag("false", !is))
	}
	return b.String()
}

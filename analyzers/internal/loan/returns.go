package loan

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// mergedReturns joins the ways out on which nothing that matters differs.
func (in *interpreter) mergedReturns(c *callSite, rs []returned) []returned {
	if len(rs) < 2 {
		return rs
	}
	var out []returned
	keys := make(map[string]int)
	for _, r := range rs {
		k := r.st.key()
		if r.st.loans.len() > 0 {
			// Facts about results tell later how the call came out.
			for _, v := range r.results {
				k += "/" + in.factsOf(r.st, v)
			}
		}
		for _, v := range r.results {
			// So do numbers and truths, and be it the callers of this function.
			if c := constantOf(v); c != nil {
				k += "=" + c.ExactString()
			}
		}
		if i, ok := keys[k]; ok {
			merged := make([]value, len(r.results))
			for n := range merged {
				merged[n] = in.mergedResult(c, n, out[i], r)
			}
			out[i].st.merge(in.machine, r.st)
			for n := range merged {
				if s := merged[n].one(); s != nil && s.key.site == any(failedCall{c.site(), n}) {
					out[i].st.facts.set(s, notNil)
				}
			}
			out[i].results = merged
			continue
		}
		keys[k] = len(out)
		out = append(out, r)
	}
	return out
}

// mergedResult is result n of c, which is that of r or of q: an error that is
// nil in neither of them is none of which that is known, but not nil either.
func (in *interpreter) mergedResult(c *callSite, n int, r, q returned) value {
	t := c.sig.Results().At(n).Type()
	v := r.results[n].union(q.results[n])
	if isError(t) && len(v) > 1 && in.neverNil(r.st, r.results[n]) && in.neverNil(q.st, q.results[n]) {
		return value{in.derived(failedCall{c.site(), n}, v, t)}
	}
	return in.bounded(slot{nil, n}, v, t)
}

// failedCall marks the error of a call that failed, for one reason or another.
type failedCall struct {
	site   ssa.Instruction
	result int
}

// neverNil reports whether v is surely not nil.
func (in *interpreter) neverNil(st *state, v value) bool {
	return len(v) > 0 && !slices.ContainsFunc(v, func(s *symbol) bool {
		known, is := in.nilness(st, s)
		return !known || is
	})
}

// factsOf tells what is known of v, as part of a key.
func (in *interpreter) factsOf(st *state, v value) string {
	s := v.one()
	if s == nil {
		return "?"
	}
	var b strings.Builder
	if known, is := in.nilness(st, s); known {
		b.WriteString(flag("nil", is) + flag("notnil", !is))
	}
	if known, is := in.truth(st, s); known {
		b.WriteString(flag("true", is) + flag("false", !is))
	}
	return b.String()
}

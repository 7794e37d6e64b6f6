package calls

import (
	"slices"
	"strings"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// findElements finds, for what the callee does to each element of a collection, the elements: where all of them are known.
func (a *application) findElements(o summary.Outcome) {
	for i, e := range o.Effects {
		switch e.Kind {
		case summary.Deref, summary.Release, summary.Call:
			if e.To == "" {
				continue
			}
			if all, ok := a.each(e); ok {
				if e.Way == summary.LastFirst {
					slices.Reverse(all)
				}
				if a.elements == nil {
					a.elements = make(map[int][]domain.Value)
				}
				a.elements[i] = all
			}
		}
	}
}

// each is what the path of e names, once for each element of the collection.
func (a *application) each(e summary.Effect) (out []domain.Value, ok bool) {
	of := a.value(e.To, nil)
	t := a.typeAt(e.To)
	rest, within := strings.CutPrefix(string(e.Path), string(e.To.Field(domain.ElementIndex)))
	if t == nil || !within {
		return nil, false
	}
	if s := of.One(); s != nil && s.IsNil() {
		return nil, true
	}
	elem, _ := partType(t, domain.ElementIndex)
	if elem == nil {
		return nil, false
	}
	slots, ok := a.st.Slots(a.in.Machine, of, elem)
	if !ok {
		return nil, false
	}
	for _, at := range slots {
		out = append(out, a.follow(domain.Value{at}, at.Typ, e.Path, summary.Path(rest)))
	}
	return out, true
}

// areFunctions reports whether each of all is one function that is known, or one that releases something.
func (a *application) areFunctions(all []domain.Value) bool {
	for _, v := range all {
		s := v.One()
		if s == nil || s.Old || s.Kind != domain.SymFunc && len(a.in.GuardedBy(a.st, s)) == 0 {
			return false
		}
	}
	return true
}

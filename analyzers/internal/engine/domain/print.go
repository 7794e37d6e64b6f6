package domain

import (
	"fmt"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/summary"
)

// String names the symbol by the way to it: "p0.1*" is what field 1 of the first
// parameter holds, "&x" the address of the variable x, "t3#1" the second result
// of instruction t3.
func (s *Symbol) String() string {
	if s == nil {
		return "-"
	}
	name := s.name()
	if s.Old {
		name += "'"
	}
	return name
}

func (s *Symbol) name() string {
	switch s.Kind {
	case SymConst:
		if s.constant != nil {
			return s.constant.String()
		}
		return fmt.Sprint(s.Key.Site)
	case SymAlloc:
		return "&" + siteName(s.Key.Site)
	case SymParam:
		return fmt.Sprintf("p%d", s.Key.Index)
	case SymGlobal, SymFunc:
		return siteName(s.Key.Site)
	case SymAddr, SymField:
		if s.Key.Index == ElementIndex {
			return s.Key.Base.String() + "[]"
		}
		if s.Key.Index <= CaptureIndex {
			return fmt.Sprintf("%v.capture%d", s.Key.Base, CaptureIndex-s.Key.Index)
		}
		return fmt.Sprintf("%v.%d", s.Key.Base, s.Key.Index)
	case SymContent:
		return s.Key.Base.String() + "*"
	case SymCompare:
		if s.Key.Op == token.NOT {
			return "!" + s.Key.Base.String()
		}
		return fmt.Sprintf("(%v %v %v)", s.Key.Base, s.Key.Op, s.Key.With)
	case SymDerived:
		return fmt.Sprintf("derived#%d(%v)", s.Id, s.Sources)
	case SymStruct:
		return fmt.Sprintf("struct#%d", s.Id)
	}
	if s.Key.Index != 0 {
		return fmt.Sprintf("%s#%d", siteName(s.Key.Site), s.Key.Index)
	}
	return siteName(s.Key.Site)
}

// siteName names the instruction, value or marker that made a symbol.
func siteName(site any) string {
	switch s := site.(type) {
	case *ssa.Alloc:
		if s.Comment != "" {
			return s.Name() + ":" + s.Comment
		}
		return s.Name()
	case *ssa.Global:
		return s.Name()
	case *ssa.Function:
		return s.Name()
	case ssa.Value:
		return s.Name()
	}
	if inner := siteOf(site); inner != site {
		kind := strings.TrimPrefix(fmt.Sprintf("%T", site), "domain.")
		return kind + "(" + siteName(inner) + ")"
	}
	return strings.TrimPrefix(fmt.Sprintf("%T", site), "domain.")
}

func (v Value) String() string {
	names := make([]string, len(v))
	for i, s := range v {
		names[i] = s.String()
	}
	return "{" + strings.Join(names, " ") + "}"
}

func (f Fact) String() string {
	var out []string
	for i, n := range []string{"nil", "not nil", "true", "false", "presumed", "of none"} {
		if f&(1<<i) != 0 {
			out = append(out, n)
		}
	}
	return strings.Join(out, " and ")
}

// String tells where the loan stands, as dumps show it.
func (s Standing) String() string {
	out := s.Phase.String()
	for _, f := range []struct {
		on   bool
		name string
	}{{s.Unsure, "unsure"}, {s.Asked, "asked"}, {s.Parked, "parked"}, {s.Reported, "reported"}, {s.Joined, "joined"}, {s.Handed != token.NoPos, s.HandedN}} {
		if f.on {
			out += ", " + f.name
		}
	}
	if len(s.Owner) > 0 {
		out += ", from " + s.Owner.String()
	}
	if s.EndedBy != "" {
		out += ", ended by " + s.EndedBy
	}
	return out
}

// String is the state as dumps show it: one line for each variable, cell, fact,
// loan and effect, each in an order that depends on the sources alone.
func (st *State) String() string {
	var b strings.Builder
	for _, f := range st.Frames {
		for v, x := range f.Env.All() {
			fmt.Fprintf(&b, "  %s = %v\n", v.Name(), x)
		}
		for v, xs := range f.Tuples.All() {
			fmt.Fprintf(&b, "  %s = %v\n", v.Name(), xs)
		}
		for _, d := range f.Defers {
			fmt.Fprintf(&b, "  defer %v%v\n", d.Fn, d.Args)
		}
	}
	for a, c := range st.Mem.All() {
		fmt.Fprintf(&b, "  [%v] = %v\n", a, c.V)
	}
	for s, f := range st.Facts.All() {
		fmt.Fprintf(&b, "  %v is %v\n", s, f)
	}
	for l, s := range st.Loans.All() {
		fmt.Fprintf(&b, "  %v (%s, %s): %v\n", l, l.Subject(), l.What, s)
	}
	for s, n := range st.exact.All() {
		fmt.Fprintf(&b, "  %v has %d elements\n", s, n)
	}
	for s := range st.Spilled.All() {
		fmt.Fprintf(&b, "  %v can be reached elsewhere\n", s)
	}
	var effects []summary.Effect
	for e, info := range st.Effects {
		effects = append(effects, summary.Effect{Kind: summary.EffectKind(e.Kind), Path: e.Path, Detail: e.Detail, May: info.May})
	}
	slices.SortFunc(effects, summary.Effect.Compare)
	for _, e := range effects {
		fmt.Fprintf(&b, "  %v\n", e)
	}
	return b.String()
}

package rules

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// Event is a call of method c on v: it ends what was borrowed from v until
// then. may is set where the call happens on some path of a callee only.
func (in *Rules) Event(st *domain.State, v domain.Value, c *interp.CallSite, may bool) {
	name, typ := c.Name(), receiverName(c)
	for l, stand := range st.Loans.All() {
		if l.Kind != domain.Borrowed && l.Kind != domain.Lent || len(l.Until) == 0 || stand.Phase != domain.Live && stand.Phase != domain.Unchecked || l.Key.Site == any(c.Site()) && l.IsLast() {
			continue
		}
		in.EndByEvent(st, l, v, name, "", c.Site(), may)
		in.endByOther(st, l, c, name, typ)
	}
	for _, s := range v {
		if !may {
			st.OwnCalled()[domain.Call{On: s, Method: name}] = true
		}
		if p, ok := s.Path(); ok {
			st.Affect(summary.Event, p, summary.Detail{Method: name}, c.Pos)
		}
	}
}

// receiverName is the type whose method c calls, as events name it: with the
// path of its package.
func receiverName(c *interp.CallSite) string {
	f, ok := c.Obj.(*types.Func)
	if !ok || f.Signature().Recv() == nil {
		return ""
	}
	if n, ok := types.Unalias(gotypes.Deref(f.Signature().Recv().Type())).(*types.Named); ok {
		if p := n.Obj().Pkg(); p != nil {
			return p.Path() + "." + n.Obj().Name()
		}
		return n.Obj().Name()
	}
	return ""
}

// endByOther ends l if c calls a method of another type, T.M, that does so:
// it is passed the owner, or, where it has no place for it, its receiver was
// taken from what the owner was taken from (decision 4).
func (in *Rules) endByOther(st *domain.State, l *domain.Loan, c *interp.CallSite, name, typ string) {
	match := func(e contract.Event) bool { return e.Type != "" && matchesEvent(e, name, typ) }
	owner := st.Loans.At(l).Owner.One()
	if typ == "" || owner == nil || !slices.ContainsFunc(l.Until, match) {
		return
	}
	takes := false
	for i, a := range c.Args {
		takes = takes || owner.Typ != nil && types.Identical(c.ArgTypes[i], owner.Typ)
		if a.One() == owner {
			in.EndByEvent(st, l, a, name, typ, c.Site(), false)
			return
		}
		if a.Has(owner) {
			in.EndByEvent(st, l, a, name, typ, c.Site(), true)
			return
		}
	}
	if recv := c.Args[0].One(); !takes && recv != nil && in.shareOwner(st, recv, owner) {
		in.EndByEvent(st, l, domain.Value{owner}, name, typ, c.Site(), false)
	}
}

// shareOwner reports whether x and y were taken from one owner.
func (in *Rules) shareOwner(st *domain.State, x, y *domain.Symbol) bool {
	for _, l := range x.AllLoans() {
		o := st.Loans.At(l).Owner.One()
		if o == nil || o.Old {
			continue
		}
		for _, k := range y.AllLoans() {
			if st.Loans.At(k).Owner.One() == o {
				return true
			}
		}
	}
	return false
}

// EndByEvent ends l if a call of method name on v does so.
func (in *Rules) EndByEvent(st *domain.State, l *domain.Loan, v domain.Value, name, typ string, site ssa.Instruction, may bool) {
	if !slices.ContainsFunc(l.Until, func(e contract.Event) bool { return matchesEvent(e, name, typ) }) {
		return
	}
	stand := st.Loans.At(l)
	owner := stand.Owner.One()
	if owner == nil || !v.Has(owner) {
		if !slices.ContainsFunc(v, func(s *domain.Symbol) bool { return mayBeOneOf(s, stand.Owner) }) {
			return
		}
		may = true
	}
	if may || len(v) > 1 || owner.Old {
		stand.Unsure = true
		st.Loans.Set(l, stand)
		return
	}
	in.End(st, l, site, name)
}

// mayBeOneOf reports whether s may be what one of owners is: it is one of several that it
// may be, or both were found in the same collection or channel.
func mayBeOneOf(s *domain.Symbol, owners domain.Value) bool {
	return slices.ContainsFunc(owners, func(o *domain.Symbol) bool {
		if s == o {
			return true
		}
		in := foundIn(s)
		return in != nil && in == foundIn(o) && s.Typ != nil && o.Typ != nil && types.Identical(s.Typ, o.Typ)
	})
}

// foundIn is the collection or channel that s was found in; nil if it was not.
func foundIn(s *domain.Symbol) any {
	if s.IsElement() {
		return s.Root()
	}
	switch site := s.Key.Site.(type) {
	case *ssa.UnOp:
		if site.Op == token.ARROW {
			return site.X
		}
	case *ssa.Lookup:
		return site.X
	}
	return nil
}

func matchesEvent(e contract.Event, name, typ string) bool {
	if e.Type != "" && e.Type != typ {
		return false
	}
	if e.Prefix {
		return strings.HasPrefix(name, e.Name)
	}
	return e.Name == name
}

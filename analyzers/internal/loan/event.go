package loan

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// event is a call of method c on v: it ends what was borrowed from v until
// then. may is set where the call happens on some path of a callee only.
func (in *interpreter) event(st *state, v value, c *callSite, may bool) {
	name, typ := c.name(), receiverName(c)
	for l, stand := range st.loans.all() {
		if l.kind != borrowed && l.kind != lent || len(l.until) == 0 || stand.phase != live && stand.phase != unchecked || l.key.site == any(c.site()) && !l.old {
			continue
		}
		in.endByEvent(st, l, v, name, "", c.site(), may)
		in.endByOther(st, l, c, name, typ)
	}
	for _, s := range v {
		if !may {
			st.ownCalled()[call{s, name}] = true
		}
		if p, ok := s.path(); ok {
			st.affect(summary.Event, p, name, c.pos)
		}
	}
}

// receiverName is the type whose method c calls, as events name it: with the
// path of its package.
func receiverName(c *callSite) string {
	f, ok := c.obj.(*types.Func)
	if !ok || f.Signature().Recv() == nil {
		return ""
	}
	if n, ok := types.Unalias(deref(f.Signature().Recv().Type())).(*types.Named); ok {
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
func (in *interpreter) endByOther(st *state, l *loan, c *callSite, name, typ string) {
	match := func(e contract.Event) bool { return e.Type != "" && matchesEvent(e, name, typ) }
	owner := st.loans.at(l).owner.one()
	if typ == "" || owner == nil || !slices.ContainsFunc(l.until, match) {
		return
	}
	takes := false
	for i, a := range c.args {
		takes = takes || owner.typ != nil && types.Identical(c.argTypes[i], owner.typ)
		if a.one() == owner {
			in.endByEvent(st, l, a, name, typ, c.site(), false)
			return
		}
		if a.has(owner) {
			in.endByEvent(st, l, a, name, typ, c.site(), true)
			return
		}
	}
	if recv := c.args[0].one(); !takes && recv != nil && in.shareOwner(st, recv, owner) {
		in.endByEvent(st, l, value{owner}, name, typ, c.site(), false)
	}
}

// shareOwner reports whether x and y were taken from one owner.
func (in *interpreter) shareOwner(st *state, x, y *symbol) bool {
	for _, l := range x.allLoans() {
		o := st.loans.at(l).owner.one()
		if o == nil || o.old {
			continue
		}
		for _, k := range y.allLoans() {
			if st.loans.at(k).owner.one() == o {
				return true
			}
		}
	}
	return false
}

// endByEvent ends l if a call of method name on v does so.
func (in *interpreter) endByEvent(st *state, l *loan, v value, name, typ string, site ssa.Instruction, may bool) {
	if !slices.ContainsFunc(l.until, func(e contract.Event) bool { return matchesEvent(e, name, typ) }) {
		return
	}
	owner := st.loans.at(l).owner.one()
	if owner == nil || !v.has(owner) {
		return
	}
	stand := st.loans.at(l)
	if may || len(v) > 1 || owner.old {
		stand.unsure = true
		st.loans.set(l, stand)
		return
	}
	in.end(st, l, site, name)
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

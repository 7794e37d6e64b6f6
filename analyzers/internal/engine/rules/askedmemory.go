package rules

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
)

// asksMemory reports whether c, which locks, is reached by a branch that asks memory or a function, and
// was not asked before l began: a flag, a count or an owner may say whether the lock is held, and what it says is
// not known. A loop that l began in an earlier round of is no such branch.
func (in *Rules) asksMemory(c *interp.CallSite, l *domain.Loan) bool {
	site := c.Site()
	fn := site.Parent()
	flow := in.FlowOf(fn)
	began, _ := l.Key.Site.(ssa.Instruction)
	return flow.HangsOnAny(site.Block(), func(b *ssa.BasicBlock, cond ssa.Value) bool {
		switch {
		case cond != nil && (!isOfMemory(cond, nil) || cond == l.Key.Site):
			return false
		case began == nil || began.Parent() != fn:
			return true
		case began == site:
			return !isLoopHead(b)
		}
		isBefore := b != began.Block() && b.Dominates(began.Block())
		return !isBefore && (!began.Block().Dominates(b) || meetAgain(b, site.Block()))
	})
}

// meetAgain reports whether the ways out of b that pass by to come to where those by to do: the branch is no early return.
func meetAgain(b, to *ssa.BasicBlock) bool {
	behind := make(map[*ssa.BasicBlock]bool)
	reach(to, behind)
	for _, s := range b.Succs {
		if s == to || s.Dominates(to) {
			continue
		}
		aside := make(map[*ssa.BasicBlock]bool)
		reach(s, aside)
		for x := range aside {
			if behind[x] {
				return true
			}
		}
	}
	return false
}

// reach adds b to set, and all blocks that come after it.
func reach(b *ssa.BasicBlock, set map[*ssa.BasicBlock]bool) {
	if set[b] {
		return
	}
	set[b] = true
	for _, s := range b.Succs {
		reach(s, set)
	}
}

// isLoopHead reports whether a loop comes back to b.
func isLoopHead(b *ssa.BasicBlock) bool {
	return slices.ContainsFunc(b.Preds, func(p *ssa.BasicBlock) bool { return b.Dominates(p) })
}

// isOfMemory reports whether cond asks what stands in memory, or what a function answers, for more than whether
// there is something at all.
func isOfMemory(v ssa.Value, seen []ssa.Value) bool {
	if slices.Contains(seen, v) {
		return false
	}
	seen = append(seen, v)
	switch v := v.(type) {
	case *ssa.UnOp:
		return v.Op == token.MUL || v.Op != token.ARROW && isOfMemory(v.X, seen)
	case *ssa.BinOp:
		return !domain.IsNilConst(v.X) && !domain.IsNilConst(v.Y) && (isOfMemory(v.X, seen) || isOfMemory(v.Y, seen))
	case *ssa.Call:
		_, isBuiltin := v.Call.Value.(*ssa.Builtin)
		return !isBuiltin
	case *ssa.Extract:
		_, isCall := v.Tuple.(*ssa.Call)
		return isCall
	case *ssa.Phi:
		return slices.ContainsFunc(v.Edges, func(e ssa.Value) bool { return isOfMemory(e, seen) })
	case *ssa.FreeVar:
		return true
	case *ssa.Convert:
		return isOfMemory(v.X, seen)
	case *ssa.ChangeType:
		return isOfMemory(v.X, seen)
	}
	return false
}

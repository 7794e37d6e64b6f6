package calls

import (
	"go/constant"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
)

// The forms of loops: what counts from one end of a slice to the other, and comes to all that lies between.

// countsThrough is the index with which header counts from one end of a slice to the other, and the slice.
func countsThrough(header *ssa.BasicBlock) (index, slice ssa.Value) {
	last, ok := header.Instrs[len(header.Instrs)-1].(*ssa.If)
	if !ok {
		return nil, nil
	}
	cond, ok := last.Cond.(*ssa.BinOp)
	if !ok {
		return nil, nil
	}
	switch {
	case cond.Op == token.LSS: // i < len(s)
		slice = lengthOf(cond.Y)
		if phi, step, ok := stepped(cond.X); ok && slice != nil && step == 1 && phi.Block() == header {
			if cond.X == ssa.Value(phi) && begins(phi, 0) || cond.X != ssa.Value(phi) && begins(phi, -1) {
				return cond.X, slice
			}
		}
	case cond.Op == token.GEQ && isNumber(cond.Y, 0): // i >= 0
		phi, step, ok := stepped(cond.X)
		if !ok || step != -1 || cond.X != ssa.Value(phi) || phi.Block() != header {
			break
		}
		for _, e := range phi.Edges {
			if minus, ok := e.(*ssa.BinOp); ok && minus.Op == token.SUB && isNumber(minus.Y, 1) && minus.X != ssa.Value(phi) {
				slice = lengthOf(minus.X)
			}
		}
		if slice != nil && len(phi.Edges) == 2 {
			return phi, slice
		}
	}
	return nil, nil
}

// stepped is the phi that v is, or is one more or less than, and by how much it changes from round to round.
func stepped(v ssa.Value) (*ssa.Phi, int, bool) {
	by := func(v ssa.Value, phi *ssa.Phi) int {
		op, ok := v.(*ssa.BinOp)
		switch {
		case !ok || op.X != ssa.Value(phi) || !isNumber(op.Y, 1):
		case op.Op == token.ADD:
			return 1
		case op.Op == token.SUB:
			return -1
		}
		return 0
	}
	if phi, ok := v.(*ssa.Phi); ok && len(phi.Edges) == 2 {
		for _, e := range phi.Edges {
			if n := by(e, phi); n != 0 {
				return phi, n, true
			}
		}
		return nil, 0, false
	}
	op, ok := v.(*ssa.BinOp)
	if !ok {
		return nil, 0, false
	}
	phi, ok := op.X.(*ssa.Phi)
	if !ok || len(phi.Edges) != 2 || !slices.Contains(phi.Edges, v) {
		return nil, 0, false
	}
	n := by(v, phi)
	return phi, n, n != 0
}

// begins reports whether phi is n before the first round.
func begins(phi *ssa.Phi, n int64) bool {
	return slices.ContainsFunc(phi.Edges, func(e ssa.Value) bool { return isNumber(e, n) })
}

func isNumber(v ssa.Value, n int64) bool {
	c, ok := v.(*ssa.Const)
	if !ok || c.Value == nil || c.Value.Kind() != constant.Int {
		return false
	}
	is, exact := constant.Int64Val(c.Value)
	return exact && is == n
}

// lengthOf is the slice of which v is the length.
func lengthOf(v ssa.Value) ssa.Value {
	c, ok := v.(*ssa.Call)
	if !ok {
		return nil
	}
	if b, ok := c.Call.Value.(*ssa.Builtin); !ok || b.Name() != "len" {
		return nil
	}
	return c.Call.Args[0]
}

// loopOf are the blocks of the loop that header leads, each with whether every round comes to it; none if
// the loop may be left from elsewhere.
func loopOf(header *ssa.BasicBlock) map[*ssa.BasicBlock]bool {
	loop := map[*ssa.BasicBlock]bool{header: true}
	var latches []*ssa.BasicBlock
	for _, p := range header.Preds {
		if header.Dominates(p) {
			latches = append(latches, p)
		}
	}
	for work := slices.Clone(latches); len(work) > 0; {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if loop[b] {
			continue
		}
		loop[b] = true
		work = append(work, b.Preds...)
	}
	for b := range loop {
		for i, s := range b.Succs {
			if !loop[s] && !(b == header && i == 1) {
				return nil
			}
		}
	}
	if len(latches) == 0 || !loop[header.Succs[0]] || domain.Leads(header.Succs[1], header) {
		return nil
	}
	sure := make(map[*ssa.BasicBlock]bool, len(loop))
	for b := range loop {
		sure[b] = true
		for _, l := range latches {
			sure[b] = sure[b] && b.Dominates(l)
		}
		if !sure[b] {
			return nil // what happens in some rounds only is not read
		}
	}
	return sure
}

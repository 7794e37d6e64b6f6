package interp

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// send sends v on ch.
func (in *Interp) send(st *domain.State, ch, v domain.Value, i ssa.Instruction, pos token.Pos) {
	if s := ownChannel(st, ch); s != nil {
		if in.sendExact(st, s, v, i) {
			return
		}
		if c, ok := s.Typ.Underlying().(*types.Chan); ok {
			in.Keep(st, in.Elements(st, ch, c.Elem()), v, i)
			return
		}
	}
	in.Up.HandOverAt(st, v, pos, summary.OnChannel)
	in.Up.PutFar(st, v, i)
}

// received is what i receives from ch: of a channel of its own, what was sent on it.
func (in *Interp) received(st *domain.State, i *ssa.UnOp, ch domain.Value, t types.Type) domain.Value {
	if s := ownChannel(st, ch); s != nil {
		if v, ok := st.Dequeue(in.Machine, s); ok {
			return v
		}
		return in.Bounded(i, st.Load(in.Machine, i, in.Elements(st, ch, t), t), t)
	}
	return domain.Value{in.Fresh(i, 0, t)}
}

// isDeaf reports whether the receive i waits for ever: only goroutines send on its channel, or
// close it, and none of them has been started.
func (in *Interp) isDeaf(st *domain.State, i *ssa.UnOp) bool {
	if i.Op != token.ARROW {
		return false
	}
	ch := ownChannel(st, in.Eval(st, i.X))
	if ch == nil {
		return false
	}
	variable, ok := i.X.(*ssa.UnOp)
	return ok && variable.Op == token.MUL && isForGoroutines(variable.X, ch.Key.Site)
}

// isForGoroutines reports whether the function around the variable makes the channel for it,
// receives from it, and does nothing else with it: all else is done by literals, which it
// starts as goroutines, and that do not run in place.
func isForGoroutines(variable ssa.Value, made any) bool {
	if _, ok := variable.(*ssa.Alloc); !ok {
		return false
	}
	for _, r := range *variable.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef:
		case *ssa.Store:
			if any(r.Val) != made {
				return false
			}
		case *ssa.UnOp:
			if slices.ContainsFunc(*r.Referrers(), func(u ssa.Instruction) bool {
				receive, ok := u.(*ssa.UnOp)
				return !ok || receive.Op != token.ARROW
			}) {
				return false
			}
		case *ssa.MakeClosure:
			if !onlyStarted(r) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// onlyStarted reports whether the literal only runs as a goroutine of its own.
func onlyStarted(literal *ssa.MakeClosure) bool {
	return !slices.ContainsFunc(*literal.Referrers(), func(r ssa.Instruction) bool {
		start, ok := r.(*ssa.Go)
		return !ok || start.Call.Value != literal || IsAwaited(start, literal, false)
	})
}

// IsLocal reports whether all that is done to the channel is to send and to receive.
func IsLocal(i *ssa.MakeChan) bool {
	for _, r := range *i.Referrers() {
		switch r := r.(type) {
		case *ssa.Send:
			if r.X == i {
				return false
			}
		case *ssa.UnOp:
			if r.CommaOk {
				return false
			}
		case *ssa.Select:
			if slices.ContainsFunc(r.States, func(s *ssa.SelectState) bool { return s.Send == i }) {
				return false
			}
		case *ssa.DebugRef:
		default:
			return false
		}
	}
	return true
}

// sendExact sends v on the exact channel ch, which must have room.
func (in *Interp) sendExact(st *domain.State, ch *domain.Symbol, v domain.Value, i ssa.Instruction) bool {
	room, ok := roomIn(ch)
	return ok && st.Enqueue(in.Machine, ch, v, room, i)
}

// roomIn is how many values fit into ch, which was made here; not ok if that is not a constant.
func roomIn(ch *domain.Symbol) (n int, ok bool) {
	m, ok := ch.Key.Site.(*ssa.MakeChan)
	if !ok {
		return 0, false
	}
	size, ok := m.Size.(*ssa.Const)
	if !ok {
		return 0, false
	}
	return int(size.Int64()), true
}

// selectStmt goes each of the ways that a select statement can go. What is received stands in
// its results only where that is known: see [domain.Machine.ResultAt].
func (in *Interp) selectStmt(st *domain.State, i *ssa.Select) []*domain.State {
	t := i.Type().(*types.Tuple)
	way := func(st *domain.State, n int, received ...domain.Value) {
		index := domain.Value{in.Integer(int64(n), t.At(0).Type())}
		st.Top().Tuples.Set(i, append([]domain.Value{index}, received...))
	}
	var channels, sent []domain.Value
	for _, s := range i.States {
		channels = append(channels, in.Eval(st, s.Chan))
		var v domain.Value
		if s.Dir == types.SendOnly {
			v = in.Eval(st, s.Send)
		}
		sent = append(sent, v)
	}
	// Channels, and where they stand, need not be carried along each of the ways if nobody
	// reads them any more.
	live := in.FlowOf(i.Parent()).LiveAfter(i)
	st.Top().Env.Keep(func(v ssa.Value) bool {
		switch v := v.(type) {
		case *ssa.IndexAddr, *ssa.FieldAddr:
			return live[v]
		case *ssa.UnOp:
			_, isChannel := v.Type().Underlying().(*types.Chan)
			return live[v] || v.Op != token.MUL || !isChannel
		}
		return true
	})
	var out []*domain.State
	passed, received := false, 1 // whether some case is sure to be ready; the last result of a receive
	for n, s := range i.States {
		if s.Dir == types.RecvOnly {
			received++
		}
		ready, known := in.isReady(st, s, channels[n])
		if known && !ready {
			continue
		}
		passed = passed || known
		branch := st.Clone()
		way(branch, n)
		switch ch := channels[n]; {
		case s.Dir == types.SendOnly:
			in.send(branch, ch, sent[n], i, s.Pos)
		case known:
			vals := []domain.Value{{in.Boolean(true)}}
			for k := 2; k < received; k++ {
				vals = append(vals, in.ResultAt(i, nil, k))
			}
			v, _ := branch.Dequeue(in.Machine, ch.One())
			way(branch, n, append(vals, v)...)
		default:
			in.Up.Received(branch, ch)
		}
		out = append(out, branch)
	}
	if !i.Blocking && !passed {
		way(st, -1)
		out = append(out, st)
	}
	return out
}

// asksCase reports whether cond asks which way a select statement went.
func asksCase(cond ssa.Value) bool {
	c, ok := cond.(*ssa.BinOp)
	if !ok || c.Op != token.EQL {
		return false
	}
	x, ok := c.X.(*ssa.Extract)
	if !ok || x.Index != 0 {
		return false
	}
	_, ok = x.Tuple.(*ssa.Select)
	return ok
}

// isReady reports whether the case s, of the channel ch, can be taken, if that is known: of one that no
// other code has, of which it is known how much is in it.
func (in *Interp) isReady(st *domain.State, s *ssa.SelectState, ch domain.Value) (ready, known bool) {
	n, known := st.Count(ch)
	if !known {
		return false, false
	}
	if s.Dir == types.RecvOnly {
		return n > 0, true
	}
	room, known := roomIn(ch.One())
	return n < room, known && room <= domain.MaxExact
}

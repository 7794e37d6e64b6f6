package rules

import (
	"fmt"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/contract"
	"github.com/revlint/revlint/analyzers/internal/diag"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/engine/report"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// TakenEarly is c taking what stands in a buffer, of which a writer of this function still keeps the end back: only what is
// deferred releases that one, when the function returns, and whoever took the text goes without the end (decision 47).
//
// It is certain where the buffer is the function's own, and can be got at by nobody else, not even by what is deferred. The writer
// must have been used, and must be flushed or closed by nothing that is not deferred: who does that too may read twice.
func (in *Rules) TakenEarly(st *domain.State, c *interp.CallSite) {
	call, ok := c.Instr.(*ssa.Call)
	if !ok || c.Deferred {
		return
	}
	buffer := takenFrom(call)
	if buffer == nil {
		return
	}
	for l, stand := range st.Loans.All() {
		made, ok := l.Key.Site.(*ssa.Call)
		if !l.Lax || l.Old || !ok || stand.Phase != domain.Live && stand.Phase != domain.Moved || stand.Unsure || stand.Reported || stand.Parked || stand.Handed.IsValid() {
			continue
		}
		if !writesTo(made, buffer) || !domain.Precedes(buffer.(ssa.Instruction), made) || !domain.Precedes(made, call) || !isOnlyWritten(buffer) || !in.isLeftToDefer(made, call, stand.Phase == domain.Moved) {
			continue
		}
		isGuard := func(s *domain.Symbol) bool { return interp.ContainsLoan(s.Guards, l) }
		if d := in.deferredFor(st, isGuard); d != nil && !d.Perhaps && d.Instr.Parent() == call.Parent() {
			in.reportTakenEarly(st, l, d.Instr, call)
		}
	}
}

// takenFrom is the buffer, made by the function itself, of which call takes all that has been written to it by now; nil if call does
// something else. A request has the length of a buffer from the start.
func takenFrom(call *ssa.Call) ssa.Value {
	f := call.Call.StaticCallee()
	if f == nil || f.Object() == nil || f.Object().Pkg() == nil {
		return nil
	}
	args := call.Call.Args
	switch f.Object().(*types.Func).FullName() {
	case "(*bytes.Buffer).Bytes", "(*bytes.Buffer).String", "(*bytes.Buffer).WriteTo", "(*strings.Builder).String", "io.ReadAll":
		args = args[:1]
	case "net/http.NewRequest", "net/http.NewRequestWithContext":
		if !staysHere(call) {
			return nil // whoever gets it may go by what its body has by then
		}
		args = args[len(args)-1:]
	case "net/http.Post", "(*net/http.Client).Post", "io.Copy":
		args = args[len(args)-1:]
	default:
		return nil
	}
	switch b := unwrapped(args[0]).(type) {
	case *ssa.Alloc:
		if isBuffer(b.Type()) {
			return b
		}
	case *ssa.Call:
		if made := b.Call.StaticCallee(); made != nil && isBuffer(b.Type()) && (made.String() == "bytes.NewBuffer" || made.String() == "bytes.NewBufferString") {
			return b
		}
	}
	return nil
}

// staysHere reports whether what call gave first is neither returned nor stored.
func staysHere(call *ssa.Call) bool {
	for _, r := range *call.Referrers() {
		e, ok := r.(*ssa.Extract)
		if !ok {
			return false
		}
		if e.Index == 0 && slices.ContainsFunc(*e.Referrers(), func(use ssa.Instruction) bool {
			switch use.(type) {
			case *ssa.FieldAddr, *ssa.Call, *ssa.DebugRef:
				return false
			}
			return true
		}) {
			return false
		}
	}
	return true
}

// unwrapped is what v, an interface, was made of; v if it is none.
func unwrapped(v ssa.Value) ssa.Value {
	for {
		switch made := v.(type) {
		case *ssa.MakeInterface:
			v = made.X
		case *ssa.ChangeInterface:
			v = made.X
		default:
			return v
		}
	}
}

func isBuffer(t types.Type) bool {
	return slices.Contains([]string{"*bytes.Buffer", "*strings.Builder"}, types.TypeString(t, nil))
}

// writesTo reports whether made is given buffer as what is written to.
func writesTo(made *ssa.Call, buffer ssa.Value) bool {
	return slices.ContainsFunc(made.Call.Args, func(a ssa.Value) bool {
		_, writes := gotypes.Streams(a.Type())
		return writes && unwrapped(a) == buffer
	})
}

// isOnlyWritten reports whether all that is done with buffer is to call something that is given it: no function literal has
// it, it is not returned, and stored nowhere.
func isOnlyWritten(buffer ssa.Value) bool {
	for _, r := range *buffer.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef, *ssa.Call:
		case *ssa.MakeInterface, *ssa.ChangeInterface:
			if !isOnlyWritten(r.(ssa.Value)) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// isLeftToDefer reports whether the writer that made gave is used before call, and neither flushed nor closed but by what is
// deferred. Where wholly, all that is done with it, here and in functions of this package that it is passed to, is to call its
// methods: who has got at it by way of something else, as by a part of an archive, can only write.
func (in *Rules) isLeftToDefer(made, call *ssa.Call, wholly bool) bool {
	w := ssa.Value(made)
	if made.Call.Signature().Results().Len() > 1 {
		for _, r := range *made.Referrers() {
			if e, ok := r.(*ssa.Extract); ok && e.Index == 0 {
				w = e
			}
		}
	}
	f := &follower{in: in, call: call, wholly: wholly, hasEnd: hasEnd(made)}
	return f.isOnlyUsed(w, 0) && f.used
}

// A follower goes after a writer, from where it was made to what is called with it.
type follower struct {
	in     *Rules
	call   *ssa.Call
	wholly bool
	hasEnd bool
	used   bool // before call: perhaps, where the writer has an end to write in any case
}

// hasEnd reports whether the writer that made gave writes an end in any case, as an archive does. Others have nothing to write
// where nothing was written to them.
func hasEnd(made *ssa.Call) bool {
	f := made.Call.StaticCallee()
	return f != nil && f.Pkg != nil && slices.Contains([]string{"tar", "zip", "gzip", "zlib", "multipart", "pgzip", "zstd"}, f.Pkg.Pkg.Name())
}

// isOnlyUsed follows w, the writer or a variable that holds it, in a function that is depth calls away.
func (f *follower) isOnlyUsed(w ssa.Value, depth int) bool {
	if w.Referrers() == nil || depth > maxHelpers {
		return false
	}
	for _, r := range *w.Referrers() {
		ok := true
		switch r := r.(type) {
		case *ssa.DebugRef:
		case *ssa.Defer:
			ok = depth == 0
		case *ssa.MakeInterface:
			ok = !f.wholly && f.isOnlyUsed(r, depth)
		case *ssa.Call:
			ok = !f.in.mayFlush(r, w) && (!f.wholly || f.onlyUses(r, w, depth))
			f.used = f.used || depth == 0 && (domain.Precedes(r, f.call) || f.hasEnd && domain.Leads(r.Block(), f.call.Block()))
		case *ssa.MakeClosure:
			ok = isDeferredOnly(r)
		case *ssa.Store: // into the variable that a literal captures
			variable, isVariable := r.Addr.(*ssa.Alloc)
			ok = isVariable && r.Val == w && f.isOnlyUsed(variable, depth)
		case *ssa.UnOp:
			ok = f.isOnlyUsed(r, depth)
		default:
			ok = false
		}
		if _, isStore := r.(*ssa.Store); !ok && !(isStore && r.(*ssa.Store).Addr == w) {
			return false
		}
	}
	return true
}

// onlyUses reports whether c is a method of the writer w, of another package, or a function of this one that does no more with it.
func (f *follower) onlyUses(c *ssa.Call, w ssa.Value, depth int) bool {
	callee := c.Call.StaticCallee()
	if callee == nil {
		return c.Call.IsInvoke() && c.Call.Value == w
	}
	for i, a := range c.Call.Args {
		switch {
		case a != w:
		case i == 0 && callee.Signature.Recv() != nil && callee.Pkg != nil && callee.Pkg.Pkg != f.in.Pass.Pkg:
		case i >= len(callee.Params) || len(callee.Blocks) == 0 || !f.isOnlyUsed(callee.Params[i], depth+1):
			return false
		}
	}
	return true
}

// mayFlush reports whether c releases the writer w that it is given, or flushes it in another way.
func (in *Rules) mayFlush(c *ssa.Call, w ssa.Value) bool {
	var m *types.Func
	if f := c.Call.StaticCallee(); f != nil {
		m, _ = f.Object().(*types.Func)
	} else if c.Call.IsInvoke() && c.Call.Value == w && !slices.Contains(c.Call.Args, w) {
		m = c.Call.Method
	}
	if m == nil {
		return true
	}
	switch m.FullName() {
	case "io.Copy", "io.CopyN", "io.CopyBuffer", "(*bufio.Writer).ReadFrom": // an empty bufio.Writer has the buffer read itself
		return true
	}
	ct := in.Contracts.Of(m)
	return strings.Contains(m.Name(), "Flush") || strings.Contains(m.Name(), "Close") || ct != nil && slices.ContainsFunc(ct.Claims, func(cl contract.Claim) bool {
		return cl.Verb == contract.Release || cl.Verb == contract.Move
	})
}

// isDeferredOnly reports whether f is a function literal that is deferred, and nothing else.
func isDeferredOnly(f *ssa.MakeClosure) bool {
	return !slices.ContainsFunc(*f.Referrers(), func(r ssa.Instruction) bool {
		_, isDefer := r.(*ssa.Defer)
		_, isDebug := r.(*ssa.DebugRef)
		return !isDefer && !isDebug
	})
}

func (in *Rules) reportTakenEarly(st *domain.State, l *domain.Loan, d *ssa.Defer, call *ssa.Call) {
	f := diag.Finding{
		Analyzer: "revleak", Pos: l.Pos,
		Message: fmt.Sprintf("%s is not released before %s takes what was written, for what is deferred waits until the function returns", report.GuardName(l), call.Call.StaticCallee().Name()),
		Related: []diag.Related{{Pos: call.Pos(), Message: "this does not have the end of it"}, {Pos: d.Pos(), Message: "this runs when the function returns"}},
	}
	if site, ok := l.Key.Site.(ssa.Instruction); ok {
		f.Pos, f.End = in.Names.Start(site)
	}
	in.Sink.Add(l, f)
	in.Mark(st, l, st.Loans.At(l))
}

package rules

import (
	"fmt"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/diag"
	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/engine/report"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// NextRound is i, a call in a loop, about to be executed again. What its last round gave, and is brief by its contract, is
// released too late where nothing but a deferred call has it any more: that waits for the end of the function, while
// round after round adds one more (decision 54). Where something else has it still, as a list of readers does that is
// read when the loop is over, it may be needed until then.
//
// A loop that counts its rounds up to a number adds few, attempts more often than not, and a test is soon over: of these
// nothing is said.
func (in *Rules) NextRound(st *domain.State, i *ssa.Call) {
	for l, stand := range st.Loans.All() {
		if !l.Brief || l.Old || l.Key.Site != any(i) || stand.Phase != domain.Live || stand.Unsure || stand.Reported || stand.Parked || stand.Handed.IsValid() {
			continue
		}
		if in.FlowOf(i.Parent()).CountsRounds(i.Block()) || strings.HasSuffix(in.Pass.Fset.Position(i.Pos()).Filename, "_test.go") {
			continue
		}
		isGuard := func(s *domain.Symbol) bool { return interp.ContainsLoan(s.Guards, l) }
		if d := in.deferredFor(st, isGuard); d != nil && !d.Perhaps && !in.isHadNow(st, l, i) && !lendsDescriptor(i) {
			in.reportLate(st, l, d.Instr)
		}
	}
}

// deferredFor is a pending call that gets at what is asked for, nil if there is none.
func (in *Rules) deferredFor(st *domain.State, is func(*domain.Symbol) bool) *domain.Pending {
	for _, f := range st.Frames {
		for _, d := range f.Defers {
			v := d.Fn
			for _, a := range d.Args {
				v = v.Union(a)
			}
			has := false
			st.Reach(v, func(s *domain.Symbol) { has = has || is(s) })
			if has {
				return &d
			}
		}
	}
	return nil
}

// isHadNow reports whether anything that is of l, which i gave, or was perhaps made of that, can be got at without a
// deferred call.
func (in *Rules) isHadNow(st *domain.State, l *domain.Loan, i *ssa.Call) bool {
	made, shared := madeOf(i, l.Loose)
	if shared || in.lent[l] {
		return true
	}
	for _, s := range in.ReachableNow(st).List {
		if in.isOf(s, l) {
			return true
		}
		if call, ok := s.Key.Site.(*ssa.Call); ok && made[call] {
			return true
		}
	}
	return false
}

// madeOf are the calls that got what i gave, or something that was made of it, and may have put it into their result: a reader
// around it, a channel that is closed when its context is. Known functions are followed, and not asked here; unless loosely, for
// who goes on using a context is not followed. It also reports whether a goroutine or a channel got it, or a function that goes elsewhere.
func madeOf(i *ssa.Call, loosely bool) (made map[*ssa.Call]bool, shared bool) {
	made = make(map[*ssa.Call]bool)
	seen := make(map[ssa.Value]bool)
	var follow func(v ssa.Value)
	follow = func(v ssa.Value) {
		if seen[v] || v.Referrers() == nil {
			return
		}
		seen[v] = true
		for _, r := range *v.Referrers() {
			switch r := r.(type) {
			case *ssa.Go, *ssa.Send:
				shared = true
			case *ssa.Call:
				if _, isFunc := v.(*ssa.MakeClosure); isFunc && loosely {
					shared = true // it may run at any time
				}
				if _, isBuiltin := r.Call.Value.(*ssa.Builtin); !isBuiltin && (loosely || r.Call.StaticCallee() == nil) && isKeeping(r.Type()) {
					made[r] = true
					follow(r)
				}
			case *ssa.Store:
				if variable := variableOf(r.Addr); variable != nil && r.Val == v {
					follow(variable)
				}
			case *ssa.Defer:
			case ssa.Value:
				if !gotypes.IsError(r.Type()) {
					follow(r)
				}
			}
		}
	}
	follow(i)
	return made, shared
}

// variableOf is the variable, or the object made here, of which a is the address of a part; nil if it is none.
func variableOf(a ssa.Value) *ssa.Alloc {
	for {
		switch part := a.(type) {
		case *ssa.FieldAddr:
			a = part.X
		case *ssa.IndexAddr:
			a = part.X
		case *ssa.Alloc:
			return part
		default:
			return nil
		}
	}
}

// isKeeping reports whether a result of type t, or one of several, may hold what the call got.
func isKeeping(t types.Type) bool {
	if results, ok := t.(*types.Tuple); ok {
		for v := range results.Variables() {
			if isKeeping(v.Type()) {
				return true
			}
		}
		return false
	}
	return gotypes.IsReference(t) && !gotypes.IsError(t) && !gotypes.IsString(t)
}

// lendsDescriptor reports whether a function that gets the result of i asks it for its descriptor: that may be locked, and
// a lock is held on purpose. (Where the function itself does so, a loan says it.)
func lendsDescriptor(i *ssa.Call) bool {
	for _, r := range *i.Referrers() {
		if result, ok := r.(*ssa.Extract); ok && asksForDescriptor(result, 0) {
			return true
		}
	}
	return false
}

// asksForDescriptor reports whether file is asked for its descriptor, here or in functions that it is passed to.
func asksForDescriptor(file ssa.Value, depth int) bool {
	for _, r := range *file.Referrers() {
		call, ok := r.(*ssa.Call)
		if !ok || call.Call.StaticCallee() == nil {
			continue
		}
		callee := call.Call.StaticCallee()
		for n, a := range call.Call.Args {
			switch {
			case a != file:
			case n == 0 && callee.Name() == "Fd":
				return true
			case n < len(callee.Params) && depth < maxHelpers && asksForDescriptor(callee.Params[n], depth+1):
				return true
			}
		}
	}
	return false
}

// maxHelpers is how many functions one in another are looked into.
const maxHelpers = 3

func (in *Rules) reportLate(st *domain.State, l *domain.Loan, d *ssa.Defer) {
	f := diag.Finding{
		Analyzer: "revleak", Pos: l.Pos,
		Message: fmt.Sprintf("%s is not released in each round of the loop, for what is deferred waits until the function returns", report.GuardName(l)),
		Related: []diag.Related{{Pos: d.Pos(), Message: "this runs when the function returns"}},
	}
	if site, ok := l.Key.Site.(ssa.Instruction); ok {
		f.Pos, f.End = in.Names.Start(site)
	}
	in.Sink.Add(l, f)
	in.Mark(st, l, st.Loans.At(l))
}

package interp

import (
	"go/token"
	"go/types"
	"io"
	"maps"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// An Interp executes one function, and the closures in it, on abstract states.
// What calls and looks mean it asks of whoever built it, through up.
type Interp struct {
	*domain.Machine
	*Functions
	Up       Upward
	Root     *ssa.Function
	executed int // instructions executed so far
	GaveUp   bool
	stack    []*ssa.Function // what is being executed in place
	MaxPaths int
	Dump     io.Writer // if set, the states at each block go there
	Sanity   bool      // check each state, and panic where it cannot be
	Watch    Watch     // if set, it is shown the states at each instruction
	MaxSteps int
	Apart    bool // paths are told apart by whatever was asked of what was passed: see ByCaller
	Asserted map[*domain.Symbol]Assertion
	concrete map[string]types.Type               // by their names, those that interfaces were found to hold
	seen     map[ssa.Instruction][]*domain.State // the states at each, of the block that is executed; nil: nobody watches
	now      ssa.Instruction                     // that is being executed, of the function itself
	Lost     map[*domain.Loan][]ssa.Instruction  // where loans went out of sight, for people
}

// A Watch is shown the states in which each instruction of a function was executed
// last, once that has come to a fixpoint. They are copies.
type Watch func(in *Interp, fn *ssa.Function, at map[ssa.Instruction][]*domain.State)

// LoseSight notes that the instruction which is executed now took l to where it is
// not followed.
func (in *Interp) LoseSight(l *domain.Loan) {
	if in.Lost == nil {
		in.Lost = make(map[*domain.Loan][]ssa.Instruction)
	}
	if in.now != nil && !slices.Contains(in.Lost[l], in.now) {
		in.Lost[l] = append(in.Lost[l], in.now)
	}
}

// An Upward answers for the instructions that concern loans or calls.
type Upward interface {
	// IsHandleType reports whether values of type t have a method that releases them.
	IsHandleType(t types.Type) bool
	// Use is site looking at v; useElement at an element of v.
	Use(st *domain.State, v domain.Value, site ssa.Instruction)
	UseElement(st *domain.State, v domain.Value, site ssa.Instruction)
	// ReadStale is a read of v from the variable at addrs.
	ReadStale(st *domain.State, addrs, v domain.Value)
	// Write is site writing to the elements of v; appendTo appends to v, the value of dst.
	Write(st *domain.State, v domain.Value, site ssa.Instruction)
	AppendTo(st *domain.State, v domain.Value, dst ssa.Value, site ssa.Instruction)
	// HandOver gives v to a goroutine or channel: how says which.
	HandOver(st *domain.State, v domain.Value, site ssa.Instruction, how summary.Way)
	HandOverAt(st *domain.State, v domain.Value, pos token.Pos, how summary.Way)
	// Promotes reports whether what releases t is a method of its field i, which it embeds.
	Promotes(t types.Type, i int) bool
	// PutFar is site putting v where it is not followed.
	PutFar(st *domain.State, v domain.Value, site ssa.Instruction)
	// Received is a receive from the channel ch.
	Received(st *domain.State, ch domain.Value)
	// Call executes a call, and deferredCall one whose operands were evaluated before.
	Call(st *domain.State, i *ssa.Call) []*domain.State
	DeferredCall(st *domain.State, d domain.Pending) []*domain.State
	// NextRound is the next execution of i, a call in a loop, of which the last round is still young.
	NextRound(st *domain.State, i *ssa.Call)
	// DeferInvoke is a defer statement that looks up a method of the interface v.
	DeferInvoke(st *domain.State, v domain.Value, site ssa.Instruction)
	// Started executes, in place, what a goroutine does.
	Started(st *domain.State, i *ssa.Go) []*domain.State
	// Entrusts moves what the goroutine that i starts releases, and Abandons tells what it leaves on some
	// way out, which stays the function's to release.
	Entrusts(st *domain.State, i *ssa.Go)
	Abandons(st *domain.State, i *ssa.Go) []*domain.Loan
	// StayOwed makes loans live again that were moved just now.
	StayOwed(st *domain.State, owed []*domain.Loan)
	// Dies is the end of the program, in st: what happened before may be wrong all the same.
	Dies(st *domain.State)
	// DoubtLeak counts that l, which is owed, has got where its release is not seen.
	DoubtLeak(st *domain.State, l *domain.Loan)
	// EndScope ends what was lent to the function of f, which returns results at ret.
	EndScope(st *domain.State, f *domain.Frame, results []domain.Value, ret *ssa.Return)
}

// An Assertion is a loan on an interface value that is of one of these types.
type Assertion struct {
	Types []string
	Loan  *domain.Loan
}

// Functions is what the executions of a package's functions share.
type Functions struct {
	Flows   map[*ssa.Function]*domain.Flow
	Visited map[*ssa.Function]bool // analysed, or executed in place
}

// FlowOf is the flow of fn, worked out when it is first asked for.
func (fs *Functions) FlowOf(fn *ssa.Function) *domain.Flow {
	f := fs.Flows[fn]
	if f == nil {
		f = domain.NewFlow(fn)
		fs.Flows[fn] = f
	}
	return f
}

// ForgetFlows makes room: fn, and the literals in it, are not executed again.
func (fs *Functions) ForgetFlows(fn *ssa.Function) {
	delete(fs.Flows, fn)
	for _, anon := range fn.AnonFuncs {
		fs.ForgetFlows(anon)
	}
}

// Spend counts n steps of work, and gives the function up if that was too much:
// then it reports false. An instruction is a step; what copies or looks through
// memory, or applies a summary, costs as many more as that takes.
func (in *Interp) Spend(n int) bool {
	if in.executed += n; in.executed > in.MaxSteps {
		in.GaveUp = true
	}
	return !in.GaveUp
}

// Executed is how many steps of work were counted so far.
func (in *Interp) Executed() int { return in.executed }

// Limit is how many paths are told apart at one point. A function that has used up
// a good part of its steps is finished with fewer: loans on which the paths differ
// are given up there, instead of all that the function does.
func (in *Interp) Limit() int {
	limit := in.MaxPaths
	for n := in.MaxSteps / 12; in.executed > n && limit > 2; n += in.MaxSteps / 6 {
		limit = max(limit/2, 2)
	}
	return limit
}

// Aside runs f, which executes something only to see what comes of it, in no more than maxAside steps: of
// these, few count as executed. It reports whether f came to an end.
func (in *Interp) Aside(f func()) bool {
	now, seen, executed, gaveUp, steps, visited := in.now, in.seen, in.executed, in.GaveUp, in.MaxSteps, in.Visited
	in.now, in.seen, in.Visited = nil, nil, maps.Clone(visited)
	in.executed, in.MaxSteps = 0, min(steps, maxAside)
	f()
	ended := !in.GaveUp
	in.executed = executed + in.executed/8
	in.now, in.seen, in.GaveUp, in.MaxSteps, in.Visited = now, seen, gaveUp, steps, visited
	return ended
}

const (
	// maxAside bounds what is executed aside at one instruction.
	maxAside = 12_000
	// MaxSteps bounds the work on one function; beyond it the function is
	// unknown. One in which no loan can arise is only summarised: a long one
	// is not worth the time.
	MaxSteps      = 60_000
	MaxPlainSteps = 8_000 // of a function in which no loan can arise
	// MaxPaths is how many paths are told apart at one point; beyond it loans
	// on which they differ are given up.
	MaxPaths = 24
	// maxVisits bounds how often one block is executed.
	maxVisits = 400
)

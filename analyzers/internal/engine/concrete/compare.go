package concrete

import (
	"fmt"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// A Disagreement is an instruction before which a run is where no abstract state is.
type Disagreement struct {
	Instr ssa.Instruction
	Why   []string // for each state, what it says and is not so
	State []string
	Src   string
}

func (d *Disagreement) String() string {
	var b strings.Builder
	pos := d.Instr.Parent().Prog.Fset.Position(d.Instr.Pos())
	name := ""
	if v, ok := d.Instr.(ssa.Value); ok {
		name = v.Name() + " = "
	}
	fmt.Fprintf(&b, "before %s%v (%T, block %d, line %d) a run is where none of %d states is:\n", name, d.Instr, d.Instr, d.Instr.Block().Index, pos.Line, len(d.Why))
	for i, why := range d.Why {
		fmt.Fprintf(&b, "state %d says: %s\n%s", i+1, why, d.State[i])
	}
	return b.String()
}

// A Count is how much was compared.
type Count struct{ Programs, Runs, Instructions int }

// maxRuns is how many runs a program has; not all choices of larger ones are tried.
const maxRuns = 24

// Compare runs the function of a under all choices, and compares each step.
func Compare(a *Analysis, n *Count) (found *Disagreement) {
	Explore(maxRuns, func(c *Choices) bool {
		r := NewRun(a.Fn.Pkg, c)
		n.Runs++
		r.Before = func(_ *ssa.Function, i ssa.Instruction) bool {
			n.Instructions++
			if found = a.compare(i, r); found != nil {
				return false
			}
			return true
		}
		r.Call(a.Fn, r.arguments(a.Fn))
		return found == nil
	})
	return found
}

func (a *Analysis) compare(i ssa.Instruction, r *Run) *Disagreement {
	for _, st := range a.At[i] {
		if Represents(a.Machine, st, r) {
			return nil
		}
	}
	d := &Disagreement{Instr: i}
	for _, st := range a.At[i] {
		d.Why, d.State = append(d.Why, Explain(a.Machine, st, r)), append(d.State, st.String())
	}
	return d
}

// arguments are what the function is given: objects that are there as a rule, and different ones.
func (r *Run) arguments(fn *ssa.Function) (args []any) {
	for _, p := range fn.Params {
		choose := r.Choose
		if len(*p.Referrers()) == 0 { // nobody asks
			choose = func(int) int { return 0 }
		}
		switch p.Type().String() {
		case "bool":
			args = append(args, choose(2) == 1)
		case "int":
			args = append(args, int64(choose(3)))
		case "*p.Box":
			args = append(args, r.box(choose(2) == 1))
		default:
			args = append(args, r.object("Handle"))
		}
	}
	*r.globals[r.pkg.Var("Global")] = r.box(false)
	return args
}

// box is a Box, full or empty. What is in a full one is on loan of somebody else.
func (r *Run) box(full bool) any {
	b := r.object("Box")
	if full {
		parts := (*b.(*any)).(structure)
		parts[0], parts[1], parts[3] = r.object("Res"), r.object("Guard"), r.box(false)
		r.entries = append(r.entries, &entry{given: true, guard: parts[1]})
	}
	return b
}

package calls

import (
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// What a callee looked at, and when: before it asked, or after a release.

// looks does what the callee did first of all: look at its parameters, and wait.
func (a *application) looks(o summary.Outcome) {
	a.replace(o)
	forget := a.remember()
	for i, e := range o.Effects {
		switch e.Kind {
		case summary.Deref:
			if all, ok := a.elements[i]; ok {
				for _, v := range all {
					a.in.Use(a.st, v, a.c.Site())
					a.lookAtNil(e.Path, v)
				}
				continue
			}
			v := a.value(e.Path, nil)
			a.dies = a.dies || !e.May && e.To == "" && a.isNilPointer(e.Path, v)
			if e.May && a.passesDecided(o) {
				a.in.LookPerhaps(a.st, v, a.c.Site())
			} else if e.May || e.To != "" || a.mayTakeNil(e.Path, v) && !a.isOwn(e.Path) && !a.looksByMethod(o, e.Path, v) {
				a.in.Look(a.st, v, a.c.Site())
			} else {
				a.in.Use(a.st, v, a.c.Site())
			}
			a.lookAtNil(e.Path, v)
			a.looksThrough(e.Path, v, maxThrough)
		case summary.Waits:
			if e.Way == summary.ForHolders {
				continue // see holders
			}
			a.in.Waits(a.st, a.c, a.value(e.Path, nil), e.May)
		}
	}
	forget()
	for i, v := range a.c.Args {
		// Nobody hands on bytes that are not to be read.
		if gotypes.SliceOf(a.c.ArgTypes[i]) == nil || !handsOn(o, i) {
			continue
		}
		if !slices.ContainsFunc(a.of.Outcomes, func(p summary.Outcome) bool { return !handsOn(p, i) }) && !a.passesDecided(o) {
			a.in.Look(a.st, v, a.c.Site())
		} else {
			a.in.LookLate(a.st, v, true, a.c.Site()) // it is given back as it came, where there is nothing else
		}
	}
}

// passesDecided reports whether a bool is passed of which it is known what it is, and which the callee asks, while this way
// out is not told by it: what the callee does perhaps may be what it does for the opposite.
func (a *application) passesDecided(o summary.Outcome) bool {
	for i, v := range a.c.Args {
		s := v.One()
		if s == nil || !gotypes.IsBoolean(a.c.ArgTypes[i]) || !asks(a.c.Fn, i) {
			continue
		}
		path := summary.Path("p" + strconv.Itoa(i))
		if known, _ := a.in.Truth(a.st, s); known && !slices.ContainsFunc(o.Params, func(f summary.ParamFact) bool {
			return f.Path == path && f.Fact&(summary.True|summary.False) != 0
		}) {
			return true
		}
	}
	return false
}

// asks reports whether fn may ask its parameter i: it reads it, as far as its body is known.
func asks(fn *ssa.Function, i int) bool {
	return fn == nil || len(fn.Blocks) == 0 || i < len(fn.Params) && len(*fn.Params[i].Referrers()) > 0
}

// lookAtNil counts that the callee looks at v, or releases it, which is path and is nil.
func (a *application) lookAtNil(path summary.Path, v domain.Value) {
	if s := v.One(); s != nil && s.IsNil() {
		a.in.UseNil(a.typeAt(path), a.c.Site())
	}
}

// isNilPointer reports whether path is a pointer, and v, which was passed, is surely nil: who follows it ends the program, most likely.
func (a *application) isNilPointer(path summary.Path, v domain.Value) bool {
	s := v.One()
	if s == nil || !s.IsNil() {
		return false
	}
	t := a.typeAt(path)
	return t != nil && gotypes.IsPointer(t)
}

// mayTakeNil reports whether path is an interface that holds v, which may be nil: its methods may
// accept that, as those of os.File do.
func (a *application) mayTakeNil(path summary.Path, v domain.Value) bool {
	_, i, steps := path.Root()
	if t := a.typeAt(path); t == nil || steps != "" || !types.IsInterface(t) || gotypes.IsError(t) {
		return false
	}
	s := v.One()
	return s != nil && i < len(a.c.Args) && interp.DynamicType(s) != nil && slices.ContainsFunc(s.AllLoans(), func(l *domain.Loan) bool {
		p := a.st.Loans.At(l).Phase
		return p == domain.Absent || p == domain.Unchecked
	})
}

// isOwn reports whether path is the receiver of a method that is known, though it is called through an
// interface: then the look is that method's own.
func (a *application) isOwn(path summary.Path) bool {
	f, ok := a.c.Obj.(*types.Func)
	if !ok || path != "p0" || !a.c.HasRecv {
		return false
	}
	recv := f.Signature().Recv()
	return recv != nil && gotypes.IsPointer(recv.Type())
}

// tested assumes that what was looked at before it was tested has passed the test.
func (a *application) tested(o summary.Outcome) bool {
	for _, p := range o.Params {
		if !o.LooksUntested(p.Path) {
			continue
		}
		if s := a.value(p.Path, nil).One(); s != nil && !a.in.LearnNil(a.st, s, false) {
			return false
		}
	}
	return true
}

// replace forgets what was released where the callee puts something else: to write there is no
// look at what stood there.
func (a *application) replace(o summary.Outcome) {
	for _, p := range overwritten(o) {
		a.in.Replace(a.st, a.value(p, nil))
	}
}

// overwritten are the paths at which the callee puts something, in the order of its effects.
func overwritten(o summary.Outcome) []summary.Path {
	var out []summary.Path
	for _, e := range o.Effects {
		if e.Kind == summary.Write {
			out = append(out, e.Path)
		}
	}
	for _, t := range o.Loans {
		for _, p := range t.Guards {
			if at, isLoaded := strings.CutSuffix(string(p), "*"); isLoaded {
				out = append(out, summary.Path(at))
			}
		}
	}
	return out
}

// handsOn reports whether parameter i is returned, kept, or given to somebody.
func handsOn(o summary.Outcome, i int) bool {
	p := summary.Path("p" + strconv.Itoa(i))
	for _, r := range o.Results {
		if slices.Contains(r.Alias, p) || slices.Contains(r.From, p) {
			return true
		}
	}
	return slices.ContainsFunc(o.Effects, func(e summary.Effect) bool {
		return e.Path == p && (e.Kind == summary.Store || e.Kind == summary.Moved)
	}) && !o.Releases(p)
}

// looksLate does what the callee did after its releases: look at parameters. Where it puts
// something at the place of what it released, it looks at that, most likely.
func (a *application) looksLate(o summary.Outcome, late []domain.Value) {
	puts := overwritten(o)
	for i, e := range o.Effects {
		if e.Kind == summary.Late {
			may := e.May || e.To == e.Path && slices.Contains(puts, e.Path)
			a.in.LookLate(a.st, late[i], may, a.c.Site())
		}
	}
}

package concrete

import (
	"fmt"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
)

// entriesOf are the entries that l may be: those that began when its site was last executed.
func (c *comparison) entriesOf(l *domain.Loan) (out []*entry) {
	switch at := l.Key.Site.(type) {
	case ssa.Instruction:
		for _, e := range c.run.entries {
			if n, ok := e.began[at]; ok && n == c.run.times[at] {
				out = append(out, e)
			}
		}
	case *domain.Symbol: // a release of what was acquired elsewhere
		if g, ok := c.denotes(at); ok {
			if e := c.run.guarded(g); e != nil {
				out = append(out, e)
			}
		}
	}
	return out
}

// loans tells which loan stands elsewhere than the state says.
func (c *comparison) loans() string {
	for l, stand := range c.st.Loans.All() {
		if !l.IsLast() || stand.Unsure || stand.Reported || l.Kind == domain.Borrowed && c.mayBeOver(stand.Owner) {
			continue
		}
		of := c.entriesOf(l)
		if len(of) != 1 { // none: a callee did not come to it; several: which of them it is, is not told
			continue
		}
		if e := of[0]; !e.agrees(stand.Phase) {
			return fmt.Sprintf("%v (%s, %s) is %v, and given: %t, over: %t", l, l.Subject(), l.What, stand.Phase, e.given, e.over())
		}
	}
	return ""
}

// mayBeOver reports whether what owner guards is not known to be live: whoever looks at what was
// borrowed from it asks that, too.
func (c *comparison) mayBeOver(owner domain.Value) bool {
	for _, s := range owner {
		for _, l := range s.Guards {
			if stand, ok := c.st.Loans.Get(l); !ok || stand.Phase != domain.Live || stand.Unsure || stand.Reported {
				return true
			}
		}
	}
	return false
}

// agrees reports whether a loan in phase p can be as e is.
func (e *entry) agrees(p domain.Phase) bool {
	switch p {
	case domain.Unchecked:
		return !e.given || !e.over()
	case domain.Live:
		return e.given && !e.over()
	case domain.Ended:
		return !e.given || e.over()
	case domain.Absent:
		return !e.given
	}
	return true
}

// isOn reports whether s may be on the loan e, or is known to be something of which nothing is known.
func (c *comparison) isOn(s *domain.Symbol, e *entry) bool {
	if s.IsLost() || !s.IsLast() || s.IsElement() || s.ReachedFrom() != nil {
		return true
	}
	for _, l := range s.AllLoans() {
		if !l.IsLast() {
			return true
		}
		for _, f := range c.entriesOf(l) {
			if e == f {
				return true
			}
		}
	}
	return false
}

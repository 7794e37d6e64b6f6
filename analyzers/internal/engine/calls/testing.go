package calls

import (
	"go/types"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// failsTest reports whether obj is a method that says that a test has failed, and goes on.
func failsTest(obj types.Object) bool {
	f, ok := obj.(*types.Func)
	if !ok || f.Pkg() == nil || f.Pkg().Path() != "testing" {
		return false
	}
	return f.Name() == "Error" || f.Name() == "Errorf" || f.Name() == "Fail"
}

// isTest reports whether s is a test, and the method called name says that it has failed.
func isTest(s *domain.Symbol, name string) bool {
	if s.Typ == nil {
		return false
	}
	m, _, _ := types.LookupFieldOrMethod(s.Typ, true, nil, name)
	return failsTest(m)
}

// failed gives up what is owed where a test has failed: what it was to show is not so, and nobody takes
// care of what is left. On the way on which it has not failed, all is as it was. What was not given is not
// there all the same: the test goes on, and looks at it.
func (in *Calls) failed(st *domain.State, recv domain.Value, c *interp.CallSite) {
	for l, stand := range st.Loans.All() {
		if l.Kind == domain.Acquired && stand.Phase == domain.Live {
			stand.Phase, stand.Unsure = domain.Moved, true
			st.Loans.Set(l, stand)
		}
	}
	if s := recv.One(); s != nil {
		if p, ok := s.Path(); ok {
			st.Affect(summary.Invoke, p, summary.Detail{Method: "Fail"}, c.Pos)
		}
	}
}

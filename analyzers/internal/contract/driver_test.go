package contract

import (
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

// Directives in a library reach the packages that import it, under a driver
// that checks that facts survive in bytes.
func TestUnderDriver(t *testing.T) {
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax | packages.NeedModule, Dir: "../../.."}, "./revocable/device")
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{Analyzer}, pkgs, &checker.Options{SanityCheck: true})
	if err != nil {
		t.Fatal(err)
	}
	for act := range graph.All() {
		if act.Err != nil {
			t.Errorf("%v: %v", act, act.Err)
		}
		for _, d := range act.Diagnostics {
			t.Errorf("%v: %s", act.Package.Fset.Position(d.Pos), d.Message)
		}
	}
	if t.Failed() {
		t.FailNow()
	}
	s := graph.Roots[0].Result.(*Set)
	pkg := graph.Roots[0].Package.Types
	revocable := s.imports.find(pkg.Path()[:len(pkg.Path())-len("/device")])
	for name, want := range map[string]string{
		"Handle.TryAccess":    "acquire result0 guard result1 from recv if result0 is not nil",
		"Guard.Release":       "release recv",
		"Handle.With":         "scoped param0, param0(arg0) from recv",
		"Handle.Live":         "scoped range result0 from recv",
		"Handle.UnsafeAccess": "unsafe",
		"With2":               "scoped param2(arg0) from param0; scoped param2(arg1) from param1",
		"Provider.Revoke":     "waits recv",
		"Provider.Handle":     "borrow result0 from recv",
		"RevokeAll":           "waits param1",
	} {
		if got := write(s.Of(lookup(t, revocable, name))); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
	if !s.IsToken(pkg.Scope().Lookup("Bound").Type()) {
		t.Error("Bound is no token")
	}
}

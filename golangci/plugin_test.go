package golangci

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

// build makes the registered plugin with the settings and returns its analyzers.
func build(settings any) (register.LinterPlugin, []*analysis.Analyzer, error) {
	newPlugin, err := register.GetPlugin("revlint")
	if err != nil {
		return nil, nil, err
	}
	p, err := newPlugin(settings)
	if err != nil {
		return nil, nil, err
	}
	built, err := p.BuildAnalyzers()
	return p, built, err
}

func TestEnabled(t *testing.T) {
	all := []string{"revnil", "revuse", "revescape", "revrelease", "revleak", "revbound", "revwait", "contract", "suppress"}
	for _, test := range []struct {
		settings any
		want     []string
	}{
		{nil, all},
		{map[string]any{}, all},
		{map[string]any(nil), all},
		{map[string]any{"strict": []string{"./..."}, "options": map[string]any{"hints": true}}, all},
		{map[string]any{"enable": []string{"revuse", "revnil"}}, []string{"revnil", "revuse", "contract"}},
		{map[string]any{"enable": []string{"revuse", "revnil"}, "disable": []string{"revnil"}}, []string{"revuse", "contract"}},
		{map[string]any{"disable": []string{"revnil", "suppress"}}, slices.DeleteFunc(slices.Clone(all), func(s string) bool { return s == "revnil" || s == "suppress" })},
	} {
		p, built, err := build(test.settings)
		if err != nil {
			t.Errorf("%v: %v", test.settings, err)
			continue
		}
		var got []string
		for _, a := range built {
			if !strings.HasPrefix(a.Name, "stubs_") {
				got = append(got, a.Name)
			}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%v: got %v, want %v", test.settings, got, test.want)
		}
		if mode := p.GetLoadMode(); mode != register.LoadModeTypesInfo {
			t.Errorf("load mode %q", mode)
		}
		if err := analysis.Validate(built); err != nil {
			t.Errorf("%v: %v", test.settings, err)
		}
	}
}

func TestWrongSettings(t *testing.T) {
	for want, settings := range map[string]any{
		`settings: unknown key "enabled"`:     map[string]any{"enabled": []string{"revuse"}},
		`settings: unknown key "testing"`:     map[string]any{"options": map[string]any{"testing": true}},
		`unknown analyzer "revusee"`:          map[string]any{"enable": []string{"revusee"}},
		`unknown analyzer "contract"`:         map[string]any{"disable": []string{"contract"}},
		`unknown severity "grave"`:            map[string]any{"severity": map[string]any{"revuse": "grave"}},
		`settings: strict wants import paths`: map[string]any{"strict": []string{"../other"}},
		`settings: error parsing regexp`:      map[string]any{"exclude": []any{map[string]any{"message": "("}}},
		`names neither path nor analyzers`:    map[string]any{"exclude": []any{map[string]any{}}},
		`settings: `:                          map[string]any{"strict": "yes"},
		`unsupported type: func()`:            map[string]any{"strict": func() {}},
		`settings: sequence was used`:         []string{"revuse"},
	} {
		if _, _, err := build(settings); err == nil || !strings.HasPrefix(err.Error(), "revlint: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: got error %v, want %q", settings, err, want)
		}
	}
}

// load loads the module selection, with its tests but without the programs that
// run them, for which much of the standard library would be analysed.
func load(t *testing.T) []*packages.Package {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{
		Mode:  packages.LoadAllSyntax | packages.NeedModule,
		Tests: true,
		Dir:   "testdata/selection",
		Env:   append(os.Environ(), "GOWORK=off"), // a module of its own
	}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(pkgs, func(p *packages.Package) bool { return strings.HasSuffix(p.ID, ".test") })
}

// found runs the plugin with the settings, and lists what it reports as
// "file analyzer".
func found(t *testing.T, pkgs []*packages.Package, settings any) []string {
	t.Helper()
	_, analyzers, err := build(settings)
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze(analyzers, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, act := range graph.Roots {
		if act.Err != nil {
			t.Errorf("%v: %v", act, act.Err)
		}
		for _, d := range act.Diagnostics {
			name := filepath.Base(act.Package.Fset.Position(d.Pos).Filename)
			found = append(found, name+" "+act.Analyzer.Name)
		}
	}
	slices.Sort(found)
	return slices.Compact(found) // of a package and its test variant
}

// TestSelection checks that the keys of a .revlint.yaml mean here what they
// mean there.
func TestSelection(t *testing.T) {
	all := []string{"generated.go revuse", "late.go revnil", "late.go revuse", "late_test.go revuse"}
	without := func(names ...string) []string {
		return slices.DeleteFunc(slices.Clone(all), func(s string) bool { return slices.Contains(names, s) })
	}
	pkgs := load(t)
	for _, test := range []struct {
		name     string
		settings any
		want     []string
	}{
		{"nothing", nil, all},
		{"tests", map[string]any{"options": map[string]any{"tests": false}}, without("late_test.go revuse")},
		{"path", map[string]any{"exclude": []any{map[string]any{"path": "gen/..."}}}, without("generated.go revuse")},
		{"analyzers", map[string]any{"exclude": []any{map[string]any{"analyzers": []string{"revnil"}}}}, without("late.go revnil")},
		{"message", map[string]any{"exclude": []any{map[string]any{"message": "after its access ended"}}}, []string{"late.go revnil"}},
		{"strict", map[string]any{"strict": []string{"./gen/..."}}, append([]string{"dynamic.go revleak", "dynamic.go revuse"}, all...)},
		{"strict elsewhere", map[string]any{"strict": []string{"./nowhere/..."}}, all},
		{"strict everywhere", map[string]any{"strict": []string{"./..."}}, append([]string{"dynamic.go revleak", "dynamic.go revuse", "dynamic_too.go revleak", "dynamic_too.go revuse"}, all...)},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := found(t, pkgs, test.settings); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

package golangci

import (
	"slices"
	"strings"
	"testing"

	"github.com/golangci/plugin-module-register/register"
)

// names builds the registered plugin with the settings and returns its analyzers' names.
func names(t *testing.T, settings any) ([]string, error) {
	t.Helper()
	newPlugin, err := register.GetPlugin("revlint")
	if err != nil {
		t.Fatal(err)
	}
	p, err := newPlugin(settings)
	if err != nil {
		return nil, err
	}
	if mode := p.GetLoadMode(); mode != register.LoadModeTypesInfo {
		t.Errorf("load mode %q", mode)
	}
	built, err := p.BuildAnalyzers()
	if err != nil {
		return nil, err
	}
	var names []string
	for _, a := range built {
		names = append(names, a.Name)
	}
	return names, nil
}

func TestSettings(t *testing.T) {
	all := []string{"revnil", "revuse", "revescape", "revrelease", "revleak", "revbound", "revwait", "contract", "suppress"}
	for _, test := range []struct {
		settings any
		want     []string
	}{
		{nil, all},
		{map[string]any{}, all},
		{map[string]any{"strict": true, "hints": true}, all},
		{map[string]any{"enable": []string{"revuse", "revnil"}}, []string{"revnil", "revuse", "contract"}},
		{map[string]any{"enable": []string{"revuse", "revnil"}, "disable": []string{"revnil"}}, []string{"revuse", "contract"}},
		{map[string]any{"disable": []string{"revnil", "suppress"}}, slices.DeleteFunc(slices.Clone(all), func(s string) bool { return s == "revnil" || s == "suppress" })},
	} {
		got, err := names(t, test.settings)
		if err != nil {
			t.Errorf("%v: %v", test.settings, err)
		} else if !slices.Equal(got, test.want) {
			t.Errorf("%v: got %v, want %v", test.settings, got, test.want)
		}
	}
}

func TestWrongSettings(t *testing.T) {
	for want, settings := range map[string]any{
		`unknown field "enabled"`:              map[string]any{"enabled": []string{"revuse"}},
		`enable: unknown analyzer "revusee"`:   map[string]any{"enable": []string{"revusee"}},
		`disable: unknown analyzer "contract"`: map[string]any{"disable": []string{"contract"}},
		`cannot unmarshal`:                     map[string]any{"strict": "yes"},
	} {
		if _, err := names(t, settings); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: got error %v, want %q", settings, err, want)
		}
	}
}

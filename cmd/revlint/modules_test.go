package main

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
)

func goMod(t *testing.T, name string) *modfile.File {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	f, err := modfile.Parse(name, data, nil)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// Who requires revlint, as a tool or for its analyzers, requires these. What only
// tests need belongs into internal/e2e.
func TestRequirements(t *testing.T) {
	f := goMod(t, "../../go.mod")
	var direct []string
	for _, r := range f.Require {
		if !r.Indirect {
			direct = append(direct, r.Mod.Path)
		}
	}
	want := []string{
		"github.com/bmatcuk/doublestar/v4",           // patterns of exclude
		"github.com/creachadair/jrpc2",               // the language server
		"github.com/goccy/go-yaml",                   // .revlint.yaml
		"github.com/golangci/plugin-module-register", // golangci
		"github.com/golangci/revgrep",                // -new-from-rev
		"github.com/hbollon/go-edlib",                // "did you mean"
		"github.com/rogpeppe/go-internal",            // -diff; and the scripts
		"golang.org/x/mod",                           // versions of what stubs describe
		"golang.org/x/term",                          // whether output is on a terminal
		"golang.org/x/tools",                         // go/analysis
		"honnef.co/go/tools",                         // analyzers/checks: documentation as data
	}
	if !slices.Equal(direct, want) {
		t.Errorf("required: %v", direct)
	}
	// "go install …@version" refuses them.
	if len(f.Replace)+len(f.Exclude) > 0 {
		t.Error("go.mod has replace or exclude directives")
	}
}

// Who imports the run time requires nothing else.
func TestRunTimeStandsAlone(t *testing.T) {
	f := goMod(t, "../../revocable/go.mod")
	if len(f.Require)+len(f.Replace)+len(f.Exclude)+len(f.Tool) > 0 {
		t.Error("revocable/go.mod requires something")
	}
	out, err := exec.Command("go", "list", "-deps", "-test", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", f.Module.Mod.Path+"/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	packages := strings.Fields(string(out))
	if len(packages) < 10 {
		t.Errorf("only %v", packages)
	}
	for _, p := range packages {
		if !strings.HasPrefix(p, f.Module.Mod.Path) && !strings.HasPrefix(p, "[") {
			t.Errorf("%s is imported", p)
		}
	}
}

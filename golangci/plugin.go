// Package golangci is revlint as a linter of golangci-lint: a plugin of its
// module plugin system, called "revlint". Its settings are the keys of
// .revlint.yaml that golangci-lint has no other place for; docs/drivers.md
// tells how to build and configure it.
package golangci

import (
	"flag"
	"fmt"
	"slices"
	"strings"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/revlint/revlint/analyzers"
)

func init() { register.Plugin("revlint", New) }

// Settings are what stands under "settings" in golangci-lint's configuration.
// They replace .revlint.yaml, which is not read; the contracts in the folder
// .revlint are. Severities, exclusions and whether tests are linted are
// golangci-lint's own settings.
type Settings struct {
	Enable  []string `json:"enable"`  // the only analyzers whose findings are wanted; empty: all
	Disable []string `json:"disable"` // analyzers whose findings are not wanted
	Strict  bool     `json:"strict"`  // report accesses that could not be proved, too, in all packages
	Hints   bool     `json:"hints"`   // suggest the cheaper of two correct ways
}

type plugin struct{ settings Settings }

// New makes the plugin. An unknown key or analyzer is an error.
func New(raw any) (register.LinterPlugin, error) {
	settings, err := register.DecodeSettings[Settings](raw)
	if err != nil {
		return nil, fmt.Errorf("revlint: %w", err)
	}
	var names []string
	for _, a := range analyzers.Drivers() {
		if configurable(a) {
			names = append(names, a.Name)
		}
	}
	for key, values := range map[string][]string{"enable": settings.Enable, "disable": settings.Disable} {
		for _, name := range values {
			if !slices.Contains(names, name) {
				return nil, fmt.Errorf("revlint: %s: unknown analyzer %q: there are %s", key, name, strings.Join(names, ", "))
			}
		}
	}
	return &plugin{settings}, nil
}

// Names of the analyzers that cannot be enabled or disabled.
const (
	contractAnalyzer = "contract"   // mistakes in contracts make all other findings doubtful
	statsAnalyzer    = "statistics" // figures, no findings: golangci-lint has no use for them
)

func configurable(a *analysis.Analyzer) bool {
	return a.Name != contractAnalyzer && a.Name != statsAnalyzer
}

// BuildAnalyzers returns the analyzers that are enabled, and the one that
// reports mistakes in contracts. It sets the options of the engine, which
// are the process's: there is one revlint in a golangci-lint.
func (p *plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	options := flag.NewFlagSet("revlint", flag.ContinueOnError)
	analyzers.RegisterFlags(options)
	if err := options.Parse([]string{fmt.Sprintf("-strict=%t", p.settings.Strict), fmt.Sprintf("-hints=%t", p.settings.Hints)}); err != nil {
		return nil, err
	}
	var enabled []*analysis.Analyzer
	for _, a := range analyzers.Drivers() {
		if a.Name == contractAnalyzer || configurable(a) && p.enabled(a.Name) {
			enabled = append(enabled, a)
		}
	}
	return enabled, nil
}

func (p *plugin) enabled(analyzer string) bool {
	return (len(p.settings.Enable) == 0 || slices.Contains(p.settings.Enable, analyzer)) &&
		!slices.Contains(p.settings.Disable, analyzer)
}

// GetLoadMode tells that the analyzers need types.
func (p *plugin) GetLoadMode() string { return register.LoadModeTypesInfo }

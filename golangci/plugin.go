// Package golangci is revlint as a linter of golangci-lint: a plugin of its
// module plugin system, called "revlint". docs/drivers.md tells how to build
// and configure it.
package golangci

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"regexp"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/revlint/revlint/analyzers"
	"github.com/revlint/revlint/internal/front/config"
)

func init() { register.Plugin("revlint", New) }

// plugin is revlint with its settings, whose keys and values are those of a
// .revlint.yaml. They replace that file, which is not read here; the contracts
// in the folder .revlint are.
type plugin struct{ settings *config.Config }

// New makes the plugin of the settings that golangci-lint has read. A key,
// analyzer or value that a .revlint.yaml could not have is an error.
func New(raw any) (register.LinterPlugin, error) {
	settings, err := json.Marshal(raw)
	if err != nil {
		return nil, fmt.Errorf("revlint: settings: %w", err)
	}
	if string(settings) == "null" { // there are none
		settings = nil
	}
	var names []string
	for _, a := range analyzers.New(analyzers.NewOptions()).Drivers {
		if configurable(a) {
			names = append(names, a.Name)
		}
	}
	c, err := config.Parse(settings, names) // for all JSON is YAML
	if err != nil {
		return nil, fmt.Errorf("revlint: settings: %s", position.ReplaceAllString(err.Error(), ""))
	}
	if len(c.Severity) > 0 {
		fmt.Fprintln(os.Stderr, "revlint: settings: severity has no effect: golangci-lint grades issues by a section severity of its own")
	}
	return &plugin{c}, nil
}

// position is where a mistake is in the JSON that New makes, which nobody has seen.
var position = regexp.MustCompile(`^\d+:\d+: `)

// Names of the analyzers that cannot be enabled or disabled.
const (
	contractAnalyzer = "contract"   // mistakes in contracts make all other findings doubtful
	statsAnalyzer    = "statistics" // figures, no findings: golangci-lint has no use for them
)

func configurable(a *analysis.Analyzer) bool {
	return a.Name != contractAnalyzer && a.Name != statsAnalyzer
}

// BuildAnalyzers returns the analyzers that are enabled, which report what the
// settings want, and the one that reports mistakes in contracts.
func (p *plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	o := analyzers.NewOptions()
	o.Strict, o.Hints = len(p.settings.Strict) > 0, p.settings.Hints
	o.Known = analyzers.Shipped // nobody lints the standard library so
	stubs, err := stubsHash()
	if err != nil {
		return nil, fmt.Errorf("revlint: %w", err)
	}
	enabled := []*analysis.Analyzer{{
		Name: "stubs_" + stubs,
		Doc:  "nothing but its name, by which golangci-lint's cache knows the contracts in .revlint",
		Run:  func(*analysis.Pass) (any, error) { return nil, nil },
	}}
	suite := analyzers.New(o)
	nameFacts(suite.Drivers, stubs)
	for _, a := range suite.Drivers {
		switch {
		case a.Name == contractAnalyzer:
			enabled = append(enabled, a)
		case configurable(a) && p.enabled(a.Name):
			enabled = append(enabled, p.selective(a))
		}
	}
	return enabled, nil
}

// stubsHash tells one state of the user's stubs from others.
func stubsHash() (string, error) {
	roots, err := config.Roots()
	if err != nil {
		return "", err
	}
	hash := sha256.New() // golangci-lint's own covers the program
	for _, root := range roots {
		if err := config.HashStubs(hash, root, nil); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("%x", hash.Sum(nil))[:16], nil
}

// GetLoadMode tells that the analyzers need types.
func (p *plugin) GetLoadMode() string { return register.LoadModeTypesInfo }

// Package analyzers lists the analyzers of revlint, for drivers.
package analyzers

import (
	"golang.org/x/tools/go/analysis"

	"github.com/revlint/revlint/analyzers/revbound"
	"github.com/revlint/revlint/analyzers/revescape"
	"github.com/revlint/revlint/analyzers/revleak"
	"github.com/revlint/revlint/analyzers/revnil"
	"github.com/revlint/revlint/analyzers/revrelease"
	"github.com/revlint/revlint/analyzers/revuse"
	"github.com/revlint/revlint/analyzers/revwait"
)

// All are the analyzers that report to people, in the order of the documentation.
var All = []*analysis.Analyzer{
	revnil.Analyzer,
	revuse.Analyzer,
	revescape.Analyzer,
	revrelease.Analyzer,
	revleak.Analyzer,
	revbound.Analyzer,
	revwait.Analyzer,
}

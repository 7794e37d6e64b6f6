// Package checks is the documentation of the analyzers as data, in the form of
// honnef.co/go/tools: for drivers that load analyzers with it, as staticcheck
// does, and for all that shows documentation of ours.
package checks

import (
	"strings"

	"golang.org/x/tools/go/analysis"
	"honnef.co/go/tools/analysis/lint"

	"github.com/revlint/revlint/analyzers"
)

// A Check is an analyzer with its documentation.
type Check struct {
	*lint.Analyzer
	Fix string // what -fix does about a finding, for people; "" if it does nothing
}

// more is what the doc.go of an analyzer does not have by itself.
type more struct{ after, fix string }

var rest = map[string]more{
	"revnil": {fix: "inserts the test, and a return", after: `
p, g := handle.TryAccess()
if p == nil {
	return 0, revocable.ErrRevoked
}
defer g.Release()
return p.Temperature()`},
	"revuse": {after: `
value, closer, err := db.Get(key)
if err != nil {
	return err
}
defer closer.Close()
return decode(value)`},
	"revescape": {fix: "copies the bytes, where it is bytes", after: `
db.View(func(tx *bolt.Tx) error {
	out = bytes.Clone(tx.Bucket(name).Get(key))
	return nil
})`},
	"revrelease": {after: `
p, g := handle.TryAccess()
if p == nil {
	return
}
g.Release()`},
	"revleak": {fix: "inserts the deferred release", after: `
p, g := handle.TryAccess()
if p == nil {
	return ErrGone
}
defer g.Release()
if !p.Ready() {
	return ErrNotReady
}`},
	"revbound": {fix: "uses the callback's own token; with -hints, the token in place of a guard", after: `
dev.WithBound(func(b *device.Bound) error {
	b.Go(poll) // which is given a token of its own
	return nil
})`},
	"revwait": {after: `
p, g := handle.TryAccess()
if p == nil {
	return
}
broken := p.Broken()
g.Release()
if broken {
	provider.Revoke()
}`},
}

// All are the checks, in the order of analyzers.All. None is in a release yet, so
// none says since when it is there.
var All = documented(analyzers.All)

func documented(all []*analysis.Analyzer) (checks []*Check) {
	for _, a := range all {
		title, text, _ := strings.Cut(a.Doc, "\n\n")
		checks = append(checks, &Check{
			Analyzer: &lint.Analyzer{
				Doc: &lint.RawDocumentation{
					Title:    title,
					Text:     text,
					Before:   firstExample(text),
					After:    strings.TrimSpace(rest[a.Name].after),
					Severity: lint.SeverityError,
				},
				Analyzer: a,
			},
			Fix: rest[a.Name].fix,
		})
	}
	return checks
}

// firstExample is the first block of code in a text, which shows the mistake.
func firstExample(text string) string {
	var block []string
	for line := range strings.SplitSeq(text, "\n") {
		switch code, ok := strings.CutPrefix(line, "\t"); {
		case ok:
			block = append(block, code)
		case len(block) > 0:
			return strings.Join(block, "\n")
		}
	}
	return strings.Join(block, "\n")
}

// Lint are the checks as a driver of honnef.co/go/tools takes them.
func Lint() (all []*lint.Analyzer) {
	for _, c := range All {
		all = append(all, c.Analyzer)
	}
	return all
}

// Of is the check of an analyzer, nil if it has none.
func Of(a *analysis.Analyzer) *Check {
	for _, c := range All {
		if c.Analyzer.Analyzer == a {
			return c
		}
	}
	return nil
}

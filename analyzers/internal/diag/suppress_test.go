package diag

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
)

// lint runs reporters for revuse and revleak, which find every call of a
// function of those names, and the analyzer suppress; it returns what they
// report as "line: message".
func lint(t *testing.T, src string) []string {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "x.go", src, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	var findings []Finding
	ast.Inspect(file, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if name, ok := call.Fun.(*ast.Ident); ok && strings.HasPrefix(name.Name, "rev") {
				findings = append(findings, Finding{
					Analyzer: name.Name, Pos: call.Pos(), Message: "found",
					Unproved: len(call.Args) > 0,
					Fixes:    []analysis.SuggestedFix{{Message: "fix"}},
				})
			}
		}
		return true
	})
	engine := &analysis.Analyzer{Name: "engine"}
	doc := "// Package x.\n//\n// # Analyzer %[1]s\n//\n// %[1]s: find\npackage x"
	var reporters []*analysis.Analyzer
	for _, name := range []string{"revuse", "revleak"} {
		reporters = append(reporters, Analyzer(NewOptions(), name, Doc(fmt.Sprintf(doc, name), name), engine, func(r any) []Finding { return r.([]Finding) }))
	}

	var got []string
	results := map[*analysis.Analyzer]any{engine: findings}
	for _, a := range slices.Concat([]*analysis.Analyzer{Directives}, reporters, []*analysis.Analyzer{NewSuppress(NewOptions(), reporters)}) {
		result, err := a.Run(&analysis.Pass{
			Analyzer: a,
			Fset:     fset,
			Files:    []*ast.File{file},
			ResultOf: results,
			Report: func(d analysis.Diagnostic) {
				got = append(got, fmt.Sprintf("%d: %s", fset.PositionFor(d.Pos, false).Line, d.Message))
				if ours := d.Category != "suppress"; len(d.SuggestedFixes) > 0 != (ours && !displaced(fset, d.Pos)) {
					t.Errorf("%d: %d fixes", fset.PositionFor(d.Pos, false).Line, len(d.SuggestedFixes))
				}
			},
		})
		if err != nil {
			t.Fatal(err)
		}
		results[a] = result
	}
	return got
}

func TestSuppress(t *testing.T) {
	const none = "|"
	tests := []struct{ name, src, want string }{
		{"not suppressed", `
			func f() { revuse() }
		`, "2: found (revuse)"},

		{"at the end of the line", `
			func f() {
				revuse() //lint:ignore revuse known
				revuse() //nolint:revlint // known
				revuse()
			}
		`, "5: found (revuse)"},

		{"on the line above", `
			func f() {
				//lint:ignore revuse known
				revuse()
				//nolint:revlint // known
				revuse()
				revuse()
			}
		`, "7: found (revuse)"},

		{"on the line above, among other comments", `
			func f() {
				// Why this is so.
				//lint:ignore revuse known
				// And more of it.
				revuse()
			}
		`, none},

		{"not across an empty line", `
			func f() {
				//lint:ignore revuse known

				revuse()
			}
		`, "5: found (revuse)|3: //lint:ignore revuse hides nothing: remove it (suppress)"},

		{"the whole statement", `
			func f() {
				//lint:ignore revuse known
				if x {
					revuse()
				}
				revuse()
				g(1, //nolint:revlint // known
					revuse())
			}
		`, "7: found (revuse)"},

		{"an else branch", `
			func f() {
				if x {
					revuse()
				} else { //lint:ignore revuse known
					revuse()
				}
			}
		`, "4: found (revuse)"},

		{"the whole declaration", `
			// F is documented.
			//
			//lint:ignore revuse known
			func f() {
				revuse()
				revleak()
			}

			func g() { //nolint:revlint // known
				revuse()
				revleak()
			}

			//lint:ignore revuse known
			var (
				a = revuse()
				b = revuse()
			)
		`, "7: found (revleak)"},

		{"the whole file", `
			//lint:file-ignore revuse known
			func f() {
				revuse()
				revleak()
			}
		`, "5: found (revleak)"},

		{"several names", `
			func f() {
				//lint:ignore revuse,revleak known
				g(revuse(), revleak())
				//nolint:errcheck, revleak // known
				g(revuse(), revleak())
			}
		`, "6: found (revuse)"},

		{"case and patterns, as in staticcheck", `
			func f() {
				//lint:ignore RevUse known
				revuse()
				//lint:ignore rev* known
				revleak()
			}
		`, none},

		{"golangci-lint's freedoms", `
			func f() {
				revuse() // nolint:revlint // known
				revuse() //nolint:all // known
				revuse() //nolint // known
				revuse() //nolint:revlint // known // more
			}
		`, none},

		{"what only looks like a suppression", `
			// F is an example:
			//
			//	//nolint:revlint // known
			//	//lint:ignore revuse known
			func f() {
				revuse() //nolinter:revlint // known
				revuse() // see lint:ignore revuse known
				revuse() //lint:ignored revuse known
				revuse() /*nolint:revlint // known*/
				revuse() // see nolint:revlint // known
			}
		`, "7: found (revuse)|8: found (revuse)|9: found (revuse)|10: found (revuse)|11: found (revuse)"},

		{"no reason", `
			func f() {
				revuse() //lint:ignore revuse
				revuse() //lint:ignore revuse //
				revuse() //nolint:revlint
				revuse() //nolint:revlint //
				revuse() //nolint
			}
		`, "3: //lint:ignore revuse gives no reason: write //lint:ignore revuse reason (suppress)|" +
			"4: //lint:ignore revuse gives no reason: write //lint:ignore revuse reason (suppress)|" +
			"5: //nolint:revlint gives no reason: write //nolint:revlint // reason (suppress)|" +
			"6: //nolint:revlint gives no reason: write //nolint:revlint // reason (suppress)|" +
			"7: //nolint gives no reason: write //nolint // reason (suppress)"},

		{"stale", `
			func f() {
				g() //lint:ignore revuse known
				g() //nolint:revlint // known
				revuse() //lint:ignore revuse,revleak known
				g() //nolint:revuse // known
			}
		`, "3: //lint:ignore revuse hides nothing: remove it (suppress)|" +
			"4: //nolint:revlint hides nothing: remove it (suppress)|" +
			"5: //lint:ignore revuse,revleak hides nothing of revleak: remove that name (suppress)|" +
			"6: //nolint:revuse hides nothing: remove it (suppress)"},

		{"other people's suppressions are their business", `
			func f() {
				g() //lint:ignore SA1000
				g() //nolint:errcheck
				g() //nolint
				g() //nolint:all
				g() //lint:ignore SA*,revive known
			}
		`, none},

		{"a blank in the directive", `
			// To hide it, write it so:
			//
			//	// lint:ignore revuse known
			func f() {
				revuse() // lint:ignore revuse known
				//lint: ignore rev* known
				revuse()
				//  lint:file-ignore SA1000,revlaek known
				revuse() // lint:ignore SA1000 known
			}
		`, "6: found (revuse)|8: found (revuse)|10: found (revuse)|" +
			"6: // lint:ignore hides nothing: write //lint:ignore, without a blank (suppress)|" +
			"7: //lint: ignore hides nothing: write //lint:ignore, without a blank (suppress)|" +
			"9: //  lint:file-ignore hides nothing: write //lint:file-ignore, without a blank (suppress)"},

		{"names that are none", `
			func f() {
				revuse() //lint:ignore revues known
				revuse() //nolint:errcheck,revlaek // known
				revuse() //nolint:revlnt // known
				revuse() //lint:ignore revive known
				revuse() //lint:ignore revues
			}
		`, "3: found (revuse)|4: found (revuse)|5: found (revuse)|6: found (revuse)|7: found (revuse)|" +
			"3: //lint:ignore revues hides nothing: did you mean \"revuse\"? (suppress)|" +
			"4: //nolint:errcheck,revlaek hides nothing of revlaek: did you mean \"revleak\"? (suppress)|" +
			"5: //nolint:revlnt hides nothing: did you mean \"revlint\"? (suppress)|" +
			"7: //lint:ignore revues hides nothing: did you mean \"revuse\"? (suppress)"},

		{"not proved, so not reported, but a suppression of it is not stale", `
			func f() {
				revuse("unproved")
				revuse("unproved") //lint:ignore revuse for strict runs
			}
		`, none},

		{"lines are those of the file", `
//line other.go:100
			func f() {
				//lint:ignore revuse known
				revuse()
				revuse()
			}
		`, "6: found (revuse)"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := strings.Join(lint(t, "package x"+test.src), "|")
			if want := strings.TrimSuffix(test.want, none); got != want {
				t.Errorf("got\n\t%s\nwant\n\t%s", strings.ReplaceAll(got, "|", "\n\t"), strings.ReplaceAll(want, "|", "\n\t"))
			}
		})
	}
}

package contract

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// TestManyDeclarations: a stub with 50,000 declarations, right or wrong, for a package
// with as many, costs a fixed amount of memory for each, and ends.
func TestManyDeclarations(t *testing.T) {
	const n = 25_000 // pairs
	pairs := func(format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	pool := "package dep\n\ntype B struct{ next *B }\n" + pairs("func Get%[1]d() *B { return nil }\nfunc Put%[1]d(b *B) {}\n")
	for _, c := range []struct {
		name, lines string
		problems    int
	}{
		{"right", "//revlint:acquire b optional\nfunc Get%[1]d() (b *B)\n//revlint:release b\nfunc Put%[1]d(b *B)\n", 0},
		{"mandatory", "//revlint:acquire b\nfunc Get%[1]d() (b *B)\n//revlint:release b\nfunc Put%[1]d(b *B)\n", 0},
		{"not released", "//revlint:acquire b\nfunc Get%[1]d() (b *B)\n//revlint:waits b\nfunc Put%[1]d(b *B)\n", n},
		{"not there", "//revlint:acquire b\nfunc Gat%[1]d() (b *B)\n//revlint:release b\nfunc Pit%[1]d(b *B)\n", 2 * n},
		{"other types", "//revlint:acquire b\nfunc Get%[1]d() (b B)\n//revlint:release b\nfunc Put%[1]d(b B)\n", 2 * n},
		{"other names", "//revlint:acquire c\nfunc Get%[1]d() (b *B)\n//revlint:release c\nfunc Put%[1]d(b *B)\n", 2 * n},
		{"on nothing", "//revlint:acquire b // %[1]d\n\n//revlint:release b\n\n", 2 * n},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := inModule(t, map[string]string{"dep.go": "//revlint:package dep\npackage dep\n\n" + pairs(c.lines)})
			w.analyse("dep", "v1.0.0", pool)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			w.analyse("user", "", "package user\n\nimport \"dep\"\n\nvar B dep.B\n")
			runtime.ReadMemStats(&after)
			if len(w.problems) != c.problems {
				t.Errorf("%d problems, want %d", len(w.problems), c.problems)
			}
			if each := (after.TotalAlloc - before.TotalAlloc) / (2 * n); each > 20<<10 {
				t.Errorf("%d bytes for each declaration", each)
			}
		})
	}
}

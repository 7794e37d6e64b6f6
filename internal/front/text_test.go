package front

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/revlint/revlint/internal/front/config"
)

func TestFrames(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	write := func(name, src string) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(src), 0o666); err != nil {
			t.Fatal(err)
		}
		return file
	}
	a := write("a.go", "package a\n\nfunc f() {\n\ts, g := h.TryAccess()\n\tg.Release()\n\n\n\n\n\tuse(\"é\", s)\n}\n")
	b := write("b.go", "package a\n\nfunc use() {}\r\n")
	r := &report{findings: []*Finding{
		{
			Analyzer: "revuse", Package: "p", Message: "s is used after its access ended (revuse)", Severity: config.Error,
			Span: Span{a, 10, 12, 10, 13},
			Related: []Related{
				{"the access began here", Span{a, 4, 10, 4, 23}},
				{"passed here", Span{b, 3, 6, 3, 9}},
				{"it ended here", Span{a, 5, 2, 5, 2}},
			},
			Fixes: []Fix{{Message: "clone it"}},
		},
		{
			Analyzer: "revleak", Package: "p", Message: "g is not released (revleak)", Severity: config.Note,
			Span:    Span{filepath.Join(dir, "gone.go"), 7, 1, 7, 1},
			Related: []Related{{"here", Span{a, 4, 10, 6, 1}}},
		},
	}}
	want := `a.go:10:12: s is used after its access ended (revuse)
   4 | 	s, g := h.TryAccess()
     | 	        ------------- 1. the access began here
   5 | 	g.Release()
     | 	- 3. it ended here
   …
  10 | 	use("é", s)
     | 	         ^
  b.go:
   3 | func use() {}
     |      --- 2. passed here
  fix: clone it

gone.go:7:1: g is not released (revleak)
  a.go:
  4 | 	s, g := h.TryAccess()
    | 	        ------------- here

2 findings in 1 package; -explain NAME tells more: revleak, revuse
`
	var out strings.Builder
	if err := (&framePrinter{files: make(sources)}).print(&out, r); err != nil {
		t.Fatal(err)
	}
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}

	// Colours add nothing but themselves.
	var coloured strings.Builder
	if err := (&framePrinter{color: true, files: make(sources)}).print(&coloured, r); err != nil {
		t.Fatal(err)
	}
	if got := regexp.MustCompile(`\x1b\[[0-9;]*m`).ReplaceAllString(coloured.String(), ""); got != want || got == coloured.String() {
		t.Errorf("without its colours, it is\n%s", got)
	}
}

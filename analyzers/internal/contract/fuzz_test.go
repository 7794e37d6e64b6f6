package contract

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// Whatever stands after the colon, the parser answers: with a directive whose
// words are within the comment, or with an error that is.
func FuzzParse(f *testing.F) {
	for _, verb := range slices.Sorted(maps.Keys(verbRules)) {
		f.Add(verb + " a, *b.c.(T, []*p.U[int]) from r guard g until A*, T.B, * deep once when !x.y() if err != nil // text")
		f.Add(verb + " range s")
		f.Add(verb + " fn(x, y.z), _ to p whole if !ok")
	}
	for _, text := range []string{"", " ", "(", "a.(", "scoped f(a.(", "acquire _ guard", "borrow \"", "borrow '", "borrow /*", "borrow \x00", "borrow a from b;", "return return from return"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.ContainsAny(text, "\n\r") {
			return // a comment has neither
		}
		comment := prefix + text
		inside := func(what string, off int) {
			if off < len(prefix) || off > len(comment) {
				t.Fatalf("%q: %s at %d", comment, what, off)
			}
		}
		s, err := parse(comment)
		if err != nil {
			if s != nil || err.msg == "" {
				t.Fatalf("%q: %v and %q", comment, s, err.msg)
			}
			inside(err.msg, err.off)
			return
		}
		inside(s.verb, s.operand())
		for _, p := range s.values {
			if comment[p.off:p.off+len(p.text)] != p.text {
				t.Fatalf("%q: %q is not at %d", comment, p.text, p.off)
			}
		}
		again, err := parse(comment + " // text")
		if err != nil || again.end != s.end || len(again.values) != len(s.values) {
			t.Fatalf("%q: text after it changes it: %v", comment, err)
		}
	})
}

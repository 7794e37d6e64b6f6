package contract

import (
	"go/token"
	"slices"
	"strings"
	"testing"
)

// names are the declarations whose documentation says it.
func (s Said) names() (out []string) {
	for part := range strings.SplitSeq(s.Text, "; ") {
		if list, _, ok := strings.Cut(strings.TrimPrefix(part, "by "), ": "); ok && strings.HasPrefix(part, "by ") {
			out = append(out, strings.Split(strings.ReplaceAll(list, " and ", ", "), ", ")...)
		}
	}
	return out
}

// Each row of a stub says where its contract is documented. What is on is
// documented, and what is off says why.
func TestCatalogueSaysWhy(t *testing.T) {
	for _, name := range stubNames(t) {
		s, err := embedded(token.NewFileSet(), name)
		if err != nil {
			t.Fatal(err)
		}
		on, why := slices.Contains(enabled, name), whyOff(s.file)
		if on && why != "" {
			t.Errorf("%s is on, and says why it is off", name)
		}
		if !on && why == "" {
			t.Errorf("%s is off, and does not say why", name)
		}
		all := saidIn(s.file)
		if len(all) == 0 && name != "testing" {
			t.Errorf("%s says nothing of documentation", name)
		}
		for _, said := range all {
			if on && !strings.HasPrefix(said.Text, "by ") {
				t.Errorf("%s is on, though %s is %s", name, said.Row, said.Text)
			}
		}
		for _, g := range s.file.Comments {
			if row.MatchString(remark(g)) && saying.FindString(remark(g)) == "" && !strings.HasPrefix(remark(g), "The rest of ") {
				t.Errorf("%s: a row in a form that is not read: %s", name, remark(g))
			}
		}
	}
}

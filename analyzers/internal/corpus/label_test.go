package corpus

import (
	"reflect"
	"testing"
)

func TestParseLabel(t *testing.T) {
	for _, c := range []struct {
		comment string
		kind    string
		names   []string
		fails   bool
	}{
		{"// an ordinary remark", "", nil, false},
		{"// who wants what", "", nil, false},
		{"// what is missed: nothing", "", nil, false},
		{"// want revuse", want, []string{"revuse"}, false},
		{"// want revnil revleak", want, []string{"revnil", "revleak"}, false},
		{"// too late // want revleak revleak", want, []string{"revleak", "revleak"}, false},
		{"// missed: revuse", missed, []string{"revuse"}, false},
		{"// want", "", nil, true},
		{"// want revouse", "", nil, true},
	} {
		kind, names, err := parseLabel(c.comment)
		if kind != c.kind || !reflect.DeepEqual(names, c.names) || (err != nil) != c.fails {
			t.Errorf("%q: %q, %v, %v", c.comment, kind, names, err)
		}
	}
}

func TestDifference(t *testing.T) {
	at := func(line int, name string) Finding { return Finding{Place: Place{"a/a.go", line, name}} }
	said := func(line int, name string) Finding {
		f := at(line, name)
		f.Message = "said"
		return f
	}
	lines, count := difference(
		[]Finding{at(1, "revuse"), at(2, "revleak"), at(2, "revleak"), at(4, "revnil")},
		[]Finding{said(1, "revuse"), said(2, "revleak"), said(3, "revuse"), said(4, "revuse")})
	want := []string{
		"missing    a/a.go:2: revleak",
		"unexpected a/a.go:3: revuse: said",
		"missing    a/a.go:4: revnil",
		"unexpected a/a.go:4: revuse: said",
	}
	if !reflect.DeepEqual(lines, want) {
		t.Errorf("got %q", lines)
	}
	if (count != tally{wanted: 4, met: 2, unexpected: 2}) {
		t.Errorf("counted %+v", count)
	}
}

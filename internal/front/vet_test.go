package front

import (
	"strings"
	"testing"
	"testing/iotest"
)

func TestVetParser(t *testing.T) {
	const object = `{
	"example.com/p [example.com/p.test]": {
		"revuse": [
			{
				"posn": "/p/a.go:3:2",
				"end": "/p/a.go:3:5",
				"message": "} {\n{ (revuse)"
			}
		]
	}
}
`
	tests := []struct {
		name, in        string
		findings, units int
		text            string
		failed          bool
	}{
		{"nothing", "", 0, 0, "", false},
		{"objects one after another", object + "{}\n" + object, 2, 3, "", false},
		{"among text", "go: downloading x\n# example.com/p\n" + object + "# example.com/q\n# [example.com/q]\nq.go:1:1: broken\n",
			1, 1, "go: downloading x\n# example.com/p\n# example.com/q\nq.go:1:1: broken\n", false},
		{"without a last line end", strings.TrimSuffix(object, "\n"), 1, 1, "", false},
		{"cut off", object + "{\n\t\"p\": {\n", 1, 1, "{\n\t\"p\": {\n", false},
		{"somebody else's braces", "{\n not JSON\n}\n" + object, 1, 1, "{\n not JSON\n}\n", false},
		{"an analyzer's error", "{\n\t\"p\": {\n\t\t\"revuse\": {\n\t\t\t\"error\": \"no\"\n\t\t}\n\t}\n}\n", 0, 1, "# p\nanalyzer revuse failed: {\n\t\t\t\"error\": \"no\"\n\t\t}\n", true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var p vetParser
			p.parse(iotest.OneByteReader(strings.NewReader(test.in)))
			if p.err != nil {
				t.Fatal(p.err)
			}
			if len(p.findings) != test.findings || p.count != test.units || p.failed != test.failed || p.text.String() != test.text {
				t.Errorf("%d findings in %d units, failed %t, text %q", len(p.findings), p.count, p.failed, p.text.String())
			}
			for _, f := range p.findings {
				if f.Package != "example.com/p" || f.Message != "} {\n{ (revuse)" || f.Span != (Span{"/p/a.go", 3, 2, 3, 5}) {
					t.Errorf("finding %+v", f)
				}
			}
		})
	}
}

func TestParseSpan(t *testing.T) {
	tests := []struct {
		start, end string
		want       Span
	}{
		{"/a.go:3:2", "/a.go:4:1", Span{"/a.go", 3, 2, 4, 1}},
		{"/a.go:3:2", "/a.go:3:2", Span{"/a.go", 3, 2, 3, 2}},
		{"/a.go:3:2", "-", Span{"/a.go", 3, 2, 3, 2}},
		{"/a.go:3:2", "/a.go:2:9", Span{"/a.go", 3, 2, 3, 2}},
		{"/a.go:3:2", "/b.go:5:9", Span{"/a.go", 3, 2, 3, 2}},
		{"/a:b/a.go:3", "", Span{"/a:b/a.go", 3, 0, 3, 0}},
		{"C:/a.go:3:2", "C:/a.go:3:4", Span{"C:/a.go", 3, 2, 3, 4}},
		{"-", "-", Span{File: "-"}},
	}
	for _, test := range tests {
		if got := parseSpan(test.start, test.end); got != test.want {
			t.Errorf("parseSpan(%q, %q) = %+v, want %+v", test.start, test.end, got, test.want)
		}
	}
}

func TestSortFindings(t *testing.T) {
	at := func(file string, line int, analyzer string) *Finding {
		return &Finding{Analyzer: analyzer, Message: analyzer, Span: Span{File: file, Line: line}}
	}
	got := sortFindings([]*Finding{
		at("b", 1, "x"), at("a", 10, "x"), at("a", 9, "y"), at("a", 9, "x"), at("b", 1, "x"), at("a", 9, "y"),
	})
	var order []string
	for _, f := range got {
		order = append(order, f.File+f.Analyzer)
	}
	if got, want := strings.Join(order, " "), "ax ay ax bx"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestIsAsked(t *testing.T) {
	asked := map[string]bool{"m/a": true}
	for id, want := range map[string]bool{
		"m/a": true, "m/a [m/a.test]": true, "m/a_test": true, "m/a [m/b.test]": true,
		"m/b": false, "m/b [m/a.test]": false, "m/b_test": false,
	} {
		if got := isAsked(asked, id); got != want {
			t.Errorf("%s: %t, want %t", id, got, want)
		}
	}
	if !isAsked(nil, "m/b") {
		t.Error("where nobody knows what was asked for, everything was")
	}
}

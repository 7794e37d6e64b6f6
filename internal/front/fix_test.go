package front

import "testing"

// Two fixes at one place: the second waits. The same edit in both is no conflict.
func TestPlanFixes(t *testing.T) {
	fixed := func(edits ...Edit) *Finding {
		return &Finding{Span: Span{File: "a.go"}, Fixes: []Fix{{Edits: edits}}}
	}
	shared := Edit{"a.go", 0, 0, "import"}
	plan := planFixes([]*Finding{
		fixed(shared, Edit{"a.go", 10, 20, "x"}),
		fixed(shared, Edit{"a.go", 30, 40, "y"}),
		fixed(Edit{"a.go", 35, 50, "z"}),
		{Span: Span{File: "a.go"}},
	})
	if len(plan.fixed) != 2 || len(plan.left) != 2 || plan.why[overlaps] != 1 || plan.why[noFix] != 1 || len(plan.edits["a.go"]) != 3 {
		t.Errorf("%+v", plan)
	}
}

package nearest

import "testing"

func TestOf(t *testing.T) {
	names := []string{"revnil", "revuse", "revleak", "path", "enable", "init"}
	for word, want := range map[string]string{
		"revues":      "revuse", // two letters changed places
		"inti":        "init",
		"revlaek":     "revleak",
		"RevUse":      "revuse",
		"paths":       "path",
		"enabled":     "enable",
		"pa":          "",
		"x":           "",
		"":            "",
		"staticcheck": "",
		"revescapes":  "",
	} {
		if got := Of(word, names); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}

func TestHint(t *testing.T) {
	names := []string{"revnil", "revuse"}
	if got := Hint("revues", names); got != `: did you mean "revuse"?` {
		t.Error(got)
	}
	if got := Hint("nothing", names); got != "" {
		t.Error(got)
	}
	if got := List("nothing", names); got != ": there are revnil, revuse" {
		t.Error(got)
	}
}

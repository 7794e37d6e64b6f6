package front

import "testing"

func TestTidyFailures(t *testing.T) {
	const stack = "goroutine 1 [running]:\nmain.f()\n"
	tests := []struct{ name, in, want string }{
		{"nothing", "", ""},
		{"text without heading", "go: x\n\timports y\n\timports y\n", "go: x\n\timports y\n\timports y\n"},
		{"variants", "# p\na.go:1:1: no\n# p\na.go:1:1: no\nb.go:1:1: no\n", "# p\na.go:1:1: no\n# p\nb.go:1:1: no\n"},
		{"the same in another package", "# p\na.go:1:1: no\n# q\na.go:1:1: no\n", "# p\na.go:1:1: no\n# q\na.go:1:1: no\n"},
		{"internal error", "# p\n" + internalError + "no\n" + stack + "# p\n" + internalError + "no\ngoroutine 2:\n# q\nx\n",
			"# p\n" + internalError + "no\n" + stack + "# q\nx\n"},
		{"consequences", "# p\na.go:1:1: no\nr: /bin/revlint: exit status 1\n# q\nq.go:2:2: could not import p (no package vetx file for \"p\")\n",
			"# p\na.go:1:1: no\n"},
		{"nothing but consequences", "# q\nq.go:2:2: could not import p (no package vetx file for \"p\")\n",
			"# q\nq.go:2:2: could not import p (no package vetx file for \"p\")\n"},
		{"other imports that fail", "# q\nq.go:2:2: could not import p (no such package)\n", "# q\nq.go:2:2: could not import p (no such package)\n"},
		{"without a last line end", "# p\nno", "# p\nno"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := tidyFailures(test.in); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

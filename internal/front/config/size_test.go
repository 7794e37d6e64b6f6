package config

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestHostile: what cannot be a configuration is told with its place, and costs
// little, in memory and so in time.
func TestHostile(t *testing.T) {
	const most = 100 << 20 // bytes allocated, those that are free again included
	tooLarge := "1:1: a configuration has at most 128 KiB, and this one more"
	for _, c := range []struct{ name, text, want string }{
		{"comments", strings.Repeat("# nothing\n", 8<<20/10), tooLarge},
		{"one comment", "#" + strings.Repeat("x", 8<<20), tooLarge},
		{"brackets", strings.Repeat("[", 20_000), "1:17: lists and mappings are nested more than 16 deep here"},
		{"lines of brackets", strings.Repeat("[\n", 20_000), "17:1: lists and mappings are nested more than 16 deep here"},
		{"pairs of brackets", "enable: " + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000), "1:25: lists and mappings are nested more than 16 deep here"},
		{"braces", strings.Repeat("{a: ", 20_000), "1:65: lists and mappings are nested more than 16 deep here"},
		{"dashes", strings.Repeat("- ", 20_000), "1:33: lists and mappings are nested more than 16 deep here"},
		{"steps", steps(500), "1:1: unknown key \"a\""},
		{"comments within the bound", strings.Repeat("#\n", maxSize/2), ""},
		{"entries within the bound", "disable:\n" + strings.Repeat("- x\n", maxSize/4-10), ""},
		{"anchors", strings.Repeat("&a ", 40_000), "1:4: unexpected scalar value type"},
		{"brackets in a text", "exclude: [{message: '" + strings.Repeat("[", 100) + strings.Repeat("]", 100) + "'}]", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := t.TempDir()
			if err := os.WriteFile(filepath.Join(root, FileName), []byte(c.text), 0o666); err != nil {
				t.Fatal(err)
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := Load(root, []string{"x"})
			runtime.ReadMemStats(&after)
			if n := after.TotalAlloc - before.TotalAlloc; n > most {
				t.Errorf("%d MB", n>>20)
			}
			got := ""
			if err != nil {
				got = strings.TrimPrefix(err.Error(), filepath.Join(root, FileName)+":")
			}
			if got != c.want {
				t.Errorf("it says %q, want %q", got, c.want)
			}
		})
	}
}

// steps is a mapping in a mapping, n deep, each on a line of its own.
func steps(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

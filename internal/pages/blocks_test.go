package main

import (
	"bytes"
	"go/format"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// fencedGo is a block of Go in a page.
var fencedGo = regexp.MustCompile("(?ms)^```go\n(.*?)^```$")

// goMod is the first line of what is no Go, though it is in the same colours.
var goMod = regexp.MustCompile(`^// (\S*/)?go\.mod\n`)

// What the pages call Go is Go: a file, declarations or statements, and formatted.
func TestBlocksOfGo(t *testing.T) {
	n := 0
	for _, pattern := range []string{"*.md", "docs/*.md", "docs/*/*.md"} {
		names, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, at := range fencedGo.FindAllSubmatchIndex(text, -1) {
				n++
				line := 1 + bytes.Count(text[:at[2]], []byte("\n"))
				block := text[at[2]:at[3]]
				if goMod.Match(block) {
					continue
				}
				formatted, err := format.Source(block)
				if err != nil {
					t.Errorf("%s:%d: %v", strings.TrimPrefix(name, root+"/"), line, err)
				} else if !bytes.Equal(bytes.TrimSpace(formatted), bytes.TrimSpace(block)) {
					t.Errorf("%s:%d: not formatted; it would be\n%s", strings.TrimPrefix(name, root+"/"), line, formatted)
				}
			}
		}
	}
	if n < 150 {
		t.Errorf("only %d blocks", n)
	}
}

package book

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const reports = "docs/findings/reports"

const aboutReports = `# Reports

A text for each project, ready to be sent: what is wrong in the newest release that the module proxy had on 2026-11-29, where, why, and a
patch. Nobody has sent them yet.

` + "    docs/findings/reports/check.sh            # all of them: minutes\n    docs/findings/reports/check.sh sqlc       # those whose name matches\n" + `
applies each patch to the release, builds the packages, and runs the test, where the patch brings one.

| project | what | where | test |
|---|---|---|---|
`

var (
	reportTitle  = regexp.MustCompile(`(?m)^# (.+)$`)
	reportModule = regexp.MustCompile("(?m)^- module: `(.+)` (v.+)$")
	reportPlace  = regexp.MustCompile(`(?m)^- where: (.+)$`)
	patchedFile  = regexp.MustCompile(`(?m)^\+\+\+ b/(.+)$`)
)

// The index of the reports names each of them, and each has a patch that changes the files it speaks of.
func TestReports(t *testing.T) {
	names, err := filepath.Glob(filepath.Join(root, reports, "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	var table strings.Builder
	n := 0
	for _, name := range names {
		name = strings.TrimSuffix(filepath.Base(name), ".md")
		if name == "README" {
			continue
		}
		n++
		text := read(t, reports+"/"+name+".md")
		title, module, place := reportTitle.FindStringSubmatch(text), reportModule.FindStringSubmatch(text), reportPlace.FindStringSubmatch(text)
		if title == nil || module == nil || place == nil {
			t.Errorf("%s does not say what, of which module, or where", name)
			continue
		}
		patch := read(t, reports+"/"+name+".patch")
		brings := ""
		for _, f := range patchedFile.FindAllStringSubmatch(patch, -1) {
			switch {
			case strings.HasSuffix(f[1], "_test.go"):
				brings = "yes"
			case !strings.Contains(place[1], f[1]):
				t.Errorf("%s: the patch changes %s, of which the report does not speak", name, f[1])
			}
		}
		fmt.Fprintf(&table, "| %s %s | [%s](%s.md) | %s | %s |\n", module[1], module[2], title[1], name, place[1], brings)
	}
	if n < 10 {
		t.Errorf("%d reports", n)
	}
	page := aboutReports + table.String()
	index := filepath.Join(root, reports, "README.md")
	if have, err := os.ReadFile(index); err == nil && string(have) == page {
		return
	}
	if !*update {
		t.Fatalf("%s/README.md is another: run with -update\n%s", reports, page)
	}
	if err := os.WriteFile(index, []byte(page), 0o666); err != nil {
		t.Fatal(err)
	}
}

package book

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/revlint/revlint/analyzers"
)

var update = flag.Bool("update", false, "write anew what is generated: output in pages, counts, pictures")

var countsBlock = regexp.MustCompile(`(?s)(<!-- counts of [^\n]*-->\n).*?(<!-- end of the counts -->)`)

// The counts in docs/findings.md are those of the judgements.
func TestFindings(t *testing.T) {
	verdicts := []string{"true", "debatable", "wrong"}
	counts := make(map[string]map[string]int) // by analyzer and verdict
	sums := make(map[string]int)
	for line := range strings.Lines(read(t, "docs/findings/judged.tsv")) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") {
			continue
		}
		if len(f) != 5 {
			t.Fatalf("%q: %d fields", line, len(f))
		}
		if counts[f[2]] == nil {
			counts[f[2]] = make(map[string]int)
		}
		counts[f[2]][f[3]]++
		sums[f[3]]++
	}
	var table strings.Builder
	table.WriteString("| analyzer | true | debatable | wrong |\n|---|---|---|---|\n")
	row := func(name string, by map[string]int) {
		fmt.Fprintf(&table, "| %s |", name)
		for _, v := range verdicts {
			fmt.Fprintf(&table, " %d |", by[v])
		}
		table.WriteString("\n")
	}
	for _, a := range analyzers.All {
		if by := counts[a.Name]; by != nil {
			row(a.Name, by)
		}
	}
	row("together", sums)

	page := read(t, "docs/findings.md")
	fresh := countsBlock.ReplaceAllString(page, "${1}\n"+table.String()+"\n${2}")
	if !countsBlock.MatchString(page) {
		t.Fatal("docs/findings.md has no place for the counts")
	}
	if fresh == page {
		return
	}
	if !*update {
		t.Fatalf("docs/findings.md has other counts than these: run with -update\n%s", table.String())
	}
	if err := os.WriteFile(filepath.Join(root, "docs/findings.md"), []byte(fresh), 0o666); err != nil {
		t.Fatal(err)
	}
}

var (
	peerSuite = regexp.MustCompile(`(?m)^## (\w+)$`)
	peerSums  = regexp.MustCompile(`Right where something is said: (.*)`)
	peerSum   = regexp.MustCompile(`(\w+) (\d+);`)
)

// The sums in docs/compare.md are those of docs/peers.md.
func TestCompare(t *testing.T) {
	compare := read(t, "docs/compare.md")
	peers := read(t, "docs/peers.md")
	for i, part := range peerSuite.Split(peers, -1)[1:] {
		suite := peerSuite.FindAllStringSubmatch(peers, -1)[i][1]
		line := peerSums.FindStringSubmatch(part)
		if line == nil {
			t.Fatalf("docs/peers.md has no sums for %s", suite)
		}
		sums := make(map[string]string)
		for _, m := range peerSum.FindAllStringSubmatch(line[1], -1) {
			sums[m[1]] = m[2]
		}
		row := "| " + suite
		for _, who := range []string{"both", "revlint", suite, "neither"} {
			if sums[who] == "" {
				sums[who] = "0"
			}
			row += " | " + sums[who]
		}
		if row += " |\n"; !strings.Contains(compare, row) {
			t.Errorf("docs/compare.md has not this row:\n%s", row)
		}
	}
}

// The rows in docs/cost.md about accesses are those of docs/performance.md.
func TestCost(t *testing.T) {
	performance := read(t, "docs/performance.md")
	_, accesses, _ := strings.Cut(read(t, "docs/cost.md"), "| an enter and a leave ")
	table, _, _ := strings.Cut(accesses, "\n\n")
	rows := strings.Split(table, "\n")
	if len(rows) < 4 {
		t.Fatalf("%d rows", len(rows))
	}
	for _, row := range rows {
		if !strings.Contains(performance, row) {
			t.Errorf("docs/performance.md has not this row:\n%s", row)
		}
	}
}

// The true findings that docs/findings/learning.md counts, by module, are those that learning.tsv lists.
func TestLearning(t *testing.T) {
	listed := make(map[string]int)
	for line := range strings.Lines(read(t, "docs/findings/learning.tsv")) {
		if module, rest, ok := strings.Cut(line, "\t"); ok && !strings.HasPrefix(line, "#") {
			if strings.Count(rest, "\t") != 1 {
				t.Errorf("%q has not three fields", line)
			}
			listed[module]++
		}
	}
	for _, m := range regexp.MustCompile(`(?m)^\| (\S+@\S+?)(?: [^|]*)? \| (\d*) \|`).FindAllStringSubmatch(read(t, "docs/findings/learning.md"), -1) {
		count := 0
		if m[2] != "" {
			fmt.Sscan(m[2], &count)
		}
		if listed[m[1]] != count {
			t.Errorf("%s: %d are listed, and %d counted", m[1], listed[m[1]], count)
		}
		delete(listed, m[1])
	}
	for module := range listed {
		t.Errorf("%s is listed, and not counted", module)
	}
}

// What docs/findings/learning.md counts of the fifth sample, by repository, is what unseen-judged.tsv lists.
func TestUnseen(t *testing.T) {
	type verdicts struct{ right, debatable, wrong int }
	listed := make(map[string]verdicts)
	for line := range strings.Lines(read(t, "docs/findings/unseen-judged.tsv")) {
		fields := strings.Split(line, "\t")
		if strings.HasPrefix(line, "#") {
			continue
		}
		if len(fields) != 5 {
			t.Errorf("%q has not five fields", line)
			continue
		}
		name, _, _ := strings.Cut(strings.TrimPrefix(fields[0], "git:"), "@")
		v := listed[name]
		switch fields[3] {
		case "true":
			v.right++
		case "debatable":
			v.debatable++
		case "wrong":
			v.wrong++
		default:
			t.Errorf("%q: what verdict is that?", line)
		}
		listed[name] = v
	}
	_, section, _ := strings.Cut(read(t, "docs/findings/learning.md"), "# The fifth sample")
	var together verdicts
	for _, m := range regexp.MustCompile(`(?m)^\| (\S+/\S+) \| (\d*) ?\| (\d*) ?\| (\d*) ?\|$`).FindAllStringSubmatch(section, -1) {
		var v verdicts
		for i, n := range []*int{&v.right, &v.debatable, &v.wrong} {
			fmt.Sscan(m[2+i], n) // nothing is none
		}
		if listed[m[1]] != v {
			t.Errorf("%s: %v are listed, and %v counted", m[1], listed[m[1]], v)
		}
		delete(listed, m[1])
		together = verdicts{together.right + v.right, together.debatable + v.debatable, together.wrong + v.wrong}
	}
	for name := range listed {
		t.Errorf("%s is listed, and not counted", name)
	}
	if sum := fmt.Sprintf("| together | %d | %d | %d |", together.right, together.debatable, together.wrong); !strings.Contains(section, sum) {
		t.Errorf("learning.md has not %s", sum)
	}
}

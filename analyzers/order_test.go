package analyzers_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/checker"

	"github.com/revlint/revlint/analyzers"
	"github.com/revlint/revlint/analyzers/internal/corpus"
)

// orderChild, in the environment, makes TestOrder print what it found and no more.
const orderChild = "REVLINT_TEST_ORDER"

// TestOrder analyses shapes in which several loans meet, with everything that
// they import, again and again: in one process with different numbers of
// processors, and in another process. What is said must be the same to the byte.
func TestOrder(t *testing.T) {
	c := corpus.Load(t, nil, "meeting", "revwait", "certainty")
	first := everythingSaid(t, c)
	if os.Getenv(orderChild) != "" {
		fmt.Printf("said %x\n", sha256.Sum256([]byte(first)))
		return
	}
	if strings.Count(first, "\n") < 50 {
		t.Fatalf("too little was found to compare:\n%s", first)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if again := everythingSaid(t, c); again != first {
		t.Errorf("with one processor something else is said:\n%s", firstDifference(first, again))
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestOrder$", "-test.v")
	cmd.Env = append(os.Environ(), orderChild+"=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if want := fmt.Sprintf("said %x\n", sha256.Sum256([]byte(first))); !bytes.Contains(out, []byte(want)) {
		t.Errorf("in another process something else is said:\n%s", out)
	}
}

// everythingSaid is all that the analyzers report, with every position.
func everythingSaid(t *testing.T, c *corpus.Corpus) string {
	t.Helper()
	graph, err := checker.Analyze(analyzers.All, c.Packages, nil)
	if err != nil {
		t.Fatal(err)
	}
	// In which order packages and files are loaded is not ours to say, and positions follow
	// it: so each finding is looked at by itself.
	var said []string
	for _, act := range graph.Roots {
		fset := act.Package.Fset
		for _, d := range act.Diagnostics {
			var b strings.Builder
			fmt.Fprintf(&b, "%s %s\n", act.Package.PkgPath, act.Analyzer.Name)
			fmt.Fprintf(&b, "%v-%v %s\n", fset.Position(d.Pos), fset.Position(d.End), d.Message)
			for _, r := range d.Related {
				fmt.Fprintf(&b, "\t%v %s\n", fset.Position(r.Pos), r.Message)
			}
			for _, f := range d.SuggestedFixes {
				fmt.Fprintf(&b, "\t%s\n", f.Message)
				for _, e := range f.TextEdits {
					fmt.Fprintf(&b, "\t\t%v %q\n", fset.Position(e.Pos), e.NewText)
				}
			}
			said = append(said, b.String())
		}
	}
	slices.Sort(said)
	return strings.Join(said, "")
}

// firstDifference is the first line in which two texts differ.
func firstDifference(x, y string) string {
	xs, ys := strings.Split(x, "\n"), strings.Split(y, "\n")
	for i := range min(len(xs), len(ys)) {
		if xs[i] != ys[i] {
			return xs[i] + "\n" + ys[i]
		}
	}
	return "one is longer"
}

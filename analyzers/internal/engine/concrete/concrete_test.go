package concrete

import (
	"flag"
	"math/rand/v2"
	"testing"
)

var (
	programs = flag.Int("concrete.programs", 300, "compare `n` random programs")
	seed     = flag.Uint64("concrete.seed", 1, "of the first of them")
	size     = flag.Int("concrete.size", 8, "about so many statements")
	keepOn   = flag.Int("concrete.keep", 1, "end after so many disagreements")
	raw      = flag.Bool("concrete.raw", false, "show programs as they are, not made smaller")
)

// TestRandom runs random programs under all their choices, and compares each
// step with what the engine knew there.
func TestRandom(t *testing.T) {
	var n Count
	bad, complex := 0, 0
	for i := range *programs {
		s := *seed + uint64(i)
		body := generate(rand.New(rand.NewPCG(s, 0)), *size)
		a, err := Analyse(source(body))
		if err != nil {
			t.Logf("seed %d: %v", s, err)
			continue
		}
		if a == nil {
			complex++
			continue
		}
		n.Programs++
		if d := Compare(a, &n); d != nil {
			if !*raw {
				body = Shrink(body, func(b []*stmt) bool { return disagrees(b) != nil })
			}
			t.Errorf("seed %d\n%s\n%v", s, source(body)[len(world):], disagrees(body))
			if bad++; bad == *keepOn {
				break
			}
		}
	}
	t.Logf("%d programs, %d too complex, %d runs, %d instructions", n.Programs, complex, n.Runs, n.Instructions)
}

// disagrees is where runs of the program are not what the engine takes them for.
func disagrees(body []*stmt) *Disagreement {
	a, err := Analyse(source(body))
	if err != nil || a == nil {
		return nil
	}
	return Compare(a, new(Count))
}

package main

import (
	"fmt"

	"github.com/revlint/revlint/internal/oracle/gen"
)

// same reports whether two disagreements are of one kind.
func same(a, b disagreement) bool { return a.class() == b.class() && a.own() == b.own() }

// atOnce is how many smaller programs are tried of one in a round.
const atOnce = 12

// shrink makes the programs of ds smaller as long as what they show remains. In each round some of what could be
// left out is tried, of all of them at once; those come first that leave out most.
func (b *bench) shrink(ds []disagreement) error {
	left := make([][]*gen.Program, len(ds)) // not tried yet
	for i, d := range ds {
		if d.prog != nil {
			left[i] = d.prog.Smaller()
		}
	}
	for {
		var all []*gen.Program
		from := make(map[*gen.Program]int)
		for i := range ds {
			n := min(atOnce, len(left[i]))
			for j, q := range left[i][:n] {
				q.Name = fmt.Sprintf("D%d_%d", i, j)
				from[q] = i
				all = append(all, q)
			}
			left[i] = left[i][n:]
		}
		if len(all) == 0 {
			return nil
		}
		v, err := b.try(all)
		if err != nil {
			return err
		}
		best := make(map[int]disagreement)
		for _, d := range v.disagreements() {
			i, ok := from[d.prog]
			if !ok || !same(d, ds[i]) {
				continue
			}
			if have, ok := best[i]; !ok || d.prog.Size() < have.prog.Size() {
				best[i] = d
			}
		}
		for i, d := range best {
			ds[i], left[i] = d, d.prog.Smaller()
		}
	}
}

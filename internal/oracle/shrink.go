package main

import (
	"fmt"

	"github.com/revlint/revlint/internal/oracle/gen"
)

// same reports whether two disagreements are of one kind.
func same(a, b disagreement) bool { return a.class() == b.class() && a.own() == b.own() }

// shrink makes the programs of ds smaller as long as what they show remains. In each round all that could
// be left out of any of them is tried at once.
func (b *bench) shrink(ds []disagreement) ([]disagreement, error) {
	open := make([]bool, len(ds))
	for i := range open {
		open[i] = ds[i].prog != nil
	}
	for {
		var all []*gen.Program
		from := make(map[*gen.Program]int)
		for i, d := range ds {
			if !open[i] {
				continue
			}
			for _, q := range d.prog.Smaller() {
				q.Name = fmt.Sprintf("D%d_%s", i, q.Name[lastUnderscore(q.Name):])
				from[q] = i
				all = append(all, q)
			}
		}
		if len(all) == 0 {
			return ds, nil
		}
		v, err := b.try(all)
		if err != nil {
			return nil, err
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
		for i := range ds {
			if d, ok := best[i]; ok {
				ds[i] = d
			} else {
				open[i] = false
			}
		}
	}
}

func lastUnderscore(s string) int {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == '_' {
			return i + 1
		}
	}
	return 0
}

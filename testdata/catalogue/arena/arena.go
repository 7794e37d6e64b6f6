//go:build goexperiment.arenas

// Package arena has the examples for the standard library's arena.
package arena

import "arena"

type node struct{ key int }

// S23: used after its arena was freed.
func freed() int {
	a := arena.NewArena()
	n := arena.New[node](a)
	a.Free()
	return n.key // want revuse
}

// S23: a clone is on the heap.
func cloned() *node {
	a := arena.NewArena()
	defer a.Free()
	n := arena.New[node](a)
	return arena.Clone(n)
}

package domain

import (
	"iter"

	"golang.org/x/tools/go/ssa"
)

// A Register numbers an SSA value within its function.
type Register struct {
	id int
	v  ssa.Value
}

func (r *Register) ident() int { return r.id }

// Registers are what the SSA values of one activation stand for, in the order
// in which the function's flow numbered them.
type Registers[V any] struct {
	flow *Flow
	vals Table[*Register, V]
}

func (r *Registers[V]) clone() Registers[V] { return Registers[V]{r.flow, r.vals.clone()} }

// Get is the value at v, and whether there is one.
func (r *Registers[V]) Get(v ssa.Value) (V, bool) { return r.vals.Get(r.flow.register(v)) }

// At is the value at v, or the zero value.
func (r *Registers[V]) At(v ssa.Value) V { return r.vals.At(r.flow.register(v)) }

// Set puts x at v.
func (r *Registers[V]) Set(v ssa.Value, x V) { r.vals.Set(r.flow.register(v), x) }

// Keep forgets the registers that keep does not say yes to.
func (r *Registers[V]) Keep(keep func(ssa.Value) bool) {
	r.vals.Filter(func(k *Register, _ V) bool { return keep(k.v) })
}

// All ranges over the registers that there are: see [Table.All].
func (r *Registers[V]) All() iter.Seq2[ssa.Value, V] {
	return func(yield func(ssa.Value, V) bool) {
		for k, x := range r.vals.All() {
			if !yield(k.v, x) {
				return
			}
		}
	}
}

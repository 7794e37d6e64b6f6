// Package interp executes go/ssa on the states of package domain: one function,
// and the closures that it calls itself, to a fixpoint.
//
// Instructions that only move values are done here. What a look, a store, a
// hand-over or a call means for loans is asked upwards, through [Upward]; in
// turn the packages above ask this one to run a closure in place, to join
// states, and what a value is.
package interp

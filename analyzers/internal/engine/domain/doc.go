// Package domain is what the engine knows at one point of one path, and what
// may be done with that knowledge: a lattice.
//
// A [Symbol] stands for one value and for the object that it points to; a
// [Loan] is one acquisition, borrow or scope; a [State] says, for the paths
// that it stands for, what variables and memory hold, what tests have shown,
// and where each loan stands. Symbols and loans are interned by a [Machine], so
// two of them are the same if and only if their pointers are, and they have ids
// in the order in which they were made. Everything that is kept per symbol or
// loan is a [Table] in order of those ids: what the engine finds depends on the
// sources alone, never on the order of a map.
//
// # Laws
//
// A state stands for a set of concrete states. [State.Merge] is the join: the
// result stands for all that either side stands for. It is idempotent,
// commutative and associative but for positions, which messages alone read; its
// result is above both sides, so merging either of them in again changes
// nothing. A store through one address that stands for one object is strong: the
// cell holds just what was stored. Any other store is weak: what was there
// before stays possible. Ageing ([Machine.Renew], [Ager]) renames what one
// execution of an instruction made to what stands for all earlier ones; it
// forgets facts and never adds any.
//
// The package knows go/ssa (as sites), go/types, the paths of summaries and the
// data types of contracts. It knows no analysis.Pass, no set of contracts, and
// nothing of findings.
package domain

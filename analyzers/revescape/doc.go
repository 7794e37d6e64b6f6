// Package revescape defines an Analyzer that reports part of what revlint's engine finds.
//
// # Analyzer revescape
//
// revescape: check that no resource outlives its access
//
// The revescape analyzer reports a resource, or anything derived from it, that
// is put where it will still be found when its access has ended: it is returned,
// stored in a field, a global, a map or a variable outside the callback, sent on
// a channel, or captured by a goroutine.
//
//	db.View(func(tx *bolt.Tx) error {
//		out = tx.Bucket(name).Get(key) // outlives the transaction
//		return nil
//	})
//
// Copy what must live longer (bytes.Clone, append(out, v...), string(v)), or
// hand on the resource together with its guard, so that whoever has it can give
// it back.
//
// The question is asked when the access ends: what memory that outlives it still
// holds a value then? A field that is set for the time of a call and cleared
// again is fine. A value that is stored together with its guard has moved, and
// is no longer followed. A goroutine that is joined before the end (WaitGroup,
// errgroup, receive) is fine; where it cannot be seen that a wait joins it, the
// wait is believed.
//
// What is not reported: values passed to functions out of sight, and stores into
// objects that came from there.
package revescape

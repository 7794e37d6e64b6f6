// Package revescape defines an Analyzer that reports part of what revlint's engine finds.
//
// # Analyzer revescape
//
// revescape: check that no resource outlives its access
//
// The revescape analyzer reports a resource, or anything derived from it, that
// is put where it will still be found when its access has ended. The resource is
// returned, or sent on a channel, or captured by a goroutine, or stored: in a
// field, a global, a map, or a variable outside of the callback.
//
//	db.View(func(tx *bolt.Tx) error {
//		out = tx.Bucket(name).Get(key) // outlives the transaction
//		return nil
//	})
//
// Copy what must live longer (bytes.Clone, append(out, v...), string(v)). Or hand
// on the resource together with its guard, so that whoever has both can give it
// back.
//
// revescape asks when the access ends: does memory that outlives the access still
// hold a value? So a field that is set for the time of a call, and cleared again,
// is fine. A value that is stored together with its guard has moved, and is no
// longer followed. A goroutine that is joined before the end (WaitGroup,
// errgroup, receive) is fine, too. Where revescape cannot see whether a wait joins
// the goroutine, it believes the wait.
//
// revescape does not report values that are passed to functions out of sight, nor
// stores into objects that came from there.
package revescape

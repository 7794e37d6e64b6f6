// Package revio makes files, connections and file systems that fail cleanly once they are taken away.
//
// A device is unplugged, and somebody still has a file open on it. A tenant is evicted, and somebody still has a
// connection. [File], [Conn], [FS] and the others wrap such an object and give two things: the wrapper, for its
// users, and an [Owner], which revokes. From the beginning of a revocation
//
//   - no operation reaches the object any more: it fails with an [*OpError], which is [revocable.ErrRevoked] and
//     fs.ErrClosed;
//   - operations that sleep are woken, by a deadline in the past or by [Interrupt], and fail in the same way, with
//     the bytes that they moved;
//   - Close works as ever: it reaches the object, exactly once, before or after.
//
// Revoke returns when no operation is running: then what the object stands on may go. It closes nothing.
//
// This is what fs_revocable and cdev_sync were to be for Linux, and misc_deregister_sync for misc devices. Each
// operation enters the revocable, runs, and leaves, and release always reaches the driver. Unlike there, sleepers are
// woken, so that unplugging does not wait for a reader who waits for the device. docs/systems-comparison.md has the rest.
//
// A wrapper has exactly the optional methods of its object, among those that its constructor names. So a user who asks
// for an io.Seeker, or for an io.ReaderFrom to copy fast, finds it if the object has it, and only then.
//
// An operation costs about what an access costs (see docs/performance.md), and allocates nothing.
package revio

//go:generate go run ./internal/combine

// Package shipped holds summaries of the standard library that were made before
// the program was released, so that the first run on a machine does not have to
// make them.
//
// What is shipped stands for an analysis only where that would give the same: each
// summary is kept under a key that covers the sources of its package, those of all that
// it imports and the sizes of the target's types, and an archive says by which engine it
// was made. Where a key is not found, because the release of Go is another one, a file
// was patched or a build tag chose another, the package is analysed as any other.
// So nothing has to be right for a release of Go but what was made from its sources.
//
// Approximated: the go/types and the parser that the program was built with are no
// part of the key, because they agree on what correct sources mean.
package shipped

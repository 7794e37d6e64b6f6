//go:build linux && (amd64 || arm64) && !race && !revocable_portable

package revocable

// arrive and depart, in assembly, so that nobody reorders their stores and loads but the processor. They add to and
// take from the depth of s, by plain stores if plainStores, otherwise with a fence after, and return what
// stands in its counter then. For a nil or zero s they return notIn, and depart does so for one that is not in.

//go:noescape
func arrive(s *slot) int64

//go:noescape
func depart(s *slot) int64

// plainStores says that fence does what they do not. It is set before there is any reader.
var plainStores bool

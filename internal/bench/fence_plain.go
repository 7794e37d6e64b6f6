//go:build linux && (amd64 || arm64) && !race && !revocable_portable

package main

// readerBar is what an access by a Reader may cost, in floors, where the revoker makes the fences.
const readerBar = 0.5

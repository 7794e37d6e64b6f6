//go:build !linux || !(amd64 || arm64) || race || revocable_portable

package main

// readerBar is what an access by a Reader may cost, in floors, where readers make the fences.
const readerBar = 1.1

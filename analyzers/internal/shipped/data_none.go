//go:build !((linux && (amd64 || arm64)) || (darwin && arm64) || (windows && amd64))

package shipped

// Data is the archive for the platform that the program runs on, of which there is none.
var Data []byte

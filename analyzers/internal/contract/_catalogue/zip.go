//revlint:package archive/zip
package zip

// S41, by OpenReader and ReadCloser: it opens the file, which must be closed when no longer needed.
//
//revlint:acquire rc if err == nil
func OpenReader(name string) (rc *ReadCloser, err error)

//revlint:release rc idempotent
func (rc *ReadCloser) Close() error

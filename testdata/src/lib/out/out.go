// Package out has a writer that keeps what it is given until it is flushed.
package out

import "errors"

// ErrNowhere is what Open finds where there is nowhere to write.
var ErrNowhere = errors.New("out: nowhere to write")

// A Writer collects what is written.
type Writer struct{ kept []byte }

// New returns a writer, which has to be flushed in the end.
//
//revlint:acquire _ guard w lax
func New() (w *Writer) { return new(Writer) }

// Open is New, where there is somewhere to write.
//
//revlint:acquire _ guard w lax if err == nil
func Open(name string) (w *Writer, err error) {
	if name == "" {
		return nil, ErrNowhere
	}
	return new(Writer), nil
}

// Write keeps p.
func (w *Writer) Write(p []byte) (n int, err error) {
	if len(p) == 0 {
		return 0, ErrNowhere
	}
	w.kept = append(w.kept, p...)
	return len(p), nil
}

// Flush writes what was kept.
//
//revlint:release w idempotent
func (w *Writer) Flush() error {
	w.kept = nil
	return nil
}

package pooling

import (
	"compress/gzip"
	"io"
	"sync"
)

var writers = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

// pooled gives a writer, and what gives it back.
func pooled(to io.Writer) (io.WriteCloser, func()) {
	w := writers.Get().(*gzip.Writer)
	w.Reset(to)
	return w, func() { writers.Put(w) }
}

// A writer is closed before it goes back to its pool.
func compressed(to io.Writer, p []byte) error {
	w, back := pooled(to)
	defer back()
	if _, err := w.Write(p); err != nil {
		return err
	}
	return w.Close()
}

func backTwice(to io.Writer) {
	w := writers.Get().(*gzip.Writer)
	w.Reset(to)
	writers.Put(w)
	writers.Put(w) // want revrelease
}

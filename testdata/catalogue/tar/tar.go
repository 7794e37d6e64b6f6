// Package tar has the examples for the standard library's archive/tar.
package tar

import (
	"archive/tar"
	"io"
)

// S59: the archive has no end.
func unfinished(out io.Writer, name string, text []byte) error {
	w := tar.NewWriter(out) // want revleak
	if err := w.WriteHeader(&tar.Header{Name: name, Size: int64(len(text)), Mode: 0o600}); err != nil {
		return err
	}
	_, err := w.Write(text)
	return err
}

// S59: closed.
func finished(out io.Writer, name string, text []byte) (err error) {
	w := tar.NewWriter(out)
	defer func() {
		if e := w.Close(); err == nil {
			err = e
		}
	}()
	if err := w.WriteHeader(&tar.Header{Name: name, Size: int64(len(text)), Mode: 0o600}); err != nil {
		return err
	}
	_, err = w.Write(text)
	return err
}

// S59: another archive comes behind it.
func part(out io.Writer, name string) error {
	w := tar.NewWriter(out)
	if err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o600}); err != nil {
		return err
	}
	return w.Flush()
}

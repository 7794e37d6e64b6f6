// Package tar has the examples for the standard library's archive/tar.
package tar

import (
	"archive/tar"
	"io"
	"os"
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

// S74: the file stays open.
func first(name string) (string, error) {
	f, err := os.Open(name) // want revleak
	if err != nil {
		return "", err
	}
	h, err := tar.NewReader(f).Next()
	if err != nil {
		return "", err
	}
	return h.Name, nil
}

// S74: it is closed by whoever opened it.
func firstAndClose(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h, err := tar.NewReader(f).Next()
	if err != nil {
		return "", err
	}
	return h.Name, nil
}

// Package zip has the examples for the standard library's archive/zip.
package zip

import (
	"archive/zip"
	"io"
)

// S41: the archive stays open.
func names(archive string) (all []string, err error) {
	r, err := zip.OpenReader(archive) // want revleak
	if err != nil {
		return nil, err
	}
	for _, f := range r.File {
		all = append(all, f.Name)
	}
	return all, nil
}

// S41: closed at the end.
func count(archive string) (int, error) {
	r, err := zip.OpenReader(archive)
	if err != nil {
		return 0, err
	}
	defer r.Close()
	return len(r.File), nil
}

// S57: there is no directory, so nobody can read it.
func unfinished(out io.Writer, name string, text []byte) error {
	w := zip.NewWriter(out) // want revleak
	f, err := w.Create(name)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return err
}

// S57: closed.
func finished(out io.Writer, name string, text []byte) error {
	w := zip.NewWriter(out)
	f, err := w.Create(name)
	if err != nil {
		return err
	}
	if _, err := f.Write(text); err != nil {
		return err
	}
	return w.Close()
}

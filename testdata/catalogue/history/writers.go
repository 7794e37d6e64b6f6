package history

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"io"
	"os"
)

// pulumi/pulumi#23240: the end of the compressed archive is never written.
func pulumiArchiveBefore(w io.Writer, archive func(io.Writer) error) error {
	z := gzip.NewWriter(w) // want revleak
	t := tar.NewWriter(z)
	if err := archive(t); err != nil {
		return err
	}
	return t.Close()
}

func pulumiArchiveAfter(w io.Writer, archive func(io.Writer) error) error {
	z := gzip.NewWriter(w)
	t := tar.NewWriter(z)
	if err := archive(t); err != nil {
		z.Close()
		return err
	}
	if err := t.Close(); err != nil {
		return err
	}
	return z.Close()
}

// Nightapes/go-semantic-release#42: the archive has no directory, so nobody can open it.
func semanticReleaseZipBefore(name string, text []byte) (err error) {
	f, err := os.Create(name + ".zip")
	if err != nil {
		return err
	}
	defer f.Close()
	z := zip.NewWriter(f) // want revleak
	w, err := z.Create(name)
	if err != nil {
		return err
	}
	_, err = w.Write(text)
	return err
}

func semanticReleaseZipAfter(name string, text []byte) (err error) {
	f, err := os.Create(name + ".zip")
	if err != nil {
		return err
	}
	defer f.Close()
	z := zip.NewWriter(f)
	w, err := z.Create(name)
	if err != nil {
		return err
	}
	if _, err = w.Write(text); err != nil {
		return err
	}
	return z.Close()
}

// customerio/go-customerio#40: the last bytes of an attachment are missing.
func customerioAttachBefore(r io.Reader) (string, error) {
	var b bytes.Buffer
	enc := base64.NewEncoder(base64.StdEncoding, &b) // want revleak
	if _, err := io.Copy(enc, r); err != nil {
		return "", err
	}
	return b.String(), nil
}

func customerioAttachAfter(r io.Reader) (string, error) {
	var b bytes.Buffer
	enc := base64.NewEncoder(base64.StdEncoding, &b)
	if _, err := io.Copy(enc, r); err != nil {
		return "", err
	}
	if err := enc.Close(); err != nil {
		return "", err
	}
	return b.String(), nil
}

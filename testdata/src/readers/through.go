package readers

import (
	"bufio"
	"bytes"
	"io"
	"os"
)

// What is read by way of an interface looks at what stands behind it, through one reader or several.

func badThroughTee(p string, w io.Writer) error {
	f, err := os.Open(p)
	if err != nil {
		return err
	}
	r := io.TeeReader(f, w)
	f.Close()
	_, err = io.Copy(io.Discard, r) // want revuse
	return err
}
func badThroughLimit(p string, w io.Writer) error {
	f, err := os.Open(p)
	if err != nil {
		return err
	}
	r := io.LimitReader(f, 3)
	f.Close()
	_, err = io.Copy(w, r) // want revuse
	return err
}
func badThroughSection(p string, w io.Writer) error {
	f, err := os.Open(p)
	if err != nil {
		return err
	}
	r := io.NewSectionReader(f, 0, 3)
	f.Close()
	_, err = io.Copy(w, r) // want revuse
	return err
}
func badThroughBuffered(p string, w io.Writer) error {
	f, err := os.Open(p)
	if err != nil {
		return err
	}
	r := bufio.NewReader(f)
	f.Close()
	_, err = io.Copy(w, r) // want revuse
	return err
}
func badThroughAll(p string, w io.Writer) error {
	f, err := os.Open(p)
	if err != nil {
		return err
	}
	r := bufio.NewReader(f)
	f.Close()
	_, err = io.ReadAll(r) // want revuse
	return err
}
func badThroughFrom(p string, w io.Writer) error {
	f, err := os.Open(p)
	if err != nil {
		return err
	}
	r := io.TeeReader(f, w)
	f.Close()
	var b bytes.Buffer
	_, err = b.ReadFrom(r) // want revuse
	return err
}
func badThroughDirect(p string, b []byte, w io.Writer) error {
	f, err := os.Open(p)
	if err != nil {
		return err
	}
	r := io.TeeReader(f, w)
	f.Close()
	_, err = r.Read(b) // want revuse
	return err
}

type countingReader struct {
	io.Reader
	n int
}

func (c *countingReader) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.n += n
	return n, err
}
func badThroughOwn(p string, w io.Writer) error {
	f, err := os.Open(p)
	if err != nil {
		return err
	}
	r := &countingReader{Reader: f}
	f.Close()
	_, err = io.Copy(w, r) // want revuse
	return err
}
func badThroughOwnDirect(p string, b []byte) error {
	f, err := os.Open(p)
	if err != nil {
		return err
	}
	r := &countingReader{Reader: f}
	f.Close()
	_, err = r.Read(b) // want revuse
	return err
}

func okThroughInTime(p string, w io.Writer) error {
	f, err := os.Open(p)
	if err != nil {
		return err
	}
	defer f.Close()
	r := &countingReader{Reader: io.LimitReader(bufio.NewReader(f), 100)}
	_, err = io.Copy(w, io.TeeReader(r, io.Discard))
	return err
}

func okThroughEach(ps []string, w io.Writer) error {
	var r countingReader
	for _, p := range ps {
		f, err := os.Open(p)
		if err != nil {
			return err
		}
		r.Reader = f
		_, err = io.Copy(w, &r)
		f.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

func okThroughAnother(p, q string, w io.Writer) error {
	f, err := os.Open(p)
	if err != nil {
		return err
	}
	r := &countingReader{Reader: f}
	_, err = io.Copy(w, r)
	f.Close()
	if err != nil {
		return err
	}
	g, err := os.Open(q)
	if err != nil {
		return err
	}
	defer g.Close()
	r.Reader = g
	_, err = io.Copy(w, r)
	return err
}

// What is given back may be read again by then, but nobody reads it here.
func okThroughUnread(p string) io.Reader {
	f, err := os.Open(p)
	if err != nil {
		return nil
	}
	r := &countingReader{Reader: f}
	f.Close()
	r.Reader = nil
	return r
}

func okWrittenThrough(p string, src io.Reader) error {
	f, err := os.Create(p)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	if _, err := io.Copy(w, src); err != nil {
		f.Close()
		return err
	}
	if err := w.Flush(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func badWrittenThrough(p string, src io.Reader) error {
	f, err := os.Create(p)
	if err != nil {
		return err
	}
	w := io.MultiWriter(os.Stdout, f)
	b := bufio.NewWriter(f) // want revleak
	f.Close()
	_, err = io.Copy(b, src) // want revuse
	_ = w
	return err
}

package everyday

import (
	"io"
	"os"
)

// A reader that is a part of a file and closes it, as an interface.

type part struct {
	io.Reader
	io.Closer
}

func openPart(name string, n int64) (io.ReadCloser, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	if _, err := f.Seek(n, io.SeekStart); err != nil {
		f.Close()
		return nil, err
	}
	return part{io.LimitReader(f, n), f}, nil
}

func openUnnamed(name string, n int64) (io.ReadCloser, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return struct {
		io.Reader
		io.Closer
	}{io.LimitReader(f, n), f}, nil
}

func badPart(name string) ([]byte, error) {
	rc, err := openPart(name, 10) // want revleak
	if err != nil {
		return nil, err
	}
	return io.ReadAll(rc)
}

func badUnnamed(name string) ([]byte, error) {
	rc, err := openUnnamed(name, 10) // want revleak
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(rc)
	if err != nil {
		return nil, err
	}
	return b, rc.Close()
}

func okPart(name string) ([]byte, error) {
	rc, err := openPart(name, 10)
	if err != nil {
		return nil, err
	}
	defer rc.Close()
	return io.ReadAll(rc)
}

func okUnnamed(name string, w io.Writer) error {
	rc, err := openUnnamed(name, 10)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, rc)
	if cerr := rc.Close(); err == nil {
		err = cerr
	}
	return err
}

func okPartDrained(name string) error {
	rc, err := openPart(name, 10)
	if err != nil {
		return err
	}
	return drainAll(rc)
}

func drainAll(rc io.ReadCloser) error {
	defer rc.Close()
	_, err := io.Copy(io.Discard, rc)
	return err
}

// The rest of it goes on, and the file with it.
func okPartGoesOn(name string) (io.Reader, error) {
	rc, err := openPart(name, 10)
	if err != nil {
		return nil, err
	}
	return io.LimitReader(rc, 5), nil
}

type view struct {
	r io.Reader
	f *os.File
}

func (v *view) Close() error { return v.f.Close() }

func openView(name string) (*view, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return &view{io.LimitReader(f, 10), f}, nil
}

func badView(name string) ([]byte, error) {
	v, err := openView(name) // want revleak
	if err != nil {
		return nil, err
	}
	return io.ReadAll(v.r)
}

func okView(name string) ([]byte, error) {
	v, err := openView(name)
	if err != nil {
		return nil, err
	}
	defer v.Close()
	return io.ReadAll(v.r)
}

// What reads from it may be all that is wanted, and nobody can close that.
func okViewGoesOn(name string) (io.Reader, error) {
	v, err := openView(name)
	if err != nil {
		return nil, err
	}
	return v.r, nil
}

// A reader that closes its file at the end of it needs no Close.
type selfClosing struct{ f *os.File }

func (c *selfClosing) Read(b []byte) (int, error) {
	n, err := c.f.Read(b)
	if err != nil {
		c.f.Close()
	}
	return n, err
}

func (c *selfClosing) Close() error { return c.f.Close() }

func openClosing(name string) (io.ReadCloser, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return &selfClosing{f}, nil
}

func okClosing(name string) ([]byte, error) {
	rc, err := openClosing(name)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(rc)
}

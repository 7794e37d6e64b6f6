package everyday

import (
	"io"
	"os"
)

// A file that stands in a struct is closed by the Close of the struct, whatever it is called through.

type enclosed struct{ f *os.File }

func (e enclosed) Close() error { return e.f.Close() }

type enclosing struct {
	io.ReadCloser
	base io.Closer
}

func (e enclosing) Close() error {
	e.ReadCloser.Close()
	return e.base.Close()
}

type decoder struct{ r io.Reader }

func (d decoder) Read(b []byte) (int, error) { return d.r.Read(b) }
func (d decoder) Close() error               { return nil }

func okEnclosed(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	var c io.Closer = enclosed{f}
	return c.Close()
}

func okEnclosedPointer(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	var c io.Closer = &enclosed{f}
	defer c.Close()
	return f.Sync()
}

func okDecoded(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	var rc io.ReadCloser = enclosing{decoder{f}, f}
	b := make([]byte, 10)
	if _, err := rc.Read(b); err != nil {
		rc.Close()
		return nil, err
	}
	return b, rc.Close()
}

func okEither(name string, decoded bool) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	var rc io.ReadCloser = f
	if decoded {
		rc = enclosing{decoder{f}, f}
	}
	defer rc.Close()
	return io.ReadAll(rc)
}

func badEnclosed(name string, n int) error {
	f, err := os.Open(name) // want revleak
	if err != nil {
		return err
	}
	var c io.Closer = enclosed{f}
	if n == 0 {
		return nil
	}
	return c.Close()
}

// The decoder closes nothing. What is closed through an interface is taken to release what it holds.
func badDecoder(name string) error {
	f, err := os.Open(name) // missed: revleak
	if err != nil {
		return err
	}
	var c io.Closer = decoder{f}
	return c.Close()
}

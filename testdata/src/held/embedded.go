package held

import (
	"bufio"
	"io"
	"net/http"
	"os"

	"github.com/revlint/revlint/testdata/src/lib/kv"
)

// Methods of what is embedded are those of the part.
type named struct {
	*kv.Iter
	name string
}

func (t *tree) named() (cursor, error) {
	it, err := t.db.NewIter("a")
	if err != nil {
		return nil, err
	}
	return &named{it, "a"}, nil
}

func badNamedCursor(t *tree) error {
	c, err := t.named() // want revleak
	if err != nil {
		return err
	}
	c.Next()
	return nil
}

func okNamedCursor(t *tree) error {
	c, err := t.named()
	if err != nil {
		return err
	}
	c.Next()
	return c.Close()
}

type inner struct{ it *kv.Iter }

func (i *inner) Next() bool   { return i.it.Next() }
func (i *inner) Close() error { return i.it.Close() }

type outer struct {
	n int
	inner
}

func (t *tree) outer() (cursor, error) {
	it, err := t.db.NewIter("a")
	if err != nil {
		return nil, err
	}
	return &outer{inner: inner{it}}, nil
}

func okOuter(t *tree) error {
	c, err := t.outer()
	if err != nil {
		return err
	}
	c.Next()
	return c.Close()
}

// An interface is embedded.
type logged struct {
	cursor
	n int
}

func (l *logged) Next() bool { l.n++; return l.cursor.Next() }

func (t *tree) logged() (cursor, error) {
	c, err := t.cursor("a")
	if err != nil {
		return nil, err
	}
	return &logged{cursor: c}, nil
}

func okLogged(t *tree) error {
	c, err := t.logged()
	if err != nil {
		return err
	}
	c.Next()
	return c.Close()
}

type body struct {
	io.ReadCloser
	n int
}

func (b *body) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.n += n
	return n, err
}

func fetch(url string) (io.ReadCloser, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	return &body{ReadCloser: resp.Body}, nil
}

func badFetch(url string) ([]byte, error) {
	b, err := fetch(url) // want revleak
	if err != nil {
		return nil, err
	}
	return io.ReadAll(b)
}

func okFetch(url string) ([]byte, error) {
	b, err := fetch(url)
	if err != nil {
		return nil, err
	}
	defer b.Close()
	return io.ReadAll(b)
}

// A reader and a closer side by side.
type readerCloser struct {
	io.Reader
	io.Closer
}

func openBuffered(name string) (io.ReadCloser, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return &readerCloser{bufio.NewReader(f), f}, nil
}

func badBuffered(name string) ([]byte, error) {
	r, err := openBuffered(name) // want revleak
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

func okBuffered(name string) ([]byte, error) {
	r, err := openBuffered(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

// As a value, which is no pointer.
func openBufferedValue(name string) (io.ReadCloser, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return readerCloser{bufio.NewReader(f), f}, nil
}

func badBufferedValue(name string) ([]byte, error) {
	r, err := openBufferedValue(name) // want revleak
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

func okBufferedValue(name string) ([]byte, error) {
	r, err := openBufferedValue(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

// A part of what is embedded is replaced.
type reopened struct {
	cursor
	t *tree
}

func (r *reopened) Next() bool {
	if !r.cursor.Next() {
		r.cursor.Close()
		c, err := r.t.cursor("b")
		if err != nil {
			return false
		}
		r.cursor = c
	}
	return true
}

func (t *tree) reopened() (cursor, error) {
	c, err := t.cursor("a")
	if err != nil {
		return nil, err
	}
	return &reopened{c, t}, nil
}

func okReopened(t *tree) error {
	c, err := t.reopened()
	if err != nil {
		return err
	}
	defer c.Close()
	for range 3 {
		c.Next()
	}
	return nil
}

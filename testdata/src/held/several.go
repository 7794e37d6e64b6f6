package held

import (
	"bufio"
	"errors"
	"io"
	"os"

	"github.com/revlint/revlint/testdata/src/held/lines"
	"github.com/revlint/revlint/testdata/src/lib/kv"
)

type emptyCursor struct{}

func (emptyCursor) Next() bool   { return false }
func (emptyCursor) Close() error { return nil }

// Of two types one has something to end. Who closes is right in any case, and what a cursor that is
// not closed leaves is not known.
func (t *tree) maybe(from string) (cursor, error) {
	if from == "" {
		return emptyCursor{}, nil
	}
	it, err := t.db.NewIter(from)
	if err != nil {
		return nil, err
	}
	return &treeCursor{it: it}, nil
}

func okMaybe(t *tree, from string) error {
	c, err := t.maybe(from)
	if err != nil {
		return err
	}
	defer c.Close()
	c.Next()
	return nil
}

type backwards struct {
	at int
	it *kv.Iter
}

func (b *backwards) Next() bool { b.at--; return b.it.Next() }
func (b *backwards) Close() error {
	return b.it.Close()
}

// Two types, which hold what they owe in other fields.
func (t *tree) either(from string, back bool) (cursor, error) {
	it, err := t.db.NewIter(from)
	if err != nil {
		return nil, err
	}
	if back {
		return &backwards{it: it}, nil
	}
	return &treeCursor{it: it}, nil
}

func okEither(t *tree, back bool) error {
	c, err := t.either("a", back)
	if err != nil {
		return err
	}
	c.Next()
	return c.Close()
}

func okEitherAsserted(t *tree) error {
	c, err := t.either("a", true)
	if err != nil {
		return err
	}
	if b, ok := c.(*backwards); ok {
		return b.it.Close()
	}
	return c.Close()
}

// One closes one of the two that it has.
type both struct{ r, log *os.File }

func (b *both) Read(p []byte) (int, error) { return b.r.Read(p) }
func (b *both) Close() error               { return b.r.Close() }

func openBoth(name string) (io.ReadCloser, error) {
	r, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	log, err := os.Create(name + ".log")
	if err != nil {
		r.Close()
		return nil, err
	}
	return &both{r, log}, nil
}

func badBoth(name string) ([]byte, error) {
	r, err := openBoth(name) // want revleak
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

type all struct{ r, log *os.File }

func (a *all) Read(p []byte) (int, error) { return a.r.Read(p) }
func (a *all) Close() error               { return errors.Join(a.r.Close(), a.log.Close()) }

func openAll(name string) (io.ReadCloser, error) {
	r, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	log, err := os.Create(name + ".log")
	if err != nil {
		r.Close()
		return nil, err
	}
	return &all{r, log}, nil
}

func okAll(name string) ([]byte, error) {
	r, err := openAll(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

// Of a struct that is no pointer, and of what is embedded.
type pair struct {
	*bufio.Reader
	f *os.File
}

func (p pair) Close() error { return p.f.Close() }

func openPair(name string) (io.ReadCloser, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return pair{bufio.NewReader(f), f}, nil
}

func okPair(name string) ([]byte, error) {
	r, err := openPair(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

type value struct{ it *kv.Iter }

func (v value) Next() bool   { return v.it.Next() }
func (v value) Close() error { return v.it.Close() }

func (t *tree) value() (cursor, error) {
	it, err := t.db.NewIter("a")
	if err != nil {
		return nil, err
	}
	return value{it}, nil
}

// Its methods have a copy, and it is a pointer.
func (t *tree) valueAt() (cursor, error) {
	it, err := t.db.NewIter("a")
	if err != nil {
		return nil, err
	}
	return &value{it}, nil
}

func badValue(t *tree) error {
	v, err := t.value() // want revleak
	if err != nil {
		return err
	}
	v.Next()
	return nil
}

func okValue(t *tree) error {
	v, err := t.value()
	if err != nil {
		return err
	}
	v.Next()
	return v.Close()
}

func okValueAt(t *tree) error {
	v, err := t.valueAt()
	if err != nil {
		return err
	}
	v.Next()
	return v.Close()
}

// One wraps another.
type counted struct {
	cursor cursor
	n      int
}

func (c *counted) Next() bool   { c.n++; return c.cursor.Next() }
func (c *counted) Close() error { return c.cursor.Close() }

func (t *tree) counted() (cursor, error) {
	c, err := t.cursor("a")
	if err != nil {
		return nil, err
	}
	return &counted{cursor: c}, nil
}

func count(c cursor) cursor { return &counted{cursor: c} }

func okCounted(t *tree) error {
	c, err := t.counted()
	if err != nil {
		return err
	}
	defer c.Close()
	c.Next()
	return nil
}

func okCountedHere(t *tree) error {
	c, err := t.cursor("a")
	if err != nil {
		return err
	}
	outer := count(c)
	defer outer.Close()
	outer.Next()
	return nil
}

// A method that is no ending may end it.
type once struct{ it *kv.Iter }

func (o *once) Next() bool {
	more := o.it.Next()
	if !more {
		o.it.Close()
	}
	return more
}

func (o *once) Close() error { return o.it.Close() }

func (t *tree) once() (cursor, error) {
	it, err := t.db.NewIter("a")
	if err != nil {
		return nil, err
	}
	return &once{it}, nil
}

func okOnce(t *tree) error {
	c, err := t.once()
	if err != nil {
		return err
	}
	for c.Next() {
	}
	return nil
}

// Of another package, of which the type has no name here.
func badLines(name string) (string, error) {
	l, err := lines.Open(name) // want revleak
	if err != nil {
		return "", err
	}
	return l.Line()
}

func okLines(name string) (string, error) {
	l, err := lines.Open(name)
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Line()
}

func badNamed(name string) (string, error) {
	l, err := lines.OpenNamed(name) // want revleak
	if err != nil {
		return "", err
	}
	return l.Line()
}

func okNamed(name string) (string, error) {
	l, err := lines.OpenNamed(name)
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Line()
}

// A helper asks for the type.
func closeOne(c cursor) error {
	if b, ok := c.(*backwards); ok {
		return b.it.Close()
	}
	return c.Close()
}

func okEitherByHelper(t *tree) error {
	c, err := t.either("a", true)
	if err != nil {
		return err
	}
	return closeOne(c)
}

func (t *tree) eitherOf(back bool) (cursor, error) { return t.either("a", back) }

func okEitherOf(t *tree) error {
	c, err := t.eitherOf(true)
	if err != nil {
		return err
	}
	if b, ok := c.(*backwards); ok {
		return b.it.Close()
	}
	return c.Close()
}

package held

import (
	"errors"

	"github.com/revlint/revlint/testdata/src/lib/kv"
)

type cursor interface {
	Next() bool
	Close() error
}

type tree struct{ db *kv.DB }

func (t *tree) cursor(from string) (cursor, error) {
	it, err := t.db.NewIter(from)
	if err != nil {
		return nil, err
	}
	return &treeCursor{it: it}, nil
}

func badWalks(t *tree) (n int) {
	c, err := t.cursor("a") // want revleak
	if err != nil {
		return 0
	}
	for c.Next() {
		n++
	}
	return n
}

func okWalks(t *tree) (n int) {
	c, err := t.cursor("a")
	if err != nil {
		return 0
	}
	defer c.Close()
	for c.Next() {
		n++
	}
	return n
}

func badGivesUp(t *tree, limit int) (n int, err error) {
	c, err := t.cursor("a") // want revleak
	if err != nil {
		return 0, err
	}
	for c.Next() {
		if n++; n > limit {
			return 0, errors.New("too many")
		}
	}
	return n, c.Close()
}

func okGivesUp(t *tree, limit int) (n int, err error) {
	c, err := t.cursor("a")
	if err != nil {
		return 0, err
	}
	for c.Next() {
		if n++; n > limit {
			c.Close()
			return 0, errors.New("too many")
		}
	}
	return n, c.Close()
}

func badDropped(t *tree) error {
	_, err := t.cursor("a") // want revleak
	return err
}

// It is nil where there is an error, and so is it asked.
func okAskedForNil(t *tree) (n int) {
	c, _ := t.cursor("a")
	if c != nil {
		for c.Next() {
			n++
		}
		c.Close()
	}
	return n
}

func badAskedForNil(t *tree) (n int) {
	c, _ := t.cursor("a") // want revleak
	if c != nil {
		for c.Next() {
			n++
		}
	}
	return n
}

// The other type is not there.
func badAsserted(t *tree) error {
	c, err := t.cursor("a") // want revleak
	if err != nil {
		return err
	}
	switch c := c.(type) {
	case *treeCursor:
		c.Next()
	default:
		c.Close()
	}
	return nil
}

func okAsserted(t *tree) error {
	c, err := t.cursor("a")
	if err != nil {
		return err
	}
	switch c := c.(type) {
	case *treeCursor:
		return c.it.Close()
	default:
		return nil
	}
}

type walker struct{ c cursor }

func (w *walker) close() error { return w.c.Close() }

func badInLocal(t *tree) (n int) {
	c, err := t.cursor("a") // want revleak
	if err != nil {
		return 0
	}
	w := walker{c}
	for w.c.Next() {
		n++
	}
	return n
}

func okInLocal(t *tree) (n int) {
	c, err := t.cursor("a")
	if err != nil {
		return 0
	}
	w := walker{c}
	defer w.close()
	for w.c.Next() {
		n++
	}
	return n
}

func okKept(t *tree, w *walker) error {
	c, err := t.cursor("a")
	if err != nil {
		return err
	}
	w.c = c
	return nil
}

func okPassedOn(t *tree) (cursor, error) { return t.cursor("b") }

func badPassedOn(t *tree) error {
	c, err := okPassedOn(t) // want revleak
	if err != nil {
		return err
	}
	c.Next()
	return nil
}

func closes(c cursor) {
	c.Next()
	c.Close()
}

func okClosedByOther(t *tree) error {
	c, err := t.cursor("a")
	if err != nil {
		return err
	}
	closes(c)
	return nil
}

// In a loop, one after another.
func badInLoop(t *tree, names []string) error {
	for _, name := range names {
		c, err := t.cursor(name) // want revleak
		if err != nil {
			return err
		}
		c.Next()
	}
	return nil
}

func okInLoop(t *tree, names []string) error {
	for _, name := range names {
		c, err := t.cursor(name)
		if err != nil {
			return err
		}
		c.Next()
		c.Close()
	}
	return nil
}

func okAllInTheEnd(t *tree, names []string) error {
	var all []cursor
	defer func() {
		for _, c := range all {
			c.Close()
		}
	}()
	for _, name := range names {
		c, err := t.cursor(name)
		if err != nil {
			return err
		}
		all = append(all, c)
	}
	return nil
}

// The last one stands in a variable when the loop is over.
func okLastInTheEnd(t *tree, names []string) error {
	var last cursor
	for _, name := range names {
		if last != nil {
			last.Close()
		}
		c, err := t.cursor(name)
		if err != nil {
			return err
		}
		last = c
	}
	if last != nil {
		last.Close()
	}
	return nil
}

// Methods stand below those that call them, and the type is made in another method.
type treeCursor struct {
	it     *kv.Iter
	closed bool
}

func (c *treeCursor) Next() bool { return !c.closed && c.it.Next() }

func (c *treeCursor) Close() error {
	if c.closed {
		return errors.New("closed already")
	}
	c.closed = true
	return c.it.Close()
}

package everyday

import (
	"errors"
	"io"
	"io/fs"
	"os"
)

// An error that is made into a number: that there is none is told by zero, however many kinds
// of errors there are.

type number uint16

func numberOf(err error) number {
	if err == nil {
		return 0
	}
	switch err {
	case io.EOF:
		return 0
	case fs.ErrInvalid:
		return 1
	case fs.ErrPermission:
		return 2
	case fs.ErrExist:
		return 3
	case fs.ErrNotExist:
		return 4
	case fs.ErrClosed:
		return 5
	case os.ErrDeadlineExceeded:
		return 6
	case os.ErrProcessDone:
		return 7
	case io.ErrClosedPipe:
		return 8
	case io.ErrNoProgress:
		return 9
	case io.ErrShortBuffer:
		return 10
	case io.ErrShortWrite:
		return 11
	case io.ErrUnexpectedEOF:
		return 12
	case errors.ErrUnsupported:
		return 13
	}
	return 99
}

func openNumbered(name string) (*os.File, number) {
	f, err := os.Open(name)
	return f, numberOf(err)
}

type numbered struct{ file *os.File }

func okNumbered(name string) (*numbered, number) {
	f, n := openNumbered(name)
	if n != 0 {
		return nil, n
	}
	return &numbered{f}, 0
}

func badNumbered(name string) (*numbered, number) {
	f, n := openNumbered(name) // want revleak
	if n != 0 {
		return nil, n
	}
	if name == "" {
		return nil, 1
	}
	return &numbered{f}, 0
}

// A function that collects errors answers with what it has, and that is not nil where it was
// given one.

type collector struct {
	err        error
	translates bool
	translator interface{ Translate(error) error }
}

func (c *collector) add(err error) error {
	if err != nil {
		if c.translates {
			err = c.translator.Translate(err)
		}
		if c.err == nil {
			c.err = err
		} else {
			c.err = errors.Join(c.err, err)
		}
	}
	return c.err
}

func (c *collector) okCollected(name string) {
	w, err := layCable(name) // want revleak
	if c.add(err) == nil {
		println(w.open)
		w.close()
	}
}

func ignored(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func badIgnored(name string) {
	w, err := layCable(name)
	if ignored(err) == nil {
		println(w.open)
		w.close() // want revnil
	}
}

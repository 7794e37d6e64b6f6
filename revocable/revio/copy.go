package revio

import (
	"bytes"
	"io"
	"os"
	"sync"
)

// chunk is how much of a copy one operation moves, at most, where the other end cannot be woken.
const chunk = 64 << 10

var chunks = sync.Pool{New: func() any { return new([chunk]byte) }}

// The wrappers that something can be read from and written to, directly, by a copy that has entered both.
type (
	source interface{ source() (*object, io.Reader) }
	sink   interface{ sink() (*object, io.Writer) }
)

type readerFrom struct {
	o  *object
	to io.ReaderFrom
}

func (x readerFrom) ReadFrom(r io.Reader) (n int64, err error) {
	if s, ok := r.(source); ok {
		if from, bare := s.source(); x.o.wakesWith(from) {
			return x.whole(bare)
		}
	}
	if neverSleeps(r) {
		return x.readParts(r)
	}
	buf := chunks.Get().(*[chunk]byte)
	defer chunks.Put(buf)
	for {
		filled, rerr := r.Read(buf[:])
		if filled > 0 {
			moved, err := x.write(buf[:filled])
			n += int64(moved)
			if err != nil {
				return n, err
			}
		}
		switch rerr {
		case nil:
		case io.EOF:
			return n, nil
		default:
			return n, rerr
		}
	}
}

// whole is one operation.
func (x readerFrom) whole(r io.Reader) (n int64, err error) {
	a, ok := x.o.enter()
	if !ok {
		return 0, x.o.refuse("write")
	}
	defer a.Leave()
	n, err = x.to.ReadFrom(r)
	return n, x.o.result("write", err)
}

// write writes p in an operation of its own.
func (x readerFrom) write(p []byte) (n int, err error) {
	a, ok := x.o.enter()
	if !ok {
		return 0, x.o.refuse("write")
	}
	defer a.Leave()
	if w, ok := x.to.(io.Writer); ok {
		n, err = w.Write(p)
		if err == nil && n < len(p) {
			err = io.ErrShortWrite
		}
	} else {
		var moved int64
		moved, err = x.to.ReadFrom(bytes.NewReader(p))
		n = int(moved)
	}
	return n, x.o.result("write", err)
}

// readParts has the object itself read from r, a part in each operation, so that it may do so by sendfile.
func (x readerFrom) readParts(r io.Reader) (n int64, err error) {
	for {
		moved, err := x.readPart(r)
		n += moved
		if err != nil || moved < chunk {
			return n, err
		}
	}
}

func (x readerFrom) readPart(r io.Reader) (n int64, err error) {
	part := &io.LimitedReader{R: r, N: chunk}
	if whole, ok := r.(*io.LimitedReader); ok { // not one within another, which sendfile does not see through
		part.R, part.N = whole.R, min(whole.N, chunk)
		defer func() { whole.N -= n }()
	}
	a, ok := x.o.enter()
	if !ok {
		return 0, x.o.refuse("write")
	}
	defer a.Leave()
	n, err = x.to.ReadFrom(part)
	return n, x.o.result("write", err)
}

// neverSleeps reports whether r is a regular file, or a part of one.
func neverSleeps(r io.Reader) bool {
	if part, ok := r.(*io.LimitedReader); ok {
		r = part.R
	}
	f, ok := r.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode().IsRegular()
}

type writerTo struct {
	o  *object
	to bothWays
}

// bothWays is io.WriterTo of what can be read from, as all bases can.
type bothWays interface {
	io.Reader
	io.WriterTo
}

func (x writerTo) WriteTo(w io.Writer) (n int64, err error) {
	if s, ok := w.(sink); ok {
		if into, bare := s.sink(); bare != nil && x.o.wakesWith(into) {
			return x.whole(bare)
		}
	}
	buf := chunks.Get().(*[chunk]byte)
	defer chunks.Put(buf)
	for {
		filled, rerr := reader{x.o, x.to}.Read(buf[:])
		if filled > 0 {
			moved, err := w.Write(buf[:filled])
			n += int64(moved)
			if err == nil && moved < filled {
				err = io.ErrShortWrite
			}
			if err != nil {
				return n, err
			}
		}
		switch rerr {
		case nil:
		case io.EOF:
			return n, nil
		default:
			return n, rerr
		}
	}
}

// whole is one operation.
func (x writerTo) whole(w io.Writer) (n int64, err error) {
	a, ok := x.o.enter()
	if !ok {
		return 0, x.o.refuse("read")
	}
	defer a.Leave()
	n, err = x.to.WriteTo(w)
	return n, x.o.result("read", err)
}

// wakesWith reports whether the revocation that wakes o also wakes other, so that an operation of o may wait for both.
func (o *object) wakesWith(other *object) bool {
	return o.core == other.core && o.wakes() && other.wakes()
}

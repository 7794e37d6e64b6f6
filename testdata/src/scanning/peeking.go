package scanning

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"slices"
)

// Discarding what was peeked moves an index, and fills nothing.
func peek(r *bufio.Reader, n int) ([]byte, error) {
	p, err := r.Peek(n)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	r.Discard(len(p))
	return p, err
}

func peekedSum(r *bufio.Reader, n int) (sum byte) {
	p, _ := r.Peek(n)
	r.Discard(len(p))
	for _, b := range p {
		sum += b
	}
	return sum
}

func peekedTwice(r *bufio.Reader) bool {
	p, err := r.Peek(4)
	if err != nil {
		return false
	}
	r.Discard(len(p))
	q, err := r.Peek(4)
	return err == nil && bytes.Equal(p, q) // want revuse
}

// A value may be passed to the call that ends it.
func appended(w *bufio.Writer, numbers []int64) error {
	for _, n := range numbers {
		b := append(w.AvailableBuffer(), byte(n))
		if _, err := w.Write(b); err != nil {
			return err
		}
	}
	return w.Flush()
}

func writtenTwice(w *bufio.Writer, n byte) {
	b := append(w.AvailableBuffer(), n)
	w.Write(b)
	w.Write(b) // want revuse
}

var known [][]byte

// The key is captured by a literal that is called while it is there.
func countKnown(ctx context.Context, s *bufio.Scanner) (n int) {
	for s.Scan() {
		key := s.Bytes()
		switch {
		case bytes.HasPrefix(key, []byte("#")):
			n++
		case slices.ContainsFunc(known, func(k []byte) bool { return bytes.Equal(k, key) }):
			n += 2
		}
		select {
		case <-ctx.Done():
			return n
		default:
		}
	}
	return n
}

// An object is one of several types, and keeps what it was parsed from.
type object interface {
	name() string
	source() []byte
}

type node struct {
	of   string
	text []byte
}

func (n node) name() string   { return n.of }
func (n node) source() []byte { return n.text }

type service struct{ node }

type job struct {
	node
	times int
}

func parseObject(of string, text []byte) (object, error) {
	n := node{of: of, text: text}
	switch of {
	case "":
		return nil, nil
	case "job":
		return &job{node: n, times: 1}, nil
	}
	return &service{n}, nil
}

// What stands in a part of a part, behind an interface, has no name here.
func objects(s *bufio.Scanner) (map[string]object, error) {
	all := make(map[string]object)
	for s.Scan() {
		o, err := parseObject("job", s.Bytes())
		if err != nil {
			return nil, err
		}
		if o != nil {
			all[o.name()] = o // missed: revescape
		}
	}
	return all, s.Err()
}

func newLine(text []byte) object { return &node{text: text} }

func lineObjects(s *bufio.Scanner) (all []object) {
	for s.Scan() {
		all = append(all, newLine(s.Bytes()))
	}
	return all // want revescape
}

func objectsOfCopies(s *bufio.Scanner) (map[string]object, error) {
	all := make(map[string]object)
	for s.Scan() {
		o, err := parseObject("job", bytes.Clone(s.Bytes()))
		if err != nil {
			return nil, err
		}
		if o != nil {
			all[o.name()] = o
		}
	}
	return all, s.Err()
}

// What a function reads while it runs must still be there then.
func copiedLate(w *bufio.Writer, out io.Writer, n byte) {
	b := append(w.AvailableBuffer(), n)
	w.Write(b)
	out.Write(b) // want revuse
}

package unproved

import (
	"io"
	"os"

	"github.com/revlint/revlint/testdata/src/lib/scan"
)

// What is borrowed from something that a callee made, and that its caller can get at: where the caller has a name
// for it, its end is seen, and elsewhere it may have come.

func inVariables() byte {
	var line []byte
	var s *scan.Scanner
	intoVariables(&line, &s)
	if s != nil {
		s.Scan()
	}
	return line[0] // want revuse
}

func intoVariables(line *[]byte, s **scan.Scanner) {
	*s = new(scan.Scanner)
	if *s != nil {
		*line = (*s).Bytes()
	}
}

type scanned struct {
	line []byte
	s    *scan.Scanner
}

func inFields() byte {
	var x scanned
	x.begin()
	x.s.Scan()
	return x.line[0] // want revuse
}

func (x *scanned) begin() {
	x.s = new(scan.Scanner)
	x.line = x.s.Bytes()
}

type shelves struct {
	a struct {
		b *struct{ c *struct{ s *scan.Scanner } }
	}
}

func (x *shelves) begin(r io.Reader) []byte {
	x.a.b.c.s = scan.New(r)
	return x.a.b.c.s.Bytes()
}

func farDown(r io.Reader, x *shelves) byte {
	line := x.begin(r)
	x.a.b.c.s.Scan()
	return line[0] // answer: unknown: paths or code out of sight may have ended it
}

func intoMap(r io.Reader, m map[string]*scan.Scanner) []byte {
	s := scan.New(r)
	m["a"] = s
	return s.Bytes()
}

func inMap(r io.Reader, m map[string]*scan.Scanner) byte {
	line := intoMap(r, m)
	m["a"].Scan()
	return line[0] // answer: unknown: paths or code out of sight may have ended it
}

var lastScanner *scan.Scanner

func intoVariable(r io.Reader) []byte {
	lastScanner = scan.New(r)
	return lastScanner.Bytes()
}

func inVariable(r io.Reader) byte {
	line := intoVariable(r)
	lastScanner.Scan()
	return line[0] // answer: unknown: paths or code out of sight may have ended it
}

type holder struct{ s *scan.Scanner }

func (h *holder) next() bool { return h.s.Scan() }

func asAnything(r io.Reader) (any, []byte) {
	s := scan.New(r)
	return &holder{s}, s.Bytes()
}

type keeper struct{ s *scan.Scanner }

func (k *keeper) next() bool { return k.s.Scan() }

// Callers do not know which of the two it is.
func asOneOf(r io.Reader, one bool) (interface{ next() bool }, []byte) {
	s := scan.New(r)
	if one {
		return &keeper{s}, s.Bytes()
	}
	return &holder{s}, s.Bytes()
}

func behindOneOf(r io.Reader, one bool) byte {
	h, line := asOneOf(r, one)
	h.next()
	return line[0] // answer: unknown: paths or code out of sight may have ended it
}

func behindInterface(r io.Reader) byte {
	h, line := asAnything(r)
	h.(*holder).next()
	return line[0] // want revuse
}

func withNext(r io.Reader) (func() bool, []byte) {
	s := scan.New(r)
	return s.Scan, s.Bytes()
}

func behindFunction(r io.Reader) byte {
	next, line := withNext(r)
	next()
	return line[0] // answer: unknown: paths or code out of sight may have ended it
}

// A writer to several files writes to one that is closed: which one it was made of that has ended, is not followed.
func writesToBoth(name string, w io.Writer) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	both := io.MultiWriter(w, f)
	f.Close()
	_, err = io.WriteString(both, "x") // answer: unknown: paths or code out of sight may have ended it
	return err
}

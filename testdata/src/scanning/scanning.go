// Package scanning reads tokens that the next Scan overwrites.
package scanning

import (
	"bytes"
	"io"
	"slices"
	"strconv"

	"github.com/revlint/revlint/testdata/src/lib/scan"
)

type parser struct {
	s    *scan.Scanner
	line []byte
	seen map[string]int
}

func lines(r io.Reader) (all [][]byte, err error) {
	s := scan.New(r)
	for s.Scan() {
		all = append(all, s.Bytes()) // want revescape
	}
	return all, s.Err()
}

func lineCopies(r io.Reader) (all [][]byte, err error) {
	s := scan.New(r)
	for s.Scan() {
		all = append(all, bytes.Clone(s.Bytes()))
	}
	return all, s.Err()
}

func lineStrings(r io.Reader) (all []string, err error) {
	s := scan.New(r)
	for s.Scan() {
		all = append(all, string(s.Bytes()))
	}
	return all, s.Err()
}

func lineTexts(r io.Reader) (all []string, err error) {
	s := scan.New(r)
	for s.Scan() {
		all = append(all, s.Text())
	}
	return all, s.Err()
}

func pair(r io.Reader) (string, bool) {
	s := scan.New(r)
	s.Scan()
	key := s.Bytes()
	s.Scan()
	value := s.Bytes()
	return string(key) + "=" + string(value), true // want revuse
}

func pairOfCopies(r io.Reader) string {
	s := scan.New(r)
	s.Scan()
	key := string(s.Bytes())
	s.Scan()
	return key + "=" + string(s.Bytes())
}

func repeats(s *scan.Scanner) (n int) {
	var prev []byte
	for s.Scan() {
		if bytes.Equal(prev, s.Bytes()) { // want revuse
			n++
		}
		prev = s.Bytes()
	}
	return n
}

func repeatsByCopies(s *scan.Scanner) (n int) {
	var prev []byte
	for s.Scan() {
		cur := s.Bytes()
		if bytes.Equal(prev, cur) {
			n++
		}
		prev = append(prev[:0], cur...)
	}
	return n
}

// Two scanners do not share their buffers.
func zip(a, b io.Reader) (out []string) {
	x, y := scan.New(a), scan.New(b)
	for x.Scan() {
		left := x.Bytes()
		if !y.Scan() {
			break
		}
		out = append(out, string(left)+string(y.Bytes()))
	}
	return out
}

func sumOf(r io.Reader) (sum int, err error) {
	s := scan.New(r)
	for s.Scan() {
		n, err := strconv.Atoi(string(s.Bytes()))
		if err != nil {
			return sum, err
		}
		sum += n
	}
	return sum, s.Err()
}

func (p *parser) next() bool { return p.s.Scan() }

func (p *parser) heading() (string, string) {
	title := p.s.Bytes()
	if !p.next() {
		return string(title), "" // want revuse
	}
	return "", string(p.s.Bytes())
}

func (p *parser) keep() {
	p.line = p.s.Bytes()
}

func (p *parser) count() {
	for p.next() {
		p.seen[string(p.s.Bytes())]++
	}
}

func fields(s *scan.Scanner) (n int) {
	for s.Scan() {
		for _, f := range bytes.Fields(s.Bytes()) {
			n += len(f)
		}
	}
	return n
}

func fieldsOfLastLine(s *scan.Scanner) (n int) {
	var last [][]byte
	for s.Scan() {
		last = bytes.Fields(s.Bytes())
	}
	for _, f := range last {
		n += int(f[0]) // want revuse
	}
	return n
}

func longest(s *scan.Scanner) (n int) {
	for s.Scan() {
		n = max(n, len(s.Bytes()))
	}
	return n
}

func tokens(s *scan.Scanner) (all [][]byte) {
	for t := range s.Tokens() {
		all = append(all, t) // want revescape
	}
	return all
}

func tokenCopies(s *scan.Scanner) (all [][]byte) {
	for t := range s.Tokens() {
		all = append(all, slices.Clone(t))
	}
	return all
}

func firstToken(s *scan.Scanner) []byte {
	for t := range s.Tokens() {
		return t // want revescape
	}
	return nil
}

func firstTokenText(s *scan.Scanner) string {
	for t := range s.Tokens() {
		return string(t)
	}
	return ""
}

func produce(r io.Reader, out chan<- []byte) {
	s := scan.New(r)
	for s.Scan() {
		out <- s.Bytes() // want revescape
	}
	close(out)
}

func produceCopies(r io.Reader, out chan<- []byte) {
	s := scan.New(r)
	for s.Scan() {
		out <- bytes.Clone(s.Bytes())
	}
	close(out)
}

func resetInBetween(s *scan.Scanner, r io.Reader) string {
	t := s.Bytes()
	s.Reset(r)
	return string(t) // want revuse
}

func errInBetween(s *scan.Scanner) (string, error) {
	t := s.Bytes()
	if err := s.Err(); err != nil {
		return "", err
	}
	return string(t), nil
}

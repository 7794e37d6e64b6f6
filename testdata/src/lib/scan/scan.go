// Package scan splits input into tokens that share one buffer.
package scan

import "io"

type Scanner struct {
	r     io.Reader
	buf   []byte
	token []byte
	err   error
}

func New(r io.Reader) *Scanner { return &Scanner{r: r} }

// Scan advances to the next token.
func (s *Scanner) Scan() bool {
	s.buf = s.buf[:0]
	var one [1]byte
	for {
		if _, s.err = io.ReadFull(s.r, one[:]); s.err != nil || one[0] == '\n' {
			break
		}
		s.buf = append(s.buf, one[0])
	}
	s.token = s.buf
	return s.err == nil
}

// Bytes returns the token; the next Scan overwrites it.
//
//revlint:borrow token from s until Scan, Reset
func (s *Scanner) Bytes() (token []byte) { return s.token }

// Text returns the token as a string of its own.
func (s *Scanner) Text() string { return string(s.token) }

// Skip advances past the token, if it is a comment.
func (s *Scanner) Skip(comment bool) {
	if comment {
		s.Scan()
	}
}

// Err returns what ended the scan, unless that was the end of the input.
func (s *Scanner) Err() error {
	if s.err == io.EOF {
		return nil
	}
	return s.err
}

// Reset starts anew on r.
func (s *Scanner) Reset(r io.Reader) { s.r, s.err = r, nil }

// Tokens returns all tokens; each is valid for one round of the loop.
//
//revlint:scoped range seq
func (s *Scanner) Tokens() (seq func(yield func([]byte) bool)) {
	return func(yield func([]byte) bool) {
		for s.Scan() {
			if !yield(s.token) {
				return
			}
		}
	}
}

// Package scan reads tokens into one buffer, over and over.
package scan

import "io"

// A Scanner reads lines.
type Scanner struct {
	src   io.Reader
	buf   []byte
	token []byte
	err   error
}

// New makes a scanner.
func New(src io.Reader) *Scanner { return &Scanner{src: src, buf: make([]byte, 0, 64)} }

// Scan goes on to the next line.
func (s *Scanner) Scan() bool {
	s.buf = s.buf[:0]
	var one [1]byte
	for {
		n, err := s.src.Read(one[:])
		if n == 1 && one[0] != '\n' {
			s.buf = append(s.buf, one[0])
		}
		if err != nil && err != io.EOF {
			s.err = err
		}
		if err != nil || n == 1 && one[0] == '\n' {
			s.token = s.buf
			return err == nil || len(s.buf) > 0
		}
	}
}

// Reset goes on with another source.
func (s *Scanner) Reset(src io.Reader) { s.src = src }

// Err is the first error but the end of the source.
func (s *Scanner) Err() error { return s.err }

// Bytes is the present line; the next Scan overwrites it.
//
//revlint:borrow token from s until Scan, Reset
func (s *Scanner) Bytes() (token []byte) { return s.token }

// Text is a copy of the present line.
func (s *Scanner) Text() string { return string(s.token) }

// Package lines returns readers of lines, whose types have names here alone, or everywhere.
package lines

import (
	"bufio"
	"os"
)

type Lines interface {
	Line() (string, error)
	Close() error
}

type fileLines struct {
	f *os.File
	r *bufio.Reader
}

func (l *fileLines) Line() (string, error) { return l.r.ReadString('\n') }
func (l *fileLines) Close() error          { return l.f.Close() }

func Open(name string) (Lines, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return &fileLines{f, bufio.NewReader(f)}, nil
}

type Named struct {
	f *os.File
	r *bufio.Reader
}

func (l *Named) Line() (string, error) { return l.r.ReadString('\n') }
func (l *Named) Close() error          { return l.f.Close() }

func OpenNamed(name string) (Lines, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return &Named{f, bufio.NewReader(f)}, nil
}

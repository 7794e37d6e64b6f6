package readers

import (
	"bufio"
	"io"
	"os"
)

// What a function reads by way of a reader that lies two steps away, in a list of a struct, its callers are told.

type shelf struct {
	readers []io.Reader
	desk    *desk
}

type desk struct{ r io.Reader }

func firstOf(s *shelf) error {
	_, err := io.Copy(io.Discard, s.readers[0])
	return err
}

func (s *shelf) onDesk(p []byte) (int, error) { return s.desk.r.Read(p) }

func badFilledInALoop(names []string) error {
	var s shelf
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		s.readers = append(s.readers, bufio.NewReader(f))
		f.Close()
	}
	return firstOf(&s) // want revuse
}

func badOnTheDesk(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	s := &shelf{desk: &desk{r: f}}
	f.Close()
	_, err = s.onDesk(make([]byte, 8)) // want revuse
	return err
}

func badBehindTheDesk(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	s := &shelf{desk: &desk{r: bufio.NewReader(f)}}
	f.Close()
	_, err = s.onDesk(make([]byte, 8)) // want revuse
	return err
}

func okOnTheDesk(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	s := &shelf{desk: &desk{r: f}}
	_, err = s.onDesk(make([]byte, 8))
	return err
}

func okAnother(name string, r io.Reader) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	s := &shelf{desk: &desk{r: f}}
	f.Close()
	s.desk.r = r
	_, err = s.onDesk(make([]byte, 8))
	return err
}

func okFilledInALoop(names []string) error {
	var s shelf
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		s.readers = append(s.readers, f)
	}
	return firstOf(&s)
}

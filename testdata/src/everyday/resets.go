package everyday

import (
	"bufio"
	"encoding/csv"
	"io"
	"os"
)

// A method gives all fields of a struct at once, as bufio.Reader.Reset does: each of them is known to callers.

type spooled struct {
	buf []byte
	rd  io.ReadCloser
	n   int
}

func (s *spooled) reset(buf []byte, rd io.ReadCloser) {
	*s = spooled{buf: buf, rd: rd, n: -1}
}

func newSpooled(rd io.ReadCloser) *spooled {
	s := new(spooled)
	s.reset(make([]byte, 16), rd)
	return s
}

func (s *spooled) next(p []byte) (int, error) { return s.rd.Read(p) }
func (s *spooled) Close() error               { return s.rd.Close() }

type spool struct{ s *spooled }

func newSpool(rd io.ReadCloser) *spool { return &spool{newSpooled(rd)} }

func (s *spool) Close() error { return s.s.Close() }

func badSpooled(name string) (*spooled, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return newSpooled(f), nil // want revescape
}

func badSpool(name string) (*spool, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return newSpool(f), nil // want revescape
}

func badSpoolOpen(name string) (int, error) {
	f, err := os.Open(name) // want revleak
	if err != nil {
		return 0, err
	}
	s := newSpool(f)
	n, err := s.s.next(make([]byte, 8))
	if err != nil {
		return 0, err
	}
	return n, s.Close()
}

func badSpoolRead(name string) (int, error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	s := newSpool(f)
	f.Close()
	return s.s.next(make([]byte, 8)) // want revuse
}

func badTable(name string) (*csv.Reader, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return csv.NewReader(f), nil // want revescape
}

type lines struct{ r *bufio.Reader }

func newLines(r io.Reader) *lines { return &lines{bufio.NewReader(r)} }

func (l *lines) next() (string, error) { return l.r.ReadString('\n') }

func badLines(name string) (*lines, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return newLines(f), nil // want revescape
}

func okSpooled(name string) (*spooled, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return newSpooled(f), nil
}

func okSpool(name string) (int, error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	s := newSpool(f)
	defer s.Close()
	return s.s.next(make([]byte, 8))
}

func okLines(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	return newLines(f).next()
}

func okTable(name string) ([]string, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return csv.NewReader(f).Read()
}

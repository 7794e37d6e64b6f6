package heldreleases

import (
	"io"

	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// Of what has a Close it is not to be expected that it is found to have none.
func closeIf(x any) {
	switch c := x.(type) {
	case io.Closer:
		c.Close()
	case interface{ Close() }:
		c.Close()
	}
}

func closeReader(r io.Reader) error {
	if c, ok := r.(io.Closer); ok {
		return c.Close()
	}
	return nil
}

func asks(x any) bool {
	_, ok := x.(io.Closer)
	return ok
}

type reader struct{ *access }

func (reader) Read([]byte) (int, error) { return 0, io.EOF }

func okClosedIfCloser(h sensor.Handle) float64 {
	a, err := open(h)
	if err != nil {
		return 0
	}
	defer closeIf(a)
	return a.Read()
}

func okReaderClosed(h sensor.Handle) {
	a, err := open(h)
	if err != nil {
		return
	}
	closeReader(reader{a})
}

// It is only asked for its Close.
func badAsked(h sensor.Handle) float64 {
	a, err := open(h) // want revleak
	if err != nil || !asks(a) {
		return 0
	}
	return a.Read()
}

// Package partsandviews uses parts of a resource and views of it: slices, addresses of fields, iterators,
// readers, strings that share memory.
package partsandviews

import (
	"bufio"
	"bytes"
	"io"
	"maps"
	"slices"
	"strings"
	"unsafe"

	"github.com/revlint/revlint/testdata/src/lib/access"
	"github.com/revlint/revlint/testdata/src/lib/kv"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

// A view of bytes that are not its own.
type view struct {
	data []byte
	off  int
}

func newView(data []byte) *view { return &view{data: data} }

func (v *view) next() byte {
	b := v.data[v.off]
	v.off++
	return b
}

func shared(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

func okSlice(h sensor.Handle) (total float64) {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	w := s.History[1:]
	for _, v := range w {
		total += v
	}
	g.Release()
	return total
}

func okFieldAddress(h sensor.Handle) bool {
	s, g := h.TryAccess()
	if s == nil {
		return false
	}
	defer g.Release()
	r := &s.Range
	r.Low--
	return r.Contains(s.Value)
}

func okReader(db *kv.DB) (lines []string, err error) {
	v, closer, err := db.Get("k")
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	sc := bufio.NewScanner(bytes.NewReader(v))
	for sc.Scan() {
		lines = append(lines, sc.Text())
	}
	return lines, sc.Err()
}

func okIterated(h sensor.Handle) []float64 {
	s, g := h.TryAccess()
	if s == nil {
		return nil
	}
	defer g.Release()
	return slices.Collect(slices.Values(s.History))
}

func okKeys(h sensor.Handle) []string {
	s, g := h.TryAccess()
	if s == nil {
		return nil
	}
	defer g.Release()
	return slices.Sorted(maps.Keys(s.Notes))
}

func okSharedString(db *kv.DB) (bool, error) {
	v, closer, err := db.Get("k")
	if err != nil {
		return false, err
	}
	defer closer.Close()
	return strings.HasPrefix(shared(v), "on"), nil
}

func okSharedStringCloned(db *kv.DB) (string, error) {
	v, closer, err := db.Get("k")
	if err != nil {
		return "", err
	}
	defer closer.Close()
	return strings.Clone(unsafe.String(unsafe.SliceData(v), len(v))), nil
}

func okView(db *kv.DB) (b byte, err error) {
	v, closer, err := db.Get("k")
	if err != nil {
		return 0, err
	}
	b = newView(v).next()
	return b, closer.Close()
}

func okElementCopied(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	last := s.History[len(s.History)-1]
	g.Release()
	return last
}

func okMapValueCopied(h sensor.Handle) string {
	s, g := h.TryAccess()
	if s == nil {
		return ""
	}
	note := s.Notes["owner"]
	g.Release()
	return note
}

func okPeer(h sensor.Handle) *sensor.Sensor {
	s, g := h.TryAccess()
	if s == nil {
		return nil
	}
	defer g.Release()
	return s.Peer
}

func badSlice(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	w := s.History[1:]
	g.Release()
	return w[0] // want revuse
}

func badFieldAddress(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	r := &s.Range
	g.Release()
	return r.High // want revuse
}

func badElementAddress(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	first := &s.History[0]
	g.Release()
	*first = 1 // want revuse
	return 0
}

func badMap(h sensor.Handle) string {
	s, g := h.TryAccess()
	if s == nil {
		return ""
	}
	notes := s.Notes
	g.Release()
	return notes["owner"] // want revuse
}

func badMapReturned(h sensor.Handle) map[string]string {
	s, g := h.TryAccess()
	if s == nil {
		return nil
	}
	defer g.Release()
	return s.Notes // want revescape
}

func badStructWithSlice(h sensor.Handle) access.View {
	s, g := h.TryAccess()
	if s == nil {
		return access.View{}
	}
	defer g.Release()
	return access.View{Values: s.History} // want revescape
}

func badView(db *kv.DB) (byte, error) {
	v, closer, err := db.Get("k")
	if err != nil {
		return 0, err
	}
	w := newView(v)
	if err := closer.Close(); err != nil {
		return 0, err
	}
	return w.next(), nil // want revuse
}

func badViewReturned(db *kv.DB) (*view, error) {
	v, closer, err := db.Get("k")
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	return newView(v), nil // want revescape
}

func badReaderReturned(db *kv.DB) (io.Reader, error) {
	v, closer, err := db.Get("k")
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	return bufio.NewReader(bytes.NewReader(v)), nil // want revescape
}

func badSharedString(db *kv.DB) (string, error) {
	v, closer, err := db.Get("k")
	if err != nil {
		return "", err
	}
	defer closer.Close()
	return shared(v), nil // want revescape
}

func badSharedStringInPlace(db *kv.DB) (string, error) {
	v, closer, err := db.Get("k")
	if err != nil {
		return "", err
	}
	defer closer.Close()
	return unsafe.String(unsafe.SliceData(v), len(v)), nil // want revescape
}

func badCursorAfterRollback(db *store.DB) (string, error) {
	tx, err := db.Begin(false)
	if err != nil {
		return "", err
	}
	b := tx.Bucket("a")
	if b == nil {
		return "", tx.Rollback()
	}
	c := b.Cursor()
	if err := tx.Rollback(); err != nil {
		return "", err
	}
	key, _ := c.Next() // want revuse
	return string(key), nil
}

func badThreeIndexSlice(h sensor.Handle) []float64 {
	s, g := h.TryAccess()
	if s == nil {
		return nil
	}
	defer g.Release()
	w := s.Window(8)
	w = w[0:2:2]
	return w // want revescape
}

// Package returnedderived returns values that a deferred release ends.
package returnedderived

import (
	"bytes"
	"slices"
	"strings"
	"sync"

	"github.com/revlint/revlint/testdata/src/lib/access"
	"github.com/revlint/revlint/testdata/src/lib/pool"
	"github.com/revlint/revlint/testdata/src/lib/scan"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

var buffers = pool.New[pool.Buffer](func(b *pool.Buffer) { b.Reset() })

func render(b *pool.Buffer, words []string) {
	for i, w := range words {
		if i > 0 {
			b.WriteString(" ")
		}
		b.WriteString(w)
	}
}

func okString(words []string) string {
	b := buffers.Get()
	defer buffers.Put(b)
	render(b, words)
	return b.String()
}

func okCloned(words []string) []byte {
	b := buffers.Get()
	defer buffers.Put(b)
	render(b, words)
	return bytes.Clone(b.Bytes())
}

func okAppended(dst []byte, words []string) []byte {
	b := buffers.Get()
	render(b, words)
	dst = append(dst, b.Bytes()...)
	buffers.Put(b)
	return dst
}

func okNotPutBack(words []string) []byte {
	b := buffers.Get()
	render(b, words)
	return b.Bytes()
}

func okLength(words []string) (n int) {
	b := buffers.Get()
	defer func() { buffers.Put(b) }()
	render(b, words)
	return len(b.Bytes())
}

func okWindowCopied(h sensor.Handle) []float64 {
	s, g := h.TryAccess()
	if s == nil {
		return nil
	}
	defer g.Release()
	return append([]float64{}, s.Window(3)...)
}

func okStructCopied(h sensor.Handle) (r sensor.Range) {
	s, g := h.TryAccess()
	if s == nil {
		return r
	}
	defer g.Release()
	return *s.Limits()
}

func okSnapshot(h sensor.Handle) (c access.Copy) {
	s, g := h.TryAccess()
	if s == nil {
		return c
	}
	defer g.Release()
	return access.Snapshot(s)
}

func okSyncPool(p *sync.Pool, words []string) string {
	b, _ := p.Get().(*strings.Builder)
	if b == nil {
		b = new(strings.Builder)
	}
	defer p.Put(b)
	for _, w := range words {
		b.WriteString(w)
	}
	return strings.Clone(b.String())
}

func okValueCopied(db *store.DB, key string) (string, error) {
	tx, err := db.Begin(false)
	if err != nil {
		return "", err
	}
	defer tx.Rollback()
	b := tx.Bucket("a")
	if b == nil {
		return "", nil
	}
	return string(b.Get(key)), nil
}

func badBytes(words []string) []byte {
	b := buffers.Get()
	defer buffers.Put(b)
	render(b, words)
	return b.Bytes() // want revescape
}

func badBytesInClosure(words []string) []byte {
	b := buffers.Get()
	defer func() { buffers.Put(b) }()
	render(b, words)
	return b.Bytes() // want revescape
}

func badResliced(words []string) []byte {
	b := buffers.Get()
	defer buffers.Put(b)
	render(b, words)
	out := b.Bytes()[1:]
	return out // want revescape
}

func badWindow(h sensor.Handle) []float64 {
	s, g := h.TryAccess()
	if s == nil {
		return nil
	}
	defer g.Release()
	return s.Window(3) // want revescape
}

func badLimits(h sensor.Handle) *sensor.Range {
	s, g := h.TryAccess()
	if s == nil {
		return nil
	}
	defer g.Release()
	return s.Limits() // want revescape
}

func badView(h sensor.Handle) access.View {
	s, g := h.TryAccess()
	if s == nil {
		return access.View{}
	}
	defer g.Release()
	return access.ViewOf(s) // want revescape
}

func badValue(db *store.DB, key string) ([]byte, error) {
	tx, err := db.Begin(false)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	b := tx.Bucket("a")
	if b == nil {
		return nil, nil
	}
	return b.Get(key), nil // want revescape
}

func badValueFromView(db *store.DB, key string) (out []byte, err error) {
	err = db.View(func(tx *store.Tx) error {
		b := tx.Bucket("a")
		if b == nil {
			return nil
		}
		out = b.Get(key) // want revescape
		return nil
	})
	return out, err
}

func badSorted(h sensor.Handle) []float64 {
	s, g := h.TryAccess()
	if s == nil {
		return nil
	}
	defer g.Release()
	w := s.Window(3)
	slices.Sort(w)
	return w // want revescape
}

func badLines(s *scan.Scanner) (lines [][]byte) {
	for s.Scan() {
		lines = append(lines, s.Bytes()) // want revescape
	}
	return lines
}

func okLines(s *scan.Scanner) (lines []string) {
	for s.Scan() {
		if len(s.Bytes()) > 0 {
			lines = append(lines, string(s.Bytes()))
		}
	}
	return lines
}

func okLastLine(s *scan.Scanner) []byte {
	if !s.Scan() {
		return nil
	}
	return s.Bytes()
}

// Package capturedassignment assigns what a callback was lent to a variable around it.
package capturedassignment

import (
	"bytes"

	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

type entry struct {
	key   string
	value []byte
}

type index struct {
	entries []entry
	newest  *sensor.Sensor
	sum     int
	byKey   map[string][]byte
}

func okCopied(b *store.Bucket) (out []byte, err error) {
	err = b.ForEach(func(key string, value []byte) error {
		if key == "k" {
			out = bytes.Clone(value)
		}
		return nil
	})
	return out, err
}

func okAppended(b *store.Bucket) (out []byte) {
	_ = b.ForEach(func(key string, value []byte) error {
		out = append(out, value...)
		out = append(out, '\n')
		return nil
	})
	return out
}

func (ix *index) okEntries(b *store.Bucket) error {
	return b.ForEach(func(key string, value []byte) error {
		ix.entries = append(ix.entries, entry{key, append([]byte(nil), value...)})
		ix.sum += len(value)
		return nil
	})
}

func okInnerVariable(b *store.Bucket) (longest int) {
	_ = b.ForEach(func(key string, value []byte) error {
		v := value
		if len(v) > longest {
			longest = len(v)
		}
		return nil
	})
	return longest
}

func okScalar(h sensor.Handle) (v float64, r sensor.Range, err error) {
	err = h.With(func(s *sensor.Sensor) error {
		v, r = s.Value, s.Range
		return nil
	})
	return v, r, err
}

func okFromOutside(h sensor.Handle, in []float64) error {
	return h.With(func(s *sensor.Sensor) error {
		s.History = append(s.History, in...)
		return nil
	})
}

func okLive(h sensor.Handle) (names []string) {
	for s := range h.Live() {
		names = append(names, s.Name)
	}
	return names
}

func badCaptured(b *store.Bucket) (out []byte, err error) {
	err = b.ForEach(func(key string, value []byte) error {
		if key == "k" {
			out = value // want revescape
		}
		return nil
	})
	return out, err
}

func badCapturedSlice(b *store.Bucket) (all [][]byte) {
	_ = b.ForEach(func(key string, value []byte) error {
		all = append(all, value) // want revescape
		return nil
	})
	return all
}

func (ix *index) badEntries(b *store.Bucket) error {
	return b.ForEach(func(key string, value []byte) error {
		ix.entries = append(ix.entries, entry{key, value}) // want revescape
		return nil
	})
}

func (ix *index) badMap(b *store.Bucket) error {
	return b.ForEach(func(key string, value []byte) error {
		ix.byKey[key] = value[:1] // want revescape
		return nil
	})
}

func badSensor(h sensor.Handle) *sensor.Sensor {
	var kept *sensor.Sensor
	_ = h.With(func(s *sensor.Sensor) error {
		kept = s // want revescape
		return nil
	})
	return kept
}

func badField(h sensor.Handle) (r *sensor.Range, err error) {
	err = h.With(func(s *sensor.Sensor) error {
		r = &s.Range // want revescape
		return nil
	})
	return r, err
}

func (ix *index) badLive(h sensor.Handle) {
	for s := range h.Live() {
		ix.newest = s // want revescape
	}
}

func badLiveReturned(h sensor.Handle) *sensor.Sensor {
	for s := range h.Live() {
		return s // want revescape
	}
	return nil
}

func badLiveWindow(h sensor.Handle) []float64 {
	for s := range h.Live() {
		if s.Value > 0 {
			return s.History // want revescape
		}
	}
	return nil
}

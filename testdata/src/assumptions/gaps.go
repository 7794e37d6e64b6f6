package assumptions

import (
	"bytes"
	"io"
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/revlint/revlint/testdata/src/lib/scan"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// Here no assumption is broken, and the wrong access is passed over all the same.

func inAtomicValue(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	var v atomic.Value
	v.Store(s)
	g.Release()
	return v.Load().(*sensor.Sensor).Value // answer: silent
}

func inSyncMap(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	var m sync.Map
	m.Store("a", s)
	g.Release()
	v, _ := m.Load("a")
	return v.(*sensor.Sensor).Value // answer: silent
}

func collected(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	all := slices.Collect(maps.Values(map[int]*sensor.Sensor{1: s}))
	g.Release()
	return all[0].Value // answer: silent
}

func parts(sc *scan.Scanner) string {
	for part := range bytes.SplitSeq(sc.Bytes(), []byte(",")) {
		sc.Scan()
		return string(part) // answer: silent
	}
	return ""
}

func behindReaders(sc *scan.Scanner) string {
	r := io.TeeReader(bytes.NewReader(sc.Bytes()), io.Discard)
	sc.Scan()
	b, _ := io.ReadAll(r) // answer: silent
	return string(b)
}

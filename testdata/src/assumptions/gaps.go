package assumptions

import (
	"bytes"
	"io"
	"sync"

	"github.com/revlint/revlint/testdata/src/lib/scan"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// Here no assumption is broken, and the wrong access is passed over all the same.

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

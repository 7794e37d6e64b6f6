package certainty

import (
	"github.com/revlint/revlint/testdata/src/lib/scan"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// A callee gives back what it was given only where it has nothing else, and looks at it nowhere.

func lastRow(s *scan.Scanner, row []byte) []byte {
	for s.Scan() {
		row = s.Bytes()
	}
	return row // want revescape
}

func scansOn(s *scan.Scanner) {
	var row []byte
	if s.Scan() {
		row = s.Bytes()
	}
	s.Scan()
	row = lastRow(s, row)
	_ = row
}

// Broken: it is given back in any case.

func same(row []byte) []byte { return row }

func scansOnAndHandsOn(s *scan.Scanner) int {
	var row []byte
	if s.Scan() {
		row = s.Bytes()
	}
	s.Scan()
	return len(same(row)) // want revuse
}

// What is nil and given back as it came is still what was not given.

func sameOrNone(s *sensor.Sensor) *sensor.Sensor {
	if s == nil {
		return s
	}
	return s
}

func badGivenBackNil(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	s = sameOrNone(s)
	return s.Value // want revnil
}

func okGivenBackAndTested(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	if s = sameOrNone(s); s == nil {
		return 0
	}
	return s.Value
}

package assumptions

import (
	"github.com/revlint/revlint/testdata/src/lib/scan"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// Two places that are told apart by their names, with one scanner in both.
type desk struct{ left, right *scan.Scanner }

func (d *desk) twoFields() string {
	t := d.left.Bytes()
	d.right.Scan()
	return string(t) // answer: proved
}

func only() *scan.Scanner { return the }

var (
	the         = &scan.Scanner{}
	left, right = only(), only()
)

func twoVariables() string {
	t := left.Bytes()
	right.Scan()
	return string(t) // answer: proved
}

func twoParameters(a, b *scan.Scanner) string {
	t := a.Bytes()
	b.Scan()
	return string(t) // answer: proved
}

func twoResults(next func() *scan.Scanner) string {
	t := next().Bytes()
	next().Scan()
	return string(t) // answer: proved
}

// The function that it calls captures the scanner that it was given.
func behindItsBack(sc *scan.Scanner, tick func()) string {
	t := sc.Bytes()
	tick()
	return string(t) // answer: proved
}

func calledBehind(sc *scan.Scanner) string {
	return behindItsBack(sc, func() { sc.Scan() })
}

// A sensor whose peer goes when it does.
func peer(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	p := s.Peer
	g.Release()
	if p == nil {
		return 0
	}
	return p.Value // answer: silent
}

// Two owners that were found in one collection, or came out of one channel, may be one.

func elements(scanners []*scan.Scanner, i, j int) string {
	t := scanners[i].Bytes()
	scanners[j].Scan()
	return string(t) // answer: unknown: paths or code out of sight may have ended it
}

func sameElement(scanners map[string]*scan.Scanner) string {
	t := scanners["a"].Bytes()
	scanners["a"].Scan()
	return string(t) // answer: unknown: paths or code out of sight may have ended it
}

func received(scanners chan *scan.Scanner) string {
	a, b := <-scanners, <-scanners
	t := a.Bytes()
	b.Scan()
	return string(t) // answer: unknown: paths or code out of sight may have ended it
}

//go:build assumption

package assumptions

import "github.com/revlint/revlint/testdata/src/lib/sensor"

// A file of another build is not analysed.
func otherBuild(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	g.Release()
	return s.Value // answer: silent
}

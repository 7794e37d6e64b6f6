package unproved

import (
	"os"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/kv"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// Values that are nil on one way and not on another.

func perhapsMade(made bool, other *sensor.Sensor) *sensor.Sensor {
	if made {
		return other
	}
	return nil
}

func neverAsked(other *sensor.Sensor, made bool) float64 {
	return perhapsMade(made, other).Value // answer: unknown: it is nil on this path
}

// A defer statement of an interface looks into it at once.

func deferredBeforeAsked(db *kv.DB) byte {
	v, c, err := db.Get("a")
	defer c.Close() // answer: unknown: it is not checked, and a callee may look at it
	if err != nil {
		os.Exit(1)
	}
	return v[0]
}

func deferredBehindIt(db *kv.DB) byte {
	v, c, err := db.Get("a")
	if err != nil {
		os.Exit(1)
	}
	defer c.Close()
	return v[0] // answer: proved
}

// What was reported in a callee is nothing that its caller may rely on.

func opened(h sensor.Handle) (*sensor.Sensor, error) {
	s, g := h.TryAccess()
	defer g.Release()
	if s == nil {
		return s, sensor.ErrGone
	}
	return s, nil // want revescape
}

func ofTheCallee(h sensor.Handle) float64 {
	s, _ := opened(h)
	return s.Value // answer: unknown: it is nil on this path
}

// A callee of the callee may have kept it.

type box struct{ s *sensor.Sensor }

var kept = new(box)

func mayKeep(s *sensor.Sensor) {
	if s.ID > 9 {
		kept.s = s
	}
}

func getsAndMayKeep(h sensor.Handle) (*sensor.Sensor, revocable.Guard) {
	s, g := h.TryAccess()
	if s != nil {
		mayKeep(s)
	}
	return s, g
}

func releasesWhatMayBeKept(h sensor.Handle) {
	s, g := getsAndMayKeep(h) // answer: unknown: paths or code out of sight may have ended it
	if s != nil {
		g.Release()
	}
}

// A look at what is deep in a parameter, after a release.

type deepAccess struct {
	s *sensor.Sensor
	g revocable.Guard
}

func deepLate(a *deepAccess) (sum float64) {
	all := a.s.Peer.History[:4]
	for _, g := range []revocable.Guard{a.g} {
		g.Release()
	}
	for _, v := range all { // answer: unknown: it is not known where it comes from
		sum += v
	}
	return sum
}

func callsDeepLate(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	return deepLate(&deepAccess{s, g})
}

// A method with a contract puts something else into a variable, of which the contract does not speak.

type drawer struct {
	other *sensor.Sensor
	label []byte
}

//revlint:borrow label from d until swap
func (d *drawer) swap(to **sensor.Sensor) (label []byte) {
	*to = d.other
	return d.label
}

//revlint:borrow label from d until swap
func (d *drawer) look(at **sensor.Sensor) (label []byte) {
	println((*at).Value)
	return d.label
}

func swappedByContract(h sensor.Handle, d *drawer) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer g.Release()
	d.swap(&s)
	return s.Value // answer: unknown: it is not known where it comes from
}

func onlyLookedAt(h sensor.Handle, d *drawer) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer g.Release()
	d.look(&s)
	return s.Value // answer: proved
}

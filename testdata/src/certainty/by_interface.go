package certainty

import "github.com/revlint/revlint/testdata/src/lib/sensor"

// A method of what an interface is known to hold looks at its receiver, as it does without the interface.

type reading interface{ Read() float64 }

func badByInterface(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	var r reading = s
	return r.Read() // want revnil
}

func okByInterfaceChecked(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	if s == nil {
		return 0
	}
	var r reading = s
	return r.Read()
}

func readFrom(r reading) float64 { return r.Read() }

func badByCallee(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	return readFrom(s) // want revnil
}

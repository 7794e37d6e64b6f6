// Package meeting has calls and stores at which several loans meet: which of
// them a finding names must depend on the sources alone.
package meeting

import (
	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

type pair struct{ a, b *sensor.Sensor }

var kept pair

func bothKept(h, k sensor.Handle) {
	_ = revocable.With2(h, k, func(a, b *sensor.Sensor) error {
		kept = pair{a, b} // want revescape
		return nil
	})
}

func twoBeforeRevoke(p *revocable.Provider[sensor.Sensor]) {
	a, ga := p.Handle().TryAccess()
	if a == nil {
		return
	}
	b, gb := p.Handle().TryAccess()
	if b == nil {
		ga.Release()
		return
	}
	_ = a.Value + b.Value
	p.Revoke() // want revwait
	ga.Release()
	gb.Release()
}

func twoReturned(h, k sensor.Handle) (*sensor.Sensor, *sensor.Sensor) {
	a, ga := h.TryAccess()
	if a == nil {
		return nil, nil
	}
	defer ga.Release()
	b, gb := k.TryAccess()
	if b == nil {
		return nil, nil
	}
	defer gb.Release()
	return a, b // want revescape
}

func twoLeaked(h, k sensor.Handle) float64 {
	a, _ := h.TryAccess() // want revleak
	b, _ := k.TryAccess() // want revleak
	if a == nil || b == nil {
		return 0
	}
	return a.Value + b.Value
}

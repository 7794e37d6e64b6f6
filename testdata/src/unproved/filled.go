package unproved

import (
	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// A callee fills a collection that lies in the memory of its caller, and gives back what it put there. Of what is loaded from
// it afterwards nobody knows where it comes from.

type seat struct {
	s *sensor.Sensor
	g revocable.Guard
}

func (a *seat) value() float64 { return a.s.Value }

func (a *seat) close() { a.g.Release() }

func fillsAndCloses(hs []sensor.Handle, seats *[]seat) {
	for _, h := range hs {
		s, g := h.TryAccess()
		if s == nil {
			continue
		}
		*seats = append(*seats, seat{s, g})
	}
	defer func() {
		for i := range *seats {
			(*seats)[i].close()
		}
	}()
}

func relays(hs []sensor.Handle, seats []seat) []seat {
	fillsAndCloses(hs, &seats)
	return seats
}

func looksAtRelayed(hs []sensor.Handle) (sum float64) {
	var seats []seat
	seats = relays(hs, seats)
	for i := range seats {
		sum += seats[i].value() // answer: unknown: it is not known where it comes from
	}
	return sum
}

func looksAtRelayedField(hs []sensor.Handle) (sum float64) {
	var seats []seat
	seats = relays(hs, seats)
	for i := range seats {
		sum += seats[i].s.Value // answer: unknown: it is not known where it comes from
	}
	return sum
}

func looksAtFilled(hs []sensor.Handle) (sum float64) {
	var seats []seat
	fillsAndCloses(hs, &seats)
	for i := range seats {
		sum += seats[i].value() // answer: unknown: it is not known where it comes from
	}
	return sum
}

func looksAtFilledField(hs []sensor.Handle) (sum float64) {
	var seats []seat
	fillsAndCloses(hs, &seats)
	for i := range seats {
		sum += seats[i].s.Value // answer: unknown: it is not known where it comes from
	}
	return sum
}

func fillsSensors(h sensor.Handle, all *[]*sensor.Sensor) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	*all = append(*all, s) // want revescape
	g.Release()
}

func relaysSensors(h sensor.Handle, all []*sensor.Sensor) []*sensor.Sensor {
	fillsSensors(h, &all)
	return all
}

func looksAtRelayedSensors(h sensor.Handle) (sum float64) {
	for _, s := range relaysSensors(h, nil) {
		sum += s.Value // answer: unknown: it is not known where it comes from
	}
	return sum
}

func readOf(s *sensor.Sensor) float64 { return s.Value }

func readsRelayedSensors(h sensor.Handle) (sum float64) {
	for _, s := range relaysSensors(h, nil) {
		sum += readOf(s) // answer: unknown: it is not known where it comes from
	}
	return sum
}

func fillsMap(h sensor.Handle, all map[int]seat) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	all[s.ID] = seat{s, g}
	for _, a := range all {
		a.close()
	}
}

func relaysMap(h sensor.Handle, all map[int]seat) map[int]seat {
	if all == nil {
		all = map[int]seat{}
	}
	fillsMap(h, all)
	return all
}

func looksAtMap(h sensor.Handle) (sum float64) {
	for _, a := range relaysMap(h, nil) {
		sum += a.value() // answer: unknown: it is not known where it comes from
	}
	return sum
}

func looksAtMapField(h sensor.Handle) (sum float64) {
	for _, a := range relaysMap(h, nil) {
		sum += a.s.Value // answer: unknown: it is not known where it comes from
	}
	return sum
}

func fillsArray(h sensor.Handle, all *[2]seat, n int) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	all[n] = seat{s, g}
	for i := range all {
		all[i].close()
	}
}

func looksAtArray(h sensor.Handle, n int) float64 {
	var all [2]seat
	fillsArray(h, &all, n)
	if all[0].s == nil {
		return 0
	}
	return all[0].value() // answer: unknown: it is not known where it comes from
}

func relaysArray(h sensor.Handle, all [2]seat, n int) [2]seat {
	fillsArray(h, &all, n)
	return all
}

func looksAtRelayedArray(h sensor.Handle, n int) float64 {
	all := relaysArray(h, [2]seat{}, n)
	if all[0].s == nil {
		return 0
	}
	return all[0].value() // answer: unknown: it is not known where it comes from
}

func returnsFilled(hs []sensor.Handle) []seat {
	var seats []seat
	fillsAndCloses(hs, &seats)
	return seats
}

func looksAtReturned(hs []sensor.Handle) (sum float64) {
	for _, a := range returnsFilled(hs) {
		sum += a.s.Value // answer: unknown: it is not known where it comes from
	}
	return sum
}

func returnsSensors(h sensor.Handle) []*sensor.Sensor {
	var all []*sensor.Sensor
	fillsSensors(h, &all)
	return all
}

func looksAtReturnedSensors(h sensor.Handle) (sum float64) {
	for _, s := range returnsSensors(h) {
		sum += s.Value // answer: unknown: it is not known where it comes from
	}
	return sum
}

func looksAtFirstReturned(h sensor.Handle) float64 {
	all := returnsSensors(h)
	if len(all) == 0 {
		return 0
	}
	return all[0].Value // answer: unknown: it is not known where it comes from
}

func returnsMap(h sensor.Handle) map[int]seat {
	all := map[int]seat{}
	fillsMap(h, all)
	return all
}

func looksAtReturnedMap(h sensor.Handle) float64 {
	a, ok := returnsMap(h)[1]
	if !ok {
		return 0
	}
	return a.s.Value // answer: unknown: it is not known where it comes from
}

// The callee looks itself, where its callers pass nothing.

func looksAtItsOwn(h sensor.Handle, all []*sensor.Sensor) (sum float64) {
	fillsSensors(h, &all)
	for _, s := range all {
		sum += s.Value // answer: unknown: it is not known where it comes from
	}
	return sum
}

func passesNothing(h sensor.Handle) float64 { return looksAtItsOwn(h, nil) }

func looksAtItsFirst(h sensor.Handle, all []*sensor.Sensor) (sum float64) {
	fillsSensors(h, &all)
	if len(all) > 0 {
		sum += all[0].Value // answer: unknown: it is not known where it comes from
	}
	return sum
}

func passesNothingEither(h sensor.Handle) float64 { return looksAtItsFirst(h, nil) }

// Correct: what is released is what was put there, after the last look.

func fillsOnly(h sensor.Handle, all *[]seat) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	*all = append(*all, seat{s, g})
}

func looksBeforeClosing(h sensor.Handle) (sum float64) {
	var all []seat
	fillsOnly(h, &all)
	for i := range all {
		sum += all[i].s.Value // answer: unknown: it is not known where it comes from
	}
	for i := range all {
		all[i].close()
	}
	return sum
}

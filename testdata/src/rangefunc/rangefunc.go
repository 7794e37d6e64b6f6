// Package rangefunc ranges over functions: the loop's body is a part of the
// function around it, with its returns, breaks, labels and defers.
package rangefunc

import (
	"errors"
	"iter"
	"maps"
	"slices"

	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

var errNone = errors.New("no sensor")

type board struct {
	slots map[string]sensor.Handle
	last  *sensor.Sensor
}

func (b *board) all() iter.Seq2[string, sensor.Handle] {
	return func(yield func(string, sensor.Handle) bool) {
		for _, name := range slices.Sorted(maps.Keys(b.slots)) {
			if !yield(name, b.slots[name]) {
				return
			}
		}
	}
}

func (b *board) okSum() (sum float64) {
	for _, h := range b.all() {
		s, g := h.TryAccess()
		if s == nil {
			continue
		}
		sum += s.Value
		g.Release()
	}
	return sum
}

func (b *board) badContinue() (sum float64) {
	for _, h := range b.all() {
		s, g := h.TryAccess() // want revleak
		if s == nil || s.Value < 0 {
			continue
		}
		sum += s.Value
		g.Release()
	}
	return sum
}

func (b *board) badBreak() (sum float64) {
	for name, h := range b.all() {
		s, g := h.TryAccess() // want revleak
		if s == nil {
			continue
		}
		if name == "end" {
			break
		}
		sum += s.Value
		g.Release()
	}
	return sum
}

func (b *board) okBreak() (sum float64) {
	for name, h := range b.all() {
		s, g := h.TryAccess()
		if s == nil {
			continue
		}
		sum += s.Value
		g.Release()
		if name == "end" {
			break
		}
	}
	return sum
}

func (b *board) badReturn(want string) (float64, error) {
	for name, h := range b.all() {
		s, g := h.TryAccess() // want revleak
		if s == nil {
			continue
		}
		if name == want {
			return s.Value, nil
		}
		g.Release()
	}
	return 0, errNone
}

func (b *board) okReturn(want string) (float64, error) {
	for name, h := range b.all() {
		if name != want {
			continue
		}
		s, g := h.TryAccess()
		if s == nil {
			return 0, errNone
		}
		defer g.Release()
		return s.Value, nil
	}
	return 0, errNone
}

func (b *board) badReturnAfterRelease(want string) (float64, error) {
	for name, h := range b.all() {
		s, g := h.TryAccess()
		if s == nil {
			continue
		}
		g.Release()
		if name == want {
			return s.Value, nil // want revuse
		}
	}
	return 0, errNone
}

// What was deferred in the body runs at the end of the function.
func (b *board) okDeferInBody() (sum float64) {
	for _, h := range b.all() {
		s, g := h.TryAccess()
		if s == nil {
			continue
		}
		defer g.Release()
		sum += s.Value
	}
	return sum
}

func (b *board) okLabels(limit float64) (sum float64) {
outer:
	for range 3 {
		for _, h := range b.all() {
			s, g := h.TryAccess()
			if s == nil {
				continue outer
			}
			v := s.Value
			g.Release()
			if sum += v; sum > limit {
				break outer
			}
		}
	}
	return sum
}

func (b *board) badLabels(limit float64) (sum float64) {
outer:
	for range 3 {
		for _, h := range b.all() {
			s, g := h.TryAccess() // want revleak
			if s == nil {
				continue
			}
			if sum += s.Value; sum > limit {
				break outer
			}
			g.Release()
		}
	}
	return sum
}

func (b *board) okHeldAround(h sensor.Handle) (n int) {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	for name := range b.all() {
		if name == s.Name {
			n++
		}
	}
	g.Release()
	return n
}

func (b *board) badReleasedInBody(h sensor.Handle) (n int) {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer g.Release() // want revrelease
	for name := range b.all() {
		if name == "end" {
			g.Release()
			return n
		}
		n++
	}
	return n
}

func (b *board) okLive(h sensor.Handle) (v float64) {
	for s := range h.Live() {
		v = s.Value
	}
	return v
}

func (b *board) badLiveKept(h sensor.Handle) {
	for s := range h.Live() {
		b.last = s // want revescape
	}
}

func (b *board) okLiveCleared(h sensor.Handle) float64 {
	for s := range h.Live() {
		b.last = s
		v := b.last.Read()
		b.last = nil
		return v
	}
	return 0
}

func (b *board) badLiveReturned(h sensor.Handle) []float64 {
	for s := range h.Live() {
		return s.History // want revescape
	}
	return nil
}

func (b *board) okLiveReturnsCopy(h sensor.Handle) []float64 {
	for s := range h.Live() {
		return slices.Clone(s.History)
	}
	return nil
}

func (b *board) okNestedLive(x, y sensor.Handle) (sum float64) {
	for s := range x.Live() {
		for t := range y.Live() {
			sum = s.Value + t.Value
		}
	}
	return sum
}

func (b *board) badLiveAppended() (all []*sensor.Sensor) {
	for _, h := range b.all() {
		for s := range h.Live() {
			all = append(all, s) // want revescape
		}
	}
	return all
}

// An iterator of one's own hands out what is valid for one round.
func (b *board) live() iter.Seq[*sensor.Sensor] {
	return func(yield func(*sensor.Sensor) bool) {
		for _, h := range b.slots {
			s, g := h.TryAccess()
			if s == nil {
				continue
			}
			more := yield(s)
			g.Release()
			if !more {
				return
			}
		}
	}
}

func (b *board) okOwnIterator() (sum float64) {
	for s := range b.live() {
		sum += s.Value
	}
	return sum
}

func (b *board) liveLeaky() iter.Seq[*sensor.Sensor] {
	return func(yield func(*sensor.Sensor) bool) {
		for _, h := range b.slots {
			s, g := h.TryAccess() // want revleak
			if s == nil {
				continue
			}
			if s.Value < 0 {
				continue
			}
			more := yield(s)
			g.Release()
			if !more {
				return
			}
		}
	}
}

func (b *board) okSortedByValue() []float64 {
	var values []float64
	for s := range b.live() {
		values = append(values, s.Value)
	}
	return slices.Sorted(slices.Values(values))
}

func (b *board) okPull(h sensor.Handle) (v float64) {
	next, stop := iter.Pull(h.Live())
	defer stop()
	if s, ok := next(); ok {
		v = s.Value
	}
	return v
}

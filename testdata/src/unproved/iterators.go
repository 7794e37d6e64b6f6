package unproved

import (
	"iter"
	"maps"
	"slices"

	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// Loops over functions: what an iterator yields is known where it does nothing else.

func each(list ...*sensor.Sensor) iter.Seq[*sensor.Sensor] {
	return func(yield func(*sensor.Sensor) bool) {
		for _, s := range list {
			if !yield(s) {
				return
			}
		}
	}
}

// Which of them are yielded makes no difference.
func hot(list []*sensor.Sensor) iter.Seq2[int, *sensor.Sensor] {
	return func(yield func(int, *sensor.Sensor) bool) {
		for i, s := range list {
			if i > 1 && !yield(i, s) {
				return
			}
		}
	}
}

type rack struct{ all []*sensor.Sensor }

func (r *rack) each() iter.Seq[*sensor.Sensor] { return slices.Values(r.all) }

func (r *rack) late() iter.Seq[*sensor.Sensor] {
	return func(yield func(*sensor.Sensor) bool) {
		for _, s := range r.all {
			if !yield(s) {
				return
			}
		}
	}
}

// What is asked is done first: the iterator goes over what was there when it was made.
func (r *rack) early() iter.Seq[*sensor.Sensor] {
	all := r.all
	return func(yield func(*sensor.Sensor) bool) {
		for _, s := range all {
			if !yield(s) {
				return
			}
		}
	}
}

func yieldsWhatIsThere(h sensor.Handle) (sum float64) {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer g.Release()
	for s := range each(s) {
		sum += s.Value // answer: proved
	}
	for _, s := range hot([]*sensor.Sensor{s}) {
		sum += s.Value // answer: proved
	}
	for s := range slices.Values([]*sensor.Sensor{s}) {
		sum += s.Value // answer: proved
	}
	for s := range maps.Values(map[int]*sensor.Sensor{1: s}) {
		sum += s.Value // answer: unknown: it is nil on this path
	}
	for _, s := range maps.All(map[int]*sensor.Sensor{1: s}) {
		sum += s.Value // answer: unknown: it is nil on this path
	}
	r := &rack{[]*sensor.Sensor{s}}
	for s := range r.each() {
		sum += s.Value // answer: proved
	}
	for s := range r.late() {
		sum += s.Value // answer: proved
	}
	for s := range r.early() {
		sum += s.Value // answer: proved
	}
	here := func(yield func(*sensor.Sensor) bool) {
		_ = yield(s) && yield(s)
	}
	for s := range here {
		sum += s.Value // answer: proved
	}
	return sum
}

func yieldsWhatHasEnded(h sensor.Handle) (sum float64) {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	it := each(s)
	g.Release()
	for s := range it {
		sum += s.Value // want revuse
	}
	return sum
}

// What was there when the iterator was made is not what is there now.
func yieldsWhatWasThere(h sensor.Handle, old *rack) (sum float64) {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	t, k := h.TryAccess()
	if t == nil {
		g.Release()
		return 0
	}
	r := &rack{[]*sensor.Sensor{t}}
	early, each, late := r.early(), r.each(), r.late()
	r.all = []*sensor.Sensor{s}
	k.Release()
	for s := range late {
		sum += s.Value // answer: proved
	}
	for t := range early {
		sum += t.Value // want revuse
	}
	for t := range each {
		sum += t.Value // want revuse
	}
	g.Release()
	return sum
}

// An element that is replaced is not yielded any more.
func yieldsWhatReplacedIt(h sensor.Handle) (sum float64) {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	list := []*sensor.Sensor{s}
	it := slices.Values(list)
	list[0] = nil
	g.Release()
	for t := range it {
		if t != nil {
			sum += t.Value
		}
	}
	return sum
}

// The iterator of the round before yields what was there in the round before.
func yieldsOfTheRoundBefore(h sensor.Handle) (sum float64) {
	var it iter.Seq[*sensor.Sensor]
	for range 9 {
		s, g := h.TryAccess()
		if s == nil {
			return sum
		}
		if it != nil {
			for t := range it {
				sum += t.Value // want revuse
			}
		}
		it = each(s)
		g.Release()
	}
	return sum
}

// What does something else besides is not followed.

type shelf struct{ guards []func() }

func (r *shelf) draining(list []*sensor.Sensor) iter.Seq[*sensor.Sensor] {
	return func(yield func(*sensor.Sensor) bool) {
		for _, s := range list {
			for _, release := range r.guards {
				release()
			}
			if !yield(s) {
				return
			}
		}
	}
}

func shrinking(list []*sensor.Sensor) iter.Seq[*sensor.Sensor] {
	return func(yield func(*sensor.Sensor) bool) {
		for len(list) > 0 && yield(list[0]) {
			list = list[1:]
		}
	}
}

func other(list, others []*sensor.Sensor) iter.Seq[*sensor.Sensor] {
	if len(list) > 3 {
		list = others
	}
	return func(yield func(*sensor.Sensor) bool) {
		for _, s := range list {
			if !yield(s) {
				return
			}
		}
	}
}

func both(list, others []*sensor.Sensor) iter.Seq[*sensor.Sensor] {
	return func(yield func(*sensor.Sensor) bool) {
		for i := range list {
			if !yield(list[i]) || !yield(others[i]) {
				return
			}
		}
	}
}

func swapped(list, others []*sensor.Sensor) (iter.Seq[*sensor.Sensor], func()) {
	swap := func() { list = others }
	return func(yield func(*sensor.Sensor) bool) {
		for _, s := range list {
			if !yield(s) {
				return
			}
		}
	}, swap
}

func yieldsWhoKnowsWhat(h sensor.Handle, list []*sensor.Sensor) (sum float64) {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer g.Release()
	for s := range (&shelf{[]func(){g.Release}}).draining([]*sensor.Sensor{s}) {
		sum += s.Value // answer: unknown: it is not known where it comes from
	}
	for s := range shrinking([]*sensor.Sensor{s}) {
		sum += s.Value // answer: unknown: it is not known where it comes from
	}
	for s := range other([]*sensor.Sensor{s}, list) {
		sum += s.Value // answer: unknown: it is not known where it comes from
	}
	for s := range both([]*sensor.Sensor{s}, list) {
		sum += s.Value // answer: unknown: it is not known where it comes from
	}
	for s := range both(list, []*sensor.Sensor{s}) {
		sum += s.Value // answer: unknown: it is not known where it comes from
	}
	it, swap := swapped([]*sensor.Sensor{s}, list)
	swap()
	for s := range it {
		sum += s.Value // answer: unknown: it is not known where it comes from
	}
	return sum
}

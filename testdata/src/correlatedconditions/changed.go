package correlatedconditions

import (
	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// What is asked again need not be what it was.

var isOpen bool

var opened struct{ is bool }

func toggle() { isOpen = !isOpen }

func toggleField() { opened.is = !opened.is }

// badToggled compares the variable with what it was before the call, which changes it.
func badToggled(h sensor.Handle) {
	was := isOpen
	toggle()
	if was == isOpen {
		return
	}
	_, g := h.TryAccess() // want revleak
	_ = g
}

func badToggledField(h sensor.Handle) {
	was := opened.is
	toggleField()
	if was == opened.is {
		return
	}
	_, g := h.TryAccess() // want revleak
	_ = g
}

// badPrevious compares what a round has computed with what the one before did.
func badPrevious(h sensor.Handle, next func() int) {
	previous := 0
	for range 100 {
		now := next() * 2
		if previous != 0 {
			if now != previous {
				_, g := h.TryAccess() // want revleak
				_ = g
			}
		}
		previous = now
	}
}

type held struct {
	s *sensor.Sensor
	g revocable.Guard
}

// okCopied looks at what the copy has, which was made before something was put into what
// it was copied from.
func okCopied(h sensor.Handle, b *held) {
	was := *b
	b.s, b.g = h.TryAccess()
	if b.s == nil {
		return
	}
	b.g.Release()
	if was.s != nil {
		_ = was.s.Value
	}
	b.s = nil
}

// badCopied asks the copy, which tells nothing of what was put there afterwards.
func badCopied(h sensor.Handle, b *held) float64 {
	was := *b
	b.s, b.g = h.TryAccess() // want revescape
	defer b.g.Release()
	if was.s == nil {
		return 0
	}
	return b.s.Value // want revnil
}

// badElement asks what an element holds by way of its address, taken before something was
// put into an element of which nobody knows which it is.
func badElement(h sensor.Handle, other *sensor.Sensor, n int) {
	all := []*sensor.Sensor{other}
	p := &all[0]
	all[n] = other
	if *p == nil {
		return
	}
	_, g := h.TryAccess() // want revleak
	_ = g
}

// An array that is copied whole keeps its elements, whether they are told apart on either side or not.

func badCopiedWhole(h sensor.Handle, x, y *option, n int) {
	var two [2]*option
	two[n&1] = x
	one := two
	p := &one
	if p[0] == nil && p[1] == nil {
		return
	}
	_, g := h.TryAccess() // want revleak
	_ = g
}

func badCopiedToOneOfSeveral(h sensor.Handle, x, y *option, n int) {
	var two [2]*option
	two[n&1] = x
	two = [2]*option{x, y}
	if two[n&1] == nil {
		return
	}
	_, g := h.TryAccess() // want revleak
	_ = g
}

type option struct{ number int }

// Package limits holds what the analyzers are known not to see, each with the
// reason. The labels, or the lack of them, say what is found today: whoever
// makes one of these come out right moves it to its family.
package limits

import (
	"fmt"
	"reflect"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/scan"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// Pointers loaded from a resource may point to what it shares with others, a
// logger or a parent: they are not on the loan unless the contract says deep.
func sharedPointer(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	peer := s.Peer
	g.Release()
	if peer == nil {
		return 0
	}
	return peer.Value
}

// What a function value does is not known, nor whether it keeps its argument.
func keptByFunctionValue(h sensor.Handle, look func(*sensor.Sensor)) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	look(s)
}

// A guard in a container has moved: that nobody takes it out again would be a
// statement about the whole program.
type shelf struct{ guards map[int]revocable.Guard }

func (s *shelf) put(h sensor.Handle) {
	if r, g := h.TryAccess(); r != nil {
		s.guards[r.ID] = g
	}
}

func (s *shelf) forget() { clear(s.guards) }

// Implicit panics are no paths: Read may panic, and then nobody releases.
func panickingCallee(h sensor.Handle, at int) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	v := s.History[at]
	g.Release()
	return v
}

// Two aliases of a scanner that are not one SSA value nor one access path:
// whether the second Scan is the first one's is not known.
func aliasedScanner(scanners []*scan.Scanner, i, j int) string {
	a, b := scanners[i], scanners[j]
	t := a.Bytes()
	b.Scan()
	return string(t)
}

// Reflection is not followed.
func throughReflection(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	v := reflect.ValueOf(s).Elem().FieldByName("Value")
	g.Release()
	return v.Float()
}

// Which of the interface's methods runs is not known where there are several.
type keeper interface{ keep(s *sensor.Sensor) }

type forgetful struct{}

func (forgetful) keep(*sensor.Sensor) {}

type retentive struct{ s *sensor.Sensor }

func (r *retentive) keep(s *sensor.Sensor) { r.s = s }

func keptBySome(h sensor.Handle, k keeper) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	k.keep(s)
}

var _, _ keeper = forgetful{}, (*retentive)(nil)

// A value that says which guard is held is followed when it is a bool, an
// error or nil, not when it is computed. Both reports are false alarms.
func heldByCount(a, b sensor.Handle) string {
	n := 0
	x, gx := a.TryAccess() // want revleak
	if x != nil {
		n += 1
	}
	y, gy := b.TryAccess() // want revleak
	if y != nil {
		n += 2
	}
	out := fmt.Sprint(n)
	if n&1 != 0 {
		gx.Release()
	}
	if n&2 != 0 {
		gy.Release()
	}
	return out
}

// A list of what is lent out. Which entry of a map a delete takes away is not
// followed, nor that the one that was put there is still the one.
type lendings struct{ m map[string]*entry }

func (l *lendings) use(name string) {
	e := entries.Get().(*entry)
	l.m[name] = e // want revescape
	defer func() {
		if l.m[name] == e {
			delete(l.m, name)
		}
		entries.Put(e)
	}()
	e.key = name
}

// Package assumptions breaks, one at a time, what a proof rests on: docs/strict.md has a row for each function here.
//
// The end of a line says what revlint answers there, under -strict. Where it
// says "proved", the access is wrong all the same, for the reason above the
// function.
package assumptions

import (
	"fmt"
	"os"
	"reflect"
	"runtime"
	"sync"
	"unsafe"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/scan"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// What is computed from an address is a number. (The address itself is followed.)
func byNumber(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	at := uintptr(unsafe.Pointer(s)) + unsafe.Offsetof(s.Value)
	g.Release()
	return *(*float64)(unsafe.Pointer(at)) // answer: silent
}

// The address goes through unsafe.Pointer alone.
func byUnsafePointer(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	at := unsafe.Pointer(&s.Value)
	g.Release()
	return *(*float64)(at) // want revuse
}

// The string shares the bytes of the scanner.
func byString(sc *scan.Scanner) string {
	b := sc.Bytes()
	t := unsafe.String(unsafe.SliceData(b), len(b))
	sc.Scan()
	return t // want revescape
}

// Reflection is not followed.
func byReflection(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	v := reflect.ValueOf(s).Elem().FieldByName("Value")
	g.Release()
	return v.Float() // answer: silent
}

// A method that is called by its name.
func byName(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	reflect.ValueOf(g).MethodByName("Release").Call(nil)
	return s.Value // answer: unknown: its guard was handed on
}

type shelf struct{ s *sensor.Sensor }

// Another goroutine stores into the field between the two lines.
func (f *shelf) raced(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer g.Release()
	f.s = s
	defer func() { f.s = nil }()
	return f.s.Value // answer: proved
}

// It clears the field between the test and the look.
func (f *shelf) racedTest() float64 {
	if f.s == nil {
		return 0
	}
	return f.s.Value // answer: silent
}

// fills has a body elsewhere, in assembly, and it keeps what it is given.
func fills(s *sensor.Sensor)

var kept *sensor.Sensor

func byAssembly(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	fills(s) // answer: proved
	g.Release()
}

// mode is set at link time: -ldflags "-X path.mode=early", or by go:linkname.
var mode = "late"

func atLinkTime(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	if mode == "early" {
		g.Release()
		return s.Value // answer: silent
	}
	defer g.Release()
	return s.Value
}

var early bool

func byLinkname(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	if early {
		g.Release()
		return s.Value // answer: silent
	}
	defer g.Release()
	return s.Value
}

// The index may be out of range, after the release, and somebody recovers.
func recovered(h sensor.Handle, list []int, i int) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	held := true
	func() {
		defer func() { _ = recover() }()
		g.Release()
		_ = list[i]
		held = false
	}()
	if held {
		return s.Value // answer: silent
	}
	return 0
}

// The index may be out of range, and the guard is lost.
func lostByPanic(h sensor.Handle, at int) float64 {
	s, g := h.TryAccess() // answer: silent
	if s == nil {
		return 0
	}
	v := s.History[at]
	g.Release()
	return v
}

// The system does not take back what a sensor elsewhere holds.
func leftAtExit(h sensor.Handle) float64 {
	s, _ := h.TryAccess() // answer: silent
	if s == nil {
		return 0
	}
	os.Exit(int(s.Value))
	return 0
}

// A logger of which Fatal comes back.
type logger interface{ Fatal(args ...any) }

func fatalReturns(h sensor.Handle, l logger) float64 {
	s, g := h.TryAccess()
	if s == nil {
		l.Fatal("gone")
	}
	defer g.Release()
	return s.Value // answer: proved
}

// The group's Wait does not wait for what it was given.
type group interface {
	Start(fn func())
	Wait()
}

func waitDoesNotWait(h sensor.Handle, w group) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	w.Start(func() { _ = s.Value }) // answer: unknown: it is not known where it comes from
	w.Wait()
	g.Release()
}

// Who implements it, and keeps the sensor, is out of sight.
type keeper interface{ Keep(s *sensor.Sensor) }

func keptOutside(h sensor.Handle, k keeper) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	k.Keep(s) // answer: silent
}

// What is found behind an interface, and asked by its methods, may be anything.
func askedBehind(h sensor.Handle, m *sync.Map) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	m.Store(1, s)
	g.Release()
	v, _ := m.Load(1)
	return v.(interface{ Read() float64 }).Read() // answer: silent
}

// A pool gives what was put there, or what its New makes.
func pooledElsewhere(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	p := sync.Pool{New: func() any { return s }}
	g.Release()
	return p.Get().(*sensor.Sensor).Read() // answer: proved
}

// So is what the function returns.
func stringOutside(sc *scan.Scanner, name func([]byte) string) string {
	t := name(sc.Bytes())
	sc.Scan()
	return t + "." // answer: silent
}

func bytesOutside(sc *scan.Scanner, trim func([]byte) []byte) byte {
	t := trim(sc.Bytes())
	sc.Scan()
	return t[0] // answer: silent
}

// The guard that it is given is released, or not.
func releasedOutside(h sensor.Handle, done func(revocable.Guard)) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	done(g)
	return s.Value // answer: unknown: its guard was handed on
}

// Printing goes through reflection.
func printed(h sensor.Handle) string {
	s, g := h.TryAccess()
	if s == nil {
		return ""
	}
	g.Release()
	return fmt.Sprint(s) // answer: silent
}

// Once it has begun, it does not hold: the goroutine signals before its last look.
func signalledTooEarly(h sensor.Handle, wg *sync.WaitGroup) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	wg.Add(1)
	go func() {
		wg.Done()
		_ = s.Value // answer: unknown: it is not known where it comes from
	}()
	wg.Wait()
	g.Release()
}

// The caller has released it.
func Given(s *sensor.Sensor) float64 {
	return s.Value // answer: silent
}

// A cleanup of what the garbage collector has found dead.
func byCleanup(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	runtime.AddCleanup(new(int), func(g revocable.Guard) { g.Release() }, g)
	return s.Value // answer: unknown: its guard was handed on
}

// A mapping unmaps its bytes when it is found dead, and b does not keep it alive.
type mapping struct{ data []byte }

// Bytes are what is mapped.
//
//revlint:borrow b from m until Close
func (m *mapping) Bytes() (b []byte) { return m.data }

func (m *mapping) Close() {}

func mapFile(data []byte) *mapping {
	m := &mapping{data}
	runtime.SetFinalizer(m, (*mapping).Close)
	return m
}

func byFinalizer(data []byte) byte {
	b := mapFile(data).Bytes()
	return b[0] // answer: proved
}

// Many instances, one body: the instance with a function that keeps its argument.
func visit[T any](v T, fn func(T)) { fn(v) }

func byInstance(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	visit(s, func(s *sensor.Sensor) { kept = s }) // want revescape
	g.Release()
}

type closer interface{ Release() }

func give[T closer](v T) { v.Release() }

func byConstraint(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	give(&g)
	return s.Value // answer: unknown: its guard was handed on
}

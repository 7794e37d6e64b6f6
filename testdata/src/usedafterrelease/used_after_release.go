// Package usedafterrelease uses resources after their release: on one branch, in the next round, in a
// deferred closure, through an interface.
package usedafterrelease

import (
	"fmt"

	"github.com/revlint/revlint/testdata/src/lib/kv"
	"github.com/revlint/revlint/testdata/src/lib/pool"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

type reader interface{ Read() float64 }

var buffers = pool.New[pool.Buffer](nil)

func okBranches(h sensor.Handle, early bool) (v float64) {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	if early {
		g.Release()
		return 1
	}
	v = s.Read()
	g.Release()
	return v
}

func okNextRound(handles []sensor.Handle) (total float64) {
	var s *sensor.Sensor
	var release func()
	for _, h := range handles {
		p, g := h.TryAccess()
		if p == nil {
			continue
		}
		s, release = p, g.Release
		total += s.Value
		release()
	}
	return total
}

func okDeferredClosureFirst(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	defer func() { s.Set(0) }()
	s.Set(1)
}

func okInterface(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer g.Release()
	var r reader = s
	return r.Read()
}

func okAgain(h sensor.Handle) (v float64) {
	for range 2 {
		s, g := h.TryAccess()
		if s == nil {
			break
		}
		v += s.Value
		g.Release()
	}
	return v
}

func okCopyAfter(h sensor.Handle) string {
	s, g := h.TryAccess()
	if s == nil {
		return ""
	}
	name, id := s.Name, s.ID
	g.Release()
	return fmt.Sprintf("%s-%d", name, id)
}

func okComparedAfter(h sensor.Handle) bool {
	s, g := h.TryAccess()
	g.Release()
	return s != nil
}

func badOneBranch(h sensor.Handle, early bool) (v float64) {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	if early {
		g.Release()
	} else {
		defer g.Release()
	}
	return s.Value // want revuse
}

func badNextRound(h sensor.Handle, rounds int) (v float64) {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	for i := 0; ; i++ {
		v += s.Value // want revuse
		if i == 0 {
			g.Release()
		}
		if i == rounds {
			return v
		}
	}
}

func badDeferredClosure(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer func() { s.Set(0) }() // want revuse
	v := s.Value
	g.Release()
	fmt.Println(v)
}

func badInterface(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	var r reader = s
	g.Release()
	return r.Read() // want revuse
}

func badAssertion(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	var x any = s
	g.Release()
	if p, ok := x.(*sensor.Sensor); ok {
		return p.Value // want revuse
	}
	return 0
}

func badBuffer(text string) int {
	b := buffers.Get()
	b.WriteString(text)
	buffers.Put(b)
	return b.Len() // want revuse
}

func badValue(db *kv.DB) (byte, error) {
	v, closer, err := db.Get("k")
	if err != nil {
		return 0, err
	}
	if err := closer.Close(); err != nil {
		return 0, err
	}
	return v[0], nil // want revuse
}

func badCopyOfPointer(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	p := s
	q := &p
	g.Release()
	return (*q).Value // want revuse
}

func badWrite(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	g.Release()
	s.Value = 1 // want revuse
}

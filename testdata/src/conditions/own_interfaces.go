package conditions

import (
	"github.com/revlint/revlint/testdata/src/lib/access"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

// tb is the part of testing.TB that is needed here.
type tb interface {
	Fatal(args ...any)
	Error(args ...any)
}

func okFatal(t tb, h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		t.Fatal("gone")
	}
	defer g.Release()
	return s.Value
}

func badError(t tb, h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		t.Error("gone")
	}
	defer g.Release()
	return s.Value // want revnil
}

// Which of the buckets it is does not matter, if it is one.
func okOneOfTwo(tx *store.Tx, old bool) []byte {
	b := tx.Bucket("users")
	if old {
		b = tx.Bucket("people")
	}
	if b == nil {
		return nil
	}
	return append([]byte(nil), b.Get("k")...)
}

func badOneOfTwo(tx *store.Tx, old bool) []byte {
	b := tx.Bucket("users")
	if old {
		b = tx.Bucket("people")
	}
	return append([]byte(nil), b.Get("k")...) // want revnil
}

func open(h sensor.Handle) (s *sensor.Sensor, free func(), ok bool) {
	s, free = access.Acquire(h)
	return s, free, s != nil
}

func okComparedWithTrue(h sensor.Handle) float64 {
	s, free, ok := open(h)
	if ok == false {
		return 0
	}
	defer free()
	return s.Value
}

func badComparedWithTrue(h sensor.Handle) float64 {
	s, free, ok := open(h)
	if ok == true {
		defer free()
		return s.Value
	}
	return s.Range.Low // want revnil
}

// The variable is loaded anew wherever it is looked at.
func okCapturedVariable(tx *store.Tx, all bool) (n int) {
	var b *store.Bucket
	count := func() {
		if b != nil {
			n += len(b.Get("k"))
		}
	}
	if all {
		b = tx.Bucket("users")
	}
	if b != nil {
		n = len(b.Get("all"))
	}
	count()
	return n
}

func badCapturedVariable(tx *store.Tx) (n int) {
	b := tx.Bucket("users")
	count := func() { n += len(b.Get("k")) } // want revnil
	count()
	return n
}

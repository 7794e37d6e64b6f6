// Package severalatonce takes several accesses before it looks at any of them.
package severalatonce

import (
	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/access"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

func okBothReleased(a, b sensor.Handle) float64 {
	x, gx := a.TryAccess()
	y, gy := b.TryAccess()
	if x == nil || y == nil {
		gx.Release()
		gy.Release()
		return 0
	}
	v := x.Value - y.Value
	gx.Release()
	gy.Release()
	return v
}

func okDeferredFirst(a, b sensor.Handle) float64 {
	x, gx := a.TryAccess()
	defer gx.Release()
	y, gy := b.TryAccess()
	defer gy.Release()
	if x == nil || y == nil {
		return 0
	}
	return x.Value - y.Value
}

func okOneByOne(a, b sensor.Handle) float64 {
	x, gx := a.TryAccess()
	if x == nil {
		return 0
	}
	defer gx.Release()
	y, gy := b.TryAccess()
	if y == nil {
		return x.Value
	}
	defer gy.Release()
	return x.Value - y.Value
}

func okWith2(a, b sensor.Handle) (v float64, err error) {
	err = revocable.With2(a, b, func(x, y *sensor.Sensor) error {
		v = x.Value - y.Value
		return nil
	})
	return v, err
}

func okErrors(a, b sensor.Handle) (float64, error) {
	x, gx, err := access.Open(a)
	if err != nil {
		return 0, err
	}
	y, gy, err := access.Open(b)
	if err != nil {
		gx.Release()
		return 0, err
	}
	defer gy.Release()
	defer gx.Release()
	return x.Value - y.Value, nil
}

func okThreeOfAKind(a, b, c sensor.Handle) (v float64) {
	x, gx := a.TryAccess()
	defer gx.Release()
	y, gy := b.TryAccess()
	defer gy.Release()
	z, gz := c.TryAccess()
	defer gz.Release()
	if x != nil && y != nil && z != nil {
		v = x.Value + y.Value + z.Value
	}
	return v
}

func okTwoKinds(a sensor.Handle, db *store.DB) error {
	s, g := a.TryAccess()
	if s == nil {
		return sensor.ErrGone
	}
	defer g.Release()
	tx, err := db.Begin(true)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := access.Put(tx, "a", s.Name, "v"); err != nil {
		return err
	}
	return tx.Commit()
}

func badEitherMissing(a, b sensor.Handle) float64 {
	x, gx := a.TryAccess() // want revleak
	y, gy := b.TryAccess() // want revleak
	if x == nil || y == nil {
		return 0
	}
	v := x.Value - y.Value
	gx.Release()
	gy.Release()
	return v
}

func badSecondMissing(a, b sensor.Handle) float64 {
	x, gx := a.TryAccess() // want revleak
	if x == nil {
		return 0
	}
	y, gy := b.TryAccess()
	if y == nil {
		return 0
	}
	v := x.Value - y.Value
	gx.Release()
	gy.Release()
	return v
}

func badErrors(a, b sensor.Handle) (float64, error) {
	x, gx, err := access.Open(a) // want revleak
	if err != nil {
		return 0, err
	}
	y, gy, err := access.Open(b)
	if err != nil {
		return 0, err
	}
	defer gy.Release()
	defer gx.Release()
	return x.Value - y.Value, nil
}

func badOnlyFirstReleased(a, b sensor.Handle) float64 {
	x, gx := a.TryAccess()
	defer gx.Release()
	y, _ := b.TryAccess() // want revleak
	if x == nil || y == nil {
		return 0
	}
	return x.Value - y.Value
}

func badFirstTwice(a, b sensor.Handle) float64 {
	x, gx := a.TryAccess()
	if x == nil {
		return 0
	}
	y, gy := b.TryAccess() // want revleak
	if y == nil {
		gx.Release()
		return 0
	}
	v := x.Value - y.Value
	gx.Release()
	gx.Release() // want revrelease
	_ = gy
	return v
}

func badTwoKinds(a sensor.Handle, db *store.DB) error {
	tx, err := db.Begin(true) // want revleak
	if err != nil {
		return err
	}
	s, g := a.TryAccess()
	if s == nil {
		return sensor.ErrGone
	}
	defer g.Release()
	if err := access.Put(tx, "a", s.Name, "v"); err != nil {
		return err
	}
	return tx.Commit()
}

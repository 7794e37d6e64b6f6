// Package valueanderror has wrappers that return values and errors in their own ways.
package valueanderror

import (
	"errors"
	"fmt"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/access"
	"github.com/revlint/revlint/testdata/src/lib/kv"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

// find returns no error when the sensor has gone, but no sensor either.
func find(handles map[string]sensor.Handle, name string) (*sensor.Sensor, revocable.Guard, error) {
	h, ok := handles[name]
	if !ok {
		return nil, revocable.Guard{}, fmt.Errorf("no sensor %q", name)
	}
	s, g := h.TryAccess()
	return s, g, nil
}

// open returns either a sensor or an error.
func open(h sensor.Handle, name string) (s *sensor.Sensor, g revocable.Guard, err error) {
	if name == "" {
		err = errors.New("no name")
		return
	}
	if s, g = h.TryAccess(); s == nil {
		err = fmt.Errorf("%s: %w", name, sensor.ErrGone)
	}
	return
}

// begin wraps the error of Begin.
func begin(db *store.DB, who string) (*store.Tx, error) {
	tx, err := db.Begin(true)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", who, err)
	}
	return tx, nil
}

func okFind(handles map[string]sensor.Handle) (float64, error) {
	s, g, err := find(handles, "left")
	if err != nil {
		return 0, err
	}
	if s == nil {
		return 0, sensor.ErrGone
	}
	defer g.Release()
	return s.Read(), nil
}

func okFindNilSensorAndError(handles map[string]sensor.Handle) float64 {
	s, g, err := find(handles, "left")
	if err != nil || s == nil {
		return 0
	}
	defer g.Release()
	return s.Read()
}

func okFindLooksAtSensorOnly(handles map[string]sensor.Handle) float64 {
	s, g, _ := find(handles, "left")
	if s == nil {
		return 0
	}
	defer g.Release()
	return s.Read()
}

func okOpen(h sensor.Handle) (float64, error) {
	s, g, err := open(h, "left")
	if err != nil {
		return 0, err
	}
	defer g.Release()
	return s.Read(), nil
}

func okOpenLooksAtSensor(h sensor.Handle) float64 {
	if s, g, _ := open(h, "left"); s != nil {
		defer g.Release()
		return s.Read()
	}
	return 0
}

func okBegin(db *store.DB) error {
	tx, err := begin(db, "import")
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err = access.Put(tx, "a", "k", "v"); err != nil {
		return fmt.Errorf("put: %w", err)
	}
	return tx.Commit()
}

func okClosure(h sensor.Handle) (float64, error) {
	get := func() (*sensor.Sensor, revocable.Guard, error) {
		s, g := h.TryAccess()
		if s == nil {
			return nil, g, sensor.ErrGone
		}
		return s, g, nil
	}
	s, g, err := get()
	if err != nil {
		return 0, err
	}
	defer g.Release()
	return s.Read(), nil
}

func okCheckedByKind(db *kv.DB, key string) ([]byte, error) {
	v, closer, err := db.Get(key)
	switch {
	case errors.Is(err, kv.ErrNotFound):
		return nil, nil
	case err != nil:
		return nil, err
	}
	c := append([]byte(nil), v...)
	return c, closer.Close()
}

func okCheckedBySentinel(db *kv.DB, key string) (n int, err error) {
	v, closer, err := db.Get(key)
	if err == kv.ErrNotFound {
		return 0, nil
	} else if err != nil {
		return 0, err
	}
	defer closer.Close()
	return len(v), nil
}

func okErrorReused(a, b sensor.Handle) (float64, error) {
	sa, ga, err := access.Open(a)
	if err != nil {
		return 0, err
	}
	defer ga.Release()
	sb, gb, err := access.Open(b)
	if err != nil {
		return sa.Value, err
	}
	defer gb.Release()
	return sa.Value + sb.Value, nil
}

func badFind(handles map[string]sensor.Handle) (float64, error) {
	s, g, err := find(handles, "left")
	if err != nil {
		return 0, err
	}
	defer g.Release()
	return s.Value, nil // want revnil
}

func badWrongError(a, b sensor.Handle) (float64, error) {
	sa, ga, err := access.Open(a)
	if err != nil {
		return 0, err
	}
	defer ga.Release()
	sb, gb, err2 := access.Open(b)
	defer gb.Release()
	if err != nil {
		return 0, err2
	}
	return sa.Value + sb.Value, nil // want revnil
}

func badBeginLeaks(db *store.DB) error {
	tx, err := begin(db, "import") // want revleak
	if err != nil {
		return err
	}
	if err = access.Put(tx, "a", "k", "v"); err != nil {
		return fmt.Errorf("put: %w", err)
	}
	return tx.Commit()
}

func badErrorInverted(db *kv.DB, key string) (byte, error) {
	v, closer, err := db.Get(key)
	if errors.Is(err, kv.ErrNotFound) {
		return v[0], nil // want revnil
	}
	if err != nil {
		return 0, err
	}
	defer closer.Close()
	return v[0], nil
}

func badErrorOverwritten(h sensor.Handle, check func() error) (float64, error) {
	s, g, err := access.Open(h)
	defer g.Release()
	err = check()
	if err != nil {
		return 0, err
	}
	return s.Value, nil // want revnil
}

// Package temporaryfields has fields that hold a resource for the time of a call.
package temporaryfields

import (
	"errors"

	"github.com/revlint/revlint/testdata/src/lib/kv"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

// A machine works on what its fields hold.
type machine struct {
	cur    *sensor.Sensor
	key    []byte
	tx     *store.Tx
	steps  int
	byName map[string]*sensor.Sensor
}

func (m *machine) step() error {
	if m.cur == nil {
		return errors.New("nothing to do")
	}
	if m.steps++; m.steps > 1000 {
		return errors.New("too many steps")
	}
	m.cur.Set(float64(m.steps))
	return nil
}

func (m *machine) okCleared(h sensor.Handle) error {
	s, g := h.TryAccess()
	if s == nil {
		return sensor.ErrGone
	}
	m.cur = s
	err := m.step()
	m.cur = nil
	g.Release()
	return err
}

func (m *machine) okClearedDeferred(h sensor.Handle) error {
	s, g := h.TryAccess()
	if s == nil {
		return sensor.ErrGone
	}
	defer g.Release()
	m.cur = s
	defer func() { m.cur = nil }()
	if err := m.step(); err != nil {
		return err
	}
	return m.step()
}

func (m *machine) okRestored(h sensor.Handle) error {
	s, g := h.TryAccess()
	if s == nil {
		return sensor.ErrGone
	}
	defer g.Release()
	before := m.cur
	m.cur = s
	err := m.step()
	m.cur = before
	return err
}

func (m *machine) okScoped(h sensor.Handle) error {
	return h.With(func(s *sensor.Sensor) error {
		m.cur = s
		defer m.clear()
		return m.step()
	})
}

func (m *machine) clear() {
	m.cur = nil
	m.key = nil
}

func (m *machine) okClearedByHelper(db *kv.DB, name string) error {
	v, closer, err := db.Get(name)
	if err != nil {
		return err
	}
	m.key = v
	m.steps += len(m.key)
	m.clear()
	return closer.Close()
}

func (m *machine) okMapEntryDeleted(h sensor.Handle, name string) error {
	s, g := h.TryAccess()
	if s == nil {
		return sensor.ErrGone
	}
	defer g.Release()
	m.byName[name] = s
	m.steps += len(m.byName)
	delete(m.byName, name)
	return nil
}

func okLocalMachine(h sensor.Handle) (int, error) {
	s, g := h.TryAccess()
	if s == nil {
		return 0, sensor.ErrGone
	}
	defer g.Release()
	m := machine{cur: s}
	err := m.step()
	return m.steps, err
}

func (m *machine) okTransaction(db *store.DB) error {
	return db.View(func(tx *store.Tx) error {
		m.tx = tx
		defer func() { m.tx = nil }()
		return m.load()
	})
}

func (m *machine) load() error {
	if b := m.tx.Bucket("a"); b != nil {
		m.steps += len(b.Get("k"))
	}
	return nil
}

func (m *machine) badNotClearedOnError(h sensor.Handle) error {
	s, g := h.TryAccess()
	if s == nil {
		return sensor.ErrGone
	}
	defer g.Release()
	m.cur = s // want revescape
	if err := m.step(); err != nil {
		return err
	}
	m.cur = nil
	return nil
}

func (m *machine) badNotCleared(h sensor.Handle) error {
	s, g := h.TryAccess()
	if s == nil {
		return sensor.ErrGone
	}
	m.cur = s // want revescape
	err := m.step()
	g.Release()
	return errors.Join(err, m.wait())
}

func (m *machine) wait() error {
	if m.steps > 3 {
		return errors.New("too many steps")
	}
	return nil
}

func (m *machine) badScoped(h sensor.Handle) error {
	return h.With(func(s *sensor.Sensor) error {
		m.cur = s // want revescape
		return m.step()
	})
}

func (m *machine) badClearsTheOther(h sensor.Handle) error {
	return h.With(func(s *sensor.Sensor) error {
		m.cur = s // want revescape
		defer func() { m.key = nil }()
		return m.step()
	})
}

func (m *machine) badKeptValue(db *kv.DB, name string) error {
	v, closer, err := db.Get(name)
	if err != nil {
		return err
	}
	m.key = v[1:] // want revescape
	m.steps += len(m.key)
	return closer.Close()
}

func (m *machine) badTransaction(db *store.DB) error {
	return db.View(func(tx *store.Tx) error {
		m.tx = tx // want revescape
		return m.load()
	})
}

func badLocalMachineReturned(h sensor.Handle) (*machine, error) {
	s, g := h.TryAccess()
	if s == nil {
		return nil, sensor.ErrGone
	}
	defer g.Release()
	m := &machine{cur: s}
	if err := m.step(); err != nil {
		return nil, err
	}
	return m, nil // want revescape
}

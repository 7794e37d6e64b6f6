package summaries

import (
	"errors"

	"github.com/revlint/revlint/testdata/src/lib/kv"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

func okTolerates(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	return Tolerates(s)
}

func okChecked(h sensor.Handle) (float64, error) {
	s, g := h.TryAccess()
	defer g.Release()
	if err := Check(s); err != nil {
		return 0, err
	}
	return NeedsDeep(s), nil
}

func okSkipped(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	return NeedsUnless(s, s == nil)
}

func okCacheCopies(c *Cache, db *kv.DB) error {
	v, closer, err := db.Get("k")
	if err != nil {
		return err
	}
	c.AddCopy(v)
	return closer.Close()
}

func okCacheUses(c *Cache, h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer g.Release()
	return c.Use(s)
}

func okSpawnAndWait(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	SpawnAndWait(s)
	g.Release()
}

func okFresh(db *kv.DB) ([]byte, error) {
	v, closer, err := db.Get("k")
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	return Fresh(Part(v)), nil
}

func okValue(db *kv.DB) ([]byte, error) { return Value(db, "k") }

func okPick(a, b sensor.Handle) float64 {
	sa, ga := a.TryAccess()
	defer ga.Release()
	sb, gb := b.TryAccess()
	defer gb.Release()
	if s := Pick(sa, sb); s != nil {
		return s.Value
	}
	return 0
}

func okReleaseDeep(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer ReleaseDeep(&g)
	return Same(s).Value
}

func okReleaseCopy(h sensor.Handle) (v float64) {
	s, g := h.TryAccess()
	if s != nil {
		v = s.Value
	}
	ReleaseCopy(g)
	return v
}

func okReleaseAll(a, b sensor.Handle) (v float64) {
	sa, ga := a.TryAccess()
	sb, gb := b.TryAccess()
	if sa != nil && sb != nil {
		v = sa.Value + sb.Value
	}
	ReleaseAll(&ga, &gb)
	return v
}

func okFinish(db *store.DB, value []byte) error {
	tx, err := db.Begin(true)
	if err != nil {
		return err
	}
	b, err := tx.CreateBucket("a")
	if err == nil {
		err = b.Put("k", value)
	}
	return Finish(tx, err)
}

func okOpenBool(h sensor.Handle) float64 {
	s, g, ok := OpenBool(h)
	if !ok {
		return 0
	}
	defer g.Release()
	return s.Value
}

func okVisit(h sensor.Handle) (name string, err error) {
	err = Visit(h, func(s *sensor.Sensor) error {
		name = s.Name
		return nil
	})
	return name, err
}

func okForever(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		Forever(h)
	}
	defer g.Release()
	return s.Value
}

func badNeeds(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	return Needs(s) // want revnil
}

func badNeedsDeep(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	return NeedsDeep(s) // want revnil
}

func badNeedsAfterRelease(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	ReleaseDeep(&g)
	return Needs(s) // want revuse
}

func badCheckDropped(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	if err := Check(s); errors.Is(err, ErrLow) {
		return 0
	}
	return s.Value // want revnil
}

func badCacheKeeps(c *Cache, h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	c.Add(s) // want revescape
}

func badCacheKeepsDeep(c *Cache, h sensor.Handle) error {
	return h.With(func(s *sensor.Sensor) error {
		c.AddDeep(s) // want revescape
		return nil
	})
}

func badCacheKeepsAll(c *Cache, db *kv.DB) error {
	v, closer, err := db.Get("k")
	if err != nil {
		return err
	}
	c.AddAll([]byte("k"), v) // want revescape
	return closer.Close()
}

func badSpawn(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	Spawn(s) // want revescape
}

func badSame(h sensor.Handle) *sensor.Sensor {
	s, g := h.TryAccess()
	if s == nil {
		return nil
	}
	defer g.Release()
	return Same(s) // want revescape
}

func badPart(db *kv.DB) ([]byte, error) {
	v, closer, err := db.Get("k")
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	return Part(v), nil // want revescape
}

func badPick(a, b sensor.Handle) float64 {
	sa, ga := a.TryAccess()
	if sa == nil {
		return 0
	}
	sb, gb := b.TryAccess()
	defer gb.Release()
	s := Pick(sa, sb)
	ga.Release()
	return s.Value // want revuse
}

func badReleaseTwice(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	s.Set(1)
	ReleaseCopy(g)
	ReleaseDeep(&g) // want revrelease
}

func badFinishTwice(db *store.DB) error {
	tx, err := db.Begin(true)
	if err != nil {
		return err
	}
	if err := Finish(tx, nil); err != nil {
		return err
	}
	return tx.Commit() // want revrelease
}

func badOpenLeaks(h sensor.Handle) (float64, error) {
	s, g, err := Open(h) // want revleak
	if err != nil {
		return 0, err
	}
	if s.Value == 0 {
		return 0, errors.New("zero")
	}
	v := s.Value
	g.Release()
	return v, nil
}

func badOpenBool(h sensor.Handle) float64 {
	s, g, _ := OpenBool(h)
	defer g.Release()
	return s.Value // want revnil
}

func badVisit(c *Cache, h sensor.Handle) error {
	return Visit(h, func(s *sensor.Sensor) error {
		c.Add(s) // want revescape
		return nil
	})
}

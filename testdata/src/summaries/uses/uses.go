// Package uses relies on what the helpers of package summaries do.
package uses

import (
	"errors"

	"github.com/revlint/revlint/testdata/src/lib/kv"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
	"github.com/revlint/revlint/testdata/src/summaries"
)

func okTolerates(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	return summaries.Tolerates(s)
}

func okChecked(h sensor.Handle) (float64, error) {
	s, g := h.TryAccess()
	defer g.Release()
	if err := summaries.Check(s); err != nil {
		return 0, err
	}
	return summaries.NeedsDeep(s), nil
}

func okSkipped(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	return summaries.NeedsUnless(s, s == nil)
}

func okCacheCopies(c *summaries.Cache, db *kv.DB) error {
	v, closer, err := db.Get("k")
	if err != nil {
		return err
	}
	c.AddCopy(v)
	return closer.Close()
}

func okCacheUses(c *summaries.Cache, h sensor.Handle) float64 {
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
	summaries.SpawnAndWait(s)
	g.Release()
}

func okFresh(db *kv.DB) ([]byte, error) {
	v, closer, err := db.Get("k")
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	return summaries.Fresh(summaries.Part(v)), nil
}

func okValue(db *kv.DB) ([]byte, error) { return summaries.Value(db, "k") }

func okPick(a, b sensor.Handle) float64 {
	sa, ga := a.TryAccess()
	defer ga.Release()
	sb, gb := b.TryAccess()
	defer gb.Release()
	if s := summaries.Pick(sa, sb); s != nil {
		return s.Value
	}
	return 0
}

func okReleaseDeep(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer summaries.ReleaseDeep(&g)
	return summaries.Same(s).Value
}

func okReleaseCopy(h sensor.Handle) (v float64) {
	s, g := h.TryAccess()
	if s != nil {
		v = s.Value
	}
	summaries.ReleaseCopy(g)
	return v
}

func okReleaseAll(a, b sensor.Handle) (v float64) {
	sa, ga := a.TryAccess()
	sb, gb := b.TryAccess()
	if sa != nil && sb != nil {
		v = sa.Value + sb.Value
	}
	summaries.ReleaseAll(&ga, &gb)
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
	return summaries.Finish(tx, err)
}

func okOpenBool(h sensor.Handle) float64 {
	s, g, ok := summaries.OpenBool(h)
	if !ok {
		return 0
	}
	defer g.Release()
	return s.Value
}

func okVisit(h sensor.Handle) (name string, err error) {
	err = summaries.Visit(h, func(s *sensor.Sensor) error {
		name = s.Name
		return nil
	})
	return name, err
}

func okForever(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		summaries.Forever(h)
	}
	defer g.Release()
	return s.Value
}

func badNeeds(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	return summaries.Needs(s) // want revnil
}

func badNeedsDeep(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	return summaries.NeedsDeep(s) // want revnil
}

func badNeedsAfterRelease(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	summaries.ReleaseDeep(&g)
	return summaries.Needs(s) // want revuse
}

func badCheckDropped(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	defer g.Release()
	if err := summaries.Check(s); errors.Is(err, summaries.ErrLow) {
		return 0
	}
	return s.Value // want revnil
}

func badCacheKeeps(c *summaries.Cache, h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	c.Add(s) // want revescape
}

func badCacheKeepsDeep(c *summaries.Cache, h sensor.Handle) error {
	return h.With(func(s *sensor.Sensor) error {
		c.AddDeep(s) // want revescape
		return nil
	})
}

func badCacheKeepsAll(c *summaries.Cache, db *kv.DB) error {
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
	summaries.Spawn(s) // want revescape
}

func badSame(h sensor.Handle) *sensor.Sensor {
	s, g := h.TryAccess()
	if s == nil {
		return nil
	}
	defer g.Release()
	return summaries.Same(s) // want revescape
}

func badPart(db *kv.DB) ([]byte, error) {
	v, closer, err := db.Get("k")
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	return summaries.Part(v), nil // want revescape
}

func badPick(a, b sensor.Handle) float64 {
	sa, ga := a.TryAccess()
	if sa == nil {
		return 0
	}
	sb, gb := b.TryAccess()
	defer gb.Release()
	s := summaries.Pick(sa, sb)
	ga.Release()
	return s.Value // want revuse
}

func badReleaseTwice(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	s.Set(1)
	summaries.ReleaseCopy(g)
	summaries.ReleaseDeep(&g) // want revrelease
}

func badFinishTwice(db *store.DB) error {
	tx, err := db.Begin(true)
	if err != nil {
		return err
	}
	if err := summaries.Finish(tx, nil); err != nil {
		return err
	}
	return tx.Commit() // want revrelease
}

func badOpenLeaks(h sensor.Handle) (float64, error) {
	s, g, err := summaries.Open(h) // want revleak
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
	s, g, _ := summaries.OpenBool(h)
	defer g.Release()
	return s.Value // want revnil
}

func badVisit(c *summaries.Cache, h sensor.Handle) error {
	return summaries.Visit(h, func(s *sensor.Sensor) error {
		c.Add(s) // want revescape
		return nil
	})
}

// Package retryloops has loops that try again until they succeed.
package retryloops

import (
	"context"
	"errors"
	"time"

	"github.com/revlint/revlint/testdata/src/lib/access"
	"github.com/revlint/revlint/testdata/src/lib/kv"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

func okUntilThere(h sensor.Handle, tries int) float64 {
	s, g := h.TryAccess()
	for s == nil && tries > 0 {
		time.Sleep(time.Millisecond)
		s, g = h.TryAccess()
		tries--
	}
	if s == nil {
		return 0
	}
	defer g.Release()
	return s.Read()
}

func okUntilNoError(ctx context.Context, db *store.DB) error {
	tx, err := db.Begin(true)
	for err != nil {
		if ctx.Err() != nil {
			return errors.Join(err, ctx.Err())
		}
		tx, err = db.Begin(true)
	}
	defer tx.Rollback()
	return access.Put(tx, "a", "k", "v")
}

func okForEver(next func() sensor.Handle) float64 {
	for {
		s, g := next().TryAccess()
		if s == nil {
			continue
		}
		v := s.Read()
		g.Release()
		return v
	}
}

func okGivesBackUnfit(handles []sensor.Handle, low float64) (string, bool) {
	for _, h := range handles {
		s, g := h.TryAccess()
		if s == nil {
			continue
		}
		if s.Value < low {
			g.Release()
			continue
		}
		name := s.Name
		g.Release()
		return name, true
	}
	return "", false
}

func okOtherKeys(db *kv.DB, keys ...string) (v string, err error) {
	for _, key := range keys {
		b, closer, gerr := db.Get(key)
		if errors.Is(gerr, kv.ErrNotFound) {
			continue
		}
		if gerr != nil {
			return "", gerr
		}
		v = string(b)
		return v, closer.Close()
	}
	return "", kv.ErrNotFound
}

func okFirstError(h sensor.Handle, tries int) (float64, error) {
	var last error
	for range tries {
		s, g, err := access.Open(h)
		if err != nil {
			last = err
			continue
		}
		defer g.Release()
		return s.Read(), nil
	}
	return 0, last
}

func okWithGoto(h sensor.Handle) float64 {
	tries := 0
again:
	s, g := h.TryAccess()
	if s == nil {
		if tries++; tries < 3 {
			goto again
		}
		return 0
	}
	v := s.Read()
	g.Release()
	return v
}

func badOverwritesUnfit(h sensor.Handle, low float64) float64 {
	s, g := h.TryAccess() // want revleak
	if s == nil {
		return 0
	}
	if s.Value < low {
		s, g = h.TryAccess()
		if s == nil {
			return 0
		}
	}
	defer g.Release()
	return s.Value
}

func badLeaksUnfit(handles []sensor.Handle, low float64) (string, bool) {
	for _, h := range handles {
		s, g := h.TryAccess() // want revleak
		if s == nil || s.Value < low {
			continue
		}
		name := s.Name
		g.Release()
		return name, true
	}
	return "", false
}

func badGivesUpWithoutLook(h sensor.Handle, tries int) float64 {
	s, g := h.TryAccess()
	for s == nil && tries > 0 {
		s, g = h.TryAccess()
		tries--
	}
	defer g.Release()
	return s.Value // want revnil
}

func badNeverGivesBack(ctx context.Context, db *store.DB) error {
	tx, err := db.Begin(true) // want revleak
	for err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		tx, err = db.Begin(true) // want revleak
	}
	return access.Put(tx, "a", "k", "v")
}

func badNeverGivesBackFirst(db *store.DB) error {
	for tries := 0; ; tries++ {
		tx, err := db.Begin(true) // want revleak
		if err != nil {
			if tries < 3 {
				continue
			}
			return err
		}
		if err := access.Put(tx, "a", "k", "v"); err != nil {
			return err
		}
		return tx.Commit()
	}
}

func badUsesAfterBreak(handles []sensor.Handle) (name string) {
	for _, h := range handles {
		s, g := h.TryAccess()
		if s == nil {
			continue
		}
		g.Release()
		name = s.Name // want revuse
		break
	}
	return name
}

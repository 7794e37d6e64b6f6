// Package lostaccesses loses accesses after a join, by early returns, continue, break and overwritten variables.
package lostaccesses

import (
	"context"
	"errors"
	"fmt"

	"github.com/revlint/revlint/testdata/src/lib/access"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

var errRange = errors.New("out of range")

func okJoin(h sensor.Handle, double bool) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	v := s.Value
	if double {
		v *= 2
	} else {
		v++
	}
	g.Release()
	return v
}

func okEveryReturn(h sensor.Handle, limit float64) (float64, error) {
	s, g := h.TryAccess()
	if s == nil {
		return 0, sensor.ErrGone
	}
	v := s.Read()
	if v > limit {
		g.Release()
		return 0, errRange
	}
	if v < -limit {
		g.Release()
		return 0, fmt.Errorf("%w: %v", errRange, v)
	}
	g.Release()
	return v, nil
}

func okContinue(handles []sensor.Handle, limit float64) (total float64) {
	for _, h := range handles {
		s, g := h.TryAccess()
		if s == nil {
			continue
		}
		v := s.Read()
		g.Release()
		if v > limit {
			continue
		}
		total += v
	}
	return total
}

func okLabelledBreak(rows [][]sensor.Handle, name string) (v float64) {
search:
	for _, row := range rows {
		for _, h := range row {
			s, g := h.TryAccess()
			if s == nil {
				continue search
			}
			found := s.Name == name
			if found {
				v = s.Value
			}
			g.Release()
			if found {
				break search
			}
		}
	}
	return v
}

func okOverwritten(a, b sensor.Handle) (v float64) {
	s, g := a.TryAccess()
	if s != nil {
		v = s.Value
	}
	g.Release()
	s, g = b.TryAccess()
	if s != nil {
		v += s.Value
	}
	g.Release()
	return v
}

func okSelect(ctx context.Context, h sensor.Handle, in <-chan float64) error {
	s, g := h.TryAccess()
	if s == nil {
		return sensor.ErrGone
	}
	defer g.Release()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-h.Revoked():
			return sensor.ErrGone
		case v, ok := <-in:
			if !ok {
				return nil
			}
			s.Set(v)
		}
	}
}

func okSwitchFallthrough(h sensor.Handle, mode int) (v float64) {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	switch mode {
	case 0:
		v = 1
		fallthrough
	case 1:
		v += s.Value
	default:
		v = -1
	}
	g.Release()
	return v
}

func badJoin(h sensor.Handle, double bool) float64 {
	s, g := h.TryAccess() // want revleak
	if s == nil {
		return 0
	}
	v := s.Value
	if double {
		v *= 2
		g.Release()
	} else {
		v++
	}
	return v
}

func badEarlyReturn(h sensor.Handle, limit float64) (float64, error) {
	s, g := h.TryAccess() // want revleak
	if s == nil {
		return 0, sensor.ErrGone
	}
	v := s.Read()
	if v > limit {
		return 0, errRange
	}
	g.Release()
	return v, nil
}

func badBeforeDefer(h sensor.Handle, limit float64) (float64, error) {
	s, g := h.TryAccess() // want revleak
	if s == nil {
		return 0, sensor.ErrGone
	}
	if limit < 0 {
		return 0, errRange
	}
	defer g.Release()
	return s.Read(), nil
}

func badContinue(handles []sensor.Handle, limit float64) (total float64) {
	for _, h := range handles {
		s, g := h.TryAccess() // want revleak
		if s == nil {
			continue
		}
		if s.Value > limit {
			continue
		}
		total += s.Value
		g.Release()
	}
	return total
}

func badBreak(handles []sensor.Handle, limit float64) (total float64) {
	for _, h := range handles {
		s, g := h.TryAccess() // want revleak
		if s == nil {
			continue
		}
		total += s.Value
		if total > limit {
			break
		}
		g.Release()
	}
	return total
}

func badLabelledBreak(rows [][]sensor.Handle, name string) (v float64) {
search:
	for _, row := range rows {
		for _, h := range row {
			s, g := h.TryAccess() // want revleak
			if s == nil {
				continue search
			}
			if s.Name == name {
				v = s.Value
				break search
			}
			g.Release()
		}
	}
	return v
}

func badOverwritten(a, b sensor.Handle) (v float64) {
	s, g := a.TryAccess() // want revleak
	if s != nil {
		v = s.Value
	}
	s, g = b.TryAccess()
	if s != nil {
		v += s.Value
	}
	g.Release()
	return v
}

func badSelect(ctx context.Context, h sensor.Handle, in <-chan float64) error {
	s, g := h.TryAccess() // want revleak
	if s == nil {
		return sensor.ErrGone
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case v := <-in:
		s.Set(v)
	}
	g.Release()
	return nil
}

func badTransaction(db *store.DB, values map[string]string) error {
	tx, err := db.Begin(true) // want revleak
	if err != nil {
		return err
	}
	for key, value := range values {
		if key == "" {
			return errors.New("empty key")
		}
		if err := access.Put(tx, "a", key, value); err != nil {
			return errors.Join(err, tx.Rollback())
		}
	}
	return tx.Commit()
}

// Package conditions has accesses whose state follows from conditions tested elsewhere.
package conditions

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/access"
	"github.com/revlint/revlint/testdata/src/lib/kv"
	"github.com/revlint/revlint/testdata/src/lib/refc"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

type mode int

const (
	off mode = iota
	read
	write
)

type service struct {
	h       sensor.Handle
	db      *store.DB
	log     *slog.Logger
	mode    mode
	verbose bool
}

// errOf is nil exactly for a sensor that is there.
func errOf(s *sensor.Sensor) error {
	if s == nil {
		return sensor.ErrGone
	}
	return nil
}

func usable(s *sensor.Sensor) bool { return s != nil && s.Value >= 0 }

func (sv *service) okDerivedError(ctx context.Context) (v float64, err error) {
	s, g := sv.h.TryAccess()
	defer g.Release()
	if err := errOf(s); err != nil {
		sv.log.WarnContext(ctx, "sensor", "err", err)
		return 0, fmt.Errorf("service: %w", err)
	}
	return s.Read(), ctx.Err()
}

func (sv *service) okPredicate() (v float64) {
	s, g := sv.h.TryAccess()
	defer g.Release()
	if usable(s) {
		v = s.Value
	}
	return v
}

func (sv *service) okPredicateKept() (v float64) {
	s, g := sv.h.TryAccess()
	ok := usable(s)
	if !ok {
		g.Release()
		return -1
	}
	v = s.Value
	g.Release()
	return v
}

func (sv *service) okSwitchTrue(limit float64) string {
	s, g := sv.h.TryAccess()
	defer g.Release()
	switch {
	case s == nil:
		return "gone"
	case s.Value > limit:
		return "over"
	default:
		return s.Name
	}
}

func (sv *service) okSwitchOnNil() string {
	s, g := sv.h.TryAccess()
	defer g.Release()
	switch s {
	case nil:
		return "gone"
	}
	return s.Name
}

func (sv *service) okTransactionByMode() error {
	if sv.mode == off {
		return nil
	}
	tx, err := sv.db.Begin(sv.mode == write)
	if err != nil {
		return err
	}
	switch sv.mode {
	case write:
		if err := access.Put(tx, "a", "k", "v"); err != nil {
			return errors.Join(err, tx.Rollback())
		}
		return tx.Commit()
	default:
		sv.log.Info("count", "n", access.Count(tx, "a"))
		return tx.Rollback()
	}
}

func (sv *service) okLocalMode(m mode) (err error) {
	var tx *store.Tx
	if m >= read {
		if tx, err = sv.db.Begin(m == write); err != nil {
			return err
		}
		defer tx.Rollback()
	}
	if m == off {
		return nil
	}
	sv.log.Info("count", "n", access.Count(tx, "a"))
	return nil
}

func okTryRetain(b *refc.Buf) int {
	if !b.TryRetain() {
		return 0
	}
	defer b.Release()
	return b.Len()
}

func okTryRetainKept(b *refc.Buf, want bool) (n int) {
	held := want && b.TryRetain()
	if held {
		n = b.Len()
	}
	if held {
		b.Release()
	}
	return n
}

func okNotFoundIsNoError(db *kv.DB, keys []string) (out []string, err error) {
	for _, key := range keys {
		v, closer, err := db.Get(key)
		if err != nil {
			if !errors.Is(err, kv.ErrNotFound) {
				return nil, err
			}
			continue
		}
		out = append(out, string(v))
		if err := closer.Close(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func okErrorLater(db *kv.DB, key string, w io.Writer) (err error) {
	v, closer, gerr := db.Get(key)
	if w == nil {
		if gerr == nil {
			err = closer.Close()
		}
		return err
	}
	if gerr != nil {
		return gerr
	}
	if _, err = w.Write(v); err != nil {
		closer.Close()
		return err
	}
	return closer.Close()
}

func okManyAtOnce(a, b, c, d sensor.Handle) (sum float64) {
	for _, h := range [...]sensor.Handle{a, b, c, d} {
		s, g := h.TryAccess()
		if s != nil {
			sum += s.Value
		}
		g.Release()
	}
	return sum
}

func okFourChecked(a, b, c, d sensor.Handle) (sum float64) {
	sa, ga := a.TryAccess()
	defer ga.Release()
	sb, gb := b.TryAccess()
	defer gb.Release()
	sc, gc := c.TryAccess()
	defer gc.Release()
	sd, gd := d.TryAccess()
	defer gd.Release()
	if sa != nil {
		sum += sa.Value
	}
	if sb != nil {
		sum += sb.Value
	}
	if sc != nil {
		sum += sc.Value
	}
	if sd != nil {
		sum += sd.Value
	}
	return sum
}

func okGuardAndFlag(h sensor.Handle, sv *service) (v float64) {
	var (
		s *sensor.Sensor
		g revocable.Guard
	)
	if sv.verbose {
		s, g = h.TryAccess()
	}
	if s != nil {
		v = s.Value
	}
	g.Release()
	return v
}

func (sv *service) badDerivedError(ctx context.Context) (v float64, err error) {
	s, g := sv.h.TryAccess()
	defer g.Release()
	if err := errOf(s); err == nil {
		return 0, nil
	}
	return s.Value, ctx.Err() // want revnil
}

func (sv *service) badDerivedErrorLogged(ctx context.Context) float64 {
	s, g := sv.h.TryAccess()
	defer g.Release()
	if err := errOf(s); err != nil {
		sv.log.WarnContext(ctx, "sensor", "err", err)
	}
	return s.Value // want revnil
}

func (sv *service) badPredicate() float64 {
	s, g := sv.h.TryAccess()
	defer g.Release()
	if usable(s) {
		return s.Value
	}
	return s.Range.Low // want revnil
}

func (sv *service) badPredicateLeaks() (v float64) {
	s, g := sv.h.TryAccess() // want revleak
	if !usable(s) {
		return -1
	}
	v = s.Value
	g.Release()
	return v
}

func (sv *service) badSwitchTrue(limit float64) string {
	s, g := sv.h.TryAccess()
	defer g.Release()
	switch {
	case limit < 0:
		return s.Name // want revnil
	case s == nil:
		return "gone"
	default:
		return s.Name
	}
}

func (sv *service) badTransactionByMode() error {
	if sv.mode == off {
		return nil
	}
	tx, err := sv.db.Begin(sv.mode == write) // want revleak
	if err != nil {
		return err
	}
	switch sv.mode {
	case write:
		if err := access.Put(tx, "a", "k", "v"); err != nil {
			return err
		}
		return tx.Commit()
	default:
		return tx.Rollback()
	}
}

func (sv *service) badLocalMode(m mode) (err error) {
	var tx *store.Tx
	if m >= read {
		if tx, err = sv.db.Begin(m == write); err != nil { // want revleak
			return err
		}
	}
	if m == write {
		return tx.Commit()
	}
	return nil
}

func badTryRetain(b *refc.Buf, n int) int {
	if !b.TryRetain() { // want revleak
		return 0
	}
	if b.Len() < n {
		return 0
	}
	n = b.Len()
	b.Release()
	return n
}

func badNotFoundIsNoError(db *kv.DB, keys []string) (out []string, err error) {
	for _, key := range keys {
		v, closer, err := db.Get(key) // want revleak
		if err != nil {
			continue
		}
		if len(v) == 0 {
			continue
		}
		out = append(out, string(v))
		if err := closer.Close(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func badErrorLater(db *kv.DB, key string, w io.Writer) (err error) {
	v, closer, gerr := db.Get(key) // want revleak
	if w == nil {
		return gerr
	}
	if gerr != nil {
		return gerr
	}
	if _, err = w.Write(v); err != nil {
		closer.Close()
		return err
	}
	return closer.Close()
}

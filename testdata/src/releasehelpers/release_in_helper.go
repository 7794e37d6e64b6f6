// Package releasehelpers has releases in helpers, called or deferred.
package releasehelpers

import (
	"errors"
	"log"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/access"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

func end(g *revocable.Guard) { g.Release() }

func endCopy(g revocable.Guard) { g.Release() }

// held releases nothing.
func held(g *revocable.Guard) bool { return g != nil }

func rollback(tx *store.Tx) {
	if err := tx.Rollback(); err != nil {
		log.Printf("rollback: %v", err)
	}
}

func finish(tx *store.Tx, err error) error {
	if err != nil {
		rollback(tx)
		return err
	}
	return tx.Commit()
}

func okDeferredHelper(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer end(&g)
	return s.Read()
}

func okDeferredHelperElsewhere(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer access.End(&g)
	return s.Read()
}

func okDeferredHelperTakesCopy(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer endCopy(g)
	return s.Read()
}

func okDirectHelper(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	v := s.Read()
	end(&g)
	return v
}

func okHelperOnEveryBranch(h sensor.Handle, scale float64) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	if scale == 0 {
		access.End(&g)
		return 0
	}
	v := s.Read() * scale
	endCopy(g)
	return v
}

func okTransaction(db *store.DB) error {
	tx, err := db.Begin(true)
	if err != nil {
		return err
	}
	defer rollback(tx)
	return access.Put(tx, "a", "k", "v")
}

func okFinished(db *store.DB) error {
	tx, err := db.Begin(true)
	if err != nil {
		return err
	}
	return finish(tx, access.Put(tx, "a", "k", "v"))
}

type session struct {
	log *log.Logger
	g   revocable.Guard
}

func (s *session) close() {
	s.log.Print("closing")
	s.g.Release()
}

func okMethodOfHolder(h sensor.Handle, l *log.Logger) float64 {
	p, g := h.TryAccess()
	if p == nil {
		return 0
	}
	s := &session{log: l, g: g}
	defer s.close()
	return p.Read()
}

func badHelperReleasesNothing(h sensor.Handle) float64 {
	s, g := h.TryAccess() // want revleak
	if s == nil {
		return 0
	}
	defer held(&g)
	return s.Read()
}

func badUseAfterHelper(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	end(&g)
	return s.Value // want revuse
}

func badUseAfterHelperElsewhere(h sensor.Handle) string {
	s, g := h.TryAccess()
	if s == nil {
		return ""
	}
	access.End(&g)
	return s.Name // want revuse
}

func badHelperTwice(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	s.Set(1)
	end(&g)
	access.End(&g) // want revrelease
}

func badDirectThenDeferredHelper(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer end(&g) // want revrelease
	v := s.Read()
	g.Release()
	return v
}

func badHelperOnOneBranch(h sensor.Handle, scale float64) float64 {
	s, g := h.TryAccess() // want revleak
	if s == nil {
		return 0
	}
	v := s.Read()
	if scale != 0 {
		end(&g)
		return v * scale
	}
	return v
}

func badFinishedAndUsed(db *store.DB) (int, error) {
	tx, err := db.Begin(true)
	if err != nil {
		return 0, err
	}
	b, err := tx.CreateBucket("a")
	if err != nil {
		return 0, errors.Join(err, tx.Rollback())
	}
	if err := finish(tx, b.Put("k", []byte("v"))); err != nil {
		return 0, err
	}
	return len(b.Get("k")), nil // want revuse
}

package contracts

import (
	"sync"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/dev"
	"github.com/revlint/revlint/testdata/src/lib/scan"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
	"github.com/revlint/revlint/testdata/src/lib/wire"
)

type inbox struct {
	last    *wire.Msg
	subject string
}

// Decision 32: the inbox outlives the message.
func (b *inbox) keptPastScope(s *wire.Server) {
	s.Each(func(m *wire.Msg) {
		b.last = m // want revescape
	})
}

// Decision 32: set, and cleared before the end.
func (b *inbox) clearedInScope(s *wire.Server) {
	s.Each(func(m *wire.Msg) {
		b.last = m
		b.subject = b.last.Subject
		b.last = nil
	})
}

// Decision 32: the end comes after the deferred functions.
func (b *inbox) clearedByDefer(s *wire.Server) {
	s.Each(func(m *wire.Msg) {
		defer func() { b.last = nil }()
		b.last = m
		b.subject = m.Subject
	})
}

// Decision 32: a local that is stale is reported where it is read.
func staleLocal(r *wire.Reader) byte {
	line := r.ReadLine()
	first := line[0]
	r.ReadLine()
	if first > 'a' {
		return first
	}
	return line[0] // want revuse
}

// Decision 32: a local that is stale and not read is no harm.
func staleUnread(r *wire.Reader) byte {
	line := r.ReadLine()
	first := line[0]
	r.ReadLine()
	return first
}

// Decision 33: a goroutine may run on.
func goroutineRunsOn(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	go s.Set(1) // want revescape
	g.Release()
}

// Decision 33: but is waited for.
func goroutineJoined(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	var wg sync.WaitGroup
	wg.Go(func() { s.Set(1) })
	wg.Wait()
}

// Decision 33: what is sent is received when it likes.
func sentAway(h sensor.Handle, to chan<- *sensor.Sensor) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	to <- s // want revescape
	g.Release()
}

// Decision 33: an answer says that it was in time.
func sentAndAnswered(h sensor.Handle, to chan<- *sensor.Sensor, answer <-chan float64) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer g.Release()
	to <- s
	return <-answer
}

// Decision 34: Each does not keep the function, which may hold what it likes.
func heldByPassing(h sensor.Handle, srv *wire.Server) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	srv.Each(func(m *wire.Msg) { s.Set(float64(len(m.Body))) })
}

// Decision 34: On does. Its contract speaks of fn, so what its body shows of fn
// is not looked at.
func heldByRegistered(h sensor.Handle, srv *wire.Server) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	srv.On(func(m *wire.Msg) { s.Set(float64(len(m.Body))) }) // missed: revescape
}

// Decision 34: but the message is not kept, in neither.
func messageOfRegistered(b *inbox, srv *wire.Server) {
	srv.On(func(m *wire.Msg) {
		b.last = m // want revescape
	})
}

// Decision 35: the bucket reads the value when its transaction commits.
func writtenWhileLent(b *store.Bucket, value []byte) error {
	if err := b.Put("k", value); err != nil {
		return err
	}
	value[0] = 1 // want revuse
	return nil
}

// Decision 35: so does copying over it.
func copiedOverWhileLent(b *store.Bucket, value, other []byte) error {
	if err := b.Put("k", value); err != nil {
		return err
	}
	copy(value, other) // want revuse
	return nil
}

func mark(b []byte) { b[0] = 1 }

// Decision 35: so does a call that writes.
func writtenByCallee(b *store.Bucket, value []byte) error {
	if err := b.Put("k", value); err != nil {
		return err
	}
	mark(value) // want revuse
	return nil
}

// Decision 35: to read is no harm.
func readWhileLent(b *store.Bucket, value []byte) (byte, error) {
	if err := b.Put("k", value); err != nil {
		return 0, err
	}
	return value[0], nil
}

// Decision 35: after the transaction, the memory is the caller's again.
func writtenAfterwards(db *store.DB, value []byte) error {
	tx, err := db.Begin(true)
	if err != nil {
		return err
	}
	b, err := tx.CreateBucket("a")
	if err != nil {
		tx.Rollback()
		return err
	}
	if err := b.Put("k", value); err != nil {
		tx.Rollback()
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	value[0] = 1
	return nil
}

// Decision 35: a bucket that is a parameter lasts longer than the token.
func lentTooShort(b *store.Bucket, s *scan.Scanner) error {
	err := b.Put("k", s.Bytes()) // want revescape
	s.Scan()
	return err
}

// Decision 35: the bucket alone holds the token at the branch.
func lentTooShortIf(b *store.Bucket, s *scan.Scanner) error {
	if err := b.Put("k", s.Bytes()); err != nil { // want revescape
		return err
	}
	s.Scan()
	return nil
}

// Decision 36: the access that it waits for is held here.
func revokedInside(p *revocable.Provider[sensor.Sensor]) {
	s, g := p.Handle().TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	p.Revoke() // want revwait
}

// Decision 36: a handle is only borrowed.
func revokedWithHandle(p *revocable.Provider[sensor.Sensor]) bool {
	h := p.Handle()
	p.Revoke()
	s, g := h.TryAccess()
	defer g.Release()
	return s == nil
}

// Decision 36: nothing is held where there was nothing.
func revokedWhereAbsent(p *revocable.Provider[sensor.Sensor]) {
	s, g := p.Handle().TryAccess()
	if s == nil {
		p.Revoke()
		return
	}
	g.Release()
}

// Decision 36: it may be of another provider.
func otherRevoked(all []*revocable.Provider[sensor.Sensor], i, j int) {
	s, g := all[i].Handle().TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	all[j].Revoke()
}

type devices struct{ a, b *dev.Device }

// Decision 37: the block was reserved with a's session.
func (d *devices) blockOfOther() error {
	return d.a.Do(func(s *dev.Session) error {
		block := s.Reserve(0, 8)
		return d.b.Do(func(t *dev.Session) error {
			_, err := block.Map(t) // want revbound
			return err
		})
	})
}

// Decision 37: with its own.
func (d *devices) blockOfOwn() error {
	return d.a.Do(func(s *dev.Session) error {
		block := s.Reserve(0, 8)
		return d.b.Do(func(t *dev.Session) error {
			_, err := block.Map(s)
			return err
		})
	})
}

// Decision 37: two parameters may be one device.
func blockOfPerhapsOther(a, b *dev.Device) error {
	return a.Do(func(s *dev.Session) error {
		block := s.Reserve(0, 8)
		return b.Do(func(t *dev.Session) error {
			_, err := block.Map(t)
			return err
		})
	})
}

// Decision 38: who knows what look does with it, so nothing is said.
func passedToUnknown(h sensor.Handle, look func(*sensor.Sensor)) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	look(s)
}

// Decision 38: it did not end by that.
func endedAfterUnknown(h sensor.Handle, look func(float64)) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	look(s.Value)
	g.Release()
	return s.Value // want revuse
}

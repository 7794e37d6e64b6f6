package revocable

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
)

// FuzzSchedule runs a random schedule of accesses, releases and revocations of all kinds on three
// providers, and beside them on a reference: what the documentation says in a few lines, for one
// goroutine. After each step everything stands still, and both must agree on who has access, who was
// cleaned up, in which order, and which revokers have returned.
func FuzzSchedule(f *testing.F) {
	f.Add([]byte("\x00\x10\x40\x20"))
	f.Add([]byte("\x00\x01\x02\x60\x61\x62\x20\x20\x20"))
	f.Add([]byte("\x00\x00\x81\x50\x20\x41\x20\x70\x10\x20"))
	for kind := range byte(8) { // each kind of step, with accesses before and releases after
		f.Add([]byte{0x00, 0x01, 0x02, kind<<4 | 1, kind << 4, 0x60, 0x00, 0x30, 0x20, 0x21, 0x20})
	}
	f.Fuzz(func(t *testing.T, steps []byte) {
		if len(steps) > 200 {
			steps = steps[:200]
		}
		synctest.Test(t, func(t *testing.T) {
			s := newSchedule(t)
			for i, step := range steps {
				what := s.step(int(step>>4), int(step&15))
				synctest.Wait()
				s.compare(fmt.Sprintf("step %d, %s", i, what))
			}
			s.end()
		})
	})
}

const scheduled = 3

// A reference is what a provider should be. A batch is revoked together and cleaned up together.
type reference struct {
	running int
	batch   *batch // nil while live
	cleaned bool
}

type batch struct {
	members []int // in the order of their clean-ups
	timed   bool  // its revoker has gone: each is cleaned up when its last access ends
}

// A revoker is a call that may wait.
type revoker struct {
	waitsFor []int
	returned func() bool
}

type schedule struct {
	t        *testing.T
	ps       [scheduled]*Provider[chip]
	refs     [scheduled]reference
	order    []int // of clean-ups
	refOrder []int
	held     []held
	revokers []revoker
}

type held struct {
	index int
	c     *chip
	g     Guard
}

func newSchedule(t *testing.T) *schedule {
	s := &schedule{t: t}
	for i := range s.ps {
		s.ps[i] = NewProvider(&chip{}, WithCleanup(func(c *chip) {
			c.release()
			s.order = append(s.order, i)
		}))
	}
	return s
}

// step makes one step of the given kind and says which it was.
func (s *schedule) step(kind, arg int) string {
	i := arg % scheduled
	p, ref := s.ps[i], &s.refs[i]
	switch kind {
	default:
		c, g := p.Handle().TryAccess()
		if (c != nil) != (ref.batch == nil) {
			s.t.Fatalf("access %v to provider %d, reference %+v", c != nil, i, ref)
		}
		if c != nil {
			ref.running++
			s.held = append(s.held, held{i, c, g})
		}
		return fmt.Sprint("access ", i)
	case 2, 3: // here, or on another goroutine
		if len(s.held) == 0 {
			return "nothing to release"
		}
		n := arg % len(s.held)
		h := s.held[n]
		s.held = slices.Delete(s.held, n, n+1)
		if kind == 2 {
			h.g.Release()
		} else {
			start(h.g.Release)()
		}
		s.refs[h.index].running--
		s.settle()
		return fmt.Sprint("release ", h.index)
	case 4:
		s.begin(false, i)
		s.wait([]int{i}, func() { p.Revoke() })
		return fmt.Sprint("Revoke ", i)
	case 5:
		s.begin(true, i)
		p.RevokeNoWait()
		return fmt.Sprint("RevokeNoWait ", i)
	case 6:
		all := [][]int{{0, 1}, {1, 0}, {2, 1, 0}, {0, 2, 0}}[arg%4]
		s.begin(false, all...)
		s.wait(all, func() { RevokeAll(context.Background(), s.revoker(all)...) })
		return fmt.Sprint("RevokeAll ", all)
	case 7:
		all := [][]int{{0, 1}, {1, 2}, {2, 1, 0}, {i}}[arg%4]
		s.begin(true, all...)
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		var err error
		if len(all) == 1 {
			err = p.RevokeContext(ctx)
		} else {
			err = RevokeAll(ctx, s.revoker(all)...)
		}
		done := !slices.ContainsFunc(all, func(i int) bool { return !s.refs[i].cleaned })
		if (err == nil) != done {
			s.t.Fatalf("revocation of %v with an ended context: %v, reference done: %v", all, err, done)
		}
		return fmt.Sprint("revocation without time ", all)
	case 8:
		p.promote()
		return fmt.Sprint("promote ", i)
	}
}

func (s *schedule) revoker(all []int) (rs []Revoker) {
	for _, i := range all {
		rs = append(rs, s.ps[i])
	}
	return rs
}

// begin has the reference revoke all that is not yet revoked.
func (s *schedule) begin(timed bool, all ...int) {
	b := &batch{timed: timed}
	for _, i := range all {
		if s.refs[i].batch == nil {
			s.refs[i].batch = b
			b.members = append(b.members, i)
		}
	}
	s.settle()
}

// settle has the reference clean up what may be cleaned up.
func (s *schedule) settle() {
	for i := range s.refs {
		b := s.refs[i].batch
		if b == nil {
			continue
		}
		busy := slices.ContainsFunc(b.members, func(m int) bool { return s.refs[m].running > 0 })
		for _, m := range b.members {
			if r := &s.refs[m]; !r.cleaned && (!busy || b.timed && r.running == 0) {
				r.cleaned = true
				s.refOrder = append(s.refOrder, m)
			}
		}
	}
}

func (s *schedule) wait(all []int, revoke func()) {
	s.revokers = append(s.revokers, revoker{all, start(revoke)})
}

func (s *schedule) compare(after string) {
	s.t.Helper()
	if !slices.Equal(s.order, s.refOrder) {
		s.t.Fatalf("after %s: cleaned up %v, reference %v", after, s.order, s.refOrder)
	}
	for i, p := range s.ps {
		ref := s.refs[i]
		if st := p.Stats(); st.Running != int64(ref.running) || (st.State == Live) != (ref.batch == nil) || (st.State == Revoked) != ref.cleaned {
			s.t.Fatalf("after %s: provider %d is %+v, reference %+v", after, i, st, ref)
		}
	}
	for _, r := range s.revokers {
		want := !slices.ContainsFunc(r.waitsFor, func(i int) bool { return !s.refs[i].cleaned })
		if got := r.returned(); got != want {
			s.t.Fatalf("after %s: revoker of %v returned: %v, reference %v", after, r.waitsFor, got, want)
		}
	}
	for _, h := range s.held {
		if h.c.released {
			s.t.Fatalf("after %s: cleaned up under an access", after)
		}
	}
}

// end ends all accesses and revokes the rest, so that no goroutine stays behind.
func (s *schedule) end() {
	for len(s.held) > 0 {
		s.step(2, 0)
		synctest.Wait()
		s.compare("a release at the end")
	}
	s.step(6, 2)
	synctest.Wait()
	s.compare("the end")
}

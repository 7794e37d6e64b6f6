package revocabletest_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/revocabletest"
)

type sensor struct{ reads int }

// ways are all the ways to make one access, which report whether it succeeded.
func ways(h revocable.Handle[sensor]) map[string]func() bool {
	r := h.Reader()
	return map[string]func() bool{
		"TryAccess": func() bool {
			s, g := h.TryAccess()
			defer g.Release()
			return s != nil
		},
		"TryHold": func() bool {
			g, ok := h.TryHold()
			defer g.Release()
			return ok
		},
		"With": func() bool { return h.With(func(*sensor) error { return nil }) == nil },
		"Live": func() (ok bool) {
			for range h.Live() {
				ok = true
			}
			return ok
		},
		"Do": func() bool {
			_, err := revocable.Do(h, func(*sensor) (int, error) { return 1, nil })
			return err == nil
		},
		"Reader": func() bool {
			_, ok := r.Enter()
			if ok {
				r.Leave()
			}
			return ok
		},
	}
}

func TestTheNthAccessFails(t *testing.T) {
	for _, n := range []int{1, 2, 5} {
		for way := range ways(revocable.Handle[sensor]{}) {
			cleaned := false
			p := revocable.NewProvider(new(sensor), revocable.WithCleanup(func(*sensor) { cleaned = true }))
			revoked := revocabletest.RevokeAt(t, p, n)
			access := ways(p.Handle())[way]
			for i := 1; i <= n+2; i++ {
				if revoked() != (i > n) || cleaned != revoked() {
					t.Errorf("%s: revoked %v, cleaned up %v before access %d, want that at %d", way, revoked(), cleaned, i, n)
				}
				if ok := access(); ok != (i < n) {
					t.Errorf("%s: access %d succeeds: %v, want only those before %d to", way, i, ok, n)
				}
			}
		}
	}
}

func TestAccessesThatRunGoOn(t *testing.T) {
	p := revocable.NewProvider(new(sensor))
	before, g := p.Handle().TryAccess()
	revocabletest.RevokeAt(t, p, 2)
	_, g1 := p.Handle().TryAccess()
	if s, _ := p.Handle().TryAccess(); s != nil || before == nil {
		t.Error("not revoked at the second access")
	}
	if s := p.Stats(); s.State != revocable.Draining || s.Running != 2 {
		t.Errorf("%+v, want both accesses to go on", s)
	}
	g.Release()
	g1.Release()
	if s := p.Stats(); s.State != revocable.Revoked {
		t.Errorf("%+v at the end", s)
	}
}

func TestContendedProvider(t *testing.T) {
	p := revocable.NewProvider(new(sensor))
	h := p.Handle()
	_, sleeper := h.TryAccess()
	for range 1000 { // until it has shards
		_, g := h.TryAccess()
		g.Release()
	}
	sleeper.Release()
	revoked := revocabletest.RevokeAt(t, p, 2)
	for range 2 {
		_, g := h.TryAccess()
		g.Release()
	}
	if !revoked() {
		t.Error("not revoked")
	}
}

// Each of a program's accesses in turn finds the resource gone.
func TestEveryAccessInTurn(t *testing.T) {
	program := func(h revocable.Handle[sensor]) (done int, err error) {
		for range 3 {
			if err := h.With(func(s *sensor) error { s.reads++; return nil }); err != nil {
				return done, err
			}
			done++
		}
		return done, nil
	}
	n := 1
	for ; ; n++ {
		p := revocable.NewProvider(new(sensor))
		revoked := revocabletest.RevokeAt(t, p, n)
		done, err := program(p.Handle())
		if !revoked() {
			break
		}
		if done != n-1 || err != revocable.ErrRevoked {
			t.Errorf("revoked at access %d: %d done, %v", n, done, err)
		}
	}
	if n != 4 {
		t.Errorf("the program makes %d accesses", n-1)
	}
}

// A recorder is a test that is looked at.
type recorder struct {
	testing.TB
	atEnd  func()
	errors []string
}

func (r *recorder) Helper()          {}
func (r *recorder) Cleanup(f func()) { r.atEnd = f }
func (r *recorder) Errorf(format string, args ...any) {
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}

func TestAccessThatHasNotEndedFailsTheTest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, leaks := range []bool{false, true} {
			r := new(recorder)
			p := revocable.NewProvider(new(sensor))
			revocabletest.RevokeAt(r, p, 10)
			_, g := p.Handle().TryAccess()
			if !leaks {
				g.Release()
			}
			r.atEnd()
			if p.Handle().Alive() {
				t.Error("not revoked at the end")
			}
			if failed := strings.Contains(strings.Join(r.errors, ""), "an access has not ended"); failed != leaks {
				t.Errorf("leaked: %v, errors %q", leaks, r.errors)
			}
			if leaks {
				g.Release()
			}
		}
	})
}

func TestRevokedAndZeroProviders(t *testing.T) {
	p := revocable.NewProvider(new(sensor))
	p.Revoke()
	for _, p := range []*revocable.Provider[sensor]{p, nil, {}} {
		revocabletest.RevokeAt(t, p, 1)
		if s, _ := p.Handle().TryAccess(); s != nil {
			t.Error("an access succeeds")
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("access 0 is accepted")
		}
	}()
	revocabletest.RevokeAt(t, p, 0)
}

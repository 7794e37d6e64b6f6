package revocable

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

func TestRevokeAllHasOneGracePeriodAndCleansUpInOrder(t *testing.T) {
	inEachModeBubble(t, func(t *testing.T, provide maker) {
		var order []int
		var ps []Revoker
		var handles []Handle[chip]
		begin := time.Now()
		for i := range 20 {
			p := provide(&chip{}, WithCleanup(func(*chip) {
				if time.Since(begin) < time.Minute {
					t.Error("cleaned up before all were drained")
				}
				order = append(order, i)
			}))
			ps, handles = append(ps, p), append(handles, p.Handle())
		}
		for i, h := range handles {
			_, g := access(t, h)
			go func() {
				time.Sleep(time.Minute - time.Duration(i)*time.Second)
				g.Release()
			}()
		}
		revoked := start(func() {
			if err := RevokeAll(t.Context(), ps...); err != nil {
				t.Error(err)
			}
			if d := time.Since(begin); d != time.Minute {
				t.Errorf("took %v: want the longest access, one minute, and not their sum", d)
			}
		})
		revoked()
		for _, h := range handles {
			refused(t, h)
		}
		time.Sleep(2 * time.Minute)
		if !revoked() || len(order) != 20 || !slices.IsSorted(order) {
			t.Errorf("order of clean-ups: %v", order)
		}
	})
}

func TestCrossedRevokeAllsReturn(t *testing.T) {
	inEachModeBubble(t, func(t *testing.T, provide maker) {
		for range 50 {
			a, b := provide(&chip{}, WithCleanup((*chip).release)), provide(&chip{}, WithCleanup((*chip).release))
			_, ga := access(t, a.Handle())
			_, gb := access(t, b.Handle())
			one := start(func() { RevokeAll(t.Context(), a, b) })
			two := start(func() { RevokeAll(t.Context(), b, a) })
			one()
			ga.Release()
			if one() || two() {
				t.Fatal("returned while an access ran")
			}
			gb.Release()
			if !one() || !two() {
				t.Fatal("deadlock")
			}
		}
	})
}

// Each of two calls has begun the revocation of one provider and finds that of the other begun.
func TestCrossedRevokeAllsCleanTheirOwnFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b, c := NewProvider(&chip{}), NewProvider(&chip{}), NewProvider(&chip{})
		_, ga := access(t, a.Handle())
		_, gb := access(t, b.Handle())
		revokers := []func() bool{
			start(func() { a.Revoke() }),
			start(func() { b.Revoke() }),
		}
		synctest.Wait()
		revokers = append(revokers,
			start(func() { RevokeAll(t.Context(), a, c, b) }),
			start(func() { RevokeAll(t.Context(), b, c, a) }))
		c.Revoke() // cleaned up although a and b are not drained
		ga.Release()
		gb.Release()
		for i, returned := range revokers {
			if !returned() {
				t.Errorf("revoker %d did not return", i)
			}
		}
	})
}

func TestRevokeAllBearsRepetitionAndRevokedOnes(t *testing.T) {
	a, b := NewProvider(&chip{}, WithCleanup((*chip).release)), NewProvider(&chip{}, WithCleanup((*chip).release))
	a.Revoke()
	if err := RevokeAll(t.Context(), b, a, b, a, nil); err != nil {
		t.Error(err)
	}
	refused(t, b.Handle())
	if err := RevokeAll(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestRevokeAllWaitsForTheCleanupOfAnother(t *testing.T) {
	inEachModeBubble(t, func(t *testing.T, provide maker) {
		done := make(chan struct{})
		a := provide(&chip{}, WithCleanup(func(*chip) { <-done }))
		b := provide(&chip{}, WithCleanup((*chip).release))
		first := start(func() { a.Revoke() })
		first()
		c := b.res
		all := start(func() { RevokeAll(t.Context(), a, b) })
		if all() {
			t.Error("returned while another caller was cleaning up")
		}
		if !c.released {
			t.Error("did not clean up its own first")
		}
		close(done)
		if !all() {
			t.Error("did not return")
		}
	})
}

func TestRevokeAllOutOfTime(t *testing.T) {
	inEachModeBubble(t, func(t *testing.T, provide maker) {
		var cleaned []string
		p := func(name string) *Provider[chip] {
			return provide(&chip{}, WithCleanup(func(*chip) { cleaned = append(cleaned, name) }))
		}
		idle1, busy, left, idle2 := p("idle1"), p("busy"), p("left"), p("idle2")
		_, g := access(t, busy.Handle())
		_, leaving := access(t, left.Handle())
		time.AfterFunc(time.Second, leaving.Release)
		mine := errors.New("mine")
		ctx, cancel := context.WithTimeoutCause(t.Context(), time.Minute, mine)
		defer cancel()
		if err := RevokeAll(ctx, idle1, busy, left, idle2); err != mine {
			t.Errorf("got %v, want the context's cause", err)
		}
		if got := fmt.Sprint(cleaned); got != "[idle1 left idle2]" {
			t.Errorf("cleaned up %s: want those that were drained, in order", got)
		}
		refused(t, busy.Handle())
		if err := RevokeAll(ctx, busy); err != mine {
			t.Errorf("second call: got %v", err)
		}
		g.Release()
		if got := fmt.Sprint(cleaned); got != "[idle1 left idle2 busy]" {
			t.Errorf("cleaned up %s: want the last one at its last access's end", got)
		}
	})
}

func TestRevokeAllGoesOnAfterPanics(t *testing.T) {
	inEachMode(t, func(t *testing.T, provide maker) {
		var order []int
		var ps []Revoker
		for i := range 6 {
			ps = append(ps, provide(&chip{}, WithCleanup(func(*chip) {
				order = append(order, i)
				if i%2 == 1 {
					panic(i)
				}
			})))
		}
		if v := panics(t, func() { RevokeAll(t.Context(), ps...) }); v != 5 {
			t.Errorf("recovered %v", v)
		}
		if len(order) != 6 || !slices.IsSorted(order) {
			t.Errorf("clean-ups run: %v", order)
		}
		for _, p := range ps {
			p.Revoke() // must return
		}
	})
}

package revocable

import (
	"context"
	"errors"
	"io/fs"
	"runtime"
	"testing"
	"testing/synctest"
	"time"
)

func TestAccessGivesTheSamePointerAndNilAfterRevoke(t *testing.T) {
	inEachMode(t, func(t *testing.T, provide maker) {
		c := &chip{value: 7}
		p := provide(c)
		h := p.Handle()
		res, g := access(t, h)
		if res != c {
			t.Errorf("TryAccess gave %p, want %p", res, c)
		}
		g.Release()
		if !p.Revoke() {
			t.Error("the first Revoke returned false")
		}
		refused(t, h)
	})
}

func TestHandlesShareOneCell(t *testing.T) {
	p := NewProvider(&chip{})
	h := p.Handle()
	copied := h
	if p.Handle() != h || copied != h {
		t.Error("handles of one provider differ")
	}
	if NewProvider(&chip{}).Handle() == h {
		t.Error("handles of two providers are equal")
	}
	p.Revoke()
	refused(t, h)
	refused(t, copied)
}

func TestHandleFromNilZeroOrRevokedProviderIsRevoked(t *testing.T) {
	revoked := NewProvider(&chip{})
	revoked.Revoke()
	for name, p := range map[string]*Provider[chip]{"nil": nil, "zero": new(Provider[chip]), "revoked": revoked} {
		t.Run(name, func(t *testing.T) {
			h := p.Handle()
			refused(t, h)
			if h.UnsafeAccess() != nil {
				t.Error("UnsafeAccess is not nil")
			}
			ctx, cancel := h.Context(t.Context())
			defer cancel()
			if context.Cause(ctx) != ErrRevoked {
				t.Errorf("cause %v, want ErrRevoked", context.Cause(ctx))
			}
			if p.Revoke() || p.RevokeNoWait() {
				t.Error("a revocation said that it began")
			}
			if err := p.RevokeContext(t.Context()); err != nil {
				t.Error(err)
			}
			if err := RevokeAll(t.Context(), p, nil); err != nil {
				t.Error(err)
			}
			if s := p.Stats(); s != (Stats{State: Revoked}) {
				t.Errorf("stats %+v", s)
			}
		})
	}
	refused(t, Handle[chip]{})
}

func TestNewProviderPanicsOnNil(t *testing.T) {
	panics(t, func() { NewProvider[chip](nil) })
}

func TestErrRevokedIsErrClosed(t *testing.T) {
	if !errors.Is(ErrRevoked, fs.ErrClosed) {
		t.Error("errors.Is(ErrRevoked, fs.ErrClosed) does not hold")
	}
	if errors.Is(ErrRevoked, fs.ErrNotExist) {
		t.Error("ErrRevoked is more than it should be")
	}
}

// The doc test of Rust's Revocable.
func TestAddTwo(t *testing.T) {
	type pair struct{ a, b int }
	p := NewProvider(&pair{10, 20})
	h := p.Handle()
	add := func() (sum int, ok bool) {
		for v := range h.Live() {
			sum, ok = v.a+v.b, true
		}
		return sum, ok
	}
	if sum, ok := add(); sum != 30 || !ok {
		t.Errorf("got %d, %v", sum, ok)
	}
	_, outer := h.TryAccess()
	if sum, ok := add(); sum != 30 || !ok {
		t.Errorf("under an outer access: got %d, %v", sum, ok)
	}
	p.RevokeNoWait()
	if _, ok := add(); ok {
		t.Error("access after the revocation, under an outer access")
	}
	outer.Release()
	if _, ok := add(); ok {
		t.Error("access after the revocation")
	}
}

// The kernel's concurrent test cannot see readers that block behind a pending revocation; this one can.
func TestReader2GetsNilWhileReader1HoldsAndRevokeWaits(t *testing.T) {
	inEachModeBubble(t, func(t *testing.T, provide maker) {
		p := provide(&chip{}, WithCleanup((*chip).release))
		h := p.Handle()
		reader1, g := access(t, h)
		revoked := start(func() { p.Revoke() })
		if revoked() {
			t.Fatal("Revoke returned while an access ran")
		}
		reader2 := start(func() { refused(t, h) })
		if !reader2() {
			t.Fatal("reader 2 is blocked")
		}
		if reader1.released {
			t.Error("cleaned up under reader 1")
		}
		g.Release()
		if !revoked() {
			t.Fatal("Revoke did not return after the last release")
		}
		if !reader1.released {
			t.Error("Revoke returned before the clean-up")
		}
	})
}

func TestGuardReleasedAfterRevokeAndByAnotherGoroutine(t *testing.T) {
	inEachModeBubble(t, func(t *testing.T, provide maker) {
		p := provide(&chip{}, WithCleanup((*chip).release))
		_, g := access(t, p.Handle())
		guards := make(chan Guard)
		revoked := start(func() { p.Revoke() })
		go func() {
			g := <-guards
			g.Release()
		}()
		if revoked() {
			t.Fatal("Revoke returned while the access ran")
		}
		guards <- g
		if !revoked() {
			t.Fatal("Revoke did not return")
		}
	})
}

func TestNestedAccessesEndOneByOne(t *testing.T) {
	inEachModeBubble(t, func(t *testing.T, provide maker) {
		p := provide(&chip{})
		h := p.Handle()
		var guards []Guard
		for range 5 {
			_, g := access(t, h)
			guards = append(guards, g)
		}
		revoked := start(func() { p.Revoke() })
		for _, i := range []int{2, 0, 4, 1, 3} { // not in order
			if revoked() {
				t.Fatal("Revoke returned while an access ran")
			}
			guards[i].Release()
		}
		if !revoked() {
			t.Fatal("Revoke did not return")
		}
	})
}

func TestSleepingReaderIsWokenByRevoked(t *testing.T) {
	inEachModeBubble(t, func(t *testing.T, provide maker) {
		p := provide(&chip{})
		h := p.Handle()
		reader := start(func() {
			h.With(func(*chip) error {
				<-h.Revoked()
				return nil
			})
		})
		if reader() {
			t.Fatal("Revoked was closed on a live provider")
		}
		revoked := start(func() { p.Revoke() })
		if !reader() || !revoked() {
			t.Error("the sleeping reader held the revocation up")
		}
	})
}

func TestContextIsCancelledAtTheBeginOfTheRevocation(t *testing.T) {
	inEachModeBubble(t, func(t *testing.T, provide maker) {
		p := provide(&chip{})
		h := p.Handle()
		ctx, cancel := h.Context(t.Context())
		defer cancel()
		_, g := access(t, h)
		if ctx.Err() != nil {
			t.Fatal(ctx.Err())
		}
		revoked := start(func() { p.Revoke() })
		if revoked() || context.Cause(ctx) != ErrRevoked {
			t.Errorf("cause %v while the revocation waits, want ErrRevoked", context.Cause(ctx))
		}
		g.Release()
	})
}

func TestContextLetsGo(t *testing.T) {
	inEachModeBubble(t, func(t *testing.T, provide maker) {
		p := provide(&chip{})
		h := p.Handle()
		before := runtime.NumGoroutine()
		var cancels []context.CancelFunc
		parent, cancelParent := context.WithCancelCause(t.Context())
		for range 50 {
			_, cancel := h.Context(parent)
			cancels = append(cancels, cancel)
		}
		if n := runtime.NumGoroutine() - before; n > 0 {
			t.Errorf("%d goroutines for 50 contexts", n)
		}
		for _, cancel := range cancels[:20] {
			cancel()
			cancel()
		}
		if n := len(p.ext.Load().hooks); n != 30 {
			t.Errorf("the provider keeps %d hooks after 20 of 50 cancels", n)
		}
		boss := errors.New("boss")
		ctx, cancel := h.Context(parent)
		defer cancel()
		cancelParent(boss)
		synctest.Wait()
		if n := len(p.ext.Load().hooks); n != 0 {
			t.Errorf("the provider keeps %d hooks after the parent's end", n)
		}
		p.Revoke()
		if context.Cause(ctx) != boss {
			t.Errorf("cause %v, want the parent's", context.Cause(ctx))
		}
	})
}

func TestWithReleasesHoweverItsFunctionEnds(t *testing.T) {
	inEachModeBubble(t, func(t *testing.T, provide maker) {
		p := provide(&chip{value: 3}, WithCleanup((*chip).release))
		h := p.Handle()
		mine := errors.New("mine")
		if err := h.With(func(c *chip) error { return mine }); err != mine {
			t.Errorf("got %v, want the function's error", err)
		}
		if v := panics(t, func() { h.With(func(*chip) error { panic("oops") }) }); v != "oops" {
			t.Errorf("recovered %v", v)
		}
		start(func() { h.With(func(*chip) error { runtime.Goexit(); return nil }) })()
		if n := p.Stats().Running; n != 0 {
			t.Fatalf("%d accesses left", n)
		}
		p.Revoke()
	})
}

func TestLiveRunsItsBodyOnceAndReleasesHoweverItEnds(t *testing.T) {
	inEachMode(t, func(t *testing.T, provide maker) {
		p := provide(&chip{})
		h := p.Handle()
		runs := 0
		seq := h.Live()
		for range 2 {
			for range seq {
				runs++
				if p.Stats().Running != 1 {
					t.Error("the body runs outside an access")
				}
			}
		}
		for range seq {
			runs++
			break
		}
		func() {
			for range seq {
				runs++
				return
			}
		}()
		panics(t, func() {
			for range seq {
				runs++
				panic("oops")
			}
		})
		if runs != 5 {
			t.Errorf("5 loops ran the body %d times", runs)
		}
		if n := p.Stats().Running; n != 0 {
			t.Fatalf("%d accesses left", n)
		}
		p.Revoke()
		for c := range seq {
			t.Errorf("the body runs after the revocation, with %v", c)
		}
	})
}

func TestWith2IsAllOrNothing(t *testing.T) {
	inEachMode(t, func(t *testing.T, provide maker) {
		a, b := provide(&chip{value: 1}), NewProvider(&struct{ s string }{"b"})
		mine := errors.New("mine")
		both := func() error {
			return With2(a.Handle(), b.Handle(), func(pa *chip, pb *struct{ s string }) error {
				if pa.value != 1 || pb.s != "b" || a.Stats().Running != 1 || b.Stats().Running != 1 {
					t.Error("not inside an access to both")
				}
				return mine
			})
		}
		nothingHeld := func() {
			if a.Stats().Running != 0 || b.Stats().Running != 0 {
				t.Error("an access is left")
			}
		}
		if err := both(); err != mine {
			t.Errorf("got %v", err)
		}
		nothingHeld()
		panics(t, func() {
			With2(a.Handle(), a.Handle(), func(*chip, *chip) error { panic("oops") })
		})
		nothingHeld()
		b.Revoke()
		if err := both(); err != ErrRevoked {
			t.Errorf("second revoked: got %v", err)
		}
		nothingHeld()
		if err := With2(b.Handle(), a.Handle(), func(*struct{ s string }, *chip) error { return mine }); err != ErrRevoked {
			t.Errorf("first revoked: got %v", err)
		}
		nothingHeld()
	})
}

func TestUnsafeAccessCountsNothing(t *testing.T) {
	c := &chip{}
	p := NewProvider(c)
	if p.Handle().UnsafeAccess() != c || p.Stats().Running != 0 {
		t.Error("UnsafeAccess is not the plain pointer")
	}
	p.Revoke()
	if p.Handle().UnsafeAccess() != nil {
		t.Error("UnsafeAccess gives what was cleaned up")
	}
}

// TestNewProviderWaitsForNobody, and neither does an access: not for accesses to others, nor for a revocation that waits. Time is that of
// a bubble, which goes on only if somebody waits for it.
func TestNewProviderWaitsForNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		busy := NewProvider(&chip{})
		_, held := access(t, busy.Handle())
		revoked := start(func() { busy.Revoke() })
		if revoked() {
			t.Fatal("Revoke returned while an access ran")
		}
		for range 100 {
			_, g := access(t, NewProvider(&chip{}).Handle())
			g.Release()
			refused(t, busy.Handle())
		}
		if waited := time.Since(began); waited != 0 {
			t.Errorf("waited %v", waited)
		}
		held.Release()
		if !revoked() {
			t.Error("Revoke waits for more than the access")
		}
	})
}

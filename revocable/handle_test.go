package revocable

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
)

func TestDoReturnsAResult(t *testing.T) {
	inEachMode(t, func(t *testing.T, provide maker) {
		p := provide(&chip{value: 21}, WithCleanup((*chip).release))
		h := p.Handle()
		burnt := errors.New("burnt")
		twice, err := Do(h, func(c *chip) (int, error) { return 2 * c.value, burnt })
		if twice != 42 || err != burnt {
			t.Errorf("got %d, %v", twice, err)
		}
		panics(t, func() { _, _ = Do(h, func(*chip) (int, error) { panic("burst") }) })
		if n := p.Stats().Running; n != 0 {
			t.Errorf("%d accesses run after a panic", n)
		}
		p.Revoke()
		for _, h := range []Handle[chip]{h, {}} {
			none, err := Do(h, func(*chip) (string, error) { t.Error("called"); return "?", nil })
			if none != "" || err != ErrRevoked {
				t.Errorf("got %q, %v", none, err)
			}
		}
	})
}

func TestWithContextIsCancelledByTheRevocation(t *testing.T) {
	inEachModeBubble(t, func(t *testing.T, provide maker) {
		p := provide(&chip{}, WithCleanup((*chip).release))
		h := p.Handle()
		type key struct{}
		var kept context.Context
		asleep := start(func() {
			err := h.WithContext(context.WithValue(t.Context(), key{}, 1), func(ctx context.Context, c *chip) error {
				kept = ctx
				<-ctx.Done()
				if c.released || ctx.Value(key{}) != 1 {
					t.Error("not the access, or not the context, that it should be")
				}
				return context.Cause(ctx)
			})
			if err != ErrRevoked {
				t.Errorf("got %v", err)
			}
		})
		if asleep() {
			t.Fatal("cancelled without a revocation")
		}
		revoked := start(func() { p.Revoke() })
		if !asleep() || !revoked() {
			t.Fatal("the sleeper was not woken")
		}
		if err := h.WithContext(t.Context(), func(context.Context, *chip) error { t.Error("called"); return nil }); err != ErrRevoked {
			t.Errorf("got %v", err)
		}

		p = provide(&chip{})
		_ = p.Handle().WithContext(t.Context(), func(ctx context.Context, _ *chip) error { kept = ctx; return nil })
		if kept.Err() == nil || context.Cause(kept) != context.Canceled {
			t.Errorf("the context outlives its function: %v", context.Cause(kept))
		}
		if n := len(p.ext.Load().hooks); n != 0 {
			t.Errorf("%d hooks stay behind", n)
		}
	})
}

func TestOnRevokeIsContextAfterFuncForARevocation(t *testing.T) {
	inEachModeBubble(t, func(t *testing.T, provide maker) {
		p := provide(&chip{}, WithCleanup((*chip).release))
		h := p.Handle()
		_, g := access(t, h)
		var mu sync.Mutex
		calls := map[string]int{}
		note := func(name string) func() {
			return func() {
				mu.Lock()
				calls[name]++
				mu.Unlock()
				p.Revoke() // in a goroutine of its own, so it may wait
			}
		}
		stop := h.OnRevoke(note("stopped"))
		stopLate := h.OnRevoke(note("kept"))
		if !stop() || stop() {
			t.Error("stop did not report that it kept the function from being called, once")
		}
		p.RevokeNoWait()
		synctest.Wait()
		if len(calls) != 1 || calls["kept"] != 1 {
			t.Errorf("%v as the revocation begins", calls)
		}
		if stopLate() {
			t.Error("stopped what was called")
		}
		for _, h := range []Handle[chip]{h, {}} {
			if h.OnRevoke(note("late"))() {
				t.Error("stopped what was called at once")
			}
		}
		synctest.Wait()
		if calls["late"] != 2 {
			t.Errorf("%v after the revocation", calls)
		}
		g.Release()
		if v := panics(t, func() { h.OnRevoke(nil) }); !strings.Contains(fmt.Sprint(v), "OnRevoke of a nil function") {
			t.Errorf("panicked with %v", v)
		}
	})
}

// A hook that is added, or taken away, while the revocation begins runs once or never, and stop knows which.
func TestOnRevokeRacesTheRevocation(t *testing.T) {
	for range 2000 {
		p := NewProvider(&chip{})
		h := p.Handle()
		ran, stopped := make(chan bool, 1), make(chan bool)
		begin := make(chan struct{})
		go func() {
			<-begin
			stop := h.OnRevoke(func() { ran <- true })
			runtime.Gosched()
			stopped <- stop()
		}()
		close(begin)
		p.Revoke()
		if !<-stopped {
			<-ran // or this waits for ever
		}
		select {
		case <-ran:
			t.Fatal("called twice, or though stopped")
		default:
		}
	}
}

func TestAliveUntilTheRevocationBegins(t *testing.T) {
	inEachMode(t, func(t *testing.T, provide maker) {
		p := provide(&chip{})
		h := p.Handle()
		_, g := access(t, h)
		if !h.Alive() {
			t.Error("not alive")
		}
		p.RevokeNoWait()
		if h.Alive() {
			t.Error("alive although revoked")
		}
		g.Release()
		if h.Alive() || (Handle[chip]{}).Alive() || new(Provider[chip]).Handle().Alive() {
			t.Error("what is revoked, zero or of a zero provider is alive")
		}
	})
}

func TestGuardSeesTheRevocation(t *testing.T) {
	inEachMode(t, func(t *testing.T, provide maker) {
		p := provide(&chip{})
		_, g := access(t, p.Handle())
		if g.Revoked() {
			t.Error("revoked although alive")
		}
		p.RevokeNoWait()
		if !g.Revoked() {
			t.Error("not revoked")
		}
		g.Release()
		if !g.Revoked() || !new(Guard).Revoked() {
			t.Error("a loop on an empty or spent guard would not end")
		}
	})
}

func TestHolderIsAnAccessWithoutTheType(t *testing.T) {
	inEachModeBubble(t, func(t *testing.T, provide maker) {
		a := provide(&chip{}, WithCleanup((*chip).release))
		b := NewProvider(new(int))
		var guards []Guard
		for _, h := range []Holder{a.Handle(), b.Handle()} {
			g, ok := h.TryHold()
			if !ok || !h.Alive() {
				t.Fatal("no access to a live resource")
			}
			guards = append(guards, g)
		}
		revoked := start(func() { _ = RevokeAll(t.Context(), a, b) })
		for i := range guards {
			if revoked() {
				t.Error("revoked under an access")
			}
			guards[i].Release()
		}
		if !revoked() {
			t.Error("RevokeAll did not return")
		}
		for _, h := range []Holder{a.Handle(), b.Handle(), Handle[int]{}, new(Provider[chip]).Handle()} {
			if g, ok := h.TryHold(); ok || g != (Guard{}) || h.Alive() {
				t.Errorf("%v gives access", h)
			}
			<-h.Revoked()
			ctx, cancel := h.Context(t.Context())
			cancel()
			if context.Cause(ctx) != ErrRevoked {
				t.Errorf("%v: cause %v", h, context.Cause(ctx))
			}
		}
	})
}

func TestHandOutsAreSafeToPrint(t *testing.T) {
	inEachMode(t, func(t *testing.T, provide maker) {
		p := provide(&chip{}, WithCleanup((*chip).release))
		h := p.Handle()
		done := make(chan struct{})
		go func() { // under -race, printing by fields would show
			defer close(done)
			for range 100 {
				_ = h.With(func(c *chip) error { c.value++; return nil })
			}
			p.Revoke()
		}()
		var out bytes.Buffer
		log := slog.New(slog.NewTextHandler(&out, nil))
		for range 20 {
			for _, v := range []any{p, h} {
				fmt.Fprintf(&out, "%v %+v %#v %s", v, v, v, v)
				log.Info("", "v", v)
			}
		}
		<-done
	})
	p := NewProvider(&chip{})
	h := p.Handle()
	_, g := access(t, h)
	for _, c := range []struct{ got, want string }{
		{fmt.Sprint(p), "revocable.Provider[revocable.chip](live, 1 running)"},
		{fmt.Sprintf("%#v", p), "revocable.Provider[revocable.chip](live, 1 running)"},
		{fmt.Sprintf("%#v", h), "revocable.Handle[revocable.chip](live, 1 running)"},
		{fmt.Sprint((*Provider[int])(nil), new(Provider[int])), "revocable.Provider[int](revoked, 0 running) revocable.Provider[int](revoked, 0 running)"},
		{fmt.Sprint(Handle[int]{}), "revocable.Handle[int](revoked, 0 running)"},
		{p.LogValue().String(), "[type=revocable.chip state=live running=1]"},
		{Handle[int]{}.LogValue().String(), "[type=int state=revoked running=0]"},
	} {
		if c.got != c.want {
			t.Errorf("got %s, want %s", c.got, c.want)
		}
	}
	p.RevokeNoWait()
	if got := h.String(); got != "revocable.Handle[revocable.chip](draining, 1 running)" {
		t.Error(got)
	}
	g.Release()
}

func TestDoIsAnAccess(t *testing.T) {
	inEachMode(t, func(t *testing.T, provide maker) {
		p := provide(&chip{}, WithCleanup((*chip).release))
		released, err := Do(p.Handle(), func(c *chip) (bool, error) {
			p.RevokeNoWait()
			return c.released, nil
		})
		if released || err != nil {
			t.Errorf("cleaned up within: %v, %v", released, err)
		}
	})
}

func TestStatsInTheCleanup(t *testing.T) {
	inEachMode(t, func(t *testing.T, provide maker) {
		var p *Provider[chip]
		var seen []State
		note := WithCleanup(func(*chip) { seen = append(seen, p.Stats().State) })
		for _, revoke := range []func(){
			func() { p.Revoke() },
			func() { p.RevokeNoWait() },
			func() { _ = RevokeAll(t.Context(), p) },
			func() { _, g := access(t, p.Handle()); p.RevokeNoWait(); g.Release() },
		} {
			p = provide(&chip{}, note)
			revoke()
		}
		for i, s := range seen {
			if s != Cleaning {
				t.Errorf("way %d: %s", i, s)
			}
		}
		if len(seen) != 4 {
			t.Errorf("%d clean-ups", len(seen))
		}
	})
}

// TestHandlesCannotRevoke: what users are given has no method that takes the resource away, and leads to nothing that has.
func TestHandlesCannotRevoke(t *testing.T) {
	p := NewProvider(new(int))
	defer p.Revoke()
	r := p.Handle().Reader()
	defer r.Close()
	_, g := p.Handle().TryAccess()
	defer g.Release()
	for _, x := range []any{p.Handle(), r, &g} {
		if _, ok := x.(interface{ Revoke() bool }); ok {
			t.Errorf("a %T can revoke", x)
		}
		for typ, i := reflect.TypeOf(x), 0; i < typ.NumMethod(); i++ {
			m := typ.Method(i)
			if m.Name != "Revoked" && strings.HasPrefix(m.Name, "Revoke") {
				t.Errorf("a %T has %s", x, m.Name)
			}
			for j := range m.Type.NumOut() {
				if m.Type.Out(j).Implements(reflect.TypeFor[Revoker]()) {
					t.Errorf("%s of a %T gives what can revoke", m.Name, x)
				}
			}
		}
	}
}

// TestAliveAfterARefusal: an access that fails shows that the resource was revoked, so Alive does not say otherwise after it, also while
// the revoker has shut the gate and come no further. (A handler whose read had been refused gave an empty answer for this.)
func TestAliveAfterARefusal(t *testing.T) {
	for _, sharded := range []bool{false, true} {
		p := NewProvider(&chip{})
		h := p.Handle()
		if sharded {
			p.promote()
		}
		if !h.Alive() {
			t.Error("not alive before")
		}
		p.open.Or(shut) // the first step of a revocation
		if c, _ := h.TryAccess(); c != nil || h.Alive() {
			t.Errorf("sharded %v: an access gives %v, then alive: %v", sharded, c, h.Alive())
		}
		if sharded {
			demote()
		}
	}
}

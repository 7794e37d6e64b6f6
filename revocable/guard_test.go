package revocable

import (
	"reflect"
	"strings"
	"testing"
)

func TestSecondReleaseOfOneVariablePanics(t *testing.T) {
	inEachMode(t, func(t *testing.T, provide maker) {
		p := provide(&chip{})
		_, g := access(t, p.Handle())
		g.Release()
		for range 2 {
			if v := panics(t, g.Release); !strings.Contains(v.(string), "released twice") {
				t.Errorf("panicked with %v", v)
			}
		}
		if p.Stats().Running != 0 {
			t.Error("the panic changed the count")
		}
		p.Revoke()
		panics(t, g.Release)
	})
}

func TestReleaseOfAnEmptyGuardDoesNothing(t *testing.T) {
	var g Guard
	g.Release()
	g.Release()
	p := NewProvider(&chip{})
	p.Revoke()
	_, g = p.Handle().TryAccess()
	g.Release()
	g.Release()
}

// Without debug mode this is found only where the count cannot be right any more.
func TestReleaseThroughACopyPanicsWhereItShows(t *testing.T) {
	undebugged(t)
	for _, sharded := range []bool{false, true} {
		p := NewProvider(&chip{})
		if sharded {
			p.promote()
		}
		_, g := access(t, p.Handle())
		c := g
		g.Release()
		panics(t, c.Release)
		_, g = access(t, p.Handle()) // the count is right again
		if p.Stats().Running != 1 {
			t.Error("the panic left the count wrong")
		}
		g.Release()
		p.Revoke()
	}
}

func TestGuardIsHandedOn(t *testing.T) {
	p := NewProvider(&chip{})
	type session struct {
		c *chip
		g Guard
	}
	open := func() session {
		c, g := p.Handle().TryAccess()
		return session{c, g}
	}
	s := open()
	func(g Guard) { g.Release() }(s.g)
	if p.Stats().Running != 0 {
		t.Error("the access has not ended")
	}
}

// go vet's copylocks refuses to copy what holds a lock, a noCopy or a type of sync/atomic.
func TestGuardMayBeCopiedAndProviderMayNot(t *testing.T) {
	var locks func(reflect.Type) bool
	locks = func(t reflect.Type) bool {
		if _, ok := reflect.PointerTo(t).MethodByName("Lock"); ok {
			return true
		}
		if t.PkgPath() == "sync/atomic" || t.PkgPath() == "sync" {
			return true
		}
		if t.Kind() == reflect.Struct {
			for f := range t.Fields() {
				if locks(f.Type) {
					return true
				}
			}
		}
		return false
	}
	if g := reflect.TypeFor[Guard](); locks(g) || g.Size() > 16 {
		t.Errorf("Guard is no small plain value: %d bytes", g.Size())
	}
	if locks(reflect.TypeFor[Handle[chip]]()) || !reflect.TypeFor[Handle[chip]]().Comparable() {
		t.Error("Handle is no plain comparable value")
	}
	if !locks(reflect.TypeFor[Provider[chip]]()) {
		t.Error("go vet would let a Provider be copied")
	}
}

// A clean-up that panics does not leave the guard unspent.
func TestGuardIsSpentWhenTheCleanupPanics(t *testing.T) {
	inEachMode(t, func(t *testing.T, provide maker) {
		p := provide(&chip{}, WithCleanup(func(*chip) { panic("burst") }))
		_, g := access(t, p.Handle())
		p.RevokeNoWait()
		if v := panics(t, g.Release); v != "burst" {
			t.Errorf("panicked with %v", v)
		}
		if v, ok := panics(t, g.Release).(string); !ok || !strings.Contains(v, "released twice") {
			t.Errorf("the second release panicked with %v", v)
		}
	})
}

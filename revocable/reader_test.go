package revocable

import (
	"context"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
	"unsafe"
	"weak"
)

// inEachFence runs test as a subtest for each way in which a reader may be seen, and in debug mode.
func inEachFence(t *testing.T, test func(t *testing.T)) {
	for _, slots := range []bool{true, false} {
		name := "by guards"
		if slots {
			name = "in slots"
		}
		t.Run(name, func(t *testing.T) {
			undebugged(t)
			useSlots(t, slots)
			synctest.Test(t, test)
		})
	}
	t.Run("recorded", func(t *testing.T) {
		debugTo(t, time.Hour)
		synctest.Test(t, test)
	})
}

// enters takes an access with r that must succeed.
func enters(t *testing.T, r *Reader[chip]) *chip {
	t.Helper()
	c, ok := r.Enter()
	if !ok || c == nil {
		t.Fatal("Enter failed on a live provider")
	}
	if c.released {
		t.Fatal("access to a resource that was cleaned up")
	}
	return c
}

func refusedEnter(t *testing.T, r *Reader[chip]) {
	t.Helper()
	if c, ok := r.Enter(); ok || c != nil {
		t.Errorf("Enter gave %v, %v: want nil, false", c, ok)
	}
}

func TestReaderKeepsTheResource(t *testing.T) {
	inEachFence(t, func(t *testing.T) {
		for way, revoke := range waysToRevoke[chip]() {
			c := &chip{}
			p := NewProvider(c, WithCleanup((*chip).release))
			in, out, closed := p.Handle().Reader(), p.Handle().Reader(), p.Handle().Reader()
			closed.Close()
			for range 3 {
				enters(t, out)
				out.Leave()
				if n := p.Stats().Running; n != 0 {
					t.Fatalf("%d accesses run", n)
				}
			}
			if enters(t, in) != c {
				t.Error("another resource")
			}
			if n := p.Stats().Running; n != 1 {
				t.Errorf("%d accesses run, want 1", n)
			}
			revoked := start(func() { revoke(p) })
			revoked()
			if c.released {
				t.Fatalf("%s: cleaned up under an access", way)
			}
			refusedEnter(t, out)
			refusedEnter(t, closed)
			refusedEnter(t, p.Handle().Reader())
			refused(t, p.Handle())
			if n := p.Stats().Running; n != 1 {
				t.Errorf("%s: %d accesses run, want 1", way, n)
			}
			// A nested Enter succeeds, also after the revocation began.
			enters(t, in)
			in.Leave()
			if revoked(); c.released {
				t.Fatalf("%s: a nested Leave ended the access", way)
			}
			in.Leave()
			if !revoked() || !c.released {
				t.Errorf("%s: the last Leave did not end the access", way)
			}
			refusedEnter(t, in)
			in.Close()
			out.Close()
			p.Revoke()
		}
	})
}

// The revocation comes when an inner access has ended and the outer one runs.
func TestReaderIsSeenAfterAnInnerLeave(t *testing.T) {
	inEachFence(t, func(t *testing.T) {
		for way, revoke := range waysToRevoke[chip]() {
			for inner := 1; inner <= 2; inner++ {
				c := &chip{}
				p := NewProvider(c, WithCleanup((*chip).release))
				r := p.Handle().Reader()
				enters(t, r)
				for range inner {
					enters(t, r)
				}
				for range inner {
					r.Leave()
				}
				if n := p.Stats().Running; n != 1 {
					t.Errorf("%d accesses run, want 1", n)
				}
				panics(t, r.Close)
				revoked := start(func() { revoke(p) })
				if revoked(); c.released {
					t.Fatalf("%s: cleaned up under the outer access", way)
				}
				r.Leave()
				if !revoked() || !c.released {
					t.Errorf("%s: the last Leave did not end the access", way)
				}
				refusedEnter(t, r)
			}
		}
	})
}

func TestReaderAndGuardsDrainTogether(t *testing.T) {
	inEachFence(t, func(t *testing.T) {
		c := &chip{}
		p := NewProvider(c, WithCleanup((*chip).release))
		a, b := p.Handle().Reader(), p.Handle().Reader()
		enters(t, a)
		enters(t, b)
		_, g := access(t, p.Handle())
		revoked := start(func() { p.Revoke() })
		for _, leave := range []func(){a.Leave, g.Release, b.Leave} {
			if revoked() || c.released {
				t.Fatal("revoked under an access")
			}
			leave()
			refusedEnter(t, a) // also of who was counted, and has left: it leaves once only
		}
		if !revoked() || !c.released {
			t.Error("not revoked")
		}
	})
}

func TestReaderIsHandedOn(t *testing.T) {
	inEachFence(t, func(t *testing.T) {
		p := NewProvider(&chip{}, WithCleanup((*chip).release))
		r := p.Handle().Reader()
		enters(t, r)
		done := make(chan struct{})
		go func() { // the go statement orders the two
			defer close(done)
			enters(t, r)
			r.Leave()
			r.Leave()
		}()
		<-done
		p.Revoke()
		r.Close()
	})
}

func TestReaderMisused(t *testing.T) {
	inEachFence(t, func(t *testing.T) {
		p := NewProvider(&chip{})
		r := p.Handle().Reader()
		notIn := func(r *Reader[chip]) {
			t.Helper()
			if v := panics(t, r.Leave); !strings.Contains(v.(string), "Leave of a Reader without an access") {
				t.Errorf("panicked with %v", v)
			}
		}
		notIn(r)
		enters(t, r)
		panics(t, r.Close)
		r.Leave()
		notIn(r)
		enters(t, r) // the panic left the count right
		if n := p.Stats().Running; n != 1 {
			t.Errorf("%d accesses run", n)
		}
		r.Leave()
		r.Close()
		r.Close()
		for _, r := range []*Reader[chip]{r, nil, {}, Handle[chip]{}.Reader(), new(Provider[chip]).Handle().Reader()} {
			refusedEnter(t, r)
			notIn(r)
			r.Close()
		}
		p.Revoke()
	})
}

func TestProviderLetsGoOfReaders(t *testing.T) {
	undebugged(t)
	p := NewProvider(&chip{})
	h := p.Handle()
	for range 10 {
		h.Reader().Close()
	}
	r := h.Reader()
	if n := len(p.ext.Load().readers); n != 1 {
		t.Errorf("%d readers are registered, want 1", n)
	}
	p.Revoke()
	if n := len(p.ext.Load().readers); n != 0 {
		t.Errorf("%d readers stay behind", n)
	}
	r.Close()
	h.Reader()
	if n := len(p.ext.Load().readers); n != 0 {
		t.Errorf("%d readers are registered after the revocation", n)
	}
}

// An attempt that the revoker has counted takes itself off again; if it is the last, it does not run the
// clean-up, for Enter must not be held up.
func TestRefusedEnterThatWasCountedIsNotMissed(t *testing.T) {
	undebugged(t)
	synctest.Test(t, func(t *testing.T) {
		for _, wait := range []bool{true, false} {
			gate := make(chan struct{})
			c := &chip{}
			p := NewProvider(c, WithCleanup(func(c *chip) { <-gate; c.release() }))
			r := p.Handle().Reader()
			goOn := tryEnter(&r.slot) // it is in, and has not looked yet
			var revoked func() bool
			if wait {
				revoked = start(func() { p.Revoke() })
				revoked()
			} else {
				p.RevokeNoWait()
			}
			if n := p.Stats().Running; n != 1 {
				t.Errorf("%d accesses run: the attempt was not counted", n)
			}
			if goOn() { // would hang if it ran the clean-up
				t.Error("it succeeded")
			}
			close(gate)
			if synctest.Wait(); !c.released || wait && !revoked() {
				t.Error("the attempt was missed")
			}
		}
	})
}

func TestReaderHasItsCacheLinesToItself(t *testing.T) {
	if size := unsafe.Sizeof(Reader[chip]{}); size != 128 {
		t.Errorf("a reader has %d bytes", size)
	}
	r := NewProvider(&chip{}).Handle().Reader()
	if uintptr(unsafe.Pointer(r))%128 != 0 || uintptr(unsafe.Pointer(&r.slot)) != uintptr(unsafe.Pointer(r)) {
		t.Error("a reader shares cache lines, or does not begin with its slot")
	}
	if n := testing.AllocsPerRun(100, func() {
		if c, ok := r.Enter(); ok {
			c.value++
			r.Leave()
		}
	}); n != 0 && debugging == nil {
		t.Errorf("%v allocations", n)
	}
}

// TestReaderStress lets readers and holders of guards loose on one provider after another, and takes it away at
// any moment. The use of a chip that was cleaned up, or one that a revoker has not waited for, shows in its fields.
func TestReaderStress(t *testing.T) {
	for _, slots := range []bool{true, false} {
		useSlots(t, slots)
		var accesses, rounds int64
		for end := time.Now().Add(stressTime() / 2); (time.Now().Before(end) || accesses == 0) && !t.Failed(); rounds++ {
			accesses += readerRound(t)
		}
		t.Logf("slots: %v: %d accesses in %d rounds", slots, accesses, rounds)
	}
}

func readerRound(t *testing.T) int64 {
	var cleaned atomic.Int32
	p := NewProvider(&chip{}, WithCleanup(func(c *chip) {
		c.release()
		c.value = -1
		cleaned.Add(1)
	}))
	h := p.Handle()
	var total atomic.Int64
	var all sync.WaitGroup
	use := func(c *chip) {
		for range rand.IntN(4) {
			if c.released || c.value < 0 {
				t.Error("use after the clean-up")
			}
		}
	}
	for range 1 + rand.IntN(3) {
		all.Go(func() {
			r := h.Reader()
			defer r.Close()
			for n := int64(0); ; n++ {
				c, ok := r.Enter()
				if !ok {
					total.Add(n)
					return
				}
				use(c)
				switch rand.IntN(64) {
				case 0:
					if c, ok := r.Enter(); !ok {
						t.Error("a nested Enter failed")
					} else {
						use(c)
						r.Leave()
					}
				case 1:
					runtime.Gosched()
				case 2:
					other := h.Reader()
					if c, ok := other.Enter(); ok {
						use(c)
						other.Leave()
					}
					other.Close()
				}
				r.Leave()
			}
		})
	}
	all.Go(func() {
		for h.Alive() {
			_ = h.With(func(c *chip) error { use(c); return nil })
			runtime.Gosched() // for where nobody is preempted, as on js/wasm
		}
	})
	for range rand.IntN(300) {
		runtime.Gosched()
	}
	switch rand.IntN(3) {
	case 0:
		p.RevokeNoWait()
	case 1:
		ctx, cancel := context.WithTimeout(context.Background(), time.Duration(rand.IntN(20))*time.Microsecond)
		_ = p.RevokeContext(ctx)
		cancel()
	}
	p.Revoke()
	if n := cleaned.Load(); n != 1 {
		t.Errorf("%d clean-ups when Revoke returned", n)
	}
	all.Wait()
	return total.Load()
}

// What is kept for ever, a Reader of what was revoked and one that was closed, keeps nothing else.
func TestReaderKeepsNothing(t *testing.T) {
	for _, slots := range []bool{true, false} {
		undebugged(t)
		useSlots(t, slots)
		var res weak.Pointer[chip]
		var closedOf weak.Pointer[Provider[chip]]
		revoked, closed := func() (*Reader[chip], *Reader[chip]) {
			c := &chip{}
			res = weak.Make(c)
			p := NewProvider(c)
			revoked := p.Handle().Reader()
			p.Revoke()
			q := NewProvider(&chip{})
			closedOf = weak.Make(q)
			closed := q.Handle().Reader()
			closed.Close()
			return revoked, closed
		}()
		if !collect(func() bool { return res.Value() == nil }) {
			t.Error("a Reader keeps the resource")
		}
		if !collect(func() bool { return closedOf.Value() == nil }) {
			t.Error("a closed Reader keeps the provider")
		}
		refusedEnter(t, revoked)
		refusedEnter(t, closed)
	}
}

package op

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/revlint/revlint/revocable"
)

type sleeperFunc struct{ wake func() }

func (s *sleeperFunc) Wake() { s.wake() }

// ended is a context with which a revocation that has anything to wait for fails.
func ended(t *testing.T) context.Context {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}

// An operation that is refused by one of several holds none of the others, nor its own gate.
func TestRefusedOperationHoldsNothing(t *testing.T) {
	first, second := revocable.NewProvider(new(int)), revocable.NewProvider(new(int))
	c := New(Settings{Behind: []revocable.Holder{first.Handle(), second.Handle()}})
	for range 2 {
		a, ok := c.Enter()
		if !ok {
			t.Fatal("refused")
		}
		if first.Stats().Running != 1 || second.Stats().Running != 1 {
			t.Error("an operation does not hold what is behind")
		}
		a.Leave()
	}
	second.Revoke()
	if _, ok := c.Enter(); ok {
		t.Fatal("not refused")
	}
	if err := first.RevokeContext(ended(t)); err != nil {
		t.Errorf("the first is held: %v", err)
	}
	if err := c.RevokeContext(ended(t)); err != nil {
		t.Errorf("the gate is held: %v", err)
	}
}

// While objects are being woken on account of the operations that run, none of them leaves: the resource behind would go,
// and the objects with it.
func TestOperationsLeaveAfterTheWake(t *testing.T) {
	bus := revocable.NewProvider(new(int))
	c := New(Settings{Behind: []revocable.Holder{bus.Handle()}})
	waking, hold := make(chan struct{}), make(chan struct{})
	c.Add(&sleeperFunc{func() { close(waking); <-hold }})
	var running [2]Access
	for i := range running {
		running[i], _ = c.Enter()
	}
	var left atomic.Int32
	var all sync.WaitGroup
	all.Go(func() { bus.Revoke() })
	<-waking
	for i := range running {
		all.Go(func() { running[i].Leave(); left.Add(1) })
	}
	time.Sleep(10 * time.Millisecond) // long enough, most likely, for whoever does not wait
	if left.Load() != 0 {
		t.Errorf("%d operations left during the wake", left.Load())
	}
	close(hold)
	all.Wait()
	c.Revoke() // wakes nobody: nothing runs
}

// Nothing is woken behind the fence of a provider behind.
func TestNothingIsWokenWhenNothingRuns(t *testing.T) {
	bus := revocable.NewProvider(new(int))
	woken := 0
	c := New(Settings{Behind: []revocable.Holder{bus.Handle()}, Interrupts: []func(){func() { woken++ }}})
	c.Add(&sleeperFunc{func() { woken++ }})
	a, _ := c.Enter()
	a.Leave()
	bus.Revoke()
	c.wake()
	c.wake()
	if woken != 0 || c.running.Load() != 0 {
		t.Errorf("%d were woken, %d run", woken, c.running.Load())
	}
}

// What was removed, and what was revoked, is forgotten here and behind.
func TestSleepersAreForgotten(t *testing.T) {
	bus := revocable.NewProvider(new(int))
	c := New(Settings{Behind: []revocable.Holder{bus.Handle()}})
	a, b := &sleeperFunc{func() {}}, &sleeperFunc{func() {}}
	for range 2 {
		c.Add(a)
		c.Add(b)
		if len(c.sleepers) != 2 || len(c.unhook) != 1 {
			t.Errorf("%d sleepers, %d hooks", len(c.sleepers), len(c.unhook))
		}
		c.Remove(a)
		if len(c.sleepers) != 1 || len(c.unhook) != 1 {
			t.Errorf("%d sleepers, %d hooks after one was removed", len(c.sleepers), len(c.unhook))
		}
		c.Remove(b)
		if len(c.sleepers) != 0 || c.unhook != nil {
			t.Errorf("%d sleepers, %d hooks after both were removed", len(c.sleepers), len(c.unhook))
		}
	}
	c.Add(a)
	c.Revoke()
	if c.sleepers != nil || c.unhook != nil {
		t.Error("a revoked core keeps its sleepers")
	}
	c.Add(a)
	if c.sleepers != nil {
		t.Error("a revoked core takes sleepers")
	}
}

func TestInterruptible(t *testing.T) {
	if New(Settings{}).Interruptible() || !New(Settings{Interrupts: []func(){func() {}}}).Interruptible() {
		t.Error("wrong about who can be interrupted")
	}
}

package registry_test

import (
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"path"
	"runtime"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/registry"
)

// A checker is the model of a watcher: it knows what may come next.
type checker struct {
	t     *testing.T
	what  string
	last  uint64
	state map[string]registry.Kind
	seen  map[uint64]bool
}

func newChecker(t *testing.T, what string) *checker {
	return &checker{t: t, what: what, state: make(map[string]registry.Kind), seen: make(map[uint64]bool)}
}

func (c *checker) check(e registry.Event[chip]) {
	if e.Seq <= c.last {
		c.t.Errorf("%s: %v comes after %d", c.what, e, c.last)
	}
	c.last = e.Seq
	want := registry.Arrived
	if k := c.state[e.Name]; k == registry.Arrived || k == registry.Leaving {
		want = k + 1
	}
	if e.Kind != want {
		c.t.Errorf("%s: %v, want it %v", c.what, e, want)
	}
	c.state[e.Name] = e.Kind
	c.seen[e.Seq] = true
}

// TestWatchersLoseNothing: 1,000 names are published, withdrawn and revoked from several goroutines, over and over, while
// watchers come, are slow, and go. Each sees what its model allows, and in the end exactly those names that are there; and
// of the events since it began it has seen each one that its pattern matches.
func TestWatchersLoseNothing(t *testing.T) {
	const names = 1000
	var r registry.Registry
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var all []registry.Event[chip] // as one saw them who was there from the beginning
	began := make(chan struct{})
	var watchers, told sync.WaitGroup
	told.Add(1 + 9) // those who do not stop, of the last events
	watchers.Go(func() {
		c := newChecker(t, "the first watcher")
		for e := range watching(ctx, &r, "*/*", began) {
			c.check(e)
			all = append(all, e)
			if e.Name == "1/last" {
				told.Done()
			}
		}
	})
	<-began

	var publishers sync.WaitGroup
	present := make([]*registry.Entry, names)
	for g := range 4 {
		publishers.Go(func() {
			rng := rand.New(rand.NewPCG(1, uint64(g)))
			for range 2500 {
				i := g*(names/4) + rng.IntN(names/4) // each has its own
				name := fmt.Sprintf("%d/%d", i%2, i)
				if e := present[i]; e != nil {
					present[i] = nil
					if _, err := registry.Lookup[chip](&r, name); err != nil {
						t.Errorf("%s: %v", name, err)
					}
					_ = e.Withdraw(context.Background())
					continue
				}
				p := revocable.NewProvider(&chip{name})
				e, err := registry.Publish(&r, name, p)
				if err != nil {
					t.Errorf("%s: %v", name, err)
					continue
				}
				present[i] = e
				if rng.IntN(8) == 0 {
					p.Revoke() // behind the registry's back, which has found out when Withdraw returns
					present[i] = nil
					_ = e.Withdraw(context.Background())
				}
			}
		})
	}
	type seen struct {
		c       *checker
		pattern string
	}
	results := make(chan seen, 64)
	for i := range 12 {
		watchers.Go(func() {
			pattern := []string{"*/*", "0/*", "1/*"}[i%3]
			c := newChecker(t, fmt.Sprint("watcher ", i))
			time.Sleep(time.Duration(i) * time.Millisecond)
			n := 0
			stops := i%4 == 1
			last := map[string]bool{"0/last": pattern != "1/*", "1/last": pattern != "0/*"} // still to come
			for e := range registry.Watch[chip](ctx, &r, pattern) {
				c.check(e)
				if last[e.Name] {
					last[e.Name] = false
					if !last["0/last"] && !last["1/last"] && !stops {
						told.Done()
					}
				}
				if n++; i%4 == 0 && n%100 == 0 {
					time.Sleep(time.Millisecond) // slow
				}
				if stops && n > 500 {
					return // stops ranging
				}
			}
			results <- seen{c, pattern}
		})
	}
	publishers.Wait()

	// All have been told of all when they have been told of the last.
	publish(t, &r, "0/last", new(record))
	publish(t, &r, "1/last", new(record))
	told.Wait()
	cancel()
	watchers.Wait()
	close(results)
	for s := range results {
		// What is there at the end, and the last thing it has seen of each name.
		for name, kind := range s.c.state {
			if _, err := registry.Lookup[chip](&r, name); (err == nil) != (kind == registry.Arrived) {
				t.Errorf("%s: %s has %v, look-up gives %v", s.c.what, name, kind, err)
			}
		}
		// From the first event that it has certainly seen as it happened, it has seen all.
		var from uint64
		for _, e := range all {
			if matches, _ := path.Match(s.pattern, e.Name); matches && e.Kind == registry.Gone && s.c.seen[e.Seq] {
				from = e.Seq // who begins later is not told of it
				break
			}
		}
		missed := 0
		for _, e := range all {
			if matches, _ := path.Match(s.pattern, e.Name); matches && from > 0 && e.Seq >= from && !s.c.seen[e.Seq] {
				missed++
			}
		}
		if missed > 0 {
			t.Errorf("%s: %d events were missed since %d", s.c.what, missed, from)
		}
	}
	if _, watchers := r.Names(); watchers != 0 {
		t.Errorf("%d watchers are left", watchers)
	}
}

// watching is Watch, and closes began once it watches: the registry must have nothing that matches yet, but that.
func watching(ctx context.Context, r *registry.Registry, pattern string, began chan struct{}) iter.Seq[registry.Event[chip]] {
	return func(yield func(registry.Event[chip]) bool) {
		if _, err := registry.Publish(r, "x/first", revocable.NewProvider(&chip{})); err != nil {
			panic(err)
		}
		for e := range registry.Watch[chip](ctx, r, pattern) {
			if e.Name == "x/first" {
				close(began)
			}
			if !yield(e) {
				return
			}
		}
	}
}

// TestWatchBeginsAtOnePoint: what is there comes first, also what is leaving, and that of another type never.
func TestWatchBeginsAtOnePoint(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var r registry.Registry
		rec := new(record)
		publish(t, &r, "stays", rec)
		e, p := publish(t, &r, "leaves", rec)
		gone, _ := publish(t, &r, "gone", rec)
		_ = gone.Withdraw(t.Context())
		if _, err := registry.Publish(&r, "number", revocable.NewProvider(new(int))); err != nil {
			t.Fatal(err)
		}
		_, g := p.Handle().TryAccess()
		told := make(chan struct{})
		go func() { <-told; g.Release() }()
		go e.Withdraw(t.Context())
		synctest.Wait()
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var got []string
		for e := range registry.Watch[chip](ctx, &r, "*") {
			got = append(got, e.String())
			switch e.Kind {
			case registry.Leaving:
				close(told)
			case registry.Gone:
				if e.Handle != p.Handle() {
					t.Error("another's handle")
				}
				cancel()
			}
		}
		// 3, 4, 5: gone; 6: number.
		if want := []string{"1: stays arrived", "2: leaves arrived", "7: leaves leaving", "8: leaves gone"}; !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
}

// TestWatcherKeepsNothing when it stops, and costs no goroutine; neither do events.
func TestWatcherKeepsNothing(t *testing.T) {
	var r registry.Registry
	before := runtime.NumGoroutine()
	next, stop := iter.Pull(registry.Watch[chip](t.Context(), &r, "*"))
	publish(t, &r, "a", new(record))
	if e, ok := next(); !ok || e.Name != "a" {
		t.Fatalf("got %v, %v", e, ok)
	}
	for i := range 1000 {
		e, _ := publish(t, &r, fmt.Sprint("n", i), new(record))
		_ = e.Withdraw(t.Context())
	}
	if n := runtime.NumGoroutine(); n > before+1 { // that of iter.Pull
		t.Errorf("%d goroutines more", n-before)
	}
	stop()
	if slots, watchers := r.Names(); watchers != 0 || slots != 1 {
		t.Errorf("left: %d watchers, %d names", watchers, slots)
	}
	for begun := time.Now(); runtime.NumGoroutine() > before; runtime.Gosched() {
		if time.Since(begun) > time.Minute {
			t.Fatalf("%d goroutines are left", runtime.NumGoroutine()-before)
		}
	}
}

func TestMalformedPatternPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	registry.Watch[chip](t.Context(), new(registry.Registry), "[")
}

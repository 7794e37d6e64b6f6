package registry_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/device"
	"github.com/revlint/revlint/revocable/registry"
)

var errNotNow = errors.New("not now")

// TestChaos keeps devices bound by Run in layers: each needs two of the layer below, by name, and publishes something itself. What the
// lowest layer needs comes and goes at any moment, with and without a time limit. Whatever happens, a device finds all that it
// needs in its probe, in its callbacks, when it is quiet and when it is undone, because it is unbound before any of that goes;
// and in the end nothing is left.
func TestChaos(t *testing.T) {
	lasts := 500 * time.Millisecond
	if testing.Short() {
		lasts = 50 * time.Millisecond
	}
	before := runtime.NumGoroutine()
	consumersBefore, ownersBefore := registry.Graph()
	var r registry.Registry
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	const layers, width = 3, 4
	name := func(layer, i int) string { return fmt.Sprintf("%d/%d", layer, (i+width)%width) }
	var probes, unbinds atomic.Int64

	var running sync.WaitGroup
	for layer := 1; layer <= layers; layer++ {
		for i := range width {
			needed := []string{name(layer-1, i), name(layer-1, i+1)}
			own := name(layer, i)
			running.Go(func() {
				d := device.New(own)
				err := registry.Run(ctx, &r, d, []registry.Need{registry.Require[chip](needed[0]), registry.Require[chip](needed[1])}, func(c *device.Core) error {
					var suppliers []revocable.Handle[chip]
					for _, n := range needed {
						h, err := registry.Lookup[chip](&r, n)
						if err != nil {
							return err // it is leaving
						}
						suppliers = append(suppliers, h)
					}
					there := func(when string) {
						for i, s := range suppliers {
							if err := s.With(func(*chip) error { return nil }); err != nil {
								t.Errorf("%s %s: %s is gone", own, when, needed[i])
							}
						}
					}
					there("in its probe")
					b := c.Bound()
					b.OnUnbind(func() { there("when it is undone"); unbinds.Add(1) })
					b.OnQuiesce(func(*device.Bound) { there("when it is quiet") })
					b.Go(func(ctx context.Context, _ *device.Bound) { <-ctx.Done(); there("in a callback") })
					if _, err := registry.PublishFor(b, &r, own, revocable.NewProvider(&chip{own})); err != nil {
						t.Errorf("%s: %v", own, err)
						return err
					}
					probes.Add(1)
					return nil
				})
				if !errors.Is(err, context.Canceled) {
					t.Errorf("%s: Run: %v", own, err)
				}
				if err := d.Bind(func(*device.Core) error { return errNotNow }); err != errNotNow {
					t.Errorf("%s: bound after Run: %v", own, err)
				}
			})
		}
	}
	stop := time.Now().Add(lasts)
	for i := range width {
		running.Go(func() {
			rng := rand.New(rand.NewPCG(uint64(i), 1))
			for time.Now().Before(stop) {
				e, err := registry.Publish(&r, name(0, i), revocable.NewProvider(&chip{name(0, i)}))
				if err != nil {
					t.Errorf("%s: %v", name(0, i), err)
					return
				}
				time.Sleep(time.Duration(rng.IntN(2000)) * time.Microsecond)
				switch rng.IntN(3) {
				case 0:
					within, cancel := context.WithTimeout(ctx, time.Duration(rng.IntN(100))*time.Microsecond)
					_ = e.Withdraw(within)
					cancel()
					fallthrough
				case 1:
					err = e.Withdraw(context.Background())
				case 2: // two at once
					var other sync.WaitGroup
					other.Go(func() { _ = e.Withdraw(context.Background()) })
					err = e.Withdraw(context.Background())
					other.Wait()
				}
				if err != nil {
					t.Errorf("Withdraw: %v", err)
				}
				if _, err := registry.Lookup[chip](&r, name(0, i)); !errors.Is(err, registry.ErrNotFound) {
					t.Errorf("after Withdraw: %v", err)
				}
			}
		})
	}
	for range 2 { // who looks at all of it
		running.Go(func() {
			for e := range registry.Watch[chip](ctx, &r, "*/*") {
				_ = e.Handle.With(func(*chip) error { return nil })
			}
		})
	}
	for time.Now().Before(stop) {
		time.Sleep(time.Millisecond)
	}
	cancel()
	running.Wait()
	if probes.Load() < layers*width || probes.Load() != unbinds.Load() {
		t.Errorf("%d probes, %d unbinds", probes.Load(), unbinds.Load())
	}
	if consumers, owners := registry.Graph(); consumers != consumersBefore || owners != ownersBefore {
		t.Errorf("links of %d consumers and entries of %d owners are left", consumers, owners)
	}
	if slots, watchers := r.Names(); slots != 0 || watchers != 0 {
		t.Errorf("%d names and %d watchers are left", slots, watchers)
	}
	for end := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > before && time.Now().Before(end); {
		time.Sleep(time.Millisecond)
	}
	if after := runtime.NumGoroutine(); after > before {
		t.Errorf("%d goroutines before, %d after", before, after)
	}
}

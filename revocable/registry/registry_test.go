package registry_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/device"
	"github.com/revlint/revlint/revocable/registry"
)

type chip struct{ name string }

// A record is what happened, in order.
type record struct {
	mu     sync.Mutex
	events []string
}

func (r *record) note(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.events = append(r.events, fmt.Sprintf(format, args...))
}

func (r *record) take() (events []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	events, r.events = r.events, nil
	return events
}

func (r *record) want(t *testing.T, events ...string) {
	t.Helper()
	if got := r.take(); !slices.Equal(got, events) {
		t.Errorf("happened:\n\t%s\nwant:\n\t%s", strings.Join(got, "\n\t"), strings.Join(events, "\n\t"))
	}
}

// publish publishes a chip; its clean-up is recorded.
func publish(t *testing.T, r *registry.Registry, name string, rec *record) (*registry.Entry, *revocable.Provider[chip]) {
	t.Helper()
	p := revocable.NewProvider(&chip{name}, revocable.WithCleanup(func(c *chip) { rec.note("%s cleaned up", c.name) }))
	e, err := registry.Publish(r, name, p)
	if err != nil {
		t.Fatal(err)
	}
	return e, p
}

// bind binds a device that is linked to entries; its unbind is recorded.
func bind(t *testing.T, name string, rec *record, suppliers ...*registry.Entry) *device.Device {
	t.Helper()
	d := device.New(name)
	if err := d.Bind(func(c *device.Core) error {
		c.Bound().OnQuiesce(func(*device.Bound) { rec.note("%s unbinds", name) })
		return registry.Link(c.Bound(), suppliers...)
	}); err != nil {
		t.Fatal(err)
	}
	return d
}

// watch records what happens to chips, until the test ends.
func watch(t *testing.T, r *registry.Registry, pattern string, rec *record) {
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		for e := range registry.Watch[chip](ctx, r, pattern) {
			rec.note("%s %s", e.Name, e.Kind)
		}
	}()
	t.Cleanup(func() { cancel(); <-done })
	synctest.Wait()
}

func isBound(d *device.Device) bool {
	return d.WithBound(func(*device.Bound) error { return nil }) == nil
}

func TestLookup(t *testing.T) {
	var r registry.Registry
	if _, err := registry.Lookup[chip](&r, "i2c/0"); !errors.Is(err, registry.ErrNotFound) || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("before: %v", err)
	}
	p := revocable.NewProvider(&chip{"eeprom"})
	e, err := registry.Publish(&r, "i2c/0", p)
	if err != nil {
		t.Fatal(err)
	}
	if h, err := registry.Lookup[chip](&r, "i2c/0"); err != nil || h != p.Handle() {
		t.Errorf("found %v, %v", h, err)
	}
	if _, err := registry.Lookup[int](&r, "i2c/0"); !errors.Is(err, registry.ErrType) || errors.Is(err, registry.ErrNotFound) {
		t.Errorf("of another type: %v", err)
	}
	if _, err := registry.Publish(&r, "i2c/0", revocable.NewProvider(&chip{})); !errors.Is(err, registry.ErrExists) || !errors.Is(err, fs.ErrExist) {
		t.Errorf("a taken name: %v", err)
	}
	if _, err := registry.Publish(&r, "i2c/0", revocable.NewProvider(new(int))); !errors.Is(err, registry.ErrExists) {
		t.Errorf("a taken name of another type: %v", err)
	}
	if err := e.Withdraw(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := registry.Lookup[chip](&r, "i2c/0"); !errors.Is(err, registry.ErrNotFound) {
		t.Errorf("after: %v", err)
	}
	if _, err := registry.Publish(&r, "i2c/0", p); !errors.Is(err, revocable.ErrRevoked) {
		t.Errorf("a revoked provider: %v", err)
	}
	if _, err := registry.Publish(&r, "i2c/0", revocable.NewProvider(new(int))); err != nil {
		t.Errorf("a free name: %v", err)
	}
	for _, name := range []string{"", ".", "/a", "a/", "a//b", "../a"} {
		if _, err := registry.Publish(&r, name, revocable.NewProvider(&chip{})); !errors.Is(err, fs.ErrInvalid) {
			t.Errorf("name %q: %v", name, err)
		}
	}
}

func TestAllIsInOrderAndOfOneType(t *testing.T) {
	var r registry.Registry
	for _, name := range []string{"c", "a", "b"} {
		publish(t, &r, name, new(record))
	}
	if _, err := registry.Publish(&r, "number", revocable.NewProvider(new(int))); err != nil {
		t.Fatal(err)
	}
	var names []string
	for name, h := range registry.All[chip](&r) {
		_ = h.With(func(c *chip) error { names = append(names, name+c.name); return nil })
	}
	if !slices.Equal(names, []string{"aa", "bb", "cc"}) {
		t.Errorf("All gives %v", names)
	}
}

// TestTableGrowsAndShrinks looks names up while others come and go.
func TestTableGrowsAndShrinks(t *testing.T) {
	var r registry.Registry
	publish(t, &r, "stays", new(record))
	stop := make(chan struct{})
	var readers sync.WaitGroup
	for range 2 {
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if _, err := registry.Lookup[chip](&r, "stays"); err != nil {
					t.Errorf("not found while others come and go: %v", err)
					return
				}
			}
		})
	}
	for range 3 {
		var entries []*registry.Entry
		for i := range 1000 {
			e, _ := publish(t, &r, fmt.Sprint("n/", i), new(record))
			entries = append(entries, e)
		}
		for i, e := range entries {
			if _, err := registry.Lookup[chip](&r, fmt.Sprint("n/", i)); err != nil {
				t.Fatal(err)
			}
			_ = e.Withdraw(t.Context())
			if _, err := registry.Lookup[chip](&r, fmt.Sprint("n/", i)); err == nil {
				t.Fatal("found what is gone")
			}
		}
	}
	close(stop)
	readers.Wait()
}

// TestWithdrawInOrder: each step is looked at while it goes on.
func TestWithdrawInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var r registry.Registry
		rec := new(record)
		e, p := publish(t, &r, "chip", rec)
		watch(t, &r, "*", rec)
		d := device.New("consumer")
		hold := make(chan struct{})
		if err := d.Bind(func(c *device.Core) error {
			c.Bound().OnQuiesce(func(*device.Bound) {
				time.Sleep(time.Millisecond) // so that the watcher has told
				_, err := registry.Lookup[chip](&r, "chip")
				_, taken := registry.Publish(&r, "chip", revocable.NewProvider(&chip{}))
				rec.note("consumer unbinds; chip alive %v, look-up: %v, publish: %v", p.Handle().Alive(), err, taken)
				<-hold
			})
			return registry.Link(c.Bound(), e)
		}); err != nil {
			t.Fatal(err)
		}
		c, g := p.Handle().TryAccess()
		if c == nil {
			t.Fatal("revoked")
		}
		returned := make(chan error)
		for range 3 { // every caller waits
			go func() { returned <- e.Withdraw(t.Context()) }()
		}
		time.Sleep(time.Second)
		rec.want(t, "chip arrived", "chip leaving",
			`consumer unbinds; chip alive true, look-up: registry: not found: "chip", publish: registry: name is taken: "chip"`)
		close(hold)
		synctest.Wait()
		if isBound(d) || p.Handle().Alive() {
			t.Error("not unbound, or not revoked")
		}
		rec.want(t) // it waits for the access
		select {
		case <-returned:
			t.Error("Withdraw returned")
		default:
		}
		g.Release()
		for range 3 {
			if err := <-returned; err != nil {
				t.Error(err)
			}
		}
		synctest.Wait()
		rec.want(t, "chip cleaned up", "chip gone")
		if err := e.Withdraw(t.Context()); err != nil {
			t.Errorf("once more: %v", err)
		}
	})
}

// TestWithdrawWithinATime: when ctx ends the withdrawal goes on, from whatever step it had come to.
func TestWithdrawWithinATime(t *testing.T) {
	for _, waitsFor := range []string{"consumer", "access", "nothing"} {
		t.Run(waitsFor, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var r registry.Registry
				rec := new(record)
				e, p := publish(t, &r, "chip", rec)
				hold := make(chan struct{})
				ctx, cancel := context.WithTimeoutCause(t.Context(), time.Second, errors.New("enough"))
				defer cancel()
				switch waitsFor {
				case "consumer":
					d := device.New("consumer")
					_ = d.Bind(func(c *device.Core) error {
						c.Bound().OnUnbind(func() { <-hold })
						return registry.Link(c.Bound(), e)
					})
				case "access":
					_, g := p.Handle().TryAccess()
					go func() { <-hold; g.Release() }()
				case "nothing":
					cancel() // and yet there is nothing to wait for
					if err := e.Withdraw(ctx); err != nil {
						t.Errorf("Withdraw: %v", err)
					}
					rec.want(t, "chip cleaned up")
					return
				}
				if err := e.Withdraw(ctx); err == nil || err.Error() != "enough" {
					t.Errorf("Withdraw: %v", err)
				}
				if err := e.Withdraw(ctx); err == nil || err.Error() != "enough" {
					t.Errorf("another: %v", err)
				}
				if _, err := registry.Lookup[chip](&r, "chip"); !errors.Is(err, registry.ErrNotFound) {
					t.Errorf("Lookup: %v", err)
				}
				close(hold)
				if err := e.Withdraw(t.Context()); err != nil {
					t.Error(err)
				}
				rec.want(t, "chip cleaned up")
				publish(t, &r, "chip", rec)
			})
		})
	}
}

// TestWithdrawTellsOfTheCleanup: errors reach every caller, a panic reaches one and keeps nobody waiting.
func TestWithdrawTellsOfTheCleanup(t *testing.T) {
	failed := errors.New("still warm")
	var r registry.Registry
	e, err := registry.Publish(&r, "a", revocable.NewProvider(&chip{}, revocable.WithCleanupError(func(*chip) error { return failed })))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := e.Withdraw(t.Context()); !errors.Is(err, failed) {
			t.Errorf("Withdraw: %v", err)
		}
	}
	for _, linked := range []bool{false, true} {
		e, err = registry.Publish(&r, "a", revocable.NewProvider(&chip{}, revocable.WithCleanup(func(*chip) { panic("hot") })))
		if err != nil {
			t.Fatal(err)
		}
		if linked {
			bind(t, "consumer", new(record), e)
		}
		func() {
			defer func() {
				if p := recover(); p != "hot" {
					t.Errorf("panicked with %v", p)
				}
			}()
			_ = e.Withdraw(t.Context())
		}()
		if err := e.Withdraw(t.Context()); err != nil {
			t.Errorf("then: %v", err)
		}
	}
}

// TestRevokedBehindTheRegistrysBack: the name is free at once, watchers are told, who is linked is unbound afterwards.
func TestRevokedBehindTheRegistrysBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var r registry.Registry
		rec := new(record)
		e, p := publish(t, &r, "chip", rec)
		watch(t, &r, "chip", rec)
		d := bind(t, "consumer", rec, e)
		p.Revoke()
		if _, err := registry.Lookup[chip](&r, "chip"); !errors.Is(err, registry.ErrNotFound) {
			t.Errorf("Lookup: %v", err)
		}
		if err := device.New("late").Bind(func(c *device.Core) error { return registry.Link(c.Bound(), e) }); !errors.Is(err, revocable.ErrRevoked) {
			t.Errorf("Link: %v", err)
		}
		publish(t, &r, "chip", rec)
		if err := e.Withdraw(t.Context()); err != nil {
			t.Error(err)
		}
		if isBound(d) {
			t.Error("the consumer is bound")
		}
		synctest.Wait()
		got := rec.take()
		events := slices.DeleteFunc(slices.Clone(got), func(s string) bool { return !strings.HasPrefix(s, "chip ") || strings.HasSuffix(s, "up") })
		if want := []string{"chip arrived", "chip leaving", "chip gone", "chip arrived"}; !slices.Equal(events, want) {
			t.Errorf("events %v, want %v", events, want)
		}
		if !slices.Contains(got, "consumer unbinds") || !slices.Contains(got, "chip cleaned up") {
			t.Errorf("happened: %v", got)
		}
	})
}

func TestWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var r registry.Registry
		type result struct {
			h   revocable.Handle[chip]
			err error
		}
		results := make(chan result, 3)
		for range 2 {
			go func() {
				h, err := registry.Wait[chip](t.Context(), &r, "chip")
				results <- result{h, err}
			}()
		}
		ctx, cancel := context.WithCancelCause(t.Context())
		go func() {
			h, err := registry.Wait[chip](ctx, &r, "chip")
			results <- result{h, err}
		}()
		synctest.Wait()
		cancel(errors.New("no more"))
		if got := <-results; got.err == nil || got.err.Error() != "no more" {
			t.Errorf("Wait: %v", got.err)
		}
		_, p := publish(t, &r, "chip", new(record))
		for range 2 {
			if got := <-results; got.err != nil || got.h != p.Handle() {
				t.Errorf("Wait: %v, %v", got.h, got.err)
			}
		}
		if _, err := registry.Wait[int](t.Context(), &r, "chip"); !errors.Is(err, registry.ErrType) {
			t.Errorf("of another type: %v", err)
		}
		if _, err := registry.Wait[int](t.Context(), &r, "../chip"); !errors.Is(err, fs.ErrInvalid) {
			t.Errorf("of no name: %v", err)
		}
	})
}

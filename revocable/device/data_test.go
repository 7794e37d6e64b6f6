package device_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/revlint/revlint/revocable/device"
)

type driver struct{ name string }

func TestDataIsHandedToWhoHasAToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New("d")
		own := &driver{"own"}
		var mu sync.Mutex
		saw := map[string]bool{}
		look := func(b *device.Bound, where string) {
			mu.Lock()
			saw[where] = true
			mu.Unlock()
			if got, err := device.Data[driver](b); got != own || err != nil {
				t.Errorf("%s: %v, %v", where, got, err)
			}
			if got, err := device.Data[int](b); got != nil || err != device.ErrWrongDevice {
				t.Errorf("%s: another type: %v, %v", where, got, err)
			}
		}
		err := device.Bind(d, func(c *device.Core) (*driver, error) {
			b := c.Bound()
			if got, err := device.Data[driver](b); got != nil || err != device.ErrUnbound {
				t.Errorf("in probe: %v, %v", got, err)
			}
			b.Go(func(_ context.Context, b *device.Bound) { look(b, "callback") }) // faster than probe
			b.AfterFunc(0, func(b *device.Bound) { look(b, "timer") })
			b.NewWork(func(_ context.Context, b *device.Bound) { look(b, "work") }).Queue()
			b.OnQuiesce(func(b *device.Bound) { look(b, "quiesce") })
			synctest.Wait()
			if len(saw) != 3 {
				t.Errorf("callbacks during probe: %v", saw)
			}
			return own, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		var kept *device.Bound
		_ = d.WithBound(func(b *device.Bound) error { look(b, "scope"); kept = b; return nil })
		if _, err := device.Data[driver](kept); err != device.ErrWrongDevice {
			t.Errorf("a retired token: %v", err)
		}
		unbind(t, d)
		if len(saw) != 5 {
			t.Errorf("saw %v", saw)
		}
	})
}

func TestDataWhereThereIsNone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New("d")
		bind(t, d, func(b *device.Bound) {
			if _, err := device.Data[driver](b); err != device.ErrWrongDevice {
				t.Errorf("bound by Device.Bind: %v", err)
			}
		})
		unbind(t, d)
		for _, b := range []*device.Bound{nil, new(device.Bound)} {
			if _, err := device.Data[driver](b); err != device.ErrWrongDevice {
				t.Errorf("token %v: %v", b, err)
			}
		}

		var inCallback error
		err := device.Bind(d, func(c *device.Core) (*driver, error) {
			c.Bound().Go(func(_ context.Context, b *device.Bound) { _, inCallback = device.Data[driver](b) })
			synctest.Wait()
			return &driver{"unlucky"}, errProbe
		})
		if err != errProbe || inCallback != device.ErrUnbound {
			t.Errorf("probe that fails: %v; Data in its callback: %v", err, inCallback)
		}

		undone := false
		func() {
			defer func() {
				if v, _ := recover().(string); !strings.Contains(v, "neither data nor an error") {
					t.Errorf("recovered %q", v)
				}
			}()
			_ = device.Bind(d, func(c *device.Core) (*driver, error) {
				c.Bound().OnUnbind(func() { undone = true })
				return nil, nil
			})
		}()
		if !undone || isBound(d) {
			t.Errorf("probe without data: undone %v, bound %v", undone, isBound(d))
		}
	})
}

// A child that is bound in its parent's probe must not wait for the end of that.
func TestDataOfTheParentInProbeOfAChild(t *testing.T) {
	hub := device.New("hub")
	var child *device.Device
	look := func(c *device.Core) (*int, error) {
		_, err := device.Data[driver](c.Bound().Parent())
		return new(int), err
	}
	err := device.Bind(hub, func(c *device.Core) (*driver, error) {
		child = c.Bound().NewChild("child")
		if err := device.Bind(child, look); !errors.Is(err, device.ErrUnbound) {
			t.Errorf("in the parent's probe: %v", err)
		}
		return &driver{"hub"}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := device.Bind(child, look); err != nil {
		t.Errorf("afterwards: %v", err)
	}
	unbind(t, hub)
}

// What probe has written into the data before it returned is there for whoever gets it from Data. The race detector looks.
func TestDataIsThereAsProbeLeftIt(t *testing.T) {
	for range rounds(100) {
		d := device.New("d")
		err := device.Bind(d, func(c *device.Core) (*driver, error) {
			own := new(driver)
			look := func(_ context.Context, b *device.Bound) {
				if got, err := device.Data[driver](b); err != nil || got.name != "named" {
					t.Errorf("%v, %v", got, err)
				}
			}
			for range 3 {
				c.Bound().Go(look)
			}
			own.name = "named"
			return own, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		unbind(t, d)
	}
}

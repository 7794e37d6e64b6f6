package revocable_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"time"

	"github.com/revlint/revlint/revocable"
)

type sensor struct{ name string }

func (s *sensor) celsius() float64 { return 21.5 }

func Example() {
	provider := revocable.NewProvider(&sensor{"attic"}, revocable.WithCleanup(func(s *sensor) {
		fmt.Println("closing", s.name)
	}))
	handle := provider.Handle() // for whoever reads the sensor

	read := func() {
		s, g := handle.TryAccess()
		if s == nil {
			fmt.Println("the sensor is gone")
			return
		}
		defer g.Release()
		fmt.Println(s.name, s.celsius())
	}
	read()
	provider.Revoke() // unplugged: waits for readers, then cleans up
	read()
	// Output:
	// attic 21.5
	// closing attic
	// the sensor is gone
}

func ExampleHandle_With() {
	provider := revocable.NewProvider(&sensor{"attic"})
	handle := provider.Handle()
	provider.Revoke()
	err := handle.With(func(s *sensor) error {
		fmt.Println(s.celsius())
		return nil
	})
	fmt.Println(err)
	fmt.Println(errors.Is(err, revocable.ErrRevoked), errors.Is(err, fs.ErrClosed))
	// Output:
	// revocable: resource revoked
	// true true
}

func ExampleHandle_Live() {
	handle := revocable.NewProvider(&sensor{"attic"}).Handle()
	for s := range handle.Live() {
		fmt.Println(s.name)
	}
	// Output: attic
}

// An access that sleeps watches for the revocation, so as not to hold the owner up.
func ExampleHandle_Context() {
	provider := revocable.NewProvider(&sensor{"attic"})
	ctx, cancel := provider.Handle().Context(context.Background())
	defer cancel()
	go provider.Revoke()
	<-ctx.Done()
	fmt.Println(context.Cause(ctx))
	// Output: revocable: resource revoked
}

// A driver takes all that it offers away in one go, waiting once.
func ExampleRevokeAll() {
	closing := revocable.WithCleanup(func(s *sensor) { fmt.Println("closing", s.name) })
	attic := revocable.NewProvider(&sensor{"attic"}, closing)
	cellar := revocable.NewProvider(&sensor{"cellar"}, closing)
	fmt.Println(revocable.RevokeAll(context.Background(), attic, cellar))
	// Output:
	// closing attic
	// closing cellar
	// <nil>
}

func ExampleDo() {
	handle := revocable.NewProvider(&sensor{"attic"}).Handle()
	celsius, err := revocable.Do(handle, func(s *sensor) (float64, error) { return s.celsius(), nil })
	fmt.Println(celsius, err)
	// Output: 21.5 <nil>
}

// Nobody can be asked to look at a channel while in a read. So the owner makes reads end, and then waits for them.
func ExampleWithInterrupt() {
	client, server := net.Pipe()
	provider := revocable.NewProvider(&client,
		revocable.WithInterrupt(func(c *net.Conn) { _ = (*c).SetDeadline(time.Unix(1, 0)) }),
		revocable.WithCleanupError(func(c *net.Conn) error { return (*c).Close() }))
	handle := provider.Handle()

	asleep := make(chan struct{})
	done := make(chan error)
	go func() {
		done <- handle.With(func(c *net.Conn) error {
			close(asleep)
			_, err := (*c).Read(make([]byte, 1)) // nothing ever comes
			return err
		})
	}()
	<-asleep
	fmt.Println(provider.RevokeContext(context.Background()))
	fmt.Println(<-done)
	server.Close()
	// Output:
	// <nil>
	// read pipe: i/o timeout
}

// A batch is not begun unless everything it works on is there, whatever that is, and it all stays until it ends.
func ExampleHolder() {
	attic := revocable.NewProvider(&sensor{"attic"})
	limit := revocable.NewProvider(new(int))

	batch := func(on ...revocable.Holder) error {
		for _, h := range on {
			g, ok := h.TryHold()
			if !ok {
				return fmt.Errorf("%v: %w", h, revocable.ErrRevoked)
			}
			defer g.Release()
		}
		return nil
	}
	fmt.Println(batch(attic.Handle(), limit.Handle()))
	limit.Revoke()
	fmt.Println(batch(attic.Handle(), limit.Handle()))
	// Output:
	// <nil>
	// revocable.Handle[int](revoked, 0 running): revocable: resource revoked
}

// An access that computes for long asks now and then whether somebody waits for it.
func ExampleGuard_Revoked() {
	provider := revocable.NewProvider(&sensor{"attic"})
	s, g := provider.Handle().TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	sum, n := 0.0, 0
	for ; !g.Revoked(); n++ {
		sum += s.celsius()
		if n == 999 {
			provider.RevokeNoWait() // somebody else, rather
		}
	}
	fmt.Println(sum/float64(n), n)
	// Output: 21.5 1000
}

package revocable_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

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

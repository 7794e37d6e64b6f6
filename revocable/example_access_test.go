package revocable_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/revlint/revlint/revocable"
)

type gauge struct{ value int }

// A query that may take long ends when its connection is taken away: its context is cancelled, and says why.
func ExampleHandle_WithContext() {
	p := revocable.NewProvider(&gauge{value: 21})
	begun := make(chan struct{})
	go func() {
		<-begun
		p.Revoke()
	}()
	err := p.Handle().WithContext(context.Background(), func(ctx context.Context, s *gauge) error {
		close(begun)
		<-ctx.Done() // what a query waits for
		return context.Cause(ctx)
	})
	fmt.Println(err, errors.Is(err, revocable.ErrRevoked))
	// Output: revocable: resource revoked true
}

// A cache forgets what it knows of a sensor as soon as that is unplugged. It need not ask again and again.
func ExampleHandle_OnRevoke() {
	p := revocable.NewProvider(&gauge{value: 21})
	forgotten := make(chan struct{})
	stop := p.Handle().OnRevoke(func() { close(forgotten) })
	p.Revoke()
	<-forgotten
	fmt.Println("stopped in time:", stop())
	// Output: stopped in time: false
}

// A loop that does little else than read takes its accesses by a Reader of its own.
func ExampleReader() {
	p := revocable.NewProvider(&gauge{value: 7})
	r := p.Handle().Reader()
	defer r.Close()
	sum := 0
	for n := 0; ; n++ {
		s, ok := r.Enter()
		if !ok {
			break // unplugged
		}
		sum += s.value
		r.Leave()
		if n == 2 {
			p.Revoke() // by somebody else, most likely
		}
	}
	fmt.Println(sum)
	// Output: 21
}

// What goes wrong when the resource is closed reaches whoever has it revoked, with RevokeContext or RevokeAll.
func ExampleWithCleanupError() {
	p := revocable.NewProvider(&gauge{}, revocable.WithCleanupError(func(*gauge) error {
		return errors.New("the last readings were not saved")
	}))
	fmt.Println(p.RevokeContext(context.Background()))
	// Output: the last readings were not saved
}

// Two resources at once, or neither.
func ExampleWith2() {
	indoors, outdoors := revocable.NewProvider(&gauge{value: 21}), revocable.NewProvider(&gauge{value: 4})
	difference := func() (d int, err error) {
		err = revocable.With2(indoors.Handle(), outdoors.Handle(), func(in, out *gauge) error {
			d = in.value - out.value
			return nil
		})
		return d, err
	}
	fmt.Println(difference())
	outdoors.Revoke()
	fmt.Println(difference())
	// Output:
	// 17 <nil>
	// 0 revocable: resource revoked
}

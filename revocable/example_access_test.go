package revocable_test

import (
	"context"
	"errors"
	"fmt"
	"time"

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

// A deadline bounds how long the owner waits, and not whether the resource goes: the last access to leave cleans up.
func ExampleProvider_RevokeContext() {
	p := revocable.NewProvider(&gauge{}, revocable.WithCleanup(func(*gauge) { fmt.Println("closed") }))
	entered, leave, left := make(chan struct{}), make(chan struct{}), make(chan struct{})
	go func() {
		_ = p.Handle().With(func(*gauge) error {
			close(entered)
			<-leave // it takes long
			return nil
		})
		close(left)
	}()
	<-entered
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	fmt.Println(p.RevokeContext(ctx))
	fmt.Println("alive:", p.Handle().Alive())
	close(leave)
	<-left
	// Output:
	// context deadline exceeded
	// alive: false
	// closed
}

// Revoke would wait for the access it is called in. RevokeNoWait leaves the clean-up to the last access that ends.
func ExampleProvider_RevokeNoWait() {
	p := revocable.NewProvider(&gauge{value: -1}, revocable.WithCleanup(func(*gauge) { fmt.Println("closed") }))
	_ = p.Handle().With(func(s *gauge) error {
		if s.value < 0 { // broken
			fmt.Println("began:", p.RevokeNoWait())
		}
		fmt.Println("still here:", s.value)
		return nil
	})
	// Output:
	// began: true
	// still here: -1
	// closed
}

// An access that waits for something of its own also waits for the revocation, and does not hold it up.
func ExampleHandle_Revoked() {
	p := revocable.NewProvider(&gauge{value: 21})
	h, alarm := p.Handle(), make(chan int)
	asleep := make(chan struct{})
	go func() {
		<-asleep
		p.Revoke()
	}()
	err := h.With(func(*gauge) error {
		close(asleep)
		select {
		case <-alarm: // which nobody ever gives
			return nil
		case <-h.Revoked():
			return revocable.ErrRevoked
		}
	})
	fmt.Println(err)
	// Output: revocable: resource revoked
}

func ExampleProvider_Stats() {
	p := revocable.NewProvider(&gauge{})
	_, g := p.Handle().TryAccess()
	fmt.Println(p.Stats().State, p.Stats().Running)
	g.Release()
	p.Revoke()
	fmt.Println(p.Stats().State, p.Stats().Running)
	// Output:
	// live 1
	// revoked 0
}

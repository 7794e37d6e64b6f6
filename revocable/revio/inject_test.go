package revio_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"slices"
	"testing"
	"time"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/revio"
	"github.com/revlint/revlint/revocable/revio/internal/op"
)

// A scene is an object, bare or wrapped, and what to do with it.
type scene struct {
	object any
	owner  *revio.Owner // nil without a wrapper
}

// A step returns what it got, to be compared with what the bare object gives.
type step struct {
	name   string
	do     func(object any) (got any, err error)
	always bool // works after the revocation too
}

// A play has a scene made with or without a wrapper, whose operations w sees.
type play struct {
	name   string
	make   func(t *testing.T, w *witness, wrap func(bare any) (any, *revio.Owner)) scene
	steps  []step
	asleep step // sleeps until it is woken; comes last, if there is one
}

// TestRevocationAtEveryOperation revokes before, in and after each operation of each play, by the owner and by a
// provider behind: what each operation gives is what the bare object gives, or ErrRevoked, and after the fence nothing
// but the one Close reaches the object.
func TestRevocationAtEveryOperation(t *testing.T) {
	for _, p := range plays {
		t.Run(p.name, func(t *testing.T) {
			bare := p.rehearse(t)
			steps := p.steps
			if p.asleep.do != nil {
				steps = append(slices.Clone(steps), p.asleep)
			}
			for k := range steps {
				for _, when := range []string{"before", "in", "after"} {
					for _, by := range []string{"owner", "provider behind"} {
						if k == len(p.steps) && when == "after" {
							continue // what sleeps does not end by itself
						}
						t.Run(fmt.Sprintf("%s %s by %s", when, steps[k].name, by), func(t *testing.T) {
							p.revokeAt(t, steps, bare, k, when, by)
						})
					}
				}
			}
		})
	}
}

// rehearse returns what the bare object gives in each step.
func (p play) rehearse(t *testing.T) (gets []string) {
	w := &witness{at: -1}
	s := p.make(t, w, func(bare any) (any, *revio.Owner) { return bare, nil })
	for _, st := range p.steps {
		before := w.seen
		got, err := st.do(s.object)
		gets = append(gets, fmt.Sprint(got, " ", err))
		if w.seen == before {
			t.Errorf("%s is not seen", st.name)
		}
	}
	if c, ok := s.object.(io.Closer); ok {
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return gets
}

func (p play) revokeAt(t *testing.T, steps []step, bare []string, k int, when, by string) {
	w := &witness{at: -1}
	bus := revocable.NewProvider(new(int))
	s := p.make(t, w, func(bare any) (any, *revio.Owner) { return wrap(bare, revio.Behind(bus.Handle())) })
	revoke := s.owner.Revoke
	if by != "owner" {
		revoke = bus.Revoke
	}
	revoked := make(chan struct{})
	start := func() {
		go func() {
			defer close(revoked)
			revoke()
			w.fence()
		}()
	}

	over := false // every operation must fail from here on
	for i, st := range steps {
		if i == k && when == "before" {
			start()
			<-revoked
			over = true
		}
		if i == k && when == "in" {
			w.actNext(func() {
				start()
				for (*op.Core)(s.owner).Alive() {
					time.Sleep(10 * time.Microsecond)
				}
			})
		}
		got, err := st.do(s.object)
		switch {
		case st.always && fmt.Sprint(got, " ", err) == bare[i]:
		case isRevoked(err) && (over || i == k && when == "in"):
		case over || i >= len(bare) || fmt.Sprint(got, " ", err) != bare[i]:
			t.Errorf("%s gives %v, %v", st.name, got, err)
		}
		if i == k && !over {
			if when == "after" {
				start()
			}
			<-revoked
			over = true
		}
	}
	c, ok := s.object.(io.Closer)
	if !ok {
		return
	}
	if err := c.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	if err := c.Close(); !errors.Is(err, fs.ErrClosed) && !errors.Is(err, net.ErrClosed) {
		t.Errorf("a second Close gives %v", err)
	}
	if w.closed != 1 {
		t.Errorf("%d Closes reached the object", w.closed)
	}
}

// wrap wraps what there is a wrapper for.
func wrap(bare any, opts ...revio.Option) (any, *revio.Owner) {
	switch bare := bare.(type) {
	case net.Conn:
		return pack(revio.Conn(bare, opts...))
	case net.PacketConn:
		return pack(revio.PacketConn(bare, opts...))
	case net.Listener:
		return pack(revio.Listener(bare, opts...))
	case fs.File:
		return pack(revio.File(bare, opts...))
	case io.ReadWriteCloser:
		return pack(revio.ReadWriteCloser(bare, opts...))
	default:
		return pack(revio.FS(bare.(fs.FS), opts...))
	}
}

func pack[T any](x T, o *revio.Owner) (any, *revio.Owner) { return x, o }

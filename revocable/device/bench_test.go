package device_test

import (
	"context"
	"testing"

	"github.com/revlint/revlint/revocable/device"
)

type registers struct{ status uint64 }

var sink uint64

// BenchmarkAccess compares the ways to a resource. What Access with a token costs over a
// plain load through a pointer is its price, which is to be within a nanosecond; one
// iteration makes one access.
//
//	go test -bench Access -count 10 ./revocable/device
func BenchmarkAccess(b *testing.B) {
	d := device.New("bench")
	res := &registers{status: 1}
	var r *device.Devres[registers]
	if err := d.Bind(func(c *device.Core) error {
		r = device.Manage(c.Bound(), res, nil)
		return nil
	}); err != nil {
		b.Fatal(err)
	}
	defer d.Unbind(context.Background())

	b.Run("plain", func(b *testing.B) {
		var sum uint64
		for b.Loop() {
			sum += plainStatus(res)
		}
		sink = sum
	})
	b.Run("bound", func(b *testing.B) {
		d.WithBound(func(token *device.Bound) error {
			var sum uint64
			b.ReportAllocs()
			for b.Loop() {
				sum += boundStatus(r, token)
			}
			sink = sum
			return nil
		})
	})
	b.Run("try", func(b *testing.B) {
		var sum uint64
		b.ReportAllocs()
		for b.Loop() {
			p, g := r.TryAccess()
			if p == nil {
				b.Fatal("unbound")
			}
			sum += p.status
			g.Release()
		}
		sink = sum
	})
	b.Run("with", func(b *testing.B) {
		var sum uint64
		b.ReportAllocs()
		for b.Loop() {
			r.With(func(p *registers) error { sum += p.status; return nil })
		}
		sink = sum
	})
	b.Run("scope", func(b *testing.B) {
		var sum uint64
		b.ReportAllocs()
		for b.Loop() {
			d.WithBound(func(token *device.Bound) error {
				sum += boundStatus(r, token)
				return nil
			})
		}
		sink = sum
	})
}

// The two that are compared are called, not inlined, so that neither the load nor the
// comparison can be moved out of the loop; both pay the same call.

//go:noinline
func plainStatus(p *registers) uint64 { return p.status }

//go:noinline
func boundStatus(r *device.Devres[registers], b *device.Bound) uint64 {
	p, err := r.Access(b)
	if err != nil {
		return 0
	}
	return p.status
}

func BenchmarkBindUnbind(b *testing.B) {
	d := device.New("bench")
	res := new(registers)
	b.ReportAllocs()
	for b.Loop() {
		if err := d.Bind(func(c *device.Core) error {
			device.Manage(c.Bound(), res, nil)
			return nil
		}); err != nil {
			b.Fatal(err)
		}
		if err := d.Unbind(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
}

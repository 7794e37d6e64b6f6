package registry_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/registry"
)

// BenchmarkRead: the bars are 50 ns for a look-up, and for an access by Ref 1.6 × the floor, an atomic add pair.
func BenchmarkRead(b *testing.B) {
	var r registry.Registry
	for i := range 1000 {
		if _, err := registry.Publish(&r, fmt.Sprint("i2c/", i), revocable.NewProvider(&chip{})); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("floor", func(b *testing.B) {
		var n struct {
			_ [64]byte
			atomic.Int64
			_ [64]byte
		}
		for b.Loop() {
			n.Add(1)
			n.Add(-1)
		}
	})
	b.Run("Lookup", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := registry.Lookup[chip](&r, "i2c/500"); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Lookup_parallel", func(b *testing.B) {
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				_, _ = registry.Lookup[chip](&r, "i2c/500")
			}
		})
	})
	ref := registry.Follow[chip](&r, "i2c/500")
	h := ref.Handle()
	b.Run("Handle", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, g := h.TryAccess()
			g.Release()
		}
	})
	b.Run("Ref", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, g := ref.TryAccess()
			g.Release()
		}
	})
}

// BenchmarkReplug100000 publishes and withdraws 100,000 names: the bar is one second.
func BenchmarkReplug100000(b *testing.B) {
	names := make([]string, 100_000)
	for i := range names {
		names[i] = fmt.Sprint("dev/", i)
	}
	entries := make([]*registry.Entry, len(names))
	for b.Loop() {
		var r registry.Registry
		for i, name := range names {
			entries[i], _ = registry.Publish(&r, name, revocable.NewProvider(&chip{}))
		}
		for _, e := range entries {
			_ = e.Withdraw(context.Background())
		}
	}
}

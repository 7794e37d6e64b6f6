//go:build unix

package main

import (
	"context"
	"testing"

	"github.com/revlint/revlint/revocable/device"
)

// BenchmarkAccess reads one register on the ways that the driver has to it: with a token,
// as the interrupt thread does, with a guard, as ioctl does, and with no protection at all.
//
//	go test -bench Access -count 10 ./examples/nic
func BenchmarkAccess(b *testing.B) {
	c, err := plugIn(b.TempDir(), "card", cardID)
	if err != nil {
		b.Fatal(err)
	}
	defer c.pull()
	n, err := attach(device.New("eth0"), c.slot)
	if err != nil {
		b.Fatal(err)
	}
	defer n.dev.Unbind(context.Background())

	b.Run("unprotected", func(b *testing.B) {
		for b.Loop() {
			readRegister(c.regs)
		}
	})
	b.Run("interrupt", func(b *testing.B) {
		b.ReportAllocs()
		n.dev.WithBound(func(token *device.Bound) error {
			for b.Loop() {
				if !n.readWithToken(token) {
					b.Fatal("unbound")
				}
			}
			return nil
		})
	})
	b.Run("ioctl", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if !n.readWithGuard() {
				b.Fatal("unbound")
			}
		}
	})
}

//go:noinline
func readRegister(regs *registers) bool { return regs.link.Load() == 1 }

//go:noinline
func (n *nic) readWithToken(b *device.Bound) bool {
	regs, err := n.regs.Access(b)
	return err == nil && regs.link.Load() == 1
}

//go:noinline
func (n *nic) readWithGuard() bool {
	regs, g := n.regs.TryAccess()
	if regs == nil {
		return false
	}
	up := regs.link.Load() == 1
	g.Release()
	return up
}

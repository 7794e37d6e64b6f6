//go:build unix

package main

import (
	"errors"
	"fmt"
	"syscall"

	"github.com/revlint/revlint/revocable/device"
)

// The operations in this file are called by users, from files that no unbind closes. All
// of them return syscall.ENODEV once the card has gone, also when the device has been
// bound again: that is another binding, and another nic.

// A command is one that ioctl knows.
type command int

const (
	getID command = iota
	getLink
	resetCounters
)

// ioctl asks the card for something. Nothing keeps the device bound while it is on its
// way here, so it has to ask for access, and to take no for an answer.
func (n *nic) ioctl(cmd command) (uint32, error) {
	regs, g := n.regs.TryAccess()
	if regs == nil {
		return 0, syscall.ENODEV
	}
	defer g.Release()
	var answer uint32
	switch cmd {
	case getID:
		answer = regs.id.Load()
	case getLink:
		answer = regs.link.Load()
	case resetCounters:
		n.dropped.Store(0)
	default:
		return 0, fmt.Errorf("ioctl %d: %w", cmd, syscall.ENOTTY)
	}
	if answer == allOnes {
		return 0, syscall.ENODEV // pulled out, but not unbound yet
	}
	return answer, nil
}

// send puts a frame into the ring. It returns syscall.ENOBUFS while the ring is full.
//
// It needs two resources: instead of asking for each, it makes sure once that the device
// stays bound, and then has them for a comparison each.
func (n *nic) send(payload []byte) error {
	if len(payload) > maxFrame {
		return fmt.Errorf("frame of %d bytes, %d at most: %w", len(payload), maxFrame, syscall.EMSGSIZE)
	}
	err := n.dev.WithBound(func(b *device.Bound) error { return n.transmit(b, payload) })
	if errors.Is(err, device.ErrUnbound) || errors.Is(err, device.ErrWrongDevice) {
		return syscall.ENODEV
	}
	return err
}

func (n *nic) transmit(b *device.Bound, payload []byte) error {
	regs, err := n.regs.Access(b)
	if err != nil {
		return err
	}
	frames, err := n.rings.Access(b)
	if err != nil {
		return err
	}
	n.txMu.Lock()
	defer n.txMu.Unlock()
	switch pending := n.txTail - regs.txHead.Load(); {
	case regs.id.Load() == allOnes:
		return syscall.ENODEV // pulled out, but not unbound yet
	case pending >= ringSize:
		return syscall.ENOBUFS
	}
	frames.tx[n.txTail%ringSize].set(payload)
	n.txTail++
	regs.txTail.Store(n.txTail)
	raise(n.slot.doorbell)
	return nil
}

// receive waits for a frame. It may wait for a long time, so it does so without an access,
// which would hold the unbind up, and is woken when the registers are taken away.
func (n *nic) receive() ([]byte, error) {
	select {
	case payload := <-n.received:
		return payload, nil
	case <-n.regs.Handle().Revoked():
		return nil, syscall.ENODEV
	}
}

//go:build unix

package main

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/revlint/revlint/revocable/device"
)

// A nic is the driver's state for one binding of a device. It may live for longer than
// the binding, since open files refer to it; so it holds the card's memory as resources
// of the device, and neither bare pointers into it nor tokens.
type nic struct {
	dev   *device.Device
	slot  *slot
	regs  *device.Devres[registers]
	rings *device.Devres[rings]

	received chan []byte // frames that wait for a reader
	dropped  atomic.Int64
	linkUp   atomic.Bool // as the watchdog saw it last

	receiving atomic.Bool // a work item is scheduled and has not begun
	rxMu      sync.Mutex  // held while rings.rx is read
	rxHead    uint32
	txMu      sync.Mutex // held while rings.tx is written
	txTail    uint32
}

// watchPeriod is the time between two looks of the watchdog.
const watchPeriod = 20 * time.Millisecond

// attach binds the driver to a device that sits in a slot.
func attach(dev *device.Device, s *slot) (*nic, error) {
	n := &nic{dev: dev, slot: s, received: make(chan []byte, 4*ringSize)}
	if err := dev.Bind(n.probe); err != nil {
		return nil, fmt.Errorf("attaching the driver to %v: %w", dev, err)
	}
	return n, nil
}

// probe takes possession of the card. Wherever it fails, what it has registered by then
// is undone.
func (n *nic) probe(c *device.Core) error {
	b := c.Bound()
	regs, err := mapRegisters(n.slot.path)
	if err != nil {
		return err
	}
	n.regs = device.Manage(b, regs, (*registers).unmap)
	if err := n.identify(b); err != nil {
		return err
	}
	frames, err := mapRings(n.slot.path)
	if err != nil {
		return err
	}
	n.rings = device.Manage(b, frames, (*rings).unmap)

	b.Go(n.serveInterrupts)
	b.AfterFunc(watchPeriod, n.watch)
	b.OnUnbind(n.quiesce) // younger than the resources, so they are still there when it runs
	return n.start(b)
}

func (n *nic) identify(b *device.Bound) error {
	regs, err := n.regs.Access(b)
	if err != nil {
		return err
	}
	if id := regs.id.Load(); id != cardID {
		return fmt.Errorf("card %#08x is none of ours", id)
	}
	return nil
}

// start lets the card work. The counters go on from where an earlier driver left them.
func (n *nic) start(b *device.Bound) error {
	regs, err := n.regs.Access(b)
	if err != nil {
		return err
	}
	n.linkUp.Store(regs.link.Load() == 1)
	n.rxHead, n.txTail = regs.rxHead.Load(), regs.txTail.Load()
	regs.mask.Store(causeSent | causeReceived)
	regs.control.Store(enable)
	return nil
}

// quiesce is the action that brings the card to rest. An action has no token: it runs
// when no callback does any more, and reaches what it is sure to find there as anyone
// else would.
func (n *nic) quiesce() {
	for regs := range n.regs.Handle().Live() {
		regs.mask.Store(0)
		regs.control.Store(0)
	}
}

// serveInterrupts is the interrupt thread. Its token is good for as long as it runs.
func (n *nic) serveInterrupts(ctx context.Context, b *device.Bound) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-n.slot.interrupt:
			n.handleInterrupt(b)
		}
	}
}

// handleInterrupt does what is urgent, and leaves the rest to a work item.
func (n *nic) handleInterrupt(b *device.Bound) {
	regs, err := n.regs.Access(b)
	if err != nil {
		return // the token of another card: the interrupt is not for this driver
	}
	cause := regs.cause.Swap(0)
	if cause == allOnes {
		return // the card has gone, and the unbind will not be long in coming
	}
	if cause&causeReceived != 0 && n.receiving.CompareAndSwap(false, true) {
		b.Go(n.receiveFrames)
	}
}

// receiveFrames is the work item that empties the ring. It is given a token of its own:
// that of the interrupt thread, which scheduled it, is not its business.
func (n *nic) receiveFrames(ctx context.Context, b *device.Bound) {
	n.receiving.Store(false) // an interrupt from here on schedules another one
	n.rxMu.Lock()
	defer n.rxMu.Unlock()
	regs, err := n.regs.Access(b)
	if err != nil {
		return
	}
	frames, err := n.rings.Access(b)
	if err != nil {
		return
	}
	for ctx.Err() == nil {
		waiting := regs.rxTail.Load() - n.rxHead
		if waiting == 0 || waiting > ringSize { // more than there can be: the card has gone
			break
		}
		n.deliver(frames.rx[n.rxHead%ringSize].payload())
		n.rxHead++
		regs.rxHead.Store(n.rxHead)
	}
	raise(n.slot.doorbell) // there is room again
}

// deliver passes a frame on, or drops it when nobody reads them.
func (n *nic) deliver(payload []byte) {
	select {
	case n.received <- payload:
	default:
		n.dropped.Add(1)
	}
}

// watch is the timer: it looks at the link, and sets itself again.
func (n *nic) watch(b *device.Bound) {
	regs, err := n.regs.Access(b)
	if err != nil {
		return
	}
	n.linkUp.Store(regs.link.Load() == 1)
	b.AfterFunc(watchPeriod, n.watch)
}

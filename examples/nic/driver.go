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

	rxWork *device.Work // empties rings.rx
	rxHead uint32       // up to here

	txMu   sync.Mutex // held while rings.tx is written
	txTail uint32
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

	n.rxWork = b.NewWork(n.receiveFrames)
	b.Go(n.serveInterrupts)
	b.Every(watchPeriod, n.watch)
	b.OnQuiesce(n.quiesce)
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

// quiesce brings the card to rest, when no callback is running any more and everything is
// still there.
func (n *nic) quiesce(b *device.Bound) {
	regs, err := n.regs.Access(b)
	if err != nil {
		return
	}
	regs.mask.Store(0)
	regs.control.Store(0)
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
	if cause&causeReceived != 0 {
		n.rxWork.Queue()
	}
}

// receiveFrames is the work item that empties the ring. It is given a token of its own:
// that of the interrupt thread, which queued it, is not its business. It never runs twice at a
// time, and an interrupt that comes while it runs has it run once more.
func (n *nic) receiveFrames(ctx context.Context, b *device.Bound) {
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

// watch is what the timer does: it looks at the link.
func (n *nic) watch(b *device.Bound) {
	regs, err := n.regs.Access(b)
	if err != nil {
		return
	}
	n.linkUp.Store(regs.link.Load() == 1)
}
